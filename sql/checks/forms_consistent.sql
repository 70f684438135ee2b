-- severity: error
-- Every letter is a form that is in use, every form is one of a letter, and of a letter one form is in use.
SELECT letter_id, NULL AS form_id, 'a letter without its form' AS problem
FROM letter ANTI JOIN (FROM letter_form WHERE in_use) AS used ON used.form_id = letter.letter_id
UNION ALL
SELECT letter_form.letter_id, form_id, 'a form without its letter'
FROM letter_form ANTI JOIN letter ON letter.letter_id = letter_form.letter_id
UNION ALL
SELECT letter_id, form_id, 'in use by another letter' FROM letter_form WHERE in_use <> (form_id = letter_id)
UNION ALL
SELECT letter_form.letter_id, form_id, 'of another vintage'
FROM letter_form JOIN letter ON letter.letter_id = letter_form.letter_id
WHERE letter.vintage <> letter_form.vintage
