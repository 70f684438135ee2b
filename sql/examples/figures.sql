-- Which victim counts, growth percentages and capacity figures do the letters state, by year?
-- Of each kind the 500 of the newest letters.
WITH newest AS (
    (
        SELECT 'victim_counts' AS mart, *
        FROM victim_counts_latest
        ORDER BY letter_date DESC NULLS LAST, letter_id, quote, claim_id
        LIMIT 500
    )
    UNION ALL BY NAME
    (
        SELECT 'growth_percentages' AS mart, *
        FROM growth_percentages_latest
        ORDER BY letter_date DESC NULLS LAST, letter_id, quote, claim_id
        LIMIT 500
    )
    UNION ALL BY NAME
    (
        SELECT 'capacity_figures' AS mart, *
        FROM capacity_figures_latest
        ORDER BY letter_date DESC NULLS LAST, letter_id, quote, claim_id
        LIMIT 500
    )
)
SELECT
    mart,
    year,
    nullif(period, CAST(year AS VARCHAR)) AS period,
    measure,
    population,
    concat(
        -- in the words of the dashboard (labels.toml)
        CASE "precision" WHEN 'approx' THEN 'about ' WHEN 'at_least' THEN 'at least ' WHEN 'at_most' THEN 'at most ' END,
        CASE WHEN unit = 'percent' AND direction = 'increase' THEN '+' WHEN unit = 'percent' AND direction = 'decrease' THEN '-' END,
        -- whole numbers as people write them
        CASE WHEN value = round(value) THEN CAST(CAST(value AS BIGINT) AS VARCHAR) ELSE CAST(value AS VARCHAR) END,
        CASE
            WHEN value_high = round(value_high) THEN concat('-', CAST(CAST(value_high AS BIGINT) AS VARCHAR))
            ELSE '-' || CAST(value_high AS VARCHAR)
        END,
        CASE unit WHEN 'percent' THEN '%' ELSE concat(' ', replace(unit, '_', ' ')) END,
        ' per ' || per,
        ' (' || statistic || ')'
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
