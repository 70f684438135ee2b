-- What a number may have been rounded to, going by its own zeros: 10 for 820, 100 for 1.200, 0.1 for 31,5, 1 for 1222.
CREATE OR REPLACE MACRO rounding_step(value) AS
    CASE
        WHEN value = 0 OR value >= 1e15 THEN 1.0
        WHEN value % 10 IN (1, 2, 3, 4, 5, 6, 7, 8, 9) THEN 1.0
        WHEN value = floor(value)
            THEN pow(10, length(CAST(CAST(value AS BIGINT) AS VARCHAR)) - length(rtrim(CAST(CAST(value AS BIGINT) AS VARCHAR), '0')))
        ELSE pow(10, -length(split_part(CAST(value AS VARCHAR), '.', 2)))
    END;

COMMENT ON MACRO rounding_step IS 'What a number may have been rounded to, going by its own zeros: 10 for 820, 100 for 1200, 0.1 for 31.5.';
