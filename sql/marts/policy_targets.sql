CREATE OR REPLACE VIEW policy_targets AS
SELECT
    end_year AS year,
    * EXCLUDE (statistic, per, family, year, start_year, end_year, base_year, figure, issued_on, ended_on, interrupted),
    period_end(period) AS deadline
FROM stated_figure
WHERE status = 'target';

COMMENT ON VIEW policy_targets IS 'What should be reached and by when, one row a statement.';
COMMENT ON COLUMN policy_targets.year IS 'Year of the deadline; null where there is none.';
COMMENT ON COLUMN policy_targets.deadline IS 'End of the period, in its notation: 2014-12, or 2030 for 2018/2030; null where it is open.';
