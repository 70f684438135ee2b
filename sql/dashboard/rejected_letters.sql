-- Files set aside, of those that runs met by a day (null: now), the newest first; each by its path below the inbox.
SELECT source AS file, step, reason, detail, first_seen, extractor_version
FROM rejected_letter
WHERE $as_of IS NULL OR CAST(first_seen AS DATE) <= $as_of
ORDER BY first_seen DESC, source;
