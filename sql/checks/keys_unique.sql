-- severity: error
-- No figure and no citation stands twice under different ids: ids are hashes of exactly these fields. As quotes_open, this
-- looks at the letters of the rows that a build adds.
SELECT 'claim' AS relation, letter_id, char_start, char_end, kind || ' ' || value AS fields, count(*) AS times
FROM claim
WHERE letter_id IN (SELECT letter_id FROM claim WHERE rowid >= coalesce(getvariable('first_new_claim'), 0))
GROUP BY letter_id, char_start, char_end, kind, value
HAVING count(*) > 1
UNION ALL
SELECT
    'letter_reference', letter_id, char_start, char_end,
    concat_ws(' ', dossier, number) AS fields, count(*) AS times
FROM letter_reference
WHERE letter_id IN (SELECT letter_id FROM letter_reference WHERE rowid >= coalesce(getvariable('first_new_reference'), 0))
GROUP BY letter_id, char_start, char_end, dossier, number
HAVING count(*) > 1
