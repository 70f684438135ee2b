-- The calendar year in which a period begins; null for an open start (`/2024`) and for no period.
-- A week belongs to the year it is numbered in: `2022-W01` is 2022.
CREATE OR REPLACE MACRO period_start_year(period) AS
    TRY_CAST(regexp_extract(period, '^[0-9]{4}') AS INTEGER);

COMMENT ON MACRO period_start_year IS 'Calendar year in which a period begins; null for an open start.';
