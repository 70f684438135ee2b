-- How far a figure may be from what it was rounded from: half of the last digit that is no zero, but no more than a
-- twentieth of a number that is said to be exact, a tenth of one with ruim, bijna or circa. `written`
-- is its written_half, calculated once.
CREATE OR REPLACE MACRO rounded_half(value, unit, "precision", written) AS
    greatest(
        written,
        CASE
            WHEN unit IN ('percent', 'percentage_points')
                THEN CASE WHEN "precision" = 'approx' THEN value / 10 ELSE 0.0 END
            WHEN "precision" = 'approx' THEN value / 10
            WHEN value = floor(value) AND rounding_step(value) > 1
                THEN least(rounding_step(value) / 2, value / CASE WHEN "precision" = 'exact' THEN 20 ELSE 10 END)
            ELSE 0.0
        END
    );

COMMENT ON MACRO rounded_half IS 'How far a figure may be from what it was rounded from: 5 for 820, 0 for 1222, 0.5 for 23%, a tenth of a number with circa.';
