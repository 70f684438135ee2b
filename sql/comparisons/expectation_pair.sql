-- What was expected beside each later statement of what came of it for that period. A level is the same on a day and in
-- the month that it begins or ends, as eind 2012 and 31 december 2012 are.
CREATE OR REPLACE TEMP TABLE expectation_pair AS
WITH expected AS (
    SELECT *, hash(measure, population, unit, kind, from_span, statistic, per) AS series
    FROM unique_figure
    WHERE coded
        AND identified
        AND (kind IN ('count', 'capacity', 'share') OR kind = 'growth' AND direction <> 'none')
        AND status = 'expected'
        AND letter_date IS NOT NULL
)
SELECT expected.claim_row, realised_figure.claim_row AS other_claim_row, 0 AS distance
FROM expected
JOIN realised_figure ON realised_figure.series = expected.series AND realised_figure.span = expected.span
WHERE realised_figure.letter_date > expected.letter_date
UNION ALL
SELECT expected.claim_row, realised_figure.claim_row, 1
FROM expected
JOIN realised_figure ON realised_figure.series = expected.series AND realised_figure.span <> expected.span
WHERE expected.kind = 'capacity'
    AND coalesce(expected.last_day - expected.first_day, 0) < 31
    AND realised_figure.last_day - realised_figure.first_day < 31
    AND (
        realised_figure.first_day = expected.first_day
        OR realised_figure.last_day = expected.last_day AND expected.first_day IS NOT NULL
    )
    AND realised_figure.letter_date > expected.letter_date;
