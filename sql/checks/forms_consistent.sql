-- severity: error
-- Every letter is a form that is in use, every form is one of a letter, and of a letter one form is in use.
SELECT
    coalesce(letter.letter_id, used.letter_id) AS letter_id,
    form_id,
    CASE
        WHEN form_id IS NULL THEN 'a letter without its form'
        WHEN letter.letter_id IS NULL THEN 'a form without its letter'
        ELSE 'of another vintage'
    END AS problem
FROM letter FULL JOIN (FROM letter_form WHERE in_use) AS used ON used.form_id = letter.letter_id
WHERE form_id IS NULL OR letter.letter_id IS NULL OR letter.vintage <> used.vintage
UNION ALL
SELECT other.letter_id, form_id, 'a form without its letter, or of another vintage'
FROM (FROM letter_form WHERE NOT in_use) AS other
LEFT JOIN letter ON letter.letter_id = other.letter_id
WHERE letter.vintage IS DISTINCT FROM other.vintage
UNION ALL
SELECT letter_id, form_id, 'in use by another letter' FROM letter_form WHERE in_use <> (form_id = letter_id)
