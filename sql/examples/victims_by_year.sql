-- How many victims does the newest letter about each year report?
SELECT year, measure, population, status, value, value_high, "precision", source, identifier, letter_date, quote
FROM victim_counts_latest
WHERE year IS NOT NULL
ORDER BY year, measure, population, status, source, value, claim_id
