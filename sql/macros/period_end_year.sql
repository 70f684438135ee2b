-- The calendar year in which a period ends; null for an open end (`2014/`) and for no period.
CREATE OR REPLACE MACRO period_end_year(period) AS
    TRY_CAST(regexp_extract(split_part(period, '/', -1), '^[0-9]{4}') AS INTEGER);

COMMENT ON MACRO period_end_year IS 'Calendar year in which a period ends; null for an open end.';
