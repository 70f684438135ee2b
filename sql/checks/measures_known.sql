-- severity: error
-- A measure code is one of the vocabulary and is the measure of its claim.
SELECT claim_id, letter_id, claim.measure, measure_code, quote
FROM claim LEFT JOIN measure ON measure.measure = claim.measure_code
WHERE measure_code IS NOT NULL
    AND (measure.measure IS NULL OR claim.measure IS DISTINCT FROM measure_code)
