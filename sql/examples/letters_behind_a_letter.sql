-- On which letters does a given letter build, directly or through those that it cites? Put its letter_id in the first line; as it stands, the newest one.
WITH RECURSIVE wanted AS (
    SELECT letter_id FROM letter_citation ORDER BY is_held DESC, letter_date DESC NULLS LAST, letter_id LIMIT 1
),
behind AS (
    SELECT letter_id, 1 AS steps FROM wanted
    UNION
    -- Letters may cite each other in a ring: ten steps are enough.
    SELECT letter_citation.cited_letter_id, behind.steps + 1
    FROM behind
    JOIN letter_citation ON letter_citation.letter_id = behind.letter_id
    WHERE letter_citation.is_held AND behind.steps < 10
)
SELECT
    min(behind.steps) AS steps,
    letter_citation.cited_identifier,
    letter_citation.cited_letter_date AS letter_date,
    letter_citation.cited_subject AS subject,
    letter_citation.is_held
FROM behind JOIN letter_citation ON letter_citation.letter_id = behind.letter_id
GROUP BY ALL
ORDER BY steps, letter_date, cited_identifier
