-- severity: error
-- No figure and no citation stands twice under different ids: ids are hashes of exactly these fields.
SELECT 'claim' AS relation, letter_id, char_start, char_end, kind || ' ' || value AS fields, count(*) AS times
FROM claim
GROUP BY letter_id, char_start, char_end, kind, value
HAVING count(*) > 1
UNION ALL
SELECT
    'letter_reference', letter_id, char_start, char_end,
    concat_ws(' ', dossier, number) AS fields, count(*) AS times
FROM letter_reference
GROUP BY letter_id, char_start, char_end, dossier, number
HAVING count(*) > 1
