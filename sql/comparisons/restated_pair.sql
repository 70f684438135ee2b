-- The same figure in two statements: each with the one before it by the same source, and the newest ones of different
-- sources with each other. Figures that nobody is credited with may be of two bodies that count something else: where
-- one is more than twice the other, they are not compared.
CREATE OR REPLACE TEMP TABLE restated_pair AS
WITH statement AS (
    SELECT
        claim_row, letter_row, letter_order, letter_date, figure, status, sources,
        sign * value AS value,
        last_value(sign * value) OVER (
            PARTITION BY figure, status, sources
            ORDER BY letter_date NULLS FIRST, letter_order
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING
        ) AS newest_value
    FROM unique_figure
    WHERE coded AND identified AND (kind <> 'growth' OR direction <> 'none')
),
following AS (
    SELECT
        lag(claim_row) OVER same_source AS claim_row,
        claim_row AS other_claim_row,
        lag(letter_date) OVER same_source < letter_date AS supersedes,
        lag(value <> newest_value) OVER same_source AS is_revised,
        sources IS NOT NULL AS credited,
        lag(value) OVER same_source AS value,
        value AS other_value
    FROM statement
    WINDOW same_source AS (PARTITION BY figure, status, sources ORDER BY letter_date NULLS LAST, letter_order)
),
newest AS (
    SELECT *
    FROM statement
    QUALIFY row_number() OVER (
        PARTITION BY figure, status, sources ORDER BY letter_date DESC NULLS LAST, letter_order DESC
    ) = 1
),
between_sources AS (
    SELECT
        one.claim_row,
        other.claim_row AS other_claim_row,
        false AS supersedes,
        false AS is_revised,
        one.sources IS NOT NULL AND other.sources IS NOT NULL AS credited,
        one.value,
        other.value AS other_value
    FROM newest AS one
    JOIN newest AS other
        ON other.figure = one.figure
        AND other.status = one.status
        AND other.sources IS DISTINCT FROM one.sources
        AND (coalesce(one.letter_date, DATE '9999-12-31'), one.letter_order, coalesce(one.sources, ''))
            < (coalesce(other.letter_date, DATE '9999-12-31'), other.letter_order, coalesce(other.sources, ''))
    WHERE one.letter_row <> other.letter_row OR credited
)
SELECT claim_row, other_claim_row, supersedes, is_revised
FROM (FROM following UNION ALL FROM between_sources) AS pair
WHERE claim_row IS NOT NULL AND (credited OR greatest(value, other_value) <= 2 * least(value, other_value));
