-- severity: warning
-- Without its date a letter has no vintage, and its figures are never the newest beside dated ones.
SELECT letter_id, identifier, source
FROM letter
WHERE letter_date IS NULL
