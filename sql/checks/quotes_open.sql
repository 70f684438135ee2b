-- severity: error
-- Every claim and every citation opens its quote in the letter as received. A build upon a version whose rows passed this
-- very check, and whose bytes are those that passed, looks at the rows that it adds: to read all letters every night takes
-- longer than all other checks.
SELECT 'claim' AS relation, claim_id AS id, claim.letter_id, char_start, char_end, quote
FROM claim JOIN letter ON letter.letter_id = claim.letter_id
WHERE substr(letter.text, char_start + 1, char_end - char_start) IS DISTINCT FROM quote
    AND claim.rowid >= coalesce(getvariable('first_new_claim'), 0)
    AND letter.rowid >= coalesce(getvariable('first_letter_of_new'), 0)
UNION ALL
SELECT 'letter_reference', reference_id, letter_reference.letter_id, char_start, char_end, quote
FROM letter_reference JOIN letter ON letter.letter_id = letter_reference.letter_id
WHERE substr(letter.text, char_start + 1, char_end - char_start) IS DISTINCT FROM quote
    AND letter_reference.rowid >= coalesce(getvariable('first_new_reference'), 0)
    AND letter.rowid >= coalesce(getvariable('first_letter_of_new'), 0)
