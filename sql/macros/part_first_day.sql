-- First day of one period without a slash, 2012-07-01 for `2012-S2`; null for no such period.
-- A week is ISO 8601's, which begins on a Monday.
CREATE OR REPLACE MACRO part_first_day(part) AS
    CASE
        WHEN part LIKE '____-W__' THEN CAST(try_strptime(part || '-1', '%G-W%V-%u') AS DATE)
        WHEN part LIKE '____-S_' THEN TRY_CAST(part[:4] || CASE part[7] WHEN '1' THEN '-01' WHEN '2' THEN '-07' END || '-01' AS DATE)
        WHEN part LIKE '____-Q_' THEN TRY_CAST(part[:4] || '-' || (3 * TRY_CAST(part[7] AS INTEGER) - 2) || '-01' AS DATE)
        ELSE TRY_CAST(part || '-01-01'[:10 - length(part)] AS DATE)
    END;

COMMENT ON MACRO part_first_day IS 'First day of a period without a slash, 2012-07-01 for 2012-S2.';
