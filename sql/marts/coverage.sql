-- What is in the marts and what isn't: measures that the vocabulary lacks, what was compared and agreed, bodies, and the
-- years of each dossier and of each measure, those without a letter or a figure among them. Letters are counted once: a build
-- that goes on from a version adds what new letters count to what it has.
CREATE TABLE IF NOT EXISTS coverage (
    aspect VARCHAR,
    subject VARCHAR,
    year INTEGER,
    letters BIGINT,
    claims BIGINT,
    in_marts BIGINT,
    compared BIGINT,
    agreeing BIGINT,
    example_claim_id VARCHAR,
    example VARCHAR
);

CREATE OR REPLACE TEMP TABLE counted AS
WITH unmapped AS (
    SELECT
        'unmapped_measure' AS aspect,
        lower(measure) AS subject,
        CAST(NULL AS INTEGER) AS year,
        count(DISTINCT letter_id) AS letters,
        count(*) AS claims,
        CAST(NULL AS BIGINT) AS in_marts,
        min(claim_id) AS example_claim_id
    FROM new_claim
    WHERE measure_code IS NULL AND measure <> '' AND kind NOT IN ('share', 'amount', 'duration')
    GROUP BY lower(measure)
),
claims_of_letter AS (
    SELECT letter_id, count(*) AS claims, count(measure_code) AS in_marts FROM new_claim GROUP BY letter_id
),
filed AS (
    SELECT
        unnest(letter.dossiers) AS dossier,
        CAST(date_part('year', letter.letter_date) AS INTEGER) AS year,
        coalesce(claims_of_letter.claims, 0) AS claims,
        coalesce(claims_of_letter.in_marts, 0) AS in_marts
    FROM letter LEFT JOIN claims_of_letter ON claims_of_letter.letter_id = letter.letter_id
    WHERE letter.is_current AND letter.rowid >= coalesce(getvariable('goes_on_from_letter'), 0)
),
by_dossier AS (
    SELECT
        'dossier' AS aspect,
        dossier AS subject,
        year,
        count(*) AS letters,
        CAST(sum(claims) AS BIGINT) AS claims,
        CAST(sum(in_marts) AS BIGINT) AS in_marts,
        CAST(NULL AS VARCHAR) AS example_claim_id
    FROM filed
    GROUP BY dossier, year
),
by_measure AS (
    SELECT
        'measure' AS aspect,
        claim.measure_code AS subject,
        new_figure.year,
        count(DISTINCT claim.letter_id) AS letters,
        count(*) AS claims,
        count(*) AS in_marts,
        min(claim.claim_id) AS example_claim_id
    FROM new_figure JOIN new_claim AS claim ON claim.claim_row = new_figure.claim_row
    WHERE new_figure.year BETWEEN 1800 AND 2200
    GROUP BY claim.measure_code, new_figure.year
),
credited AS (
    SELECT trim(unnest(string_split(source, ';'))) AS source_agency, letter_id, measure_code, claim_id
    FROM new_claim
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
        min(claim_id) AS example_claim_id
    FROM credited
    GROUP BY source_agency
),
told AS (
    FROM unmapped
    UNION ALL
    FROM by_dossier
    UNION ALL
    FROM by_measure
    UNION ALL
    FROM by_source
)
SELECT
    aspect,
    subject,
    year,
    CAST(sum(letters) AS BIGINT) AS letters,
    CAST(sum(claims) AS BIGINT) AS claims,
    CAST(sum(in_marts) AS BIGINT) AS in_marts,
    min(example_claim_id) AS example_claim_id,
    min_by(example, example_claim_id) AS example
FROM (
    SELECT told.*, CASE WHEN claim.claim_id IS NOT NULL THEN said(claim.quote, claim.unit) END AS example
    FROM told
    LEFT JOIN new_claim AS claim ON claim.claim_id = told.example_claim_id
    UNION ALL
    SELECT aspect, subject, year, letters, claims, in_marts, example_claim_id, example
    FROM coverage
    -- Without a letter there is a gap, which may be closed now.
    WHERE letters > 0
)
GROUP BY aspect, subject, year;

CREATE OR REPLACE TABLE coverage AS
WITH agreement AS (
    SELECT
        'comparison' AS aspect,
        kind.kind AS subject,
        CAST(NULL AS INTEGER) AS year,
        CAST(NULL AS BIGINT) AS letters,
        CAST(NULL AS BIGINT) AS claims,
        CAST(NULL AS BIGINT) AS in_marts,
        count(compared.kind) AS compared,
        count(compared.kind) FILTER (compared.verdict IS NULL) AS agreeing,
        CAST(NULL AS VARCHAR) AS example_claim_id,
        CAST(NULL AS VARCHAR) AS example
    FROM (VALUES ('restated'), ('growth'), ('parts'), ('expectation'), ('target')) AS kind (kind)
    LEFT JOIN standing_comparison AS compared ON compared.kind = kind.kind
    GROUP BY kind.kind
),
year_told AS (
    SELECT aspect, subject, CAST(unnest(range(min(year), max(year) + 1)) AS INTEGER) AS year
    FROM counted
    WHERE aspect IN ('dossier', 'measure')
    GROUP BY aspect, subject
),
gap AS (
    SELECT aspect, subject, year, CAST(0 AS BIGINT) AS letters, CAST(0 AS BIGINT) AS claims, CAST(0 AS BIGINT) AS in_marts
    FROM year_told ANTI JOIN counted USING (aspect, subject, year)
),
told AS (
    SELECT
        aspect, subject, year, letters, claims, in_marts, CAST(NULL AS BIGINT) AS compared, CAST(NULL AS BIGINT) AS agreeing,
        example_claim_id, example FROM counted
    UNION ALL
    SELECT aspect, subject, year, letters, claims, in_marts, NULL, NULL, NULL, NULL FROM gap
    UNION ALL
    FROM agreement
)
FROM told
ORDER BY aspect, CASE WHEN year IS NULL THEN claims END DESC NULLS LAST, subject, year;

DROP TABLE counted;
DROP TABLE new_figure;

COMMENT ON TABLE coverage IS 'What is covered and what is not, one row a subject of one of five aspects, with its gaps.';
COMMENT ON COLUMN coverage.aspect IS 'unmapped_measure (what letters count and the vocabulary lacks, most often first), comparison (figures compared and agreeing), dossier (by year of the letter), measure (by year of the figure) or source (by body credited).';
COMMENT ON COLUMN coverage.subject IS 'The noun phrase, the kind of comparison, the dossier, the measure or the body.';
COMMENT ON COLUMN coverage.year IS 'Year of the letters of a dossier, or of the figures of a measure; every year from the first to the last has a row, with zeros where there is a gap. Null for the other aspects, and for letters of a dossier without a date.';
COMMENT ON COLUMN coverage.letters IS 'Letters of the dossier, in their newest vintage, or letters that state such a figure; null for comparisons.';
COMMENT ON COLUMN coverage.claims IS 'Claims; 0 is a gap. Null for comparisons.';
COMMENT ON COLUMN coverage.in_marts IS 'Claims whose measure is in the vocabulary, of which the marts choose; null where the aspect does not tell.';
COMMENT ON COLUMN coverage.compared IS 'Pairs of figures compared, once for each time that they stood beside each other; null for other aspects.';
COMMENT ON COLUMN coverage.agreeing IS 'Pairs of figures compared that agree; the others, those that rounding explains among them, are rows of discrepancies. Null for other aspects.';
COMMENT ON COLUMN coverage.example_claim_id IS 'A claim of the subject, where it has one.';
COMMENT ON COLUMN coverage.example IS 'Its words, with its unit where they don''t hold it.';
