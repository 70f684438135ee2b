-- What people call a letter: `SELECT letter_name(letter_id)`. No column inside has a name that callers use, so that
-- `letter_id` stays the caller's, as in quote_of.
CREATE OR REPLACE MACRO letter_name(id) AS
    (
        SELECT name
        FROM (SELECT letter_id AS named_id, coalesce(identifier, parse_filename(source, true)) AS name FROM letter) AS naming
        WHERE named_id = id
    );

COMMENT ON MACRO letter_name IS 'What people call the letter with this id: its identifier, else the name of its file: SELECT letter_name(letter_id).';
