CREATE OR REPLACE VIEW growth_percentages AS
SELECT
    end_year AS year,
    * EXCLUDE (kind, statistic, per, family, year, start_year, end_year, base_year, figure, issued_on, ended_on, interrupted),
    CASE
        WHEN base_period IS NOT NULL THEN base_year
        WHEN contains(period, '/') THEN start_year
    END AS base_year
FROM stated_figure
WHERE kind = 'growth'
    AND unit = 'percent'
    AND status IN ('realised', 'expected')
    -- A multiple without any time (`het werkelijke aantal is vijf keer zo hoog`) is no growth of a year.
    AND (period IS NOT NULL OR base_period IS NOT NULL);

COMMENT ON VIEW growth_percentages IS 'By how many percent something grew or shrank, one row a statement; value is unsigned, direction gives the sign.';
COMMENT ON COLUMN growth_percentages.year IS 'Year at the end of the growth: 2019 for 2016/2019; null for an open end.';
COMMENT ON COLUMN growth_percentages.base_year IS 'Year the growth is compared with: the year of base_period, else the first year of the interval.';
