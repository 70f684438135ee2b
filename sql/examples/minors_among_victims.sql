-- How many of the victims of each year were minors, and what part of all is that?
-- Of a period alike, which may be a part of a year.
WITH everybody AS (
    SELECT * FROM victim_counts_latest WHERE population = 'total' AND status = 'realised'
),
minor AS (
    SELECT * FROM victim_counts_latest WHERE population = 'age_group=minor' AND status = 'realised'
)
SELECT
    minor.period,
    minor.measure,
    minor.source,
    minor.value AS minors,
    everybody.value AS victims,
    round(100 * minor.value / everybody.value, 1) AS percent,
    minor.quote AS quote_minors,
    everybody.quote AS quote_victims
FROM minor JOIN everybody
    ON everybody.period = minor.period
    AND everybody.measure = minor.measure
    AND everybody.source IS NOT DISTINCT FROM minor.source
    AND everybody.statistic IS NOT DISTINCT FROM minor.statistic
    AND everybody.per IS NOT DISTINCT FROM minor.per
ORDER BY minor.period, minor.measure, minor.source, minors
