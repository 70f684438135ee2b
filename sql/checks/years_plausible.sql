-- severity: warning
-- Figures are about years from 1945 up to forty years after their letter; for an undated letter no end
-- is known. A warning, because a letter may well speak of an older year.
WITH claim_year AS (
    SELECT claim_id, letter_id, period, unnest([period_start_year(period), period_end_year(period)]) AS year
    FROM corrected_claim AS claim
    UNION ALL
    SELECT
        claim_id, letter_id, base_period,
        unnest([period_start_year(base_period), period_end_year(base_period)])
    FROM corrected_claim AS claim
)
SELECT DISTINCT claim_id, claim_year.letter_id, period, year, letter_date
FROM claim_year JOIN letter ON letter.letter_id = claim_year.letter_id
WHERE year < 1945 OR year > date_part('year', letter_date) + 40
