-- What was aimed at beside each later statement of what was reached in a period that ends on the day of the deadline, as
-- 2014 and december 2014 do. What is counted in a year is so many a year.
CREATE OR REPLACE TEMP TABLE target_pair AS
WITH aim AS (
    SELECT *, hash(measure, population, unit, kind, from_span, statistic, nullif(per, 'year')) AS series
    FROM unique_figure
    WHERE coded
        AND identified
        AND (kind IN ('count', 'capacity', 'share') OR kind = 'growth' AND direction <> 'none')
        AND status = 'target'
        AND letter_date IS NOT NULL
        AND last_day IS NOT NULL
),
reached AS (
    SELECT *, last_day - first_day > 360 AS is_year
    FROM realised_figure
    WHERE first_day IS NOT NULL AND last_day IS NOT NULL
)
SELECT aim.claim_row, reached.claim_row AS other_claim_row, CASE WHEN reached.span = aim.span THEN 0 ELSE 1 END AS distance
FROM aim
JOIN reached ON reached.series = aim.series AND reached.last_day = aim.last_day
WHERE reached.letter_date > aim.letter_date
    AND (aim.kind <> 'count' OR reached.is_year OR reached.span = aim.span)
    AND (aim.per IS NULL OR reached.is_year);
