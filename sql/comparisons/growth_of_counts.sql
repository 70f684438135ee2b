-- How much a count grew from one year to the next, by the same body, as it stood from one statement to another. What nobody
-- is credited with may be counted by another body in another letter: there both years are of one letter.
CREATE OR REPLACE TEMP TABLE growth_of_counts AS
WITH year_count AS (
    SELECT
        unique_figure.*,
        hash(measure, population, unit, kind, statistic, per, sources) AS series,
        figure_bounds(value, value_high, "precision", near, written, rounded, rounded_end) AS bounds,
        figure_vintage.is_news,
        figure_vintage.superseded_on
    FROM unique_figure
    JOIN figure_vintage ON figure_vintage.claim_row = unique_figure.claim_row
    WHERE kind IN ('count', 'capacity')
        AND status = 'realised'
        AND value_high IS NULL
        AND span = concat(year, '-01-01/', year, '-12-31')
)
SELECT
    'growth_of_counts' AS method,
    count.period,
    before.period AS base_period,
    count.measure,
    count.population,
    'percent' AS unit,
    'growth' AS kind,
    100 * (count.value / before.value - 1) AS value,
    100 * (count.bounds.rounded_low / before.bounds.rounded_high - 1) AS value_low,
    CASE
        WHEN before.bounds.rounded_low > 0
            THEN 100 * (count.bounds.rounded_high / before.bounds.rounded_low - 1)
    END AS value_high,
    count.statistic,
    count.per,
    count.sources,
    [count.claim_row, before.claim_row] AS inputs,
    least(count.superseded_on, before.superseded_on) AS superseded_on
FROM year_count AS count
JOIN year_count AS before ON before.series = count.series AND before.year = count.year - 1
WHERE before.value > 0
    AND CASE
        WHEN count.sources IS NULL THEN count.letter_row = before.letter_row
        ELSE count.is_news
            AND before.is_news
            AND (count.letter_date < before.superseded_on) IS NOT FALSE
            AND (before.letter_date < count.superseded_on) IS NOT FALSE
    END
QUALIFY count.sources IS NOT NULL OR row_number() OVER (
    PARTITION BY count.figure, before.figure, count.superseded_on, before.superseded_on
    ORDER BY count.letter_date, count.letter_order
) = 1;
