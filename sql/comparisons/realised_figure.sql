-- Each statement of a figure that was realised, whoever is credited with it.
CREATE OR REPLACE TEMP TABLE realised_figure AS
SELECT
    claim_row,
    figure,
    sources,
    kind,
    period,
    span,
    first_day,
    last_day,
    letter_date,
    letter_order,
    char_start,
    hash(world, measure, population, unit, kind, from_span, statistic, per) AS series
FROM unique_figure
WHERE coded
    AND (identified OR is_plain)
    AND (kind IN ('count', 'capacity', 'share') OR kind = 'growth' AND direction <> 'none')
    AND status = 'realised'
    AND letter_date IS NOT NULL;
