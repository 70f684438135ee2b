CREATE TABLE row_count (
    run_id VARCHAR NOT NULL REFERENCES run (run_id),
    relation VARCHAR NOT NULL,
    rows_before BIGINT,
    "rows" BIGINT NOT NULL,
    PRIMARY KEY (run_id, relation)
);

COMMENT ON TABLE row_count IS 'Rows of each table and mart before and after each run, one row a run and relation.';
COMMENT ON COLUMN row_count.run_id IS 'Run that published the version.';
COMMENT ON COLUMN row_count.relation IS 'Name of the table or mart.';
COMMENT ON COLUMN row_count.rows_before IS 'Rows in the version that it was built on; null for the first version, and for a relation that one had not.';
COMMENT ON COLUMN row_count."rows" IS 'Rows in the version.';
