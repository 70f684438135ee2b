-- Letters and claims by the year of the letter, of what was said by a day (null: now), each letter once, in the text that it had
-- by then.
WITH held AS (
    SELECT letter_id, letter_date
    FROM letter
    WHERE $as_of IS NULL OR coalesce(issued_on, CAST(first_seen AS DATE)) <= $as_of
    QUALIFY vintage = max(vintage) OVER (PARTITION BY lower(coalesce(identifier, letter_id)))
)
SELECT
    CAST(date_part('year', held.letter_date) AS INTEGER) AS year,
    count(*) AS letters,
    CAST(sum(coalesce(stated.claims, 0)) AS BIGINT) AS claims
FROM held
LEFT JOIN (SELECT letter_id, count(*) AS claims FROM claim GROUP BY letter_id) AS stated ON stated.letter_id = held.letter_id
WHERE held.letter_date IS NOT NULL
GROUP BY ALL
ORDER BY year;
