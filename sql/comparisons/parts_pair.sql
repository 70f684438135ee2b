-- Totals beside the sum of their parts.
CREATE OR REPLACE TEMP TABLE parts_pair AS
SELECT
    total.claim_row,
    complete_parts.part_claim_rows[1] AS other_claim_row,
    complete_parts.part_claim_rows[2:] AS further_claim_rows,
    total.value,
    parts_sum.value AS other_value,
    abs(total.value - parts_sum.value) < 1e-9 AS agrees,
    meets(total.bounds.rounded_low, total.bounds.rounded_high, parts_sum.value_low, parts_sum.value_high) AS rounding
FROM complete_parts
JOIN parts_sum ON parts_sum.part_claim_rows = complete_parts.part_claim_rows
JOIN parts_bound AS total ON total.claim_row = complete_parts.total_claim_row
-- What adds up to more than twice a number, or to less than half of it, isn't what it consists of.
WHERE greatest(total.value, parts_sum.value) <= 2 * least(total.value, parts_sum.value);
