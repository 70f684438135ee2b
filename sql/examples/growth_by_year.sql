-- By how many percent did each measure grow or shrink, compared with which year?
SELECT
    year,
    base_year,
    measure,
    CASE direction WHEN 'decrease' THEN -value ELSE value END AS percent,
    "precision",
    source,
    letter_name(letter_id) AS letter,
    letter_date,
    quote
FROM growth_percentages_latest
ORDER BY year NULLS LAST, measure, base_year, percent
