-- Every period of a claim, read once. `span` is the same for periods that are the same by other names, such as
-- `2011` and `2011-01/2011-12`; what is no period of the calendar stays as it is.
CREATE OR REPLACE TABLE period AS
WITH stated AS (
    SELECT period FROM claim WHERE period IS NOT NULL
    UNION
    SELECT base_period FROM claim WHERE base_period IS NOT NULL
    UNION
    SELECT unnest([period, base_period]) FROM correction WHERE claim_id IS NOT NULL
)
SELECT
    period,
    period_first_day(period) AS first_day,
    period_last_day(period) AS last_day,
    period_start_year(period) AS start_year,
    period_end_year(period) AS end_year,
    period_year(period) AS year,
    CASE
        WHEN period_first_day(period) IS NULL AND period_last_day(period) IS NULL THEN period
        ELSE concat(period_first_day(period), '/', period_last_day(period))
    END AS span
FROM stated
WHERE period IS NOT NULL
ORDER BY period;

COMMENT ON TABLE period IS 'Periods that figures are about or compared with, one row a notation.';
COMMENT ON COLUMN period.period IS 'The period in SDMX / ISO 8601 notation, as in claim.period and claim.base_period.';
COMMENT ON COLUMN period.first_day IS 'Its first day; null for an open start (/2024).';
COMMENT ON COLUMN period.last_day IS 'Its last day; null for an open end (2014/).';
COMMENT ON COLUMN period.start_year IS 'Calendar year in which it begins; null for an open start.';
COMMENT ON COLUMN period.end_year IS 'Calendar year in which it ends; null for an open end.';
COMMENT ON COLUMN period.year IS 'The one calendar year in which it lies; null for an open period or several years.';
COMMENT ON COLUMN period.span IS 'First and last day with a slash between: the same for 2011 and 2011-01/2011-12.';
