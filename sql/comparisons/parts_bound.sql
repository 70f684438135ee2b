-- Between what each number of complete_parts may lie, totals and parts alike: also those that are compared with nothing else.
-- `low` and `high` are told by the letter itself, the ends of a range or a bound, which «<5» and «meer dan 5» have at one side.
CREATE OR REPLACE TEMP TABLE parts_bound AS
WITH number AS (
    SELECT
        claim_row,
        value,
        value_high,
        unit,
        "precision",
        "precision" IN ('at_least', 'at_most')
            AND regexp_matches(sentence[:sentence_quote_start], '(?i)\b(ruim|bijna|krap|nog geen)\s+$') AS near,
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
    CASE WHEN value_high IS NULL AND "precision" = 'at_most' AND NOT near THEN 0 ELSE value END AS low,
    CASE WHEN value_high IS NULL AND "precision" = 'at_least' AND NOT near THEN 'inf'::DOUBLE ELSE coalesce(value_high, value) END AS high,
    figure_bounds(value, value_high, "precision", near, written, rounded, rounded_end) AS bounds
FROM halved;
