-- Totals beside the sum of their parts.
CREATE OR REPLACE TEMP TABLE parts_pair AS
WITH summed AS (
    SELECT
        claim.claim_row,
        complete_parts.part_claim_rows,
        claim.value,
        parts_sum.value AS other_value,
        parts_sum.value_low,
        parts_sum.value_high,
        figure_bounds(claim.value, claim.value_high, claim.unit, claim.kind, claim."precision", claim.quote, true) AS stated
    FROM complete_parts
    JOIN parts_sum ON parts_sum.part_claim_rows = complete_parts.part_claim_rows
    JOIN numbered_claim AS claim ON claim.claim_row = complete_parts.total_claim_row
)
SELECT
    claim_row,
    part_claim_rows[1] AS other_claim_row,
    part_claim_rows[2:] AS further_claim_rows,
    value,
    other_value,
    abs(value - other_value) < 1e-9 AS agrees,
    meets(stated.rounded_low, stated.rounded_high, value_low, value_high) AS rounding
FROM summed;
