-- The same figure in two statements: each with the one before it by the same source, and those of different sources that
-- stood at the same time with each other. Figures that nobody is credited with may be of two bodies that count something
-- else: where one is more than twice the other, they are not compared. Of two sources the first two numbers of each are
-- compared, and the newest, which have no place among the vintages where they are later ones. `superseded_on` is when one of them gave way to
-- another number: of two by one source, the later one.
CREATE OR REPLACE TEMP TABLE restated_pair AS
WITH statement AS (
    SELECT
        unique_figure.claim_row, letter_row, letter_order, letter_date, figure, status, sources,
        sign * value AS value,
        figure_vintage.is_news,
        figure_vintage.number_place <= 2 AS is_early,
        figure_vintage.superseded_on
    FROM unique_figure JOIN figure_vintage ON figure_vintage.claim_row = unique_figure.claim_row
    WHERE identified
),
following AS (
    SELECT
        lag(claim_row) OVER same_source AS claim_row,
        claim_row AS other_claim_row,
        CASE WHEN superseded_on > letter_date THEN superseded_on END AS superseded_on,
        true AS in_vintages,
        sources IS NOT NULL AS credited,
        lag(value) OVER same_source AS value,
        value AS other_value
    FROM statement
    WINDOW same_source AS (PARTITION BY figure, status, sources ORDER BY letter_date NULLS LAST, letter_order)
),
between_sources AS (
    SELECT
        one.claim_row,
        other.claim_row AS other_claim_row,
        least(one.superseded_on, other.superseded_on) AS superseded_on,
        one.is_early AND other.is_early AS in_vintages,
        one.sources IS NOT NULL AND other.sources IS NOT NULL AS credited,
        one.value,
        other.value AS other_value
    FROM (FROM statement WHERE is_news AND (is_early OR superseded_on IS NULL)) AS one
    JOIN (FROM statement WHERE is_news AND (is_early OR superseded_on IS NULL)) AS other
        ON other.figure = one.figure
        AND other.status = one.status
        AND other.sources IS DISTINCT FROM one.sources
        AND (coalesce(one.letter_date, DATE '9999-12-31'), one.letter_order, coalesce(one.sources, ''))
            < (coalesce(other.letter_date, DATE '9999-12-31'), other.letter_order, coalesce(other.sources, ''))
    WHERE (one.is_early AND other.is_early OR one.superseded_on IS NULL AND other.superseded_on IS NULL)
        AND (one.letter_row <> other.letter_row OR credited)
        AND (
            least(one.superseded_on, other.superseded_on) IS NULL
            OR (one.letter_date < least(one.superseded_on, other.superseded_on)
                AND other.letter_date < least(one.superseded_on, other.superseded_on))
        )
)
SELECT claim_row, other_claim_row, superseded_on, in_vintages
FROM (FROM following UNION ALL FROM between_sources) AS pair
WHERE claim_row IS NOT NULL AND (credited OR greatest(value, other_value) <= 2 * least(value, other_value));
