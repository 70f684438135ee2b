-- How many victims does the newest letter about each year report?
SELECT year, measure, population, status, value, value_high, "precision", source, letter_name(letter_id) AS letter, letter_date, quote
FROM victim_counts_latest
WHERE year IS NOT NULL
ORDER BY year, measure, population, status, source, value, claim_id
