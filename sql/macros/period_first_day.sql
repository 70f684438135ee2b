-- First day of a period, 2016-01-01 for `2016/2020`; null for an open start (`/2024`) and for no period.
CREATE OR REPLACE MACRO period_first_day(period) AS
    part_first_day(split_part(period, '/', 1));

COMMENT ON MACRO period_first_day IS 'First day of a period, 2016-01-01 for 2016/2020; null for an open start.';
