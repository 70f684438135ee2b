-- The count at the other end of a stated growth (1222 / 1.23), as it stood from one statement to another.
CREATE OR REPLACE TEMP TABLE count_by_growth AS
WITH contradicted AS (
    SELECT claim_row, found_on AS contradicted_on FROM growth_pair WHERE kind = 'growth' AND (agrees OR rounding) IS NOT TRUE
),
-- Of a growth with both ends the later count, unless only the earlier one was known by then.
growth AS (
    SELECT
        growth_end.*,
        CASE
            WHEN to_claim_row IS NULL THEN from_claim_row
            WHEN to_level.letter_date > growth_end.letter_date AND from_level.letter_date < to_level.letter_date THEN from_claim_row
            ELSE to_claim_row
        END AS level_row,
        figure_bounds(
            growth_end.value, growth_end.value_high, growth_end."precision", growth_end.near, growth_end.written, growth_end.rounded, growth_end.rounded_end
        ) AS bounds
    FROM growth_end
    LEFT JOIN standing_figure AS to_level ON to_level.claim_row = to_claim_row
    LEFT JOIN standing_figure AS from_level ON from_level.claim_row = from_claim_row
    WHERE growth_end.coded
        AND growth_end.status = 'realised'
        AND growth_end.unit = 'percent'
        AND growth_end.value_high IS NULL
        AND growth_end.population NOT IN ('part', 'unspecified')
),
implied AS (
    SELECT
        growth.*,
        level_row IS NOT DISTINCT FROM to_claim_row AS is_before,
        level.letter_date > growth.letter_date AS is_late,
        CASE
            WHEN growth.letter_date IS NOT NULL AND level.letter_date IS NOT NULL
                THEN greatest(growth.letter_date, level.letter_date)
        END AS known_on,
        -- What the counts don't bear out implies nothing.
        least(figure_vintage.superseded_on, contradicted.contradicted_on) AS ends_on,
        level.stated_row AS level_stated_row,
        level.value AS level,
        level.unit AS level_unit,
        level.kind AS level_kind,
        level.sources AS level_sources,
        figure_bounds(level.value, level.value_high, level."precision", level.near, level.written, level.rounded, level.rounded_end) AS level_bounds,
        1 + sign * growth.value / 100 AS factor,
        1 + CASE WHEN sign > 0 THEN bounds.rounded_low ELSE -bounds.rounded_high END / 100 AS factor_low,
        1 + CASE WHEN sign > 0 THEN bounds.rounded_high ELSE -bounds.rounded_low END / 100 AS factor_high
    FROM growth
    JOIN (SELECT * EXCLUDE (sign) FROM standing_figure) AS level ON level.claim_row = growth.level_row
    LEFT JOIN figure_vintage ON figure_vintage.claim_row = growth.level_row
    LEFT JOIN contradicted ON contradicted.claim_row = growth.claim_row
    WHERE level.value_high IS NULL
),
ordered AS (
    SELECT
        *,
        (lag(known_on) OVER said IS NULL
            OR (lag(factor) OVER said, lag(level) OVER said) <> (factor, level)
            OR (lag(ends_on) OVER said <= known_on) IS TRUE) AS is_news,
        CASE WHEN is_late THEN min(CASE WHEN NOT is_late THEN known_on END) OVER of_ends END AS told_on
    FROM implied
    WINDOW
        of_ends AS (PARTITION BY world, measure, population, from_span, to_span, statistic, per, sources, is_before),
        said AS (
            PARTITION BY world, measure, population, from_span, to_span, statistic, per, sources, is_before, coalesce(is_late, false)
            ORDER BY known_on NULLS FIRST, letter_date NULLS FIRST, letter_order, char_start DESC
        )
),
standing AS (
    SELECT
        *,
        least(
            lead(known_on) OVER (
                PARTITION BY world, measure, population, from_span, to_span, statistic, per, sources, is_before, coalesce(is_late, false)
                ORDER BY known_on NULLS FIRST, letter_date NULLS FIRST, letter_order, char_start DESC
            ),
            ends_on,
            told_on
        ) AS superseded_on
    FROM ordered
    WHERE is_news
)
SELECT
    CASE WHEN is_before THEN 'count_before_growth' ELSE 'count_after_growth' END AS method,
    CASE WHEN is_before THEN from_period ELSE to_period END AS period,
    CAST(NULL AS VARCHAR) AS base_period,
    measure,
    population,
    level_unit AS unit,
    level_kind AS kind,
    CASE WHEN is_before THEN level / factor ELSE level * factor END AS value,
    CASE WHEN is_before THEN level_bounds.rounded_low / factor_high ELSE level_bounds.rounded_low * factor_low END AS value_low,
    CASE
        WHEN NOT is_before THEN level_bounds.rounded_high * factor_high
        WHEN factor_low > 0 THEN level_bounds.rounded_high / factor_low
    END AS value_high,
    statistic,
    per,
    level_sources AS sources,
    [level_stated_row, stated_row] AS inputs,
    superseded_on,
    world,
    topic
FROM standing
WHERE factor > 0;
