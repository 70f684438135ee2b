CREATE TABLE rejected_letter (
    rejected_id VARCHAR NOT NULL,
    letter_id VARCHAR,
    source VARCHAR NOT NULL,
    step VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    detail VARCHAR,
    extractor_version VARCHAR NOT NULL,
    first_seen TIMESTAMP NOT NULL,
    run_id VARCHAR NOT NULL REFERENCES run (run_id),
    over_since TIMESTAMP,
    -- A file is tried again by each new version of the grammar, and may fail again.
    PRIMARY KEY (rejected_id, extractor_version)
);

COMMENT ON TABLE rejected_letter IS 'Files that could not be read as a letter, one row a file and grammar version.';
COMMENT ON COLUMN rejected_letter.rejected_id IS 'Hash of source and letter_id.';
COMMENT ON COLUMN rejected_letter.letter_id IS 'SHA-256 of the bytes, in hexadecimal; null where they could not be read.';
COMMENT ON COLUMN rejected_letter.source IS 'Path or URL where the file lay.';
COMMENT ON COLUMN rejected_letter.step IS 'Step that rejected it: intake, letters, claims and so on.';
COMMENT ON COLUMN rejected_letter.reason IS 'Why, in one word: empty, binary, undecodable, broken, encrypted, no_text_layer, zip_bomb, not_a_letter, outside, unreadable, too_large, too_slow, too_many_claims or failed.';
COMMENT ON COLUMN rejected_letter.detail IS 'Why, in a sentence.';
COMMENT ON COLUMN rejected_letter.extractor_version IS 'Version of the grammar that rejected it.';
COMMENT ON COLUMN rejected_letter.first_seen IS 'When a run first rejected the file with this grammar for this reason, in UTC.';
COMMENT ON COLUMN rejected_letter.run_id IS 'Run that rejected it.';
COMMENT ON COLUMN rejected_letter.over_since IS 'Start of the run from which on this stands no more, in UTC: the file was read, is gone or was set aside by a newer grammar; null while it stands.';
