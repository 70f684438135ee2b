-- severity: warning
-- A letter states a figure once: said again, it is the claim of its first mention. A warning, because it is the reading
-- of one letter that is at fault.
SELECT
    letter_id,
    measure_code,
    population,
    period,
    unit,
    kind,
    value,
    count(*) AS times,
    list(char_start ORDER BY char_start) AS starts
FROM corrected_claim AS claim
WHERE measure_code IS NOT NULL
    AND population NOT IN ('part', 'unspecified')
    AND place <> 'table'
GROUP BY
    letter_id, measure_code, population, period, base_period, unit, kind, value, value_high, direction, status,
    "precision", source, per, statistic
HAVING count(DISTINCT char_start) > 1
