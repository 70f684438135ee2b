-- The sum of each complete set of parts, between what it lies by their ranges and bounds (low, high), and with the bounds that
-- rounding of the parts allows besides.
CREATE OR REPLACE TEMP TABLE parts_sum AS
WITH part AS (
    SELECT part_claim_rows, unnest(part_claim_rows) AS claim_row FROM (SELECT DISTINCT part_claim_rows FROM complete_parts)
)
SELECT
    part.part_claim_rows,
    sum(parts_bound.value) AS value,
    sum(parts_bound.low) AS low,
    sum(parts_bound.high) AS high,
    sum(parts_bound.bounds.rounded_low) AS value_low,
    sum(parts_bound.bounds.rounded_high) AS value_high
FROM part JOIN parts_bound ON parts_bound.claim_row = part.claim_row
GROUP BY part.part_claim_rows;
