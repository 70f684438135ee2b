-- Half of the last digit written: 0.5 for 23%, 0.05 for 80,7% and 31,5 fte, 0 for a whole number of things. A multiple or
-- a fraction in words (verdubbeld, een derde) is told coarser than that: within a twentieth.
CREATE OR REPLACE MACRO written_half(value, unit, kind, quote) AS
    CASE
        WHEN unit IN ('percent', 'percentage_points') AND kind = 'growth'
            AND regexp_matches(quote, 'keer|maal|voud|ubbel|halv|kwart|derde|helft|vierde|vijfde|tiende')
            THEN CASE WHEN value >= 100 THEN (100 + value) / 20 ELSE greatest(0.5, value / 20) END
        WHEN unit IN ('percent', 'percentage_points')
            THEN pow(10, -length(regexp_extract(quote, '[0-9][.,]([0-9]+)', 1))) / 2
        WHEN value = floor(value) THEN 0.0
        ELSE rounding_step(value) / 2
    END;

COMMENT ON MACRO written_half IS 'Half of the last digit written of a figure: 0.5 for 23%, 0 for a whole number of things.';
