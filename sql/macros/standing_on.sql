-- Which statements were the newest on a day, of figures of which some letter was issued again or withdrawn.
CREATE OR REPLACE MACRO standing_on(day) AS TABLE
SELECT claim_id
FROM stated_figure
WHERE interrupted
    AND coalesce(issued_on, CAST(first_seen AS DATE)) <= CAST(day AS DATE)
    AND (ended_on IS NULL OR ended_on > CAST(day AS DATE))
QUALIFY letter_date IS NOT DISTINCT FROM max(letter_date) OVER (PARTITION BY figure);

COMMENT ON MACRO TABLE standing_on IS 'Claims that were the newest statements on a given day, of the figures of which some letter was issued again or withdrawn: of the others `superseded_on` tells it.';
