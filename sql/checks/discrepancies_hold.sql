-- severity: error
-- Both sides of a discrepancy are claims that are here, with their words; calculated anew from them its numbers are the
-- same, and they differ. None is the latest of which a letter has ended.
WITH ended AS (
    SELECT letter_id FROM letter WHERE ended_on IS NOT NULL
),
further_claim AS (
    SELECT rowid AS row_number, unnest(further_claim_ids) AS further_claim_id FROM discrepancies
),
-- Few of all claims.
signed AS MATERIALIZED (
    SELECT
        claim_id,
        letter_id,
        quote,
        value AS amount,
        -- Between what it lies by its range or bound; «ruim» and «bijna» are none.
        CASE WHEN value_high IS NULL AND "precision" = 'at_most' AND NOT near THEN 0 ELSE value END AS low,
        CASE WHEN value_high IS NULL AND "precision" = 'at_least' AND NOT near THEN 'inf'::DOUBLE ELSE coalesce(value_high, value) END AS high,
        unit,
        CASE WHEN kind = 'growth' AND direction = 'decrease' THEN -value ELSE value END AS value
    FROM (
        SELECT *, regexp_matches(sentence[:sentence_quote_start], '(?i)\b(ruim|bijna|krap|nog geen)\s+$') AS near
        FROM corrected_claim
    ) AS claim
    WHERE claim_id IN (
        SELECT claim_id FROM discrepancies
        UNION
        SELECT other_claim_id FROM discrepancies
        UNION
        SELECT further_claim_id FROM further_claim
    )
),
further AS (
    SELECT mentioned.row_number, count(claim.claim_id) AS found, sum(claim.amount) AS total, sum(claim.low) AS low, sum(claim.high) AS high
    FROM further_claim AS mentioned
    LEFT JOIN signed AS claim ON claim.claim_id = mentioned.further_claim_id
    GROUP BY mentioned.row_number
),
recomputed AS (
    SELECT
        discrepancies.*,
        one.value AS value_anew,
        one.quote AS quote_anew,
        other.quote AS other_quote_anew,
        one.letter_id AS letter_id_anew,
        other.letter_id AS other_letter_id_anew,
        coalesce(further.found, 0) AS found,
        CASE
            WHEN discrepancies.kind <> 'parts' AND further.found = 1 AND one.unit = 'percent'
                THEN 100 * (other.amount / further.total - 1)
            WHEN discrepancies.kind = 'growth' THEN other.amount - further.total
            WHEN discrepancies.kind = 'parts' THEN greatest(other.low + further.low, least(other.high + further.high, one.value))
            ELSE other.value
        END AS other_value_anew
    FROM discrepancies
    LEFT JOIN signed AS one ON one.claim_id = discrepancies.claim_id
    LEFT JOIN signed AS other ON other.claim_id = discrepancies.other_claim_id
    LEFT JOIN further ON further.row_number = discrepancies.rowid
)
SELECT kind, verdict, value, value_anew, other_value, other_value_anew, claim_id, other_claim_id, further_claim_ids
FROM recomputed
WHERE value IS DISTINCT FROM value_anew
    OR (abs(other_value - other_value_anew) <= 1e-4 + 1e-9 * abs(other_value)) IS NOT TRUE
    OR abs(difference - (other_value - value)) > 1e-4
    OR found <> len(further_claim_ids)
    OR (quote, other_quote, letter_id, other_letter_id)
        IS DISTINCT FROM (quote_anew, other_quote_anew, letter_id_anew, other_letter_id_anew)
    OR verdict NOT IN ('revised', 'other_source', 'rounding', 'contradicts')
    OR claim_id = other_claim_id
    OR is_latest <> (superseded_on IS NULL)
    OR (is_latest AND (letter_id IN (FROM ended) OR other_letter_id IN (FROM ended)))
