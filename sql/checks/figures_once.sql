-- severity: warning
-- A letter states a figure once: said again, it is the claim of its first mention. A warning, because it is the reading
-- of one letter that is at fault.
WITH figure AS (
    SELECT
        claim_id,
        char_start,
        hash(
            letter_id, measure_code, population, period, base_period, unit, kind, value, value_high, direction, status,
            "precision", source, per, statistic
        ) AS figure
    FROM numbered_claim AS claim
    WHERE claim_row >= coalesce(getvariable('goes_on_from_claim'), 0)
        AND measure_code IS NOT NULL
        AND population NOT IN ('part', 'unspecified')
        AND place <> 'table'
),
again AS (
    SELECT figure, min(claim_id) AS claim_id, count(*) AS times, list(char_start ORDER BY char_start) AS starts
    FROM figure
    GROUP BY figure
    HAVING min(char_start) <> max(char_start)
)
SELECT
    letter_id, measure_code, population, period, unit, kind, value, again.times, again.starts
FROM again JOIN numbered_claim AS claim ON claim.claim_id = again.claim_id
WHERE claim_row >= coalesce(getvariable('goes_on_from_claim'), 0)
