-- What the checks of a run found, those with bad rows first.
SELECT check_name, severity, passed, bad_rows FROM check_result WHERE run_id = $run_id ORDER BY passed, severity, check_name;
