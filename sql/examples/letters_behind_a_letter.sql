-- On which letters does a given letter build, directly or through those that it cites? Put its letter_id in the first line; as it stands, the newest one.
WITH RECURSIVE wanted AS (
    SELECT letter_id FROM letter_citation ORDER BY is_held DESC, letter_date DESC NULLS LAST, letter_id LIMIT 1
),
behind AS (
    SELECT letter_id, cited_identifier, cited_letter_id, 1 AS steps
    FROM letter_citation
    WHERE letter_id IN (SELECT letter_id FROM wanted)
    UNION
    -- Letters may cite each other in a ring: ten steps are enough.
    SELECT letter_citation.letter_id, letter_citation.cited_identifier, letter_citation.cited_letter_id, behind.steps + 1
    FROM behind
    JOIN letter_citation ON letter_citation.letter_id = behind.cited_letter_id
    WHERE behind.steps < 10
)
SELECT
    min(steps) AS steps,
    cited_identifier,
    letter.letter_date,
    letter.subject,
    letter.letter_id IS NOT NULL AS is_held
FROM behind LEFT JOIN letter ON letter.letter_id = behind.cited_letter_id
GROUP BY ALL
ORDER BY steps, letter.letter_date, cited_identifier
