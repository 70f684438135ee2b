-- The years in whose comparisons a figure has part: its own; of what was counted also the next one, which grew from it, the one
-- in which its period begins, and that of each growth from it. What is compared is of one measure, so `topic`, a measure and a
-- year, holds all that a figure of that year is compared with.
CREATE OR REPLACE TEMP VIEW figure_year AS
SELECT claim_row, ended_on, topic FROM comparable_figure
UNION ALL
SELECT
    claim_row,
    ended_on,
    hash(measure, unnest(list_distinct([own_year + 1, CAST(date_part('year', first_day) AS INTEGER)])))
FROM comparable_figure
WHERE status = 'realised' AND kind IN ('count', 'capacity')
UNION ALL
SELECT base.claim_row, base.ended_on, growth.topic
FROM comparable_figure AS base
JOIN (
    SELECT DISTINCT measure, from_span, topic FROM comparable_figure WHERE kind = 'growth'
) AS growth
    ON growth.measure = base.measure AND growth.from_span = base.span
WHERE base.status = 'realised' AND base.kind IN ('count', 'capacity', 'share');
