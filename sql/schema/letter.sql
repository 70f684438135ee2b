CREATE TABLE letter (
    letter_id VARCHAR PRIMARY KEY,
    identifier VARCHAR,
    dossiers VARCHAR[],
    number VARCHAR,
    letter_date DATE,
    place VARCHAR,
    sender VARCHAR,
    signatory VARCHAR,
    addressee VARCHAR,
    subject VARCHAR,
    text VARCHAR NOT NULL,
    format VARCHAR,
    encoding VARCHAR,
    source VARCHAR NOT NULL,
    warnings VARCHAR[],
    extractor_version VARCHAR NOT NULL,
    first_seen TIMESTAMP NOT NULL,
    run_id VARCHAR NOT NULL REFERENCES run (run_id)
);

COMMENT ON TABLE letter IS 'Letters to Parliament as received, one row a letter.';
COMMENT ON COLUMN letter.letter_id IS 'SHA-256 of the bytes of the file, in hexadecimal.';
COMMENT ON COLUMN letter.identifier IS 'Identifier of the Kamerstuk, such as kst-28638-75; null where the letter does not say.';
COMMENT ON COLUMN letter.dossiers IS 'Numbers of the dossiers the letter belongs to, such as 28638.';
COMMENT ON COLUMN letter.number IS 'Number within the first dossier.';
COMMENT ON COLUMN letter.letter_date IS 'Date the letter bears, not the date it was received.';
COMMENT ON COLUMN letter.place IS 'Place where the letter was signed.';
COMMENT ON COLUMN letter.sender IS 'Office of the sender, such as Minister van Justitie.';
COMMENT ON COLUMN letter.signatory IS 'Name below the letter.';
COMMENT ON COLUMN letter.addressee IS 'To whom the letter is addressed.';
COMMENT ON COLUMN letter.subject IS 'Subject or title of the dossier as stated.';
COMMENT ON COLUMN letter.text IS 'Text as received, or of another form than txt as taken from the file; every char_start and char_end counts Unicode code points in it, from 0.';
COMMENT ON COLUMN letter.format IS 'Form of the file: txt, xml, html, docx, odt or pdf.';
COMMENT ON COLUMN letter.encoding IS 'Character encoding of the file; null for forms that are no text.';
COMMENT ON COLUMN letter.source IS 'Path or URL where the file lay.';
COMMENT ON COLUMN letter.warnings IS 'What could not be found in the heading, and other doubts about the letter.';
COMMENT ON COLUMN letter.extractor_version IS 'Version of the grammar that read the letter.';
COMMENT ON COLUMN letter.first_seen IS 'When a run first saw the letter, in UTC.';
COMMENT ON COLUMN letter.run_id IS 'Run that first read the letter; a backfill leaves it.';
