-- Where do the letters disagree with each other, or with their own arithmetic?
WITH differing AS (
    FROM discrepancies_latest
    WHERE verdict <> 'rounding'
    ORDER BY verdict, kind, year, measure, population, letter_date, claim_id, other_claim_id
    LIMIT 200
)
SELECT
    verdict,
    kind,
    year,
    period,
    measure,
    population,
    value,
    other_value,
    difference,
    source,
    other_source,
    letter_name(letter_id) AS letter,
    letter_date,
    letter_name(other_letter_id) AS other_letter,
    other_letter_date,
    quote,
    other_quote
FROM differing
ORDER BY verdict, kind, year, measure, population, letter_date, claim_id, other_claim_id
