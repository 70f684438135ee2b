-- Last day of one period without a slash, 2012-12-31 for `2012-S2`; null for no such period.
CREATE OR REPLACE MACRO part_last_day(part) AS
    CASE
        WHEN part LIKE '____-W__' THEN part_first_day(part) + 6
        WHEN part LIKE '____-S_' THEN last_day(part_first_day(part) + INTERVAL 5 MONTH)
        WHEN part LIKE '____-Q_' THEN last_day(part_first_day(part) + INTERVAL 2 MONTH)
        WHEN length(part) = 4 THEN TRY_CAST(part || '-12-31' AS DATE)
        WHEN length(part) = 7 THEN last_day(part_first_day(part))
        ELSE TRY_CAST(part AS DATE)
    END;

COMMENT ON MACRO part_last_day IS 'Last day of a period without a slash, 2012-12-31 for 2012-S2.';
