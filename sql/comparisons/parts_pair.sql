-- Totals beside the sum of their parts.
CREATE OR REPLACE TEMP TABLE parts_pair AS
WITH total AS (
    SELECT
        claim.claim_row,
        value,
        value_high,
        unit,
        "precision",
        written_half(value, unit, kind, quote) AS written,
        CASE WHEN value_high IS NOT NULL THEN written_half(value_high, unit, kind, quote) END AS written_end
    FROM numbered_claim AS claim
    WHERE claim.claim_row IN (SELECT total_claim_row FROM complete_parts)
),
halved AS (
    SELECT
        *,
        rounded_half(value, unit, "precision", written) AS rounded,
        CASE WHEN value_high IS NOT NULL THEN rounded_half(value_high, unit, "precision", written_end) END AS rounded_end
    FROM total
),
summed AS (
    SELECT
        halved.claim_row,
        complete_parts.part_claim_rows,
        halved.value,
        parts_sum.value AS other_value,
        parts_sum.value_low,
        parts_sum.value_high,
        figure_bounds(
            halved.value, halved.value_high, "precision", true, written, rounded, rounded_end
        ) AS stated
    FROM complete_parts
    JOIN parts_sum ON parts_sum.part_claim_rows = complete_parts.part_claim_rows
    JOIN halved ON halved.claim_row = complete_parts.total_claim_row
)
SELECT
    claim_row,
    part_claim_rows[1] AS other_claim_row,
    part_claim_rows[2:] AS further_claim_rows,
    value,
    other_value,
    abs(value - other_value) < 1e-9 AS agrees,
    meets(stated.rounded_low, stated.rounded_high, value_low, value_high) AS rounding
FROM summed
-- What adds up to more than twice a number, or to less than half of it, isn't what it consists of.
WHERE greatest(value, other_value) <= 2 * least(value, other_value);
