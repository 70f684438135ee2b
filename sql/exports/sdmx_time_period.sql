-- A period as SDMX writes it: as it stands, or as first day and duration where it is an interval (`2016/2020` is
-- `2016-01-01/P5Y`). SDMX has no open intervals: null for these, and for what is no period of the calendar.
CREATE OR REPLACE TEMP MACRO sdmx_time_period(period, first_day, last_day) AS
    CASE
        WHEN first_day IS NULL OR last_day IS NULL OR last_day < first_day THEN NULL
        WHEN NOT contains(period, '/') THEN period
        WHEN day(first_day) > 1 OR day(last_day + 1) > 1 THEN concat(first_day, '/P', last_day - first_day + 1, 'D')
        WHEN datediff('month', first_day, last_day + 1) % 12 > 0
            THEN concat(first_day, '/P', datediff('month', first_day, last_day + 1), 'M')
        ELSE concat(first_day, '/P', datediff('year', first_day, last_day + 1), 'Y')
    END;
