-- No foreign keys: DuckDB deletes no letter in the transaction that lets its form go over to another one. The check
-- forms_consistent sees to what they would.
CREATE TABLE letter_form (
    form_id VARCHAR PRIMARY KEY,
    letter_id VARCHAR NOT NULL,
    in_use BOOLEAN NOT NULL,
    vintage INTEGER NOT NULL,
    identifier VARCHAR,
    format VARCHAR,
    encoding VARCHAR,
    words VARCHAR NOT NULL,
    letter_date DATE,
    provider VARCHAR,
    modified TIMESTAMP,
    withdrawn_on DATE,
    source_url VARCHAR,
    licence VARCHAR,
    retrieved_at TIMESTAMP,
    sidecar_id VARCHAR,
    source VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    first_seen TIMESTAMP NOT NULL,
    run_id VARCHAR NOT NULL,
    read_run_id VARCHAR NOT NULL
);

COMMENT ON TABLE letter_form IS 'Files that hold letters, one row a file: the forms in which each text of a letter was received, and which of them is in use.';
COMMENT ON COLUMN letter_form.form_id IS 'SHA-256 of the bytes of the file, in hexadecimal; they are kept beside the warehouse under this name.';
COMMENT ON COLUMN letter_form.letter_id IS 'The letter and vintage that it is a form of; its own form_id where it is in use.';
COMMENT ON COLUMN letter_form.in_use IS 'True where the letter has its text and claims from this file: the best form of its vintage (XML, HTML, DOCX, ODT, PDF, text).';
COMMENT ON COLUMN letter_form.vintage IS 'Vintage of the letter, as in letter.';
COMMENT ON COLUMN letter_form.identifier IS 'Identifier by its sidecar, itself or its name; null where none of them says.';
COMMENT ON COLUMN letter_form.format IS 'Form of the file: xml, html, docx, odt, pdf or txt.';
COMMENT ON COLUMN letter_form.encoding IS 'Character encoding of the file; null for forms that are no text.';
COMMENT ON COLUMN letter_form.words IS 'Hash of its text but for the spacing: the same for files of the same words.';
COMMENT ON COLUMN letter_form.letter_date IS 'Date the letter bears, by its sidecar or this form.';
COMMENT ON COLUMN letter_form.provider IS 'Source that it was harvested from: sru or odata; null for a file without a sidecar, as for the next six.';
COMMENT ON COLUMN letter_form.modified IS 'When the provider last issued this text, in UTC; compared with times of the same provider only.';
COMMENT ON COLUMN letter_form.withdrawn_on IS 'Day by which the provider had withdrawn the letter, as it told us; null for a letter that it has not.';
COMMENT ON COLUMN letter_form.source_url IS 'Where the provider has the file.';
COMMENT ON COLUMN letter_form.licence IS 'Licence under which the provider gives it.';
COMMENT ON COLUMN letter_form.retrieved_at IS 'When it was fetched, in UTC.';
COMMENT ON COLUMN letter_form.sidecar_id IS 'SHA-256 of the sidecar that tells this, in hexadecimal.';
COMMENT ON COLUMN letter_form.source IS 'Path where the file lay.';
COMMENT ON COLUMN letter_form.extractor_version IS 'Version of the grammar that read it.';
COMMENT ON COLUMN letter_form.first_seen IS 'When a run first saw the file, in UTC.';
COMMENT ON COLUMN letter_form.run_id IS 'Run that first read the file.';
COMMENT ON COLUMN letter_form.read_run_id IS 'Run that last read the file: a backfill does, and a night on which its sidecar is another.';
