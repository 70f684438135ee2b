CREATE TABLE check_result (
    run_id VARCHAR NOT NULL REFERENCES run (run_id),
    check_name VARCHAR NOT NULL,
    severity VARCHAR NOT NULL CHECK (severity IN ('error', 'warning')),
    passed BOOLEAN NOT NULL,
    bad_rows BIGINT NOT NULL CHECK (bad_rows >= 0),
    PRIMARY KEY (run_id, check_name)
);

COMMENT ON TABLE check_result IS 'What the checks found in each published version, one row a run and check.';
COMMENT ON COLUMN check_result.run_id IS 'Run whose build was checked.';
COMMENT ON COLUMN check_result.check_name IS 'Name of the check.';
COMMENT ON COLUMN check_result.severity IS 'error: a build that fails is never published, so it always passed here; warning: published all the same.';
COMMENT ON COLUMN check_result.passed IS 'True where the check found no bad row.';
COMMENT ON COLUMN check_result.bad_rows IS 'Number of bad rows found in the whole file, older letters included.';
