-- A number as CSV has it: whole numbers without a point, as long as a floating-point number is exact.
CREATE OR REPLACE TEMP MACRO csv_number(number) AS
    CASE
        WHEN number = trunc(number) AND abs(number) < 9007199254740992 THEN CAST(CAST(number AS BIGINT) AS VARCHAR)
        ELSE CAST(number AS VARCHAR)
    END;
