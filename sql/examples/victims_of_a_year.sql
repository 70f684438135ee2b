-- How many victims were there in a given year, who is counted, and in which words? Put the year in the first line; as it stands, the newest one.
WITH wanted AS (SELECT max(year) AS year FROM victim_counts_latest WHERE status = 'realised')
SELECT population, value, value_high, "precision", status, period, source, letter_date, quote, claim_id
FROM victims((SELECT year FROM wanted))
WHERE measure = 'trafficking_victims'
ORDER BY population <> 'total', population, period, source, value, claim_id
