-- Which victim counts, growth percentages and capacity figures do the letters state, by year?
-- Of each kind the 500 of the newest letters.
WITH figure AS (
    SELECT 'victim_counts' AS mart, year, period, measure, population, value, value_high, unit, direction, status, source, letter_id, letter_date, quote
    FROM victim_counts_latest
    UNION ALL
    SELECT 'growth_percentages', year, period, measure, population, value, value_high, unit, direction, status, source, letter_id, letter_date, quote
    FROM growth_percentages_latest
    UNION ALL
    SELECT 'capacity_figures', year, period, measure, population, value, value_high, unit, direction, status, source, letter_id, letter_date, quote
    FROM capacity_figures_latest
),
newest AS (
    SELECT * FROM figure QUALIFY row_number() OVER (PARTITION BY mart ORDER BY letter_date DESC NULLS LAST, letter_id, quote) <= 500
)
SELECT
    mart,
    year,
    nullif(period, CAST(year AS VARCHAR)) AS period,
    measure,
    population,
    concat(
        CASE WHEN unit = 'percent' AND direction = 'increase' THEN '+' WHEN unit = 'percent' AND direction = 'decrease' THEN '-' END,
        -- whole numbers as people write them
        CASE WHEN value = round(value) THEN CAST(CAST(value AS BIGINT) AS VARCHAR) ELSE CAST(value AS VARCHAR) END,
        CASE WHEN value_high IS NOT NULL THEN concat('-', CAST(value_high AS BIGINT)) END,
        CASE unit WHEN 'percent' THEN '%' ELSE concat(' ', unit) END
    ) AS figure,
    status,
    source,
    letter_name(letter_id) AS letter,
    regexp_replace(quote, '\s+', ' ', 'g') AS quote
FROM newest
ORDER BY
    list_position(['victim_counts', 'growth_percentages', 'capacity_figures'], mart),
    year NULLS LAST,
    newest.period NULLS FIRST,
    measure,
    population,
    letter_date,
    value,
    newest.quote,
    letter
