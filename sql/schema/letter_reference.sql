CREATE TABLE letter_reference (
    reference_id VARCHAR PRIMARY KEY,
    letter_id VARCHAR NOT NULL REFERENCES letter (letter_id),
    char_start BIGINT NOT NULL CHECK (char_start >= 0),
    char_end BIGINT NOT NULL,
    quote VARCHAR NOT NULL,
    dossier VARCHAR,
    number VARCHAR,
    identifier VARCHAR,
    CHECK (char_end > char_start)
);

COMMENT ON TABLE letter_reference IS 'Kamerstukken that letters cite, one row a citation.';
COMMENT ON COLUMN letter_reference.reference_id IS 'Hash of letter_id, span, dossier and number.';
COMMENT ON COLUMN letter_reference.letter_id IS 'Letter that cites.';
COMMENT ON COLUMN letter_reference.char_start IS 'Where the quote begins in letter.text, in code points from 0.';
COMMENT ON COLUMN letter_reference.char_end IS 'Where the quote ends in letter.text, in code points; the character at char_end is outside.';
COMMENT ON COLUMN letter_reference.quote IS 'Exact words of the citation.';
COMMENT ON COLUMN letter_reference.dossier IS 'Number of the cited dossier, such as 28638.';
COMMENT ON COLUMN letter_reference.number IS 'Number within that dossier.';
COMMENT ON COLUMN letter_reference.identifier IS 'Identifier of the cited Kamerstuk, such as kst-28638-113; the same as letter.identifier where that letter is here.';
