-- The graph of the letters: who cites whom. Of a Kamerstuk with several vintages it is the newest. A build that goes on from a
-- version adds what new letters cite, and who cites them.
CREATE TABLE IF NOT EXISTS letter_citation (
    reference_id VARCHAR,
    letter_id VARCHAR,
    identifier VARCHAR,
    letter_date DATE,
    cited_identifier VARCHAR,
    cited_letter_id VARCHAR,
    cited_letter_date DATE,
    cited_subject VARCHAR,
    is_held BOOLEAN,
    dossier VARCHAR,
    number VARCHAR,
    quote VARCHAR
);

CREATE OR REPLACE TEMP TABLE new_reference AS
FROM letter_reference
WHERE letter_reference.rowid >= coalesce(getvariable('goes_on_from_reference'), 0);

CREATE OR REPLACE TEMP TABLE cited_letter AS
WITH asked AS (
    SELECT lower(identifier) AS identifier FROM new_reference
    UNION
    SELECT lower(identifier) FROM letter WHERE letter.rowid >= coalesce(getvariable('goes_on_from_letter'), 0)
),
held AS (
    SELECT lower(identifier) AS identifier, min(letter_id) AS letter_id
    FROM letter
    WHERE identifier IS NOT NULL AND is_current AND lower(identifier) IN (SELECT identifier FROM asked WHERE identifier IS NOT NULL)
    GROUP BY lower(identifier)
)
SELECT held.identifier, held.letter_id, letter.letter_date, letter.subject
FROM held JOIN letter ON letter.letter_id = held.letter_id;

UPDATE letter_citation
SET
    cited_letter_id = cited.letter_id,
    cited_letter_date = cited.letter_date,
    cited_subject = cited.subject,
    is_held = true
FROM cited_letter AS cited
WHERE lower(letter_citation.cited_identifier) = cited.identifier
    AND letter_citation.cited_letter_id IS DISTINCT FROM cited.letter_id;

INSERT INTO letter_citation
SELECT
    new_reference.reference_id,
    new_reference.letter_id,
    citing.identifier,
    citing.letter_date,
    new_reference.identifier,
    cited.letter_id,
    cited.letter_date,
    cited.subject,
    cited.letter_id IS NOT NULL,
    new_reference.dossier,
    new_reference.number,
    new_reference.quote
FROM new_reference
JOIN letter AS citing ON citing.letter_id = new_reference.letter_id
LEFT JOIN cited_letter AS cited ON cited.identifier = lower(new_reference.identifier)
WHERE citing.rowid >= coalesce(getvariable('goes_on_from_letter'), 0)
ORDER BY citing.letter_date NULLS LAST, new_reference.letter_id, new_reference.char_start, new_reference.reference_id;

DROP TABLE new_reference;
DROP TABLE cited_letter;

COMMENT ON TABLE letter_citation IS 'Citations of Kamerstukken, one row a citation, with the cited letter where it is here.';
COMMENT ON COLUMN letter_citation.letter_id IS 'Letter that cites.';
COMMENT ON COLUMN letter_citation.identifier IS 'Identifier of the letter that cites; null where it does not say.';
COMMENT ON COLUMN letter_citation.letter_date IS 'Date of the letter that cites.';
COMMENT ON COLUMN letter_citation.cited_identifier IS 'Identifier of the cited Kamerstuk, such as kst-28638-113.';
COMMENT ON COLUMN letter_citation.cited_letter_id IS 'The cited letter; null where it is not here.';
COMMENT ON COLUMN letter_citation.cited_letter_date IS 'Date of the cited letter; null where it is not here.';
COMMENT ON COLUMN letter_citation.cited_subject IS 'Subject of the cited letter; null where it is not here.';
COMMENT ON COLUMN letter_citation.is_held IS 'Whether the cited letter is here.';
COMMENT ON COLUMN letter_citation.reference_id IS 'Hash of letter_id, span, dossier and number.';
COMMENT ON COLUMN letter_citation.dossier IS 'Number of the cited dossier, such as 28638.';
COMMENT ON COLUMN letter_citation.number IS 'Number within that dossier.';
COMMENT ON COLUMN letter_citation.quote IS 'Exact words of the citation.';
