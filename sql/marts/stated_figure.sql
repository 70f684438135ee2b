-- What the marts share: every claim, as corrected, about a measure of the vocabulary, with its letter and its place
-- among the vintages. A denied figure is no statistic, with one exception: a denied zero states an absence ("geen tekort").
CREATE OR REPLACE TABLE stated_figure AS
WITH figure AS (
    SELECT
        claim.* EXCLUDE (measure),
        measure.measure,
        measure.family,
        letter.identifier,
        letter.letter_date,
        letter.first_seen,
        letter.run_id,
        span_of_period.span,
        span_of_period.year,
        span_of_period.start_year,
        span_of_period.end_year,
        span_of_base.span AS base_span,
        span_of_base.year AS base_year,
        -- Who is named first doesn't matter.
        CASE
            WHEN contains(claim.source, ';')
                THEN array_to_string(
                    list_sort(list_transform(string_split(claim.source, ';'), lambda body: trim(body))), ';'
                )
            ELSE claim.source
        END AS sources
    FROM corrected_claim AS claim
    JOIN letter ON letter.letter_id = claim.letter_id
    JOIN measure ON measure.measure = claim.measure_code
    LEFT JOIN period AS span_of_period ON span_of_period.period = claim.period
    LEFT JOIN period AS span_of_base ON span_of_base.period = claim.base_period
    WHERE claim.status <> 'negated' OR claim.value = 0
),
vintage AS (
    -- A letter of a later day that states the same figure supersedes this one, whatever value or direction it gives.
    -- Figures of one letter, or of letters of one day, don't supersede each other; a figure of a letter without a
    -- date stands back for every dated one.
    SELECT
        *,
        CASE
            WHEN letter_date IS NULL THEN min(letter_date) OVER same_figure
            ELSE min(letter_date) OVER later_letters
        END AS superseded_on
    FROM figure
    WINDOW
        same_figure AS (
            PARTITION BY measure, population, unit, kind, span, base_span, status, sources, statistic, per
        ),
        later_letters AS (
            PARTITION BY measure, population, unit, kind, span, base_span, status, sources, statistic, per
            ORDER BY letter_date
            RANGE BETWEEN INTERVAL 1 DAY FOLLOWING AND UNBOUNDED FOLLOWING
        )
)
SELECT
    period,
    measure,
    population,
    value,
    value_high,
    unit,
    status,
    "precision",
    'stated' AS basis,
    source,
    letter_id,
    identifier,
    letter_date,
    claim_id,
    quote,
    correction_id,
    superseded_on IS NULL AS is_latest,
    superseded_on,
    first_seen,
    run_id,
    kind,
    direction,
    statistic,
    per,
    base_period,
    family,
    year,
    start_year,
    end_year,
    base_year
FROM vintage
ORDER BY letter_date NULLS LAST, letter_id, char_start, char_end, claim_id;

COMMENT ON TABLE stated_figure IS 'Claims about a measure of the vocabulary, each with its letter and its place among the vintages: what the marts choose from.';
COMMENT ON COLUMN stated_figure.measure IS 'What is counted: a code of the vocabulary, a row of measure.';
COMMENT ON COLUMN stated_figure.basis IS 'stated: the letter itself gives the figure, it is not derived from others.';
COMMENT ON COLUMN stated_figure.is_latest IS 'True for the newest statement of the same figure: same measure, population, unit, kind, period, base_period, status, source, statistic and per; several are true where letters of one day state it.';
COMMENT ON COLUMN stated_figure.superseded_on IS 'Date of the first later letter that states the same figure; null for the newest statement.';
COMMENT ON COLUMN stated_figure.first_seen IS 'When a run first saw the letter, in UTC: since when this figure is known here.';
COMMENT ON COLUMN stated_figure.run_id IS 'Run that read the letter.';
COMMENT ON COLUMN stated_figure.correction_id IS 'Correction that gave the figure other values than its quote; null for a figure as stated.';
COMMENT ON COLUMN stated_figure.year IS 'The one calendar year in which the period lies; null for an open period or several years.';
COMMENT ON COLUMN stated_figure.start_year IS 'Calendar year in which the period begins; null for an open start.';
COMMENT ON COLUMN stated_figure.end_year IS 'Calendar year in which the period ends; null for an open end.';
COMMENT ON COLUMN stated_figure.base_year IS 'The one calendar year in which base_period lies; null for none, an open one or several years.';
