-- What a run changed: relations that have more or fewer rows than in the version before.
SELECT relation, rows_before, rows, rows - coalesce(rows_before, 0) AS change
FROM row_count
WHERE run_id = $run_id AND rows IS DISTINCT FROM rows_before AND NOT (rows = 0 AND rows_before IS NULL)
ORDER BY relation;
