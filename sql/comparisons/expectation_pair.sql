-- What was expected beside the first later statement of what came of it for that period. A level is the same on a day and in
-- the month that it begins or ends, as eind 2012 and 31 december 2012 are.
CREATE OR REPLACE TEMP TABLE expectation_pair AS
WITH expected AS (
    SELECT *, hash(world, measure, population, unit, kind, from_span, statistic, per) AS series
    FROM unique_figure
    WHERE coded
        AND (identified OR is_plain)
        AND (kind IN ('count', 'capacity', 'share') OR kind = 'growth' AND direction <> 'none')
        AND status = 'expected'
        AND letter_date IS NOT NULL
),
told AS (
    SELECT series, span, letter_date, min_by(claim_row, (letter_order, char_start)) AS claim_row
    FROM realised_figure
    GROUP BY series, span, letter_date
),
-- By one of the ends that a level is of.
told_of_day AS (
    SELECT series, day, is_first, letter_date, min_by(claim_row, (period, letter_order, char_start)) AS claim_row
    FROM (
        SELECT *, unnest([first_day, last_day]) AS day, unnest([true, false]) AS is_first
        FROM realised_figure
        WHERE kind = 'capacity' AND last_day - first_day < 31
    ) AS level_end
    GROUP BY series, day, is_first, letter_date
),
expected_of_day AS (
    SELECT claim_row, series, letter_date, unnest([first_day, last_day]) AS day, unnest([true, false]) AS is_first
    FROM expected
    WHERE kind = 'capacity' AND coalesce(last_day - first_day, 0) < 31 AND first_day IS NOT NULL
)
SELECT expected.claim_row, told.claim_row AS other_claim_row, 0 AS distance
FROM expected ASOF JOIN told ON told.series = expected.series AND told.span = expected.span AND told.letter_date > expected.letter_date
UNION ALL
SELECT expected_of_day.claim_row, told_of_day.claim_row, 1
FROM expected_of_day
ASOF JOIN told_of_day
    ON told_of_day.series = expected_of_day.series
    AND told_of_day.day = expected_of_day.day
    AND told_of_day.is_first = expected_of_day.is_first
    AND told_of_day.letter_date > expected_of_day.letter_date;
