-- Figures of a measure on a page (victims, growth or capacity), as it stood by a day (null: now): every statement, aims, and
-- what follows from them; of chosen populations, sources, standings and dossiers (none: of all). The newest so many, and of
-- how many they are. A growth is below zero where it shrank.
WITH newest AS (
    SELECT claim_id FROM stated_figure WHERE $as_of IS NULL AND is_latest
    UNION ALL
    SELECT claim_id FROM victim_counts_as_of($as_of) WHERE $as_of IS NOT NULL AND $page = 'victims'
    UNION ALL
    SELECT claim_id FROM growth_percentages_as_of($as_of) WHERE $as_of IS NOT NULL AND $page = 'growth'
    UNION ALL
    SELECT claim_id FROM capacity_figures_as_of($as_of) WHERE $as_of IS NOT NULL AND $page = 'capacity'
    UNION ALL
    SELECT claim_id FROM policy_targets_as_of($as_of) WHERE $as_of IS NOT NULL
),
of_page AS (
    SELECT *, 'victims' AS page FROM victim_counts
    UNION ALL BY NAME
    SELECT *, 'growth' AS page FROM growth_percentages
    UNION ALL BY NAME
    SELECT *, 'capacity' AS page FROM capacity_figures
    UNION ALL BY NAME
    SELECT
        *,
        CASE
            WHEN kind = 'count' AND unit = 'persons' THEN 'victims'
            WHEN kind = 'growth' AND unit = 'percent' THEN 'growth'
            WHEN kind = 'capacity' THEN 'capacity'
        END AS page
    FROM policy_targets
),
said AS (
    SELECT
        of_page.* REPLACE (
            of_page.claim_id IN (FROM newest) AS is_latest,
            CASE WHEN $as_of IS NULL OR of_page.superseded_on <= $as_of THEN of_page.superseded_on END AS superseded_on
        ),
        of_page.status AS standing,
        CASE WHEN $as_of IS NULL OR letter.ended_on <= $as_of THEN letter.ended_on END AS ended_on,
        letter.withdrawn
    FROM of_page
    JOIN letter ON letter.letter_id = of_page.letter_id
    WHERE of_page.page = $page
        AND of_page.measure = $measure
        AND ($as_of IS NULL OR coalesce(letter.issued_on, CAST(letter.first_seen AS DATE)) <= $as_of)
),
of_day AS (
    SELECT * FROM derived_figures WHERE $as_of IS NULL
    UNION ALL BY NAME
    SELECT * FROM derived_figures_as_of($as_of) WHERE $as_of IS NOT NULL
),
followed AS (
    SELECT
        'derived' AS basis,
        of_day.* EXCLUDE (basis),
        period_year(of_day.base_period) AS base_year,
        'realised' AS status,
        'derived' AS "precision",
        'derived' AS standing,
        of_day.input_claim_ids[1] AS claim_id,
        of_day.input_claim_ids AS claim_ids
    FROM of_day
    WHERE of_day.measure = $measure
        AND (
            ($page = 'victims' AND of_day.kind = 'count' AND of_day.unit = 'persons')
            OR ($page = 'growth' AND of_day.kind = 'growth')
            OR ($page = 'capacity' AND of_day.kind = 'capacity')
        )
),
chosen AS (
    SELECT * FROM (FROM said UNION ALL BY NAME FROM followed)
    WHERE (len($populations) = 0 OR list_contains($populations, population))
        AND (len($sources) = 0 OR list_contains($sources, coalesce(source, '')))
        AND (len($standings) = 0 OR list_contains($standings, standing))
        AND (
            len($dossiers) = 0
            OR claim_id IN (
                SELECT claim.claim_id
                FROM claim
                JOIN letter ON letter.letter_id = claim.letter_id
                WHERE list_has_any(letter.dossiers, $dossiers)
            )
        )
),
shown AS (
    FROM chosen ORDER BY is_latest DESC, letter_date DESC NULLS LAST, basis DESC, claim_id LIMIT $rows
)
SELECT
    shown.basis,
    shown.year,
    shown.base_year,
    shown.period,
    shown.base_period,
    shown.measure,
    shown.population,
    CASE WHEN shown.direction = 'decrease' AND $page = 'growth' THEN -shown.value ELSE shown.value END AS value,
    shown.value_low,
    CASE WHEN shown.direction = 'decrease' AND $page = 'growth' THEN -shown.value_high ELSE shown.value_high END AS value_high,
    shown.unit,
    shown.status,
    shown.standing,
    shown."precision",
    shown.statistic,
    shown.per,
    coalesce(shown.source, '') AS source,
    claim.letter_id,
    letter_name(claim.letter_id) AS letter,
    shown.letter_date,
    claim.claim_id,
    claim.quote,
    shown.is_latest,
    shown.superseded_on,
    shown.ended_on,
    shown.withdrawn,
    shown.correction_id,
    shown.method,
    coalesce(shown.claim_ids, [claim.claim_id]) AS claim_ids,
    (SELECT count(*) FROM chosen) AS found
FROM shown
JOIN claim ON claim.claim_id = shown.claim_id
ORDER BY year DESC NULLS LAST, is_latest DESC, letter_date DESC NULLS LAST, population, basis DESC, claim.claim_id;
