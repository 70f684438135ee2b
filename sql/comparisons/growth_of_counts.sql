-- How much a count grew from one year to the next, by the same body, as it stood from one statement to another. What nobody
-- is credited with may be counted by another body in another letter: there both years are of one letter.
CREATE OR REPLACE TEMP TABLE growth_of_counts AS
WITH year_count AS (
    SELECT
        unique_figure.claim_row,
        letter_row,
        letter_order,
        letter_date,
        year,
        value,
        figure,
        sources,
        hash(world, measure, population, unit, kind, statistic, per, sources) AS series,
        figure_vintage.is_news,
        figure_vintage.superseded_on
    FROM unique_figure
    JOIN figure_vintage ON figure_vintage.claim_row = unique_figure.claim_row
    WHERE identified
        AND kind IN ('count', 'capacity')
        AND status = 'realised'
        AND value_high IS NULL
        AND span = concat(year, '-01-01/', year, '-12-31')
),
of_one_letter AS (
    SELECT count.claim_row, before.claim_row AS before_row, least(count.superseded_on, before.superseded_on) AS superseded_on
    FROM (FROM year_count WHERE sources IS NULL) AS count
    JOIN (FROM year_count WHERE sources IS NULL) AS before
        ON before.letter_row = count.letter_row AND before.series = count.series AND before.year = count.year - 1
    WHERE before.value > 0
    QUALIFY row_number() OVER (
        PARTITION BY count.figure, before.figure, count.superseded_on, before.superseded_on
        ORDER BY count.letter_date, count.letter_order
    ) = 1
),
of_one_source AS (
    SELECT count.claim_row, before.claim_row AS before_row, least(count.superseded_on, before.superseded_on) AS superseded_on
    FROM (FROM year_count WHERE sources IS NOT NULL AND is_news) AS count
    JOIN (FROM year_count WHERE sources IS NOT NULL AND is_news) AS before
        ON before.series = count.series AND before.year = count.year - 1
    WHERE before.value > 0
        AND (count.letter_date < before.superseded_on) IS NOT FALSE
        AND (before.letter_date < count.superseded_on) IS NOT FALSE
),
counts AS (
    SELECT
        count.*,
        before.period AS base_period,
        before.value AS base_value,
        pair.superseded_on,
        [count.stated_row, before.stated_row] AS inputs,
        figure_bounds(count.value, NULL, count."precision", count.near, count.written, count.rounded, NULL) AS bounds,
        figure_bounds(before.value, NULL, before."precision", before.near, before.written, before.rounded, NULL) AS base_bounds
    FROM (FROM of_one_letter UNION ALL FROM of_one_source) AS pair
    JOIN standing_figure AS count ON count.claim_row = pair.claim_row
    JOIN standing_figure AS before ON before.claim_row = pair.before_row
)
SELECT
    'growth_of_counts' AS method,
    period,
    base_period,
    measure,
    population,
    'percent' AS unit,
    'growth' AS kind,
    100 * (value / base_value - 1) AS value,
    100 * (bounds.rounded_low / base_bounds.rounded_high - 1) AS value_low,
    CASE WHEN base_bounds.rounded_low > 0 THEN 100 * (bounds.rounded_high / base_bounds.rounded_low - 1) END AS value_high,
    statistic,
    per,
    sources,
    inputs,
    superseded_on,
    world,
    topic
FROM counts;
