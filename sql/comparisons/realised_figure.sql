-- The newest statement of each count and level that was realised, whoever is credited with it.
CREATE OR REPLACE TEMP TABLE realised_figure AS
SELECT
    *,
    hash(measure, population, unit, kind, statistic, per) AS series
FROM unique_figure
WHERE coded
    AND identified
    AND kind IN ('count', 'capacity')
    AND status = 'realised'
    AND letter_date IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY figure ORDER BY letter_date DESC, letter_order DESC, char_start) = 1;
