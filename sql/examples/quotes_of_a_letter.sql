-- What does a given letter state, in its own words? Put its letter_id in the first line; as it stands, the newest one.
WITH wanted AS (
    SELECT letter_id FROM stated_figure
    ORDER BY letter_date DESC NULLS LAST, letter_id
    LIMIT 1
)
SELECT measure, value, value_high, unit, kind, period, status, "precision", source, quote, sentence
FROM claim
WHERE letter_id IN (SELECT letter_id FROM wanted)
ORDER BY char_start, char_end, claim_id
