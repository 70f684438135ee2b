-- Figures that differ where they should be the same, with what explains it. What is compared, and how, is told in
-- sql/comparisons; pairs that agree are counted in coverage.
CREATE OR REPLACE TABLE discrepancies AS
WITH found AS (
    SELECT * FROM standing_comparison WHERE verdict IS NOT NULL
),
further AS (
    SELECT mentioned.further_claim_rows, list(claim.claim_id ORDER BY claim.letter_id, claim.char_start) AS claim_ids
    FROM (
        SELECT further_claim_rows, unnest(further_claim_rows) AS further_row FROM (SELECT DISTINCT further_claim_rows FROM found)
    ) AS mentioned
    JOIN claim ON claim.rowid = mentioned.further_row
    GROUP BY mentioned.further_claim_rows
),
-- What is said of them, of few of all claims.
told AS (
    SELECT
        claim_row, claim_id, claim.letter_id, letter.letter_date, period, measure, population, unit,
        claim.source, quote
    FROM numbered_claim AS claim
    JOIN letter ON letter.letter_id = claim.letter_id
    WHERE claim_row IN (SELECT claim_row FROM found UNION SELECT other_claim_row FROM found)
)
SELECT
    found.kind,
    period_end_year(claim.period) AS year,
    claim.period,
    claim.measure,
    CASE WHEN claim.population IN ('part', 'unspecified') AND found.kind <> 'parts' THEN other.population ELSE claim.population END AS population,
    claim.unit,
    found.value,
    round(found.other_value, 4) AS other_value,
    round(found.other_value - found.value, 4) AS difference,
    found.verdict,
    claim.source,
    other.source AS other_source,
    claim.letter_id,
    other.letter_id AS other_letter_id,
    claim.letter_date,
    other.letter_date AS other_letter_date,
    claim.claim_id,
    other.claim_id AS other_claim_id,
    coalesce(further.claim_ids, []) AS further_claim_ids,
    claim.quote,
    other.quote AS other_quote,
    found.known_on,
    found.superseded_on IS NULL AS is_latest,
    found.superseded_on
FROM found
JOIN told AS claim ON claim.claim_row = found.claim_row
JOIN told AS other ON other.claim_row = found.other_claim_row
LEFT JOIN further ON further.further_claim_rows = found.further_claim_rows;

COMMENT ON TABLE discrepancies IS 'Figures that differ where they should be the same, one row a pair: a figure and what it is compared with; another one where a pair stands again, as what had taken its place was withdrawn.';
COMMENT ON COLUMN discrepancies.kind IS 'restated (the same figure in two statements), growth (a stated growth and that of the counts), parts (a total and the sum of its parts), expectation (what was expected and what a later letter reports) or target (an aim and what was realised by its deadline).';
COMMENT ON COLUMN discrepancies.year IS 'Year in which the period of the figure ends.';
COMMENT ON COLUMN discrepancies.measure IS 'What is counted: a code of the vocabulary, else the noun phrase of the letter, within which alone it is compared then.';
COMMENT ON COLUMN discrepancies.value IS 'The figure, signed where it is a growth: the earlier of two statements, the stated growth, the total, what was expected or aimed at.';
COMMENT ON COLUMN discrepancies.other_value IS 'What it is compared with: the other statement, the growth of the counts, the sum of the parts (where some are ranges or bounds, what comes nearest to the total), what was realised.';
COMMENT ON COLUMN discrepancies.difference IS 'other_value less value.';
COMMENT ON COLUMN discrepancies.verdict IS 'rounding (explained by rounding, or by ruim, bijna or circa), other_source (another body counts otherwise), revised (a later letter, or the same letter issued again, says otherwise; of a forecast, what came of it is otherwise) or contradicts (none of these; of an aim, it was missed). Parts that come to less than the total contradict it only where the letter says or shows that they are all: bestaande uit, the total of a table.';
COMMENT ON COLUMN discrepancies.source IS 'Bodies credited with the figure, separated by a semicolon.';
COMMENT ON COLUMN discrepancies.other_source IS 'Bodies credited with what it is compared with.';
COMMENT ON COLUMN discrepancies.other_letter_id IS 'Letter that states what it is compared with.';
COMMENT ON COLUMN discrepancies.letter_date IS 'Date of the letter that states the figure.';
COMMENT ON COLUMN discrepancies.other_letter_date IS 'Date of the letter that states what it is compared with.';
COMMENT ON COLUMN discrepancies.claim_id IS 'Claim of the figure.';
COMMENT ON COLUMN discrepancies.other_claim_id IS 'Claim of what it is compared with; of the count at the end of a growth; of the first of the parts.';
COMMENT ON COLUMN discrepancies.further_claim_ids IS 'Claims of the count that a growth starts from, or of the other parts; else empty.';
COMMENT ON COLUMN discrepancies.quote IS 'Words that carry the figure.';
COMMENT ON COLUMN discrepancies.other_quote IS 'Words of other_claim_id.';
COMMENT ON COLUMN discrepancies.known_on IS 'Date of the newest letter of those that state the figures: since when they can be compared; of a pair that stands again, the day from which it does; null where one of these bears no date, and for two sources of which one has given more than two numbers: these are not in discrepancies_as_of.';
COMMENT ON COLUMN discrepancies.is_latest IS 'True where no later letter gives another number for what the figure is compared with, nor, of two sources, for the figure, and all letters compared stand.';
COMMENT ON COLUMN discrepancies.superseded_on IS 'Date of the first letter that does so, or the day from which one of the letters compared does not stand any more; null for neither.';
