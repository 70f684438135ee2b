-- Names, dates and senders of letters, by id, the newest first.
SELECT letter_id, letter_name(letter_id) AS letter, letter_date, sender
FROM letter
WHERE list_contains($letter_ids, letter_id)
ORDER BY letter_date DESC NULLS LAST, letter_id;
