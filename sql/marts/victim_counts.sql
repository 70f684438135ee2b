CREATE OR REPLACE VIEW victim_counts AS
SELECT
    -- The year of the period: a cumulative figure (`2003/`) or one about several years (`2012/2013`) is no year's.
    year,
    * EXCLUDE (kind, base_period, family, year, start_year, end_year, base_year, figure, issued_on, ended_on, interrupted)
FROM stated_figure
WHERE family = 'victims'
    AND kind = 'count'
    AND unit = 'persons'
    AND status IN ('realised', 'expected');

COMMENT ON VIEW victim_counts IS 'How many victims letters report, one row a statement.';
COMMENT ON COLUMN victim_counts.year IS 'Calendar year in which the whole period lies; null for an open period or several years.';
