-- The rows of a table above the row of its total; one of them may be a range.
CREATE OR REPLACE TEMP TABLE parts_by_table AS
WITH cell AS (
    SELECT
        comparable_figure.*,
        regexp_matches(claim.sentence, '(?i)^\s*totaal') AS is_total,
        claim.char_end - lag(claim.char_end) OVER in_order > 200 AS is_far
    FROM comparable_figure
    JOIN claim ON claim.rowid = comparable_figure.claim_row
    WHERE comparable_figure.place = 'table'
    WINDOW in_order AS (PARTITION BY claim.letter_id ORDER BY claim.char_start)
),
in_table AS (
    SELECT *, count(*) FILTER (is_far) OVER (PARTITION BY letter_row ORDER BY char_start) AS table_number
    FROM cell
),
in_block AS (
    SELECT
        *,
        coalesce(count(*) FILTER (is_total) OVER (
            PARTITION BY letter_row, table_number, unit, kind, span
            ORDER BY char_start
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ), 0) AS block
    FROM in_table
    WHERE kind IN ('count', 'capacity') AND status = 'realised'
)
SELECT
    'table' AS method,
    min(claim_row) FILTER (is_total) AS total_claim_row,
    list(claim_row ORDER BY char_start) FILTER (NOT is_total) AS part_claim_rows,
    min(population) FILTER (is_total) AS population
FROM in_block
GROUP BY letter_row, table_number, unit, kind, span, statistic, per, block
HAVING count(*) FILTER (is_total) = 1
    AND count(value_high) FILTER (is_total) = 0
    AND count(*) FILTER (NOT is_total) > 1
    AND max(char_start) FILTER (NOT is_total) < min(char_start) FILTER (is_total)
    AND count(DISTINCT measure) FILTER (coded) < 2
    AND count(DISTINCT sources) < 2;
