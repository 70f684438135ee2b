-- What was aimed at beside the first later statement of what was reached in a period that ends on the day of the deadline, as
-- 2014 and december 2014 do. What is counted in a year is so many a year.
CREATE OR REPLACE TEMP TABLE target_pair AS
WITH aim AS (
    SELECT *, hash(world, measure, population, unit, kind, from_span, statistic, nullif(per, 'year')) AS series
    FROM unique_figure
    WHERE coded
        AND (identified OR is_plain)
        AND (kind IN ('count', 'capacity', 'share') OR kind = 'growth' AND direction <> 'none')
        AND status = 'target'
        AND letter_date IS NOT NULL
        AND last_day IS NOT NULL
),
reached AS (
    SELECT *, last_day - first_day > 360 AS is_year
    FROM realised_figure
    WHERE first_day IS NOT NULL AND last_day IS NOT NULL
),
told AS (
    SELECT series, span, is_year, letter_date, min_by(claim_row, (letter_order, char_start)) AS claim_row
    FROM reached
    GROUP BY series, span, is_year, letter_date
),
told_of_end AS (
    SELECT series, last_day, is_year, letter_date, min_by(claim_row, (period, letter_order, char_start)) AS claim_row
    FROM reached
    GROUP BY series, last_day, is_year, letter_date
)
SELECT aim.claim_row, told.claim_row AS other_claim_row, 0 AS distance
FROM aim ASOF JOIN told ON told.series = aim.series AND told.span = aim.span AND told.letter_date > aim.letter_date
WHERE aim.per IS NULL OR told.is_year
UNION ALL
SELECT aim.claim_row, told_of_end.claim_row, 1
FROM (SELECT aim.*, unnest([true, false]) AS is_year FROM aim) AS aim
ASOF JOIN told_of_end
    ON told_of_end.series = aim.series
    AND told_of_end.last_day = aim.last_day
    AND told_of_end.is_year = aim.is_year
    AND told_of_end.letter_date > aim.letter_date
WHERE aim.is_year OR aim.kind <> 'count' AND aim.per IS NULL;
