-- The sum of each complete set of parts, with the bounds that rounding of the parts allows.
CREATE OR REPLACE TEMP TABLE parts_sum AS
WITH part AS (
    SELECT
        numbered.set_id,
        claim.value,
        claim.value_high,
        claim.unit,
        claim."precision",
        written_half(claim.value, claim.unit, claim.kind, claim.quote) AS written,
        CASE
            WHEN claim.value_high IS NOT NULL THEN written_half(claim.value_high, claim.unit, claim.kind, claim.quote)
        END AS written_end
    FROM (
        SELECT part_claim_rows AS set_id, unnest(part_claim_rows) AS claim_row FROM (SELECT DISTINCT part_claim_rows FROM complete_parts)
    ) AS numbered
    JOIN numbered_claim AS claim ON claim.claim_row = numbered.claim_row
),
halved AS (
    SELECT
        *,
        rounded_half(value, unit, "precision", written) AS rounded,
        CASE WHEN value_high IS NOT NULL THEN rounded_half(value_high, unit, "precision", written_end) END AS rounded_end
    FROM part
),
bounded AS (
    SELECT
        set_id,
        value,
        figure_bounds(value, value_high, "precision", true, written, rounded, rounded_end) AS bounds
    FROM halved
)
SELECT
    set_id AS part_claim_rows,
    sum(value) AS value,
    sum(bounds.rounded_low) AS value_low,
    sum(bounds.rounded_high) AS value_high
FROM bounded
GROUP BY set_id;
