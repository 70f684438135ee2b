-- All vintages of the letter that this is one of, the newest first.
SELECT letter_id, vintage, is_current, withdrawn, issued_on, ended_on
FROM letter
WHERE lower(coalesce(identifier, letter_id)) = (
    SELECT lower(coalesce(one.identifier, one.letter_id)) FROM letter AS one WHERE one.letter_id = $letter_id
)
ORDER BY vintage DESC;
