-- Between what a figure says that a number lies (low, high), and between what it may lie if the figure was rounded
-- (rounded_low, rounded_high). `near` is true for ruim and bijna, which say little more or little less: not for
-- ten minste and maximaal, which have no other end. `written` and `rounded` are its
-- written_half and rounded_half, `rounded_end` is the rounded_half of value_high: columns, as nested macros are planned anew.
CREATE OR REPLACE MACRO figure_bounds(value, value_high, "precision", near, written, rounded, rounded_end) AS
    {
        'low': CASE
            WHEN value_high IS NOT NULL OR "precision" = 'at_least' THEN value
            WHEN "precision" = 'at_most' THEN CASE WHEN near THEN value - greatest(1, value / 10) ELSE 0 END
            ELSE value - written
        END,
        'high': CASE
            WHEN value_high IS NOT NULL THEN value_high
            WHEN "precision" = 'at_most' THEN value
            WHEN "precision" = 'at_least' THEN CASE WHEN near THEN value + greatest(1, value / 10) ELSE 'inf'::DOUBLE END
            ELSE value + written
        END,
        'rounded_low': CASE
            WHEN value_high IS NULL AND "precision" = 'at_most'
                THEN CASE WHEN near THEN value - greatest(1, value / 10) ELSE 0 END
            ELSE value - rounded
        END,
        'rounded_high': CASE
            WHEN value_high IS NOT NULL THEN value_high + rounded_end
            WHEN "precision" = 'at_least' THEN CASE WHEN near THEN value + greatest(1, value / 10) ELSE 'inf'::DOUBLE END
            ELSE value + rounded
        END
    };

COMMENT ON MACRO figure_bounds IS 'Between what a figure says that a number lies, and between what it may lie if the figure was rounded.';
