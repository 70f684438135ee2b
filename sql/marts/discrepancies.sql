-- Figures that differ where they should be the same, with what explains it. What is compared, and how, is told in
-- sql/comparisons; pairs that agree are counted in coverage.
CREATE OR REPLACE TABLE discrepancies AS
WITH found AS (
    SELECT * FROM comparison WHERE verdict IS NOT NULL
),
further AS (
    SELECT
        mentioned.kind,
        mentioned.claim_row,
        mentioned.other_claim_row,
        list(claim.claim_id ORDER BY claim.letter_id, claim.char_start) AS claim_ids,
        max(letter.issued_on) AS issued_on,
        min(letter.ended_on) AS ended_on,
        count(*) > count(letter.issued_on) AS is_undated
    FROM (
        SELECT kind, claim_row, other_claim_row, unnest(further_claim_rows) AS further_row FROM found
    ) AS mentioned
    JOIN claim ON claim.rowid = mentioned.further_row
    JOIN letter ON letter.letter_id = claim.letter_id
    GROUP BY ALL
),
-- What is said of them, of few of all claims.
told AS (
    SELECT
        claim_row, claim_id, claim.letter_id, letter.letter_date, letter.issued_on, letter.ended_on, period, measure, population,
        unit, claim.source, quote
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
    CASE
        WHEN found.in_vintages AND claim.issued_on IS NOT NULL AND other.issued_on IS NOT NULL AND NOT coalesce(further.is_undated, false)
            THEN greatest(claim.issued_on, other.issued_on, further.issued_on)
    END AS known_on,
    -- Letters that were issued again or withdrawn are compared as long as they stand.
    coalesce(found.superseded_on, claim.ended_on, other.ended_on, further.ended_on) IS NULL AS is_latest,
    least(found.superseded_on, claim.ended_on, other.ended_on, further.ended_on) AS superseded_on
FROM found
JOIN told AS claim ON claim.claim_row = found.claim_row
JOIN told AS other ON other.claim_row = found.other_claim_row
LEFT JOIN further
    ON further.kind = found.kind
    AND further.claim_row = found.claim_row
    AND further.other_claim_row = found.other_claim_row;

COMMENT ON TABLE discrepancies IS 'Figures that differ where they should be the same, one row a pair: a figure and what it is compared with.';
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
COMMENT ON COLUMN discrepancies.known_on IS 'Date of the newest letter of those that state the figures: since when they can be compared; null where one of these bears no date, and for two sources of which one has given more than two numbers: these are not in discrepancies_as_of.';
COMMENT ON COLUMN discrepancies.is_latest IS 'True where no later letter gives another number for what the figure is compared with, nor, of two sources, for the figure, and all letters compared stand.';
COMMENT ON COLUMN discrepancies.superseded_on IS 'Date of the first letter that does so, or the day from which one of the letters compared does not stand any more; null for neither.';
