-- One vintage of a letter, by its letter_id, the form_id of any form of it, or its identifier: then the one that stood on a
-- day (null: now), else the newest.
SELECT letter.*, letter_name(letter.letter_id) AS letter
FROM letter
WHERE letter_id = $letter
    OR lower(identifier) = lower($letter)
    OR letter_id IN (SELECT letter_id FROM letter_form WHERE form_id = $letter)
ORDER BY
    letter_id = $letter DESC,
    ($as_of IS NULL OR coalesce(issued_on, CAST(first_seen AS DATE)) <= $as_of) DESC,
    vintage DESC,
    letter_id
LIMIT 1;
