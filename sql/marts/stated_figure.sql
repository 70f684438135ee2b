-- What the marts share: every claim, as corrected, about a measure of the vocabulary, with its letter and its place
-- among the vintages. A denied figure is no statistic, with one exception: a denied zero states an absence ("geen tekort").
CREATE OR REPLACE TABLE stated_figure AS
WITH placed_letter AS (
    SELECT
        letter_id, identifier, letter_date, first_seen, run_id,
        row_number() OVER (ORDER BY letter_date NULLS LAST, letter_id) AS letter_place
    FROM letter
),
figure AS (
    SELECT
        claim.claim_row,
        letter.* EXCLUDE (letter_id),
        told.year,
        told.start_year,
        told.end_year,
        base.year AS base_year,
        -- The same for statements of the same figure; who is named first doesn't matter.
        hash(
            claim.measure_code, claim.population, claim.unit, claim.kind, told.span, base.span, claim.status,
            CASE
                WHEN contains(claim.source, ';')
                    THEN array_to_string(
                        list_sort(list_transform(string_split(claim.source, ';'), lambda body: trim(body))), ';'
                    )
                ELSE claim.source
            END,
            claim.statistic, claim.per
        ) AS figure
    FROM numbered_claim AS claim
    JOIN placed_letter AS letter ON letter.letter_id = claim.letter_id
    LEFT JOIN period AS told ON told.period = claim.period
    LEFT JOIN period AS base ON base.period = claim.base_period
    WHERE claim.measure_code IS NOT NULL AND (claim.status <> 'negated' OR claim.value = 0)
),
-- A letter of a later day that states the same figure supersedes this one, whatever value or direction it gives.
-- Figures of one letter, or of letters of one day, don't supersede each other; a figure of a letter without a
-- date stands back for every dated one.
vintage AS (
    SELECT figure, letter_date, lead(letter_date) OVER (PARTITION BY figure ORDER BY letter_date) AS superseded_on
    FROM (SELECT DISTINCT figure, letter_date FROM figure WHERE letter_date IS NOT NULL)
    UNION ALL
    SELECT figure, NULL, min(letter_date)
    FROM figure
    GROUP BY figure
    HAVING count(*) > count(letter_date)
)
SELECT
    claim.period,
    claim.measure_code AS measure,
    claim.population,
    claim.value,
    claim.value_high,
    claim.unit,
    claim.status,
    claim."precision",
    'stated' AS basis,
    claim.source,
    claim.letter_id,
    figure.identifier,
    figure.letter_date,
    claim.claim_id,
    claim.quote,
    vintage.superseded_on IS NULL AS is_latest,
    vintage.superseded_on,
    figure.first_seen,
    figure.run_id,
    claim.correction_id,
    claim.kind,
    claim.direction,
    claim.statistic,
    claim.per,
    claim.base_period,
    measure.family,
    figure.year,
    figure.start_year,
    figure.end_year,
    figure.base_year
FROM figure
JOIN numbered_claim AS claim ON claim.claim_row = figure.claim_row
JOIN measure ON measure.measure = claim.measure_code
JOIN vintage ON vintage.figure = figure.figure AND vintage.letter_date IS NOT DISTINCT FROM figure.letter_date
ORDER BY figure.letter_place, claim.char_start, claim.char_end, claim.claim_id;

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
