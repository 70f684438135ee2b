-- What was expected or aimed at beside what came of it: the first number that a later letter gives, and the next one of the
-- same source. A number for the same period (distance 0) takes the place of one for another. `superseded_on` is when the
-- next number came.
CREATE OR REPLACE TEMP TABLE outcome_pair AS
WITH told AS (
    SELECT 'expectation' AS kind, claim_row, other_claim_row, min(distance) AS distance FROM expectation_pair GROUP BY ALL
    UNION ALL
    SELECT 'target', claim_row, other_claim_row, min(distance) FROM target_pair GROUP BY ALL
),
first_told AS (
    SELECT told.*, other.figure, other.status, other.sources, other.letter_date, figure_vintage.number_place, figure_vintage.superseded_on
    FROM told
    JOIN standing_figure AS other ON other.claim_row = told.other_claim_row
    JOIN figure_vintage ON figure_vintage.claim_row = told.other_claim_row
    QUALIFY row_number() OVER (
        PARTITION BY told.kind, told.claim_row, distance ORDER BY letter_date, letter_order, period, char_start
    ) = 1
),
then_told AS (
    SELECT * EXCLUDE (figure, status, sources, number_place) FROM first_told
    UNION ALL
    SELECT first_told.kind, first_told.claim_row, next.claim_row, first_told.distance, next.letter_date, figure_vintage.superseded_on
    FROM first_told
    JOIN realised_figure AS next
        ON next.figure = first_told.figure
        AND next.sources IS NOT DISTINCT FROM first_told.sources
        AND next.letter_date = first_told.superseded_on
    JOIN figure_vintage ON figure_vintage.claim_row = next.claim_row
    WHERE figure_vintage.is_news AND figure_vintage.number_place = first_told.number_place + 1
),
standing AS (
    SELECT
        kind,
        claim_row,
        other_claim_row,
        letter_date,
        least(
            superseded_on,
            CASE WHEN distance > 0 THEN min(CASE WHEN distance = 0 THEN letter_date END) OVER (PARTITION BY kind, claim_row) END
        ) AS superseded_on
    FROM then_told
)
SELECT kind, claim_row, other_claim_row, superseded_on
FROM standing
WHERE superseded_on IS NULL OR letter_date < superseded_on;
