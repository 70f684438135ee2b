-- Victim counts of a measure: every statement, aims, and what follows from them, as it stood by a day (null: now).
WITH newest AS (
    SELECT claim_id FROM victim_counts_latest WHERE $as_of IS NULL
    UNION ALL
    SELECT claim_id FROM victim_counts_as_of($as_of) WHERE $as_of IS NOT NULL
    UNION ALL
    SELECT claim_id FROM policy_targets_latest WHERE $as_of IS NULL
    UNION ALL
    SELECT claim_id FROM policy_targets_as_of($as_of) WHERE $as_of IS NOT NULL
),
said AS (
    SELECT
        year, CAST(NULL AS INTEGER) AS base_year, period, CAST(NULL AS VARCHAR) AS base_period, measure, population, value, value_high, unit,
        status, "precision", statistic, per, direction, source, letter_id, letter_date, first_seen, claim_id, quote,
        superseded_on, correction_id
    FROM victim_counts
    WHERE measure = $measure
    UNION ALL BY NAME
    SELECT
        year, period, measure, population, value, value_high, unit,
        status, "precision", direction, source, letter_id, letter_date, first_seen, claim_id, quote,
        superseded_on, correction_id
    FROM policy_targets
    WHERE measure = $measure AND kind = 'count' AND unit = 'persons'
),
followed AS (
    SELECT *, is_latest AS is_newest FROM derived_figures WHERE $as_of IS NULL
    UNION ALL BY NAME
    SELECT *, true AS is_newest FROM derived_figures_as_of($as_of) WHERE $as_of IS NOT NULL
)
SELECT
    'stated' AS basis,
    said.year,
    said.base_year,
    said.period,
    said.base_period,
    said.measure,
    said.population,
    said.value AS value,
    CAST(NULL AS DOUBLE) AS value_low,
    said.value_high AS value_high,
    said.unit,
    said.status,
    said."precision",
    said.statistic,
    said.per,
    coalesce(said.source, '') AS source,
    said.letter_id,
    letter_name(said.letter_id) AS letter,
    letter.dossiers,
    said.letter_date,
    said.claim_id,
    said.quote,
    said.claim_id IN (FROM newest) AS is_latest,
    CASE WHEN $as_of IS NULL OR said.superseded_on <= $as_of THEN said.superseded_on END AS superseded_on,
    said.correction_id,
    CAST(NULL AS VARCHAR) AS method,
    [said.claim_id] AS claim_ids
FROM said
JOIN letter ON letter.letter_id = said.letter_id
WHERE $as_of IS NULL OR coalesce(said.letter_date, CAST(said.first_seen AS DATE)) <= $as_of
UNION ALL BY NAME
SELECT
    'derived' AS basis,
    followed.year,
    period_year(followed.base_period) AS base_year,
    followed.period,
    followed.base_period,
    followed.measure,
    followed.population,
    followed.value,
    followed.value_low,
    followed.value_high,
    followed.unit,
    'realised' AS status,
    'derived' AS "precision",
    followed.statistic,
    followed.per,
    coalesce(followed.source, '') AS source,
    claim.letter_id,
    letter_name(claim.letter_id) AS letter,
    letter.dossiers,
    followed.letter_date,
    claim.claim_id,
    claim.quote,
    followed.is_newest AS is_latest,
    CASE WHEN $as_of IS NULL THEN followed.superseded_on END AS superseded_on,
    CAST(NULL AS VARCHAR) AS correction_id,
    followed.method,
    followed.input_claim_ids AS claim_ids
FROM followed
JOIN claim ON claim.claim_id = followed.input_claim_ids[1]
JOIN letter ON letter.letter_id = claim.letter_id
WHERE followed.measure = $measure AND followed.kind = 'count' AND followed.unit = 'persons'
ORDER BY year DESC NULLS LAST, is_latest DESC, letter_date DESC NULLS LAST, population, basis DESC, claim_id;
