-- Letters and claims by the year of the letter, of what was said by a day (null: now).
SELECT
    CAST(date_part('year', letter.letter_date) AS INTEGER) AS year,
    count(*) AS letters,
    CAST(sum(coalesce(stated.claims, 0)) AS BIGINT) AS claims
FROM letter
LEFT JOIN (SELECT letter_id, count(*) AS claims FROM claim GROUP BY letter_id) AS stated ON stated.letter_id = letter.letter_id
WHERE letter.letter_date IS NOT NULL AND ($as_of IS NULL OR letter.letter_date <= $as_of)
GROUP BY ALL
ORDER BY year;
