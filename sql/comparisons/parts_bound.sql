-- Between what each number of complete_parts may lie, totals and parts alike: also those that are compared with nothing else.
CREATE OR REPLACE TEMP TABLE parts_bound AS
WITH number AS (
    SELECT
        claim_row,
        value,
        value_high,
        unit,
        "precision",
        written_half(value, unit, kind, quote) AS written,
        CASE WHEN value_high IS NOT NULL THEN written_half(value_high, unit, kind, quote) END AS written_end
    FROM numbered_claim
    WHERE claim_row IN (
        SELECT total_claim_row FROM complete_parts
        UNION
        SELECT unnest(part_claim_rows) FROM complete_parts
    )
),
halved AS (
    SELECT
        *,
        rounded_half(value, unit, "precision", written) AS rounded,
        CASE WHEN value_high IS NOT NULL THEN rounded_half(value_high, unit, "precision", written_end) END AS rounded_end
    FROM number
)
SELECT
    claim_row,
    value,
    figure_bounds(value, value_high, "precision", true, written, rounded, rounded_end) AS bounds
FROM halved;
