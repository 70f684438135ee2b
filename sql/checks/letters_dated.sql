-- severity: warning
-- Without its date a letter has no vintage, and its figures are never the newest beside dated ones; with one that was still
-- to come when it was first seen (a day more, as the time is in UTC) they would be the newest for years.
SELECT letter_id, identifier, source, letter_date
FROM letter
WHERE letter_date IS NULL OR letter_date > CAST(first_seen AS DATE) + 1
