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
    source_url VARCHAR,
    licence VARCHAR,
    retrieved_at TIMESTAMP,
    modified TIMESTAMP,
    vintage INTEGER NOT NULL DEFAULT 1 CHECK (vintage > 0),
    is_current BOOLEAN NOT NULL DEFAULT true,
    withdrawn BOOLEAN NOT NULL DEFAULT false,
    issued_on DATE,
    ended_on DATE,
    warnings VARCHAR[],
    extractor_version VARCHAR NOT NULL,
    first_seen TIMESTAMP NOT NULL,
    run_id VARCHAR NOT NULL REFERENCES run (run_id)
);

COMMENT ON TABLE letter IS 'Letters to Parliament, one row a letter and vintage, that is a text in which it was issued, in the best form received.';
COMMENT ON COLUMN letter.letter_id IS 'SHA-256 of the bytes of the file in use, in hexadecimal: the form_id of that form.';
COMMENT ON COLUMN letter.identifier IS 'Identifier of the Kamerstuk, such as kst-28638-75, the same for all vintages of a letter; null where neither source nor letter says.';
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
COMMENT ON COLUMN letter.source IS 'Path where the file in use lay.';
COMMENT ON COLUMN letter.source_url IS 'Where the source has the file in use, by its sidecar; null for a file without one, as for the next two.';
COMMENT ON COLUMN letter.licence IS 'Licence under which the source gives it.';
COMMENT ON COLUMN letter.retrieved_at IS 'When it was fetched from the source, in UTC.';
COMMENT ON COLUMN letter.modified IS 'When the source last issued this text, in UTC; null where no sidecar of its forms tells.';
COMMENT ON COLUMN letter.vintage IS 'The how-manieth text of this letter that is here, from 1; a letter that was issued again with other words has several.';
COMMENT ON COLUMN letter.is_current IS 'True for the newest vintage of the letter.';
COMMENT ON COLUMN letter.withdrawn IS 'True where its source has withdrawn the letter: its figures stay, and none of them is the latest.';
COMMENT ON COLUMN letter.issued_on IS 'Since when this text stands: letter_date, of a later vintage the day on which it was issued again, where that is known.';
COMMENT ON COLUMN letter.ended_on IS 'Since when it does not stand any more: the day on which the next vintage was issued or the letter was withdrawn; null while it stands. A text that was replaced on the day on which it was issued, or of which nothing tells how long it stood, ends when it begins: it answers for no day in <mart>_as_of, and stays here and in the marts.';
COMMENT ON COLUMN letter.warnings IS 'What could not be found in the heading, and other doubts about the letter.';
COMMENT ON COLUMN letter.extractor_version IS 'Version of the grammar that read the letter.';
COMMENT ON COLUMN letter.first_seen IS 'When a run first saw this text in any form, in UTC.';
COMMENT ON COLUMN letter.run_id IS 'Run that first read this text; a backfill leaves it.';
