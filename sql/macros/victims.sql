-- The victims of a year: `FROM victims(2011)`. Figures that a letter presents as the whole come first.
CREATE OR REPLACE MACRO victims(in_year) AS TABLE
    SELECT
        measure,
        population,
        value,
        value_high,
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
    FROM victim_counts_latest
    WHERE year = in_year
    ORDER BY measure, population <> 'total', population, period, source NULLS LAST, letter_date, value, claim_id;

COMMENT ON MACRO TABLE victims IS 'How many victims the newest letters report for a year, one row a statement: FROM victims(2011). Of the columns of victim_counts those that tell the figure and where it stands.';
