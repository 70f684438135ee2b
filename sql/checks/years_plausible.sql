-- severity: warning
-- Figures are about years from 1945 up to forty years after their letter; for an undated letter no end
-- is known. A warning, because a letter may well speak of an older year.
WITH odd_year AS MATERIALIZED (
    -- Each period is looked at once: most are plausible, whatever the letter.
    SELECT *
    FROM (SELECT period, unnest([start_year, end_year]) AS year FROM period)
    WHERE year < 1945 OR year > (SELECT date_part('year', min(letter_date)) FROM letter) + 40
),
new AS (
    FROM numbered_claim WHERE claim_row >= coalesce(getvariable('goes_on_from_claim'), 0)
),
told AS (
    SELECT claim_id, letter_id, period FROM new WHERE period IN (SELECT period FROM odd_year)
    UNION ALL
    SELECT claim_id, letter_id, base_period FROM new WHERE base_period IN (SELECT period FROM odd_year)
)
SELECT DISTINCT claim_id, told.letter_id, told.period, year, letter_date
FROM told
JOIN odd_year ON odd_year.period = told.period
JOIN letter ON letter.letter_id = told.letter_id
WHERE year < 1945 OR year > date_part('year', letter_date) + 40
