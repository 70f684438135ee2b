-- What is in the marts and what isn't: measures that the vocabulary lacks, what was compared and agreed, bodies, and the
-- years of each dossier and of each measure, those without a letter or a figure among them.
CREATE OR REPLACE TABLE coverage AS
WITH unmapped AS (
    SELECT
        'unmapped_measure' AS aspect,
        lower(measure) AS subject,
        CAST(NULL AS INTEGER) AS year,
        count(DISTINCT letter_id) AS letters,
        count(*) AS claims,
        CAST(NULL AS BIGINT) AS in_marts,
        CAST(NULL AS BIGINT) AS compared,
        CAST(NULL AS BIGINT) AS agreeing,
        min(claim_id) AS example_claim_id
    FROM corrected_claim
    WHERE measure_code IS NULL AND measure <> '' AND kind NOT IN ('share', 'amount', 'duration')
    GROUP BY lower(measure)
),
agreement AS (
    SELECT
        'comparison' AS aspect,
        kind.kind AS subject,
        CAST(NULL AS INTEGER) AS year,
        CAST(NULL AS BIGINT) AS letters,
        CAST(NULL AS BIGINT) AS claims,
        CAST(NULL AS BIGINT) AS in_marts,
        count(comparison.kind) AS compared,
        count(comparison.kind) FILTER (comparison.verdict IS NULL) AS agreeing,
        CAST(NULL AS VARCHAR) AS example_claim_id
    FROM (VALUES ('restated'), ('growth'), ('parts'), ('expectation'), ('target')) AS kind (kind)
    LEFT JOIN comparison ON comparison.kind = kind.kind
    GROUP BY kind.kind
),
claims_of_letter AS (
    SELECT letter_id, count(*) AS claims, count(measure_code) AS in_marts FROM corrected_claim GROUP BY letter_id
),
filed AS (
    SELECT
        unnest(letter.dossiers) AS dossier,
        CAST(date_part('year', letter.letter_date) AS INTEGER) AS year,
        coalesce(claims_of_letter.claims, 0) AS claims,
        coalesce(claims_of_letter.in_marts, 0) AS in_marts
    FROM letter LEFT JOIN claims_of_letter ON claims_of_letter.letter_id = letter.letter_id
    WHERE letter.is_current
),
dossier_year AS (
    SELECT dossier, unnest(range(min(year), max(year) + 1)) AS year FROM filed GROUP BY dossier
    UNION ALL
    SELECT DISTINCT dossier, NULL FROM filed WHERE year IS NULL
),
by_dossier AS (
    SELECT
        'dossier' AS aspect,
        dossier_year.dossier AS subject,
        CAST(dossier_year.year AS INTEGER) AS year,
        count(filed.dossier) AS letters,
        CAST(coalesce(sum(filed.claims), 0) AS BIGINT) AS claims,
        CAST(coalesce(sum(filed.in_marts), 0) AS BIGINT) AS in_marts,
        CAST(NULL AS BIGINT) AS compared,
        CAST(NULL AS BIGINT) AS agreeing,
        CAST(NULL AS VARCHAR) AS example_claim_id
    FROM dossier_year
    LEFT JOIN filed ON filed.dossier = dossier_year.dossier AND filed.year IS NOT DISTINCT FROM dossier_year.year
    GROUP BY ALL
),
measured AS (
    SELECT measure, year, letter_id, claim_id FROM stated_figure WHERE year BETWEEN 1800 AND 2200
),
measure_year AS (
    SELECT measure, unnest(range(min(year), max(year) + 1)) AS year FROM measured GROUP BY measure
),
by_measure AS (
    SELECT
        'measure' AS aspect,
        measure_year.measure AS subject,
        CAST(measure_year.year AS INTEGER) AS year,
        count(DISTINCT measured.letter_id) AS letters,
        count(measured.claim_id) AS claims,
        count(measured.claim_id) AS in_marts,
        CAST(NULL AS BIGINT) AS compared,
        CAST(NULL AS BIGINT) AS agreeing,
        min(measured.claim_id) AS example_claim_id
    FROM measure_year
    LEFT JOIN measured ON measured.measure = measure_year.measure AND measured.year = measure_year.year
    GROUP BY ALL
),
credited AS (
    SELECT trim(unnest(string_split(source, ';'))) AS source_agency, letter_id, measure_code, claim_id
    FROM corrected_claim
    WHERE source IS NOT NULL
),
by_source AS (
    SELECT
        'source' AS aspect,
        source_agency AS subject,
        CAST(NULL AS INTEGER) AS year,
        count(DISTINCT letter_id) AS letters,
        count(*) AS claims,
        count(measure_code) AS in_marts,
        CAST(NULL AS BIGINT) AS compared,
        CAST(NULL AS BIGINT) AS agreeing,
        min(claim_id) AS example_claim_id
    FROM credited
    GROUP BY source_agency
)
SELECT told.*, CASE WHEN claim.claim_id IS NOT NULL THEN said(claim.quote, claim.unit) END AS example
FROM (
    FROM unmapped
    UNION ALL
    FROM agreement
    UNION ALL
    FROM by_dossier
    UNION ALL
    FROM by_measure
    UNION ALL
    FROM by_source
) AS told
LEFT JOIN corrected_claim AS claim ON claim.claim_id = told.example_claim_id
ORDER BY told.aspect, CASE WHEN told.year IS NULL THEN told.claims END DESC NULLS LAST, told.subject, told.year;

COMMENT ON TABLE coverage IS 'What is covered and what is not, one row a subject of one of five aspects, with its gaps.';
COMMENT ON COLUMN coverage.aspect IS 'unmapped_measure (what letters count and the vocabulary lacks, most often first), comparison (figures compared and agreeing), dossier (by year of the letter), measure (by year of the figure) or source (by body credited).';
COMMENT ON COLUMN coverage.subject IS 'The noun phrase, the kind of comparison, the dossier, the measure or the body.';
COMMENT ON COLUMN coverage.year IS 'Year of the letters of a dossier, or of the figures of a measure; every year from the first to the last has a row, with zeros where there is a gap. Null for the other aspects, and for letters of a dossier without a date.';
COMMENT ON COLUMN coverage.letters IS 'Letters of the dossier, in their newest vintage, or letters that state such a figure; null for comparisons.';
COMMENT ON COLUMN coverage.claims IS 'Claims; 0 is a gap. Null for comparisons.';
COMMENT ON COLUMN coverage.in_marts IS 'Claims whose measure is in the vocabulary, of which the marts choose; null where the aspect does not tell.';
COMMENT ON COLUMN coverage.compared IS 'Pairs of figures compared; null for other aspects.';
COMMENT ON COLUMN coverage.agreeing IS 'Pairs of figures compared that agree; the others, those that rounding explains among them, are rows of discrepancies. Null for other aspects.';
COMMENT ON COLUMN coverage.example_claim_id IS 'A claim of the subject, where it has one.';
COMMENT ON COLUMN coverage.example IS 'Its words, with its unit where they don''t hold it.';
