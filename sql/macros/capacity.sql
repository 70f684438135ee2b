-- Capacity in a year: `FROM capacity(2012)`. What was realised comes before what was expected.
CREATE OR REPLACE MACRO capacity(in_year) AS TABLE
    SELECT
        measure,
        population,
        value,
        value_high,
        unit,
        "precision",
        status,
        statistic,
        per,
        period,
        source,
        identifier,
        letter_date,
        quote,
        claim_id
    FROM capacity_figures_latest
    WHERE year = in_year
    ORDER BY
        measure, status = 'expected', population <> 'total', population, period, source NULLS LAST, letter_date, value, claim_id;

COMMENT ON MACRO TABLE capacity IS 'Places, cells, strength and waiting lists that the newest letters give for a year, realised before expected, one row a statement: FROM capacity(2012). Of the columns of capacity_figures those that tell the figure and where it stands.';
