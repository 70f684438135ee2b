-- Files set aside that stand so by a day (null: now), the newest first; each by its path below the inbox. Older versions
-- don't tell since when that is over.
SELECT source AS file, step, reason, detail, first_seen, extractor_version
FROM (FROM rejected_letter UNION ALL BY NAME SELECT CAST(NULL AS TIMESTAMP) AS over_since WHERE false)
WHERE ($as_of IS NULL OR CAST(first_seen AS DATE) <= $as_of)
    AND (over_since IS NULL OR CAST(over_since AS DATE) > $as_of)
ORDER BY first_seen DESC, source;
