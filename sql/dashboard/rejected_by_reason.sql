-- How many files were set aside by a day (null: now), by reason.
SELECT reason, count(*) AS files
FROM rejected_letter
WHERE $as_of IS NULL OR CAST(first_seen AS DATE) <= $as_of
GROUP BY reason
ORDER BY files DESC, reason;
