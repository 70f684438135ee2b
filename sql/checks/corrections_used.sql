-- severity: warning
-- Every correction is of a letter that is here, and all its vintages bear it out. A warning, as one file of corrections serves
-- several warehouses, and a letter that is issued again may need a correction no more, or another one.
SELECT correction.entry, correction.letter, correction.quote, coalesce(problem, 'the letter is not here') AS problem
FROM correction
WHERE correction.letter_id IS NULL OR problem IS NOT NULL
