-- What did the last runs do, and which checks warned?
SELECT
    started_at,
    finished_at,
    engine,
    letters_read,
    letters_rejected,
    claims,
    version,
    (
        SELECT string_agg(check_name || ': ' || bad_rows, ', ' ORDER BY check_name)
        FROM check_result
        WHERE check_result.run_id = run.run_id AND NOT passed
    ) AS warnings
FROM run
ORDER BY started_at DESC
LIMIT 20
