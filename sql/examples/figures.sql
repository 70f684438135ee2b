-- Which victim counts, growth percentages and capacity figures do the letters state, by year?
WITH figure AS (
    SELECT 'victim_counts' AS mart, year, measure, population, value, value_high, unit, direction, letter_id, quote
    FROM victim_counts_latest
    UNION ALL
    SELECT 'growth_percentages', year, measure, population, value, value_high, unit, direction, letter_id, quote
    FROM growth_percentages_latest
    UNION ALL
    SELECT 'capacity_figures', year, measure, population, value, value_high, unit, direction, letter_id, quote
    FROM capacity_figures_latest
)
SELECT
    mart,
    year,
    measure,
    population,
    value,
    value_high,
    unit,
    nullif(direction, 'none') AS direction,
    coalesce(letter.identifier, parse_filename(letter.source)) AS letter,
    regexp_replace(quote, '\s+', ' ', 'g') AS quote
FROM figure JOIN letter ON letter.letter_id = figure.letter_id
ORDER BY
    list_position(['victim_counts', 'growth_percentages', 'capacity_figures'], mart),
    year NULLS LAST,
    measure,
    letter.letter_date,
    value,
    figure.quote
