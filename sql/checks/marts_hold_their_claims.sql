-- severity: error
-- Each mart holds each of its claims once, and nothing else. What belongs where is said here a second
-- time, from the tables alone, so that a change to a view that loses figures is noticed. A build that
-- goes on from a version looks at the letters that it adds, and at how many claims each mart has more than there.
WITH candidate AS (
    SELECT claim.*, measure.family
    FROM numbered_claim AS claim
    JOIN letter ON letter.letter_id = claim.letter_id
    JOIN measure ON measure.measure = claim.measure_code
    WHERE claim_row >= coalesce(getvariable('goes_on_from_claim'), 0)
),
expected AS (
    SELECT
        claim_id,
        value,
        quote,
        unnest(list_filter(
            [
                CASE
                    WHEN family = 'victims' AND kind = 'count' AND unit = 'persons' AND status IN ('realised', 'expected')
                        THEN 'victim_counts'
                END,
                CASE
                    WHEN kind = 'growth' AND unit = 'percent' AND status IN ('realised', 'expected')
                        AND (period IS NOT NULL OR base_period IS NOT NULL)
                        THEN 'growth_percentages'
                END,
                CASE
                    WHEN family = 'capacity' AND kind = 'capacity'
                        AND (status IN ('realised', 'expected') OR (status = 'negated' AND value = 0))
                        THEN 'capacity_figures'
                END,
                CASE WHEN status = 'target' THEN 'policy_targets' END
            ],
            lambda mart: mart IS NOT NULL
        )) AS mart
    FROM candidate
),
all_held AS (
    SELECT 'victim_counts' AS mart, letter_id, claim_id, value, quote FROM victim_counts
    UNION ALL
    SELECT 'growth_percentages', letter_id, claim_id, value, quote FROM growth_percentages
    UNION ALL
    SELECT 'capacity_figures', letter_id, claim_id, value, quote FROM capacity_figures
    UNION ALL
    SELECT 'policy_targets', letter_id, claim_id, value, quote FROM policy_targets
),
held AS (
    FROM all_held
    WHERE letter_id IN (SELECT letter_id FROM letter WHERE rowid >= coalesce(getvariable('goes_on_from_letter'), 0))
)
SELECT
    CASE WHEN held.mart IS NULL THEN 'not in the mart' ELSE 'not a claim of this mart' END AS problem,
    coalesce(held.mart, expected.mart) AS mart,
    coalesce(held.claim_id, expected.claim_id) AS claim_id,
    coalesce(held.value, expected.value) AS value,
    coalesce(held.quote, expected.quote) AS quote
FROM expected
FULL JOIN held
    ON held.claim_id = expected.claim_id
    AND held.mart = expected.mart
    AND held.value = expected.value
    AND held.quote = expected.quote
WHERE held.mart IS NULL OR expected.mart IS NULL
UNION ALL
SELECT 'there twice', mart, claim_id, min(value), min(quote)
FROM held
GROUP BY mart, claim_id
HAVING count(*) > 1
UNION ALL
SELECT 'rows too many or too few', relation, NULL, "rows" - rows_before, NULL
FROM row_count
WHERE run_id = (
        SELECT run_id FROM run
        ORDER BY TRY_CAST(regexp_extract(version, '-(\d+)[.]duckdb', 1) AS INTEGER) DESC NULLS LAST, started_at DESC, run_id DESC
        LIMIT 1
    )
    AND getvariable('goes_on_from_claim') IS NOT NULL
    AND relation IN ('victim_counts', 'growth_percentages', 'capacity_figures', 'policy_targets')
    AND "rows" <> rows_before + (SELECT count(*) FROM expected WHERE mart = relation)
