-- severity: warning
-- to go on: give each of the two files a sidecar (FILE.meta.json, see docs/operations.md) with the day of its issue as modified; if they are two letters, with an identifier of its own
-- Which of two texts of one letter is the newer should be told by their source or the dates that they bear; where nothing
-- tells, the one that came later counts as the newer, or one of those that came together. Letters that bear days more than a
-- year apart are perhaps two, one of which has the number of the other.
WITH followed AS (
    SELECT
        identifier, vintage, letter_date, modified, source,
        lag(modified) OVER later AS modified_before,
        lag(letter_date) OVER later AS letter_date_before,
        lag(source) OVER later AS source_before
    FROM letter
    WHERE identifier IS NOT NULL
    WINDOW later AS (PARTITION BY lower(identifier) ORDER BY vintage)
)
SELECT
    identifier, vintage, source_before, source,
    CASE WHEN abs(letter_date - letter_date_before) > 366 THEN 'perhaps two letters' ELSE 'which is the newer?' END AS problem
FROM followed
WHERE vintage > 1
    AND (
        abs(letter_date - letter_date_before) > 366
        OR (modified > modified_before OR modified_before IS NULL AND modified IS NOT NULL OR letter_date > letter_date_before) IS NOT TRUE
    )
