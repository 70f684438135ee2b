-- What the marts share: every claim, as corrected, about a measure of the vocabulary, with its letter and its place
-- among the vintages. A denied figure is no statistic, with one exception: a denied zero states an absence ("geen tekort").
-- A build that goes on from a version adds the figures of new letters, and ranks those anew that these state too.
CREATE OR REPLACE TEMP TABLE new_figure AS
SELECT
    claim.claim_row,
    letter.letter_date,
    letter.issued_on,
    letter.ended_on,
    told.year,
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
FROM new_claim AS claim
JOIN letter ON letter.letter_id = claim.letter_id
LEFT JOIN period AS told ON told.period = claim.period
LEFT JOIN period AS base ON base.period = claim.base_period
WHERE claim.measure_code IS NOT NULL
    AND (claim.status <> 'negated' OR claim.value = 0)
    AND letter.rowid >= coalesce(getvariable('goes_on_from_letter'), 0);

CREATE TABLE IF NOT EXISTS stated_figure (
    period VARCHAR,
    measure VARCHAR,
    population VARCHAR,
    value DOUBLE,
    value_high DOUBLE,
    unit VARCHAR,
    status VARCHAR,
    "precision" VARCHAR,
    basis VARCHAR,
    source VARCHAR,
    letter_id VARCHAR,
    identifier VARCHAR,
    letter_date DATE,
    claim_id VARCHAR,
    quote VARCHAR,
    is_latest BOOLEAN,
    superseded_on DATE,
    first_seen TIMESTAMP,
    run_id VARCHAR,
    correction_id VARCHAR,
    kind VARCHAR,
    direction VARCHAR,
    statistic VARCHAR,
    per VARCHAR,
    base_period VARCHAR,
    family VARCHAR,
    year INTEGER,
    start_year INTEGER,
    end_year INTEGER,
    base_year INTEGER,
    figure UBIGINT,
    issued_on DATE,
    ended_on DATE,
    interrupted BOOLEAN
);

CREATE OR REPLACE TEMP TABLE ranked_figure AS
WITH figure AS (
    SELECT claim_row, CAST(NULL AS BIGINT) AS kept_row, figure, letter_date, issued_on, ended_on FROM new_figure
    UNION ALL
    SELECT NULL, rowid, figure, letter_date, issued_on, ended_on
    FROM stated_figure
    WHERE figure IN (SELECT figure FROM new_figure)
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
),
-- Where a text was issued again or withdrawn, figures stand from its issue to its end, and one that was superseded may stand
-- again: these few are ranked among those that stand. standing_on answers for a day.
interrupted AS (
    SELECT
        claim_row,
        kept_row,
        figure,
        ended_on IS NULL
            AND letter_date IS NOT DISTINCT FROM max(letter_date) FILTER (ended_on IS NULL) OVER (PARTITION BY figure) AS is_latest,
        least(
            ended_on,
            min(issued_on) OVER (
                PARTITION BY figure ORDER BY letter_date NULLS FIRST GROUPS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
            )
        ) AS superseded_on
    FROM figure
    WHERE figure IN (SELECT figure FROM figure WHERE ended_on IS NOT NULL OR issued_on IS DISTINCT FROM letter_date)
)
SELECT
    figure.claim_row,
    figure.kept_row,
    figure.figure,
    vintage.superseded_on IS NULL AS is_latest,
    vintage.superseded_on,
    false AS interrupted
FROM figure
JOIN vintage ON vintage.figure = figure.figure AND vintage.letter_date IS NOT DISTINCT FROM figure.letter_date
WHERE figure.figure NOT IN (SELECT figure FROM figure WHERE ended_on IS NOT NULL OR issued_on IS DISTINCT FROM letter_date)
UNION ALL
SELECT claim_row, kept_row, figure, is_latest, CASE WHEN NOT is_latest THEN superseded_on END, true
FROM interrupted;

UPDATE stated_figure
SET is_latest = ranked.is_latest, superseded_on = ranked.superseded_on, interrupted = ranked.interrupted
FROM ranked_figure AS ranked
WHERE stated_figure.rowid = ranked.kept_row
    AND (stated_figure.is_latest, stated_figure.superseded_on, stated_figure.interrupted)
        IS DISTINCT FROM (ranked.is_latest, ranked.superseded_on, ranked.interrupted);

INSERT INTO stated_figure
WITH placed_letter AS (
    SELECT
        letter_id, identifier, letter_date, first_seen, run_id, issued_on, ended_on,
        row_number() OVER (ORDER BY letter_date NULLS LAST, letter_id) AS letter_place
    FROM letter
    WHERE letter.rowid >= coalesce(getvariable('goes_on_from_letter'), 0)
)
SELECT
    claim.period,
    claim.measure_code,
    claim.population,
    claim.value,
    claim.value_high,
    claim.unit,
    claim.status,
    claim."precision",
    'stated',
    claim.source,
    claim.letter_id,
    letter.identifier,
    letter.letter_date,
    claim.claim_id,
    claim.quote,
    ranked.is_latest,
    ranked.superseded_on,
    letter.first_seen,
    letter.run_id,
    claim.correction_id,
    claim.kind,
    claim.direction,
    claim.statistic,
    claim.per,
    claim.base_period,
    measure.family,
    told.year,
    told.start_year,
    told.end_year,
    base.year,
    ranked.figure,
    letter.issued_on,
    letter.ended_on,
    ranked.interrupted
FROM new_claim AS claim
JOIN ranked_figure AS ranked ON ranked.claim_row = claim.claim_row
JOIN placed_letter AS letter ON letter.letter_id = claim.letter_id
JOIN measure ON measure.measure = claim.measure_code
LEFT JOIN period AS told ON told.period = claim.period
LEFT JOIN period AS base ON base.period = claim.base_period
ORDER BY letter.letter_place, claim.char_start, claim.char_end, claim.claim_id;

DROP TABLE ranked_figure;

COMMENT ON TABLE stated_figure IS 'Claims about a measure of the vocabulary, each with its letter and its place among the vintages: what the marts choose from.';
COMMENT ON COLUMN stated_figure.measure IS 'What is counted: a code of the vocabulary, a row of measure.';
COMMENT ON COLUMN stated_figure.basis IS 'stated: the letter itself gives the figure, it is not derived from others.';
COMMENT ON COLUMN stated_figure.is_latest IS 'True for the newest statement of the same figure: same measure, population, unit, kind, period, base_period, status, source, statistic and per; several are true where letters of one day state it, none where all letters that do were withdrawn or issued again without it.';
COMMENT ON COLUMN stated_figure.superseded_on IS 'Since when it is not the newest statement any more: the date of the first later letter that states the same figure, the day on which its letter was issued again with or without it, or withdrawn; null for the newest statement.';
COMMENT ON COLUMN stated_figure.figure IS 'The same for statements of the same figure; not the same in another version of DuckDB.';
COMMENT ON COLUMN stated_figure.interrupted IS 'True for figures of which some letter was issued again or withdrawn: when each statement stood is told by standing_on.';
COMMENT ON COLUMN stated_figure.first_seen IS 'When a run first saw the letter, in UTC: since when this figure is known here.';
COMMENT ON COLUMN stated_figure.run_id IS 'Run that read the letter.';
COMMENT ON COLUMN stated_figure.correction_id IS 'Correction that gave the figure other values than its quote; null for a figure as stated.';
COMMENT ON COLUMN stated_figure.year IS 'The one calendar year in which the period lies; null for an open period or several years.';
COMMENT ON COLUMN stated_figure.start_year IS 'Calendar year in which the period begins; null for an open start.';
COMMENT ON COLUMN stated_figure.end_year IS 'Calendar year in which the period ends; null for an open end.';
COMMENT ON COLUMN stated_figure.base_year IS 'The one calendar year in which base_period lies; null for none, an open one or several years.';
