-- How many files that were set aside stand so by a day (null: now), by reason. Older versions don't tell since when that
-- is over.
SELECT reason, count(*) AS files
FROM (FROM rejected_letter UNION ALL BY NAME SELECT CAST(NULL AS TIMESTAMP) AS over_since WHERE false)
WHERE ($as_of IS NULL OR CAST(first_seen AS DATE) <= $as_of)
    AND (over_since IS NULL OR CAST(over_since AS DATE) > $as_of)
GROUP BY reason
ORDER BY files DESC, reason;
