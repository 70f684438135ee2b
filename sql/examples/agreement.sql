-- How many of the figures that can be compared agree, and what explains those that don't?
-- What is open is what the example disagreements shows.
WITH differing AS (
    SELECT
        kind,
        count(*) FILTER (verdict = 'rounding') AS rounding,
        count(*) FILTER (verdict <> 'rounding' AND NOT is_latest) AS superseded,
        count(*) FILTER (verdict <> 'rounding' AND is_latest) AS "open"
    FROM discrepancies
    GROUP BY kind
)
SELECT
    coverage.subject AS kind,
    coverage.compared,
    coverage.agreeing,
    coalesce(differing.rounding, 0) AS rounding,
    coalesce(differing.superseded, 0) AS superseded,
    coalesce(differing."open", 0) AS "open"
FROM coverage LEFT JOIN differing ON differing.kind = coverage.subject
WHERE coverage.aspect = 'comparison'
ORDER BY coverage.subject
