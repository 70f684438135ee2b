-- How many figures differ where they should be the same, by what one may choose of them, as it stood by a day (null: now), of
-- chosen dossiers (none: of all).
WITH found AS (
    SELECT verdict, kind, measure, is_latest, letter_id, other_letter_id FROM discrepancies WHERE $as_of IS NULL
    UNION ALL BY NAME
    SELECT verdict, kind, measure, is_latest, letter_id, other_letter_id FROM discrepancies_as_of($as_of) WHERE $as_of IS NOT NULL
),
filed AS (
    SELECT letter_id FROM letter WHERE list_has_any(dossiers, $dossiers)
)
SELECT verdict, kind, measure, is_latest, count(*) AS pairs
FROM found
WHERE len($dossiers) = 0 OR letter_id IN (FROM filed) OR other_letter_id IN (FROM filed)
GROUP BY ALL
ORDER BY ALL;
