-- Letters said by a day (null: now), the newest first: of a run, a dossier or a year, citing a Kamerstuk, or with these words
-- in name, subject or sender; null leaves a condition out.
SELECT
    letter.letter_id,
    letter_name(letter.letter_id) AS letter,
    letter.letter_date,
    letter.sender,
    letter.subject,
    letter.dossiers,
    coalesce(stated.claims, 0) AS claims
FROM letter
LEFT JOIN (SELECT letter_id, count(*) AS claims FROM claim GROUP BY letter_id) AS stated ON stated.letter_id = letter.letter_id
WHERE ($as_of IS NULL OR coalesce(letter.letter_date, CAST(letter.first_seen AS DATE)) <= $as_of)
    AND ($run_id IS NULL OR letter.run_id = $run_id)
    AND ($dossier IS NULL OR list_contains(letter.dossiers, $dossier))
    AND ($year IS NULL OR date_part('year', letter.letter_date) = $year)
    AND ($cites IS NULL OR letter.letter_id IN (SELECT letter_id FROM letter_reference WHERE identifier = $cites))
    AND (
        $words IS NULL
        OR contains(
            lower(concat_ws(' ', letter.identifier, parse_filename(letter.source, true), letter.subject, letter.sender)), lower($words)
        )
    )
ORDER BY letter.letter_date DESC NULLS LAST, letter.letter_id;
