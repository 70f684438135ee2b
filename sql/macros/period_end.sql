-- The end of a period in its own notation: `2014-12` for `2014-12`, `2030` for `2018/2030`;
-- null for an open end (`2014/`) and for no period.
CREATE OR REPLACE MACRO period_end(period) AS
    nullif(split_part(period, '/', -1), '');

COMMENT ON MACRO period_end IS 'End of a period in its own notation, 2030 for 2018/2030; null for an open end.';
