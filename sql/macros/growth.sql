-- Growth up to a year: `FROM growth(2011)`. The percentage has its sign.
CREATE OR REPLACE MACRO growth(in_year) AS TABLE
    SELECT
        measure,
        population,
        CASE direction WHEN 'decrease' THEN -value ELSE value END AS percent,
        CASE direction WHEN 'decrease' THEN -value_high ELSE value_high END AS percent_high,
        base_year,
        "precision",
        status,
        basis,
        period,
        base_period,
        source,
        identifier,
        letter_date,
        quote,
        claim_id
    FROM growth_percentages_latest
    WHERE year = in_year
    ORDER BY
        measure, population <> 'total', population, base_year, period, source NULLS LAST, letter_date, percent, claim_id;

COMMENT ON MACRO TABLE growth IS 'By how many percent measures grew (or shrank, below zero) up to a year, as the newest letters state it, one row a statement: FROM growth(2011). percent and percent_high are value and value_high with their sign; of the other columns of growth_percentages those that tell the figure and where it stands.';
