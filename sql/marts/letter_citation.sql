-- The graph of the letters: who cites whom. Of a Kamerstuk with several vintages it is the newest.
CREATE OR REPLACE TABLE letter_citation AS
WITH held AS (
    SELECT lower(identifier) AS identifier, min(letter_id) AS letter_id
    FROM letter
    WHERE identifier IS NOT NULL AND is_current
    GROUP BY lower(identifier)
)
SELECT
    letter_reference.reference_id,
    letter_reference.letter_id,
    citing.identifier AS identifier,
    citing.letter_date,
    letter_reference.identifier AS cited_identifier,
    held.letter_id AS cited_letter_id,
    cited.letter_date AS cited_letter_date,
    cited.subject AS cited_subject,
    held.letter_id IS NOT NULL AS is_held,
    letter_reference.dossier,
    letter_reference.number,
    letter_reference.quote
FROM letter_reference
JOIN letter AS citing ON citing.letter_id = letter_reference.letter_id
LEFT JOIN held ON held.identifier = lower(letter_reference.identifier)
LEFT JOIN letter AS cited ON cited.letter_id = held.letter_id
ORDER BY citing.letter_date NULLS LAST, letter_reference.letter_id, letter_reference.char_start, letter_reference.reference_id;

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
