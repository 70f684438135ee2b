-- severity: error
-- Stated figures are their claims with the dates of their letters, what is superseded is so by a later day, and every
-- figure has a newest statement. A build that goes on from a version looks at the figures that new letters state.
WITH new_letter AS (
    SELECT letter_id FROM letter WHERE rowid >= coalesce(getvariable('goes_on_from_letter'), 0)
),
looked_at AS MATERIALIZED (
    SELECT *, letter_id IN (FROM new_letter) AS is_new
    FROM stated_figure
    WHERE figure IN (SELECT figure FROM stated_figure WHERE letter_id IN (FROM new_letter))
)
SELECT 'not as in its claim or letter' AS problem, stated_figure.claim_id, stated_figure.letter_date, superseded_on
FROM (FROM looked_at WHERE is_new) AS stated_figure
LEFT JOIN (
    FROM numbered_claim WHERE measure_code IS NOT NULL AND claim_row >= coalesce(getvariable('goes_on_from_claim'), 0)
) AS claim ON claim.claim_id = stated_figure.claim_id
LEFT JOIN letter ON letter.letter_id = claim.letter_id
WHERE (
    stated_figure.value, stated_figure.value_high, stated_figure.unit, stated_figure.kind, stated_figure.status,
    stated_figure.population, stated_figure.period, stated_figure.measure, stated_figure.quote, stated_figure.letter_date
) IS DISTINCT FROM (
    claim.value, claim.value_high, claim.unit, claim.kind, claim.status,
    claim.population, claim.period, claim.measure_code, claim.quote, letter.letter_date
)
UNION ALL
SELECT 'superseded by an earlier one', claim_id, letter_date, superseded_on
FROM looked_at
WHERE is_latest <> (superseded_on IS NULL) OR (NOT interrupted AND superseded_on <= letter_date)
UNION ALL
SELECT 'superseded by none', claim_id, letter_date, superseded_on
FROM looked_at AS stated_figure
ANTI JOIN looked_at AS later
    ON later.letter_date = stated_figure.superseded_on
    AND later.measure = stated_figure.measure
    AND later.population IS NOT DISTINCT FROM stated_figure.population
    AND later.unit = stated_figure.unit
    AND later.kind = stated_figure.kind
    AND later.status = stated_figure.status
WHERE superseded_on IS NOT NULL AND NOT interrupted
UNION ALL
SELECT 'the latest of a text that does not stand', claim_id, letter_date, superseded_on
FROM looked_at
WHERE is_latest AND ended_on IS NOT NULL
UNION ALL
SELECT 'without a newest statement', min(claim_id), max(letter_date), max(superseded_on)
FROM looked_at
WHERE ended_on IS NULL
GROUP BY figure
HAVING NOT bool_or(is_latest)
