-- Times are TIMESTAMP in UTC: TIMESTAMP WITH TIME ZONE needs an extension that not every shell carries.
CREATE TABLE run (
    run_id VARCHAR PRIMARY KEY,
    started_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP,
    kind VARCHAR NOT NULL DEFAULT 'nightly' CHECK (kind IN ('nightly', 'backfill')),
    engine VARCHAR NOT NULL CHECK (engine IN ('prefect', 'inline')),
    server_lost BOOLEAN DEFAULT false,
    harvest VARCHAR DEFAULT 'none',
    letters_seen BIGINT NOT NULL CHECK (letters_seen >= 0),
    letters_known BIGINT NOT NULL CHECK (letters_known >= 0),
    letters_read BIGINT NOT NULL CHECK (letters_read >= 0),
    letters_rejected BIGINT NOT NULL CHECK (letters_rejected >= 0),
    other_forms BIGINT,
    claims BIGINT NOT NULL CHECK (claims >= 0),
    version VARCHAR NOT NULL,
    extractor_version VARCHAR NOT NULL,
    schema_version INTEGER NOT NULL,
    made_by VARCHAR,
    CHECK (finished_at >= started_at)
);

COMMENT ON TABLE run IS 'Runs that published a version of this file, one row a run.';
COMMENT ON COLUMN run.run_id IS 'Identifier of the run.';
COMMENT ON COLUMN run.started_at IS 'When the run began, in UTC.';
COMMENT ON COLUMN run.finished_at IS 'When its build was complete and checked, in UTC.';
COMMENT ON COLUMN run.kind IS 'nightly: read what was new in the inbox; backfill: read all kept letters again with its grammar.';
COMMENT ON COLUMN run.engine IS 'What drove the run: prefect, or inline for the same steps without an engine.';
COMMENT ON COLUMN run.server_lost IS 'True where the Prefect server that had the run did not answer any more when it published.';
COMMENT ON COLUMN run.harvest IS 'How the harvest that the run began with ended: done; failed and why, whereupon the run went on with what was there; none where none was set.';
COMMENT ON COLUMN run.letters_seen IS 'Number of files looked at: those of the inbox, members of archives apart, and kept ones that were read again; each is one of letters_known, letters_read and letters_rejected.';
COMMENT ON COLUMN run.letters_known IS 'Number of these files that were passed over: an earlier run had read or rejected them, or they have the bytes of another file.';
COMMENT ON COLUMN run.letters_read IS 'Number of these files that were read as letters.';
COMMENT ON COLUMN run.letters_rejected IS 'Number of these files that could not be read, or are no letters; see rejected_letter.';
COMMENT ON COLUMN run.other_forms IS 'Number of the files read that are another form of a letter than the one in use; all other files read are letters, rows of letter. Null where an earlier program published.';
COMMENT ON COLUMN run.claims IS 'Number of claims in the letters that this run read; those of other forms of a letter are not among them, as they are not stored.';
COMMENT ON COLUMN run.version IS 'File name of the version that the run published.';
COMMENT ON COLUMN run.extractor_version IS 'Version of the grammar that read the letters.';
COMMENT ON COLUMN run.schema_version IS 'Version of these tables; a file of another version is not added to.';
COMMENT ON COLUMN run.made_by IS 'Fingerprint of the SQL, of what runs it and of the version of DuckDB that made the marts and checked the rows: where it is that of the run before, the run looked for quotes in the letters that it added, and kept what was made of each of the others alone; null where an earlier program published.';
