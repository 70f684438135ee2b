-- Totals beside the sum of their parts: of what lies between two ends, that which comes nearest to the total. `may_lack` is true
-- where nothing says that the parts are all: of some the sex or the age may be unknown, so that less than the total is no other
-- number than it.
CREATE OR REPLACE TEMP TABLE parts_pair AS
SELECT
    total.claim_row,
    complete_parts.part_claim_rows[1] AS other_claim_row,
    complete_parts.part_claim_rows[2:] AS further_claim_rows,
    total.value,
    greatest(parts_sum.low, least(parts_sum.high, total.value)) AS other_value,
    meets(total.low, total.high, parts_sum.low, parts_sum.high) AS agrees,
    meets(total.bounds.rounded_low, total.bounds.rounded_high, parts_sum.value_low, parts_sum.value_high) AS rounding,
    NOT complete_parts.is_said_whole AND parts_sum.high < total.low AS may_lack
FROM complete_parts
JOIN parts_sum ON parts_sum.part_claim_rows = complete_parts.part_claim_rows
JOIN parts_bound AS total ON total.claim_row = complete_parts.total_claim_row
-- What adds up to more than twice a number, or to less than half of it, isn't what it consists of.
WHERE greatest(total.value, parts_sum.value) <= 2 * least(total.value, parts_sum.value);
