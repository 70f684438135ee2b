-- What the letters' figures imply but no letter says, as it stood from one statement to the next: never among the stated
-- figures. Every number comes with the interval that the rounding of its inputs allows. How it follows is told in
-- sql/comparisons.
CREATE OR REPLACE TABLE derived_figures AS
WITH derived AS (
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
    least(derived.superseded_on, input.ended_on) IS NULL AS is_latest,
    least(derived.superseded_on, input.ended_on) AS superseded_on
FROM derived
JOIN input ON input.inputs = derived.inputs
WHERE least(derived.superseded_on, input.ended_on) IS NULL OR input.letter_date < least(derived.superseded_on, input.ended_on)
ORDER BY year, derived.measure, derived.population, derived.method, derived.sources, input.letter_date, input.claim_ids;

COMMENT ON TABLE derived_figures IS 'Figures that those of letters imply, whether a letter states them or not, one row a calculation.';
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
COMMENT ON COLUMN derived_figures.letter_date IS 'Date of the newest letter among the inputs, each the first to give its number: since when it could be known; null where one bears no date.';
COMMENT ON COLUMN derived_figures.input_claim_ids IS 'Claims that it follows from: the later count first, the count before the growth.';
COMMENT ON COLUMN derived_figures.is_latest IS 'True where it follows from the newest statements.';
COMMENT ON COLUMN derived_figures.superseded_on IS 'Date of the first letter that gives another number for an input, or another growth, or contradicts the growth, or the day from which a letter does not stand any more; null for what follows from the newest statements.';
