-- One letter, by its letter_id or its identifier; of several of one identifier the newest.
SELECT letter.*, letter_name(letter.letter_id) AS letter
FROM letter
WHERE letter_id = $letter OR identifier = $letter
ORDER BY letter_id = $letter DESC, letter_date DESC NULLS LAST, letter_id
LIMIT 1;
