-- Last day of a period, 2020-12-31 for `2016/2020`; null for an open end (`2014/`) and for no period.
CREATE OR REPLACE MACRO period_last_day(period) AS
    part_last_day(split_part(period, '/', -1));

COMMENT ON MACRO period_last_day IS 'Last day of a period, 2020-12-31 for 2016/2020; null for an open end.';
