-- By how many percent did each measure grow or shrink, compared with which year?
-- Of each year the growth of the whole year comes first; that of a part of it, or since another time, is told by period and
-- base_period.
SELECT
    year,
    period,
    base_year,
    base_period,
    measure,
    population,
    CASE direction WHEN 'decrease' THEN -value ELSE value END AS percent,
    "precision",
    status,
    source,
    letter_name(letter_id) AS letter,
    letter_date,
    quote
FROM growth_percentages_latest
ORDER BY year NULLS LAST, period IS DISTINCT FROM CAST(year AS VARCHAR), period, measure, base_year, percent, claim_id
