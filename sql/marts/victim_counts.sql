CREATE OR REPLACE VIEW victim_counts AS
SELECT
    -- A cumulative figure (`2003/`) or one about several years (`2012/2013`) is no year's.
    period_year(period) AS year,
    * EXCLUDE (kind, base_period, family)
FROM stated_figure
WHERE family = 'victims'
    AND kind = 'count'
    AND unit = 'persons'
    AND status IN ('realised', 'expected');

COMMENT ON VIEW victim_counts IS 'How many victims letters report, one row a statement.';
COMMENT ON COLUMN victim_counts.year IS 'Calendar year in which the whole period lies; null for an open period or several years.';
