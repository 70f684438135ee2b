CREATE OR REPLACE VIEW capacity_figures AS
SELECT
    -- The year of a period within one year, or the start of an open one from which a level is planned
    -- (`2012-07/` is 2012). Null where that year is unknown (`/2010`), one of several (`2012/2013`), or only when a
    -- change towards the level began (`sinds 2017 gekrompen tot 140`).
    CASE
        WHEN end_year IS NULL AND status = 'expected' THEN start_year
        ELSE year
    END AS year,
    * EXCLUDE (kind, base_period, family, year, start_year, end_year, base_year, figure, issued_on, ended_on, interrupted)
FROM stated_figure
WHERE family = 'capacity'
    AND kind = 'capacity'
    -- A stated absence ("geen tekort aan opvangplaatsen") is a capacity figure of 0.
    AND status IN ('realised', 'expected', 'negated');

COMMENT ON VIEW capacity_figures IS 'Places, cells, strength and waiting lists, one row a statement; a stated absence has value 0 and status negated.';
COMMENT ON COLUMN capacity_figures.year IS 'Year in which the level holds, or from which it is planned; null where the letter gives no single one.';
