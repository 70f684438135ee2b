-- What the letters' figures imply but no letter says, from the newest statements: never among the stated figures. Every
-- number comes with the interval that the rounding of its inputs allows.
CREATE OR REPLACE TABLE derived_figures AS
WITH newest_count AS (
    SELECT
        *,
        hash(measure, population, unit, kind, statistic, per, sources) AS series,
        figure_bounds(value, value_high, "precision", near, written, rounded, rounded_end) AS bounds
    FROM unique_figure
    WHERE coded
        AND identified
        AND kind IN ('count', 'capacity')
        AND status = 'realised'
        AND value_high IS NULL
        AND span = concat(year, '-01-01/', year, '-12-31')
    QUALIFY row_number() OVER (PARTITION BY figure, sources ORDER BY letter_date DESC NULLS LAST, letter_order DESC) = 1
),
growth_of_counts AS (
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
        [count.claim_row, before.claim_row] AS inputs
    FROM newest_count AS count
    JOIN newest_count AS before ON before.series = count.series AND before.year = count.year - 1
    -- What nobody is credited with may be counted by another body in another letter.
    WHERE before.value > 0 AND (count.sources IS NOT NULL OR count.letter_row = before.letter_row)
),
newest_growth AS (
    SELECT
        *,
        1 + sign * value / 100 AS factor,
        1 + CASE WHEN sign > 0 THEN bounds.rounded_low ELSE -bounds.rounded_high END / 100 AS factor_low,
        1 + CASE WHEN sign > 0 THEN bounds.rounded_high ELSE -bounds.rounded_low END / 100 AS factor_high
    FROM (
        SELECT *, figure_bounds(value, value_high, "precision", near, written, rounded, rounded_end) AS bounds
        FROM growth_end
        WHERE coded AND status = 'realised' AND unit = 'percent' AND value_high IS NULL AND population NOT IN ('part', 'unspecified')
        QUALIFY row_number() OVER (
            PARTITION BY measure, population, from_span, to_span, statistic, per, sources
            ORDER BY letter_date DESC NULLS LAST, letter_order DESC, char_start
        ) = 1
    )
    -- What the counts don't bear out implies nothing.
    WHERE claim_row NOT IN (SELECT claim_row FROM comparison WHERE kind = 'growth' AND verdict IN ('contradicts', 'revised'))
),
count_implied AS (
    SELECT
        newest_growth.*,
        to_claim_row IS NOT NULL AS is_before,
        level.claim_row AS level_row,
        level.value AS level,
        level.unit AS level_unit,
        level.kind AS level_kind,
        level.sources AS level_sources,
        figure_bounds(level.value, level.value_high, level."precision", level.near, level.written, level.rounded, level.rounded_end) AS level_bounds
    FROM newest_growth
    JOIN comparable_figure AS level ON level.claim_row = coalesce(to_claim_row, from_claim_row)
    WHERE level.value_high IS NULL
),
count_by_growth AS (
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
        [level_row, claim_row] AS inputs
    FROM count_implied
    WHERE factor > 0
),
sum_of_parts AS (
    SELECT
        'sum_of_parts' AS method,
        part.period,
        CAST(NULL AS VARCHAR) AS base_period,
        part.measure,
        complete_parts.population,
        part.unit,
        part.kind,
        parts_sum.value,
        parts_sum.value_low,
        parts_sum.value_high,
        part.statistic,
        part.per,
        part.sources,
        complete_parts.part_claim_rows AS inputs
    FROM complete_parts
    JOIN parts_sum ON parts_sum.part_claim_rows = complete_parts.part_claim_rows
    JOIN comparable_figure AS part ON part.claim_row = complete_parts.part_claim_rows[1]
    WHERE complete_parts.method IN ('sex', 'age_group')
        -- A number before the parts of which it isn't told whether it is the whole may be a whole that they don't make up.
        AND NOT EXISTS (
            FROM comparable_figure AS whole
            WHERE whole.letter_row = part.letter_row
                AND whole.sentence_hash = part.sentence_hash
                AND whole.measure = part.measure
                AND whole.unit = part.unit
                AND whole.population = 'unspecified'
                AND whole.char_start < part.char_start
        )
),
derived AS (
    FROM growth_of_counts
    UNION ALL
    FROM count_by_growth
    UNION ALL
    FROM sum_of_parts
),
input AS (
    SELECT
        mentioned.inputs,
        list(claim.claim_id ORDER BY mentioned.place) AS claim_ids,
        max(letter.letter_date) AS letter_date
    FROM (
        SELECT inputs, unnest(inputs) AS claim_row, generate_subscripts(inputs, 1) AS place
        FROM (SELECT DISTINCT inputs FROM derived)
    ) AS mentioned
    JOIN claim ON claim.rowid = mentioned.claim_row
    JOIN letter ON letter.letter_id = claim.letter_id
    GROUP BY mentioned.inputs
)
SELECT
    period_end_year(derived.period) AS year,
    derived.period,
    derived.base_period,
    derived.measure,
    derived.population,
    round(derived.value, 4) AS value,
    round(CASE WHEN isfinite(derived.value_low) THEN derived.value_low END, 4) AS value_low,
    round(CASE WHEN isfinite(derived.value_high) THEN derived.value_high END, 4) AS value_high,
    derived.unit,
    derived.kind,
    derived.statistic,
    derived.per,
    derived.method,
    'derived' AS basis,
    derived.sources AS source,
    input.letter_date,
    input.claim_ids AS input_claim_ids,
    true AS is_latest
FROM derived
JOIN input ON input.inputs = derived.inputs
ORDER BY year, derived.measure, derived.population, derived.method, derived.sources, input.claim_ids;

COMMENT ON TABLE derived_figures IS 'Figures that no letter states but the newest statements imply, one row a calculation.';
COMMENT ON COLUMN derived_figures.year IS 'Year in which the period ends.';
COMMENT ON COLUMN derived_figures.period IS 'What the figure is about, in the notation of claim.period.';
COMMENT ON COLUMN derived_figures.base_period IS 'What a growth is compared with; null for other figures.';
COMMENT ON COLUMN derived_figures.measure IS 'What is counted: a code of the vocabulary, a row of measure.';
COMMENT ON COLUMN derived_figures.population IS 'Whom it is about, a row of population.';
COMMENT ON COLUMN derived_figures.value IS 'The number that follows from the inputs as they stand; negative for a growth that is a decrease. No more exact than value_low and value_high.';
COMMENT ON COLUMN derived_figures.value_low IS 'The least that it can be, the inputs being rounded as they are; null where they set no bound.';
COMMENT ON COLUMN derived_figures.value_high IS 'The most that it can be, the inputs being rounded as they are; null where they set no bound.';
COMMENT ON COLUMN derived_figures.method IS 'growth_of_counts (of two years that follow each other), count_before_growth (1222 / 1.23), count_after_growth or sum_of_parts.';
COMMENT ON COLUMN derived_figures.basis IS 'derived: no letter states it.';
COMMENT ON COLUMN derived_figures.source IS 'Bodies credited with the inputs, separated by a semicolon.';
COMMENT ON COLUMN derived_figures.letter_date IS 'Date of the newest letter among the inputs: since when it could be known.';
COMMENT ON COLUMN derived_figures.input_claim_ids IS 'Claims that it follows from: the later count first, the count before the growth.';
COMMENT ON COLUMN derived_figures.is_latest IS 'True: only the newest statements are calculated with.';
