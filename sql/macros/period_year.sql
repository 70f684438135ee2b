-- The one calendar year in which a whole period lies; null where it is open or runs over several years,
-- so that a number about several years is never read as one year's.
CREATE OR REPLACE MACRO period_year(period) AS
    CASE WHEN period_start_year(period) = period_end_year(period) THEN period_start_year(period) END;

COMMENT ON MACRO period_year IS 'The one calendar year in which a whole period lies; null for an open period or several years.';
