-- Whether two intervals have a number in common; the last bits of a quotient count for nothing.
CREATE OR REPLACE MACRO meets(low, high, other_low, other_high) AS
    low <= other_high + 1e-9 AND other_low <= high + 1e-9;

COMMENT ON MACRO meets IS 'Whether two intervals have a number in common.';
