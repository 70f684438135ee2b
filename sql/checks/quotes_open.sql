-- severity: error
-- Every claim and every citation opens its quote in the letter as received.
SELECT 'claim' AS relation, claim_id AS id, claim.letter_id, char_start, char_end, quote
FROM claim JOIN letter ON letter.letter_id = claim.letter_id
WHERE substr(letter.text, char_start + 1, char_end - char_start) IS DISTINCT FROM quote
UNION ALL
SELECT 'letter_reference', reference_id, letter_reference.letter_id, char_start, char_end, quote
FROM letter_reference JOIN letter ON letter.letter_id = letter_reference.letter_id
WHERE substr(letter.text, char_start + 1, char_end - char_start) IS DISTINCT FROM quote
