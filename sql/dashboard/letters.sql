-- Letters said by a day (null: now), the newest first, each once, in the text that it had by then, or in every one: of a run,
-- a dossier or a year, citing a Kamerstuk, or with these words in name, subject or sender; null leaves a condition out.
WITH held AS (
    SELECT *
    FROM letter
    WHERE $as_of IS NULL OR coalesce(issued_on, CAST(first_seen AS DATE)) <= $as_of
    QUALIFY $every OR vintage = max(vintage) OVER (PARTITION BY lower(coalesce(identifier, letter_id)))
)
SELECT
    held.letter_id,
    letter_name(held.letter_id) AS letter,
    held.letter_date,
    held.sender,
    held.subject,
    held.dossiers,
    held.vintage,
    held.withdrawn AND ($as_of IS NULL OR held.ended_on <= $as_of) AS withdrawn,
    coalesce(stated.claims, 0) AS claims
FROM held
LEFT JOIN (SELECT letter_id, count(*) AS claims FROM claim GROUP BY letter_id) AS stated ON stated.letter_id = held.letter_id
WHERE ($run_id IS NULL OR held.run_id = $run_id)
    AND ($dossier IS NULL OR list_contains(held.dossiers, $dossier))
    AND ($year IS NULL OR date_part('year', held.letter_date) = $year)
    AND ($cites IS NULL OR held.letter_id IN (SELECT letter_id FROM letter_reference WHERE identifier = $cites))
    AND (
        $words IS NULL
        OR contains(lower(concat_ws(' ', held.identifier, parse_filename(held.source, true), held.subject, held.sender)), lower($words))
    )
ORDER BY held.letter_date DESC NULLS LAST, held.letter_id;
