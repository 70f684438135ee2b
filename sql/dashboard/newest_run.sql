-- The newest run by a day (null: now), by the number of its version, as the clock may have been set back.
SELECT
    run_id, started_at, finished_at, kind, engine, harvest, letters_seen, letters_known, letters_read, letters_rejected, claims,
    version, extractor_version
FROM run
WHERE $as_of IS NULL OR CAST(coalesce(finished_at, started_at) AS DATE) <= $as_of
ORDER BY TRY_CAST(regexp_extract(version, '-(\d+)[.]duckdb', 1) AS INTEGER) DESC NULLS LAST, started_at DESC, run_id DESC
LIMIT 1;
