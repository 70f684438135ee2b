-- The sum of each complete set of parts, with the bounds that rounding of the parts allows.
CREATE OR REPLACE TEMP TABLE parts_sum AS
WITH part AS (
    SELECT
        numbered.set_id,
        claim.value,
        figure_bounds(claim.value, claim.value_high, claim.unit, claim.kind, claim."precision", claim.quote, true) AS bounds
    FROM (
        SELECT part_claim_rows AS set_id, unnest(part_claim_rows) AS claim_row FROM (SELECT DISTINCT part_claim_rows FROM complete_parts)
    ) AS numbered
    JOIN numbered_claim AS claim ON claim.claim_row = numbered.claim_row
)
SELECT
    set_id AS part_claim_rows,
    sum(value) AS value,
    sum(bounds.rounded_low) AS value_low,
    sum(bounds.rounded_high) AS value_high
FROM part
GROUP BY set_id;
