-- severity: error
-- Every derived figure follows from claims that are here: calculated anew from them it is the same, and it lies between
-- its own bounds. None is the latest of which a letter has ended.
WITH input AS (
    SELECT
        derived.row_number,
        derived.place,
        claim.claim_id,
        claim.measure_code,
        claim.value,
        CASE WHEN claim.kind = 'growth' AND claim.direction = 'decrease' THEN -claim.value ELSE claim.value END AS signed,
        claim.letter_id IN (SELECT letter_id FROM letter WHERE ended_on IS NOT NULL) AS has_ended
    FROM (
        SELECT
            rowid AS row_number,
            unnest(input_claim_ids) AS input_claim_id,
            generate_subscripts(input_claim_ids, 1) AS place
        FROM derived_figures
    ) AS derived
    LEFT JOIN corrected_claim AS claim ON claim.claim_id = derived.input_claim_id
),
calculated AS (
    SELECT
        row_number,
        count(*) AS inputs,
        count(claim_id) AS found,
        min(measure_code) AS lowest_measure,
        max(measure_code) AS highest_measure,
        sum(value) AS total,
        min(value) FILTER (place = 1) AS first_value,
        min(signed) FILTER (place = 2) AS second_value,
        bool_or(has_ended) AS has_ended
    FROM input
    GROUP BY row_number
),
recomputed AS (
    SELECT
        derived_figures.*,
        calculated.* EXCLUDE (row_number),
        CASE method
            WHEN 'growth_of_counts' THEN 100 * (first_value / second_value - 1)
            WHEN 'count_before_growth' THEN first_value / (1 + second_value / 100)
            WHEN 'count_after_growth' THEN first_value * (1 + second_value / 100)
            WHEN 'sum_of_parts' THEN total
        END AS value_anew
    FROM derived_figures
    LEFT JOIN calculated ON calculated.row_number = derived_figures.rowid
)
SELECT method, year, measure, population, value, value_anew, value_low, value_high, input_claim_ids
FROM recomputed
WHERE inputs IS DISTINCT FROM found
    OR found < 2
    OR measure IS DISTINCT FROM lowest_measure
    OR measure IS DISTINCT FROM highest_measure
    OR (abs(value - value_anew) <= 1e-4 + 1e-9 * abs(value)) IS NOT TRUE
    OR value_low > value + 1e-4
    OR value_high < value - 1e-4
    OR basis <> 'derived'
    OR is_latest <> (superseded_on IS NULL)
    OR (is_latest AND has_ended)
    OR superseded_on <= letter_date
