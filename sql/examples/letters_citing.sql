-- Which letters cite a given Kamerstuk? Put its identifier in the first line; as it stands, the most cited one.
WITH wanted AS (SELECT mode(identifier ORDER BY identifier) AS identifier FROM letter_reference)
SELECT
    letter_reference.identifier AS cited,
    letter_name(letter.letter_id) AS letter,
    letter_date,
    subject,
    regexp_replace(quote, '\s+', ' ', 'g') AS quote
FROM letter_reference
JOIN wanted ON wanted.identifier = letter_reference.identifier
JOIN letter ON letter.letter_id = letter_reference.letter_id
ORDER BY letter_date, letter, char_start
