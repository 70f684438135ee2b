-- What the letters' figures imply but no letter says, as it stood from one statement to the next: never among the stated
-- figures. Every number comes with the interval that the rounding of its inputs allows. How it follows is told in
-- sql/comparisons.
CREATE OR REPLACE TABLE derived_figures AS
WITH derived AS (
    SELECT
        every.*,
        time.topic IS NOT NULL AS is_timed,
        time.since,
        time.until
    FROM (
        FROM growth_of_counts
        UNION ALL
        FROM count_by_growth
        UNION ALL
        FROM sum_of_parts
    ) AS every
    LEFT JOIN standing_time AS time ON time.world = every.world AND time.topic = every.topic
    WHERE every.world = 0 OR time.topic IS NOT NULL
),
input AS (
    SELECT
        mentioned.inputs,
        list(claim.claim_id ORDER BY mentioned.place) AS claim_ids,
        -- Without the date of one of them it isn't known since when.
        CASE WHEN count(*) = count(letter.issued_on) THEN max(letter.issued_on) END AS letter_date,
        min(letter.ended_on) AS ended_on
    FROM (
        SELECT inputs, unnest(inputs) AS claim_row, generate_subscripts(inputs, 1) AS place
        FROM (SELECT DISTINCT inputs FROM derived)
    ) AS mentioned
    JOIN claim ON claim.rowid = mentioned.claim_row
    JOIN letter ON letter.letter_id = claim.letter_id
    GROUP BY mentioned.inputs
),
dated AS (
    SELECT
        derived.* REPLACE (least(derived.superseded_on, derived.until, input.ended_on) AS superseded_on),
        input.claim_ids,
        CASE WHEN input.letter_date IS NOT NULL THEN greatest(input.letter_date, derived.since) END AS letter_date
    FROM derived JOIN input ON input.inputs = derived.inputs
),
-- What stands on from one time to the next is one row; what stands again after another number did is another.
in_order AS (
    SELECT
        *,
        (lag(superseded_on) OVER (PARTITION BY method, inputs ORDER BY letter_date) = letter_date) IS NOT TRUE AS begins
    FROM dated
    WHERE is_timed AND (superseded_on IS NULL OR letter_date < superseded_on)
),
numbered AS (
    SELECT *, count(*) FILTER (begins) OVER (PARTITION BY method, inputs ORDER BY letter_date) AS stand FROM in_order
),
stood AS (
    FROM dated
    WHERE NOT is_timed AND (superseded_on IS NULL OR letter_date < superseded_on)
    UNION ALL
    SELECT * EXCLUDE (begins, stand) REPLACE (
        min(letter_date) OVER one AS letter_date,
        CASE WHEN bool_or(superseded_on IS NULL) OVER one THEN NULL ELSE max(superseded_on) OVER one END AS superseded_on
    )
    FROM numbered
    WINDOW one AS (PARTITION BY method, inputs, stand)
    QUALIFY begins
)
SELECT
    period_end_year(period) AS year,
    period,
    base_period,
    measure,
    population,
    round(value, 4) AS value,
    round(CASE WHEN isfinite(value_low) THEN value_low END, 4) AS value_low,
    round(CASE WHEN isfinite(value_high) THEN value_high END, 4) AS value_high,
    unit,
    kind,
    statistic,
    per,
    method,
    'derived' AS basis,
    sources AS source,
    letter_date,
    claim_ids AS input_claim_ids,
    superseded_on IS NULL AS is_latest,
    superseded_on
FROM stood
ORDER BY year, measure, population, method, sources, letter_date, claim_ids;

COMMENT ON TABLE derived_figures IS 'Figures that those of letters imply, whether a letter states them or not, one row a calculation; another one where what it follows from stands again, as what had taken its place was withdrawn.';
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
COMMENT ON COLUMN derived_figures.letter_date IS 'Date of the newest letter among the inputs, each the first to give its number: since when it could be known; of what stands again, the day from which it does; null where one bears no date.';
COMMENT ON COLUMN derived_figures.input_claim_ids IS 'Claims that it follows from: the later count first, the count before the growth.';
COMMENT ON COLUMN derived_figures.is_latest IS 'True where it follows from the newest statements.';
COMMENT ON COLUMN derived_figures.superseded_on IS 'Date of the first letter that gives another number for an input, or another growth, or contradicts the growth, or the day from which a letter does not stand any more; null for what follows from the newest statements.';
