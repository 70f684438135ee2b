-- What its forms and the other vintages tell of each letter: which vintage it is, since when and how long it stands. Only
-- letters of which another thing is told than before are written. Nothing else is told but of the letters of which something
-- came (told_letter), and of those that are vintages of one document with them or with one that was taken out (told_document).
CREATE OR REPLACE TEMP TABLE asked_letter AS
WITH named AS (
    SELECT letter_id, min(identifier) AS identifier
    FROM letter_form
    WHERE letter_id IN (FROM told_letter)
    GROUP BY letter_id
),
document AS (
    SELECT lower(coalesce(letter.identifier, named.identifier, letter.letter_id)) AS document
    FROM letter LEFT JOIN named ON named.letter_id = letter.letter_id
    WHERE letter.letter_id IN (FROM told_letter)
    UNION
    FROM told_document
)
SELECT letter_id
FROM letter
WHERE letter_id IN (FROM told_letter) OR lower(identifier) IN (FROM document);

CREATE OR REPLACE TEMP TABLE letter_state AS
WITH of_forms AS (
    SELECT
        letter_id,
        any_value(vintage) AS vintage,
        max(modified) AS modified,
        min(withdrawn_on) AS withdrawn_on,
        min(identifier) AS known_as,
        any_value(source_url) FILTER (in_use) AS source_url,
        any_value(licence) FILTER (in_use) AS licence,
        any_value(retrieved_at) FILTER (in_use) AS retrieved_at
    FROM letter_form
    WHERE letter_id IN (FROM asked_letter)
    GROUP BY letter_id
),
known AS (
    SELECT
        letter.letter_id,
        coalesce(letter.identifier, known_as) AS identifier,
        letter.letter_date,
        CAST(letter.first_seen AS DATE) AS seen_on,
        of_forms.* EXCLUDE (letter_id, known_as) REPLACE (coalesce(of_forms.vintage, 1) AS vintage)
    FROM letter LEFT JOIN of_forms ON of_forms.letter_id = letter.letter_id
    WHERE letter.letter_id IN (FROM asked_letter)
),
-- The first text that bears a date was issued on it.
issued AS (
    SELECT
        *,
        CASE
            WHEN count(letter_date) OVER (
                PARTITION BY lower(coalesce(identifier, letter_id)) ORDER BY vintage ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ) = 0 THEN letter_date
            ELSE greatest(letter_date, CAST(modified AS DATE))
        END AS issued_on
    FROM known
),
followed AS (
    SELECT
        *,
        lead(letter_id) OVER later AS next_letter_id,
        lead(issued_on) OVER later AS next_issued_on
    FROM issued
    WINDOW later AS (PARTITION BY lower(coalesce(identifier, letter_id)) ORDER BY vintage)
),
state AS (
    SELECT
        letter_id,
        identifier,
        source_url,
        licence,
        retrieved_at,
        modified,
        vintage,
        next_letter_id IS NULL AS is_current,
        withdrawn_on IS NOT NULL AS withdrawn,
        issued_on,
        CASE
            WHEN next_letter_id IS NOT NULL THEN least(coalesce(next_issued_on, issued_on, seen_on), withdrawn_on)
            ELSE withdrawn_on
        END AS ended_on
    FROM followed
)
SELECT letter.rowid AS letter_row, state.*
FROM letter JOIN state ON state.letter_id = letter.letter_id
WHERE (
        letter.identifier, letter.source_url, letter.licence, letter.retrieved_at, letter.modified, letter.vintage,
        letter.is_current, letter.withdrawn, letter.issued_on, letter.ended_on
    ) IS DISTINCT FROM (
        state.identifier, state.source_url, state.licence, state.retrieved_at, state.modified, state.vintage,
        state.is_current, state.withdrawn, state.issued_on, state.ended_on
    );

-- What is made of letters that were here before, and are told of as before, can be kept.
SET VARIABLE first_changed_letter = (SELECT min(letter_row) FROM letter_state);

UPDATE letter
SET
    identifier = letter_state.identifier,
    source_url = letter_state.source_url,
    licence = letter_state.licence,
    retrieved_at = letter_state.retrieved_at,
    modified = letter_state.modified,
    vintage = letter_state.vintage,
    is_current = letter_state.is_current,
    withdrawn = letter_state.withdrawn,
    issued_on = letter_state.issued_on,
    ended_on = letter_state.ended_on
FROM letter_state
WHERE letter.letter_id = letter_state.letter_id;

DROP TABLE letter_state;
DROP TABLE asked_letter;
DROP TABLE told_letter;
DROP TABLE told_document;
