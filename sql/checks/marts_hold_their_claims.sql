-- severity: error
-- Each mart holds each of its claims once, and nothing else. What belongs where is said here a second
-- time, from the tables alone, so that a change to a view that loses figures is noticed.
WITH candidate AS (
    SELECT claim.*, measure.family
    FROM corrected_claim AS claim
    JOIN letter ON letter.letter_id = claim.letter_id
    JOIN measure ON measure.measure = claim.measure_code
),
expected AS (
    SELECT 'victim_counts' AS mart, claim_id, value, quote FROM candidate
    WHERE family = 'victims' AND kind = 'count' AND unit = 'persons' AND status IN ('realised', 'expected')
    UNION ALL
    SELECT 'growth_percentages', claim_id, value, quote FROM candidate
    WHERE kind = 'growth' AND unit = 'percent' AND status IN ('realised', 'expected')
        AND (period IS NOT NULL OR base_period IS NOT NULL)
    UNION ALL
    SELECT 'capacity_figures', claim_id, value, quote FROM candidate
    WHERE family = 'capacity' AND kind = 'capacity'
        AND (status IN ('realised', 'expected') OR (status = 'negated' AND value = 0))
    UNION ALL
    SELECT 'policy_targets', claim_id, value, quote FROM candidate
    WHERE status = 'target'
),
held AS (
    SELECT 'victim_counts' AS mart, claim_id, value, quote FROM victim_counts
    UNION ALL
    SELECT 'growth_percentages', claim_id, value, quote FROM growth_percentages
    UNION ALL
    SELECT 'capacity_figures', claim_id, value, quote FROM capacity_figures
    UNION ALL
    SELECT 'policy_targets', claim_id, value, quote FROM policy_targets
)
SELECT 'not in the mart' AS problem, * FROM (SELECT * FROM expected EXCEPT ALL SELECT * FROM held)
UNION ALL
SELECT 'not a claim of this mart', * FROM (SELECT * FROM held EXCEPT ALL SELECT * FROM expected)
