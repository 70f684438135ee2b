-- severity: error
-- Of each Kamerstuk one text is the current one, and its vintages are numbered through: else its figures would be stated
-- twice. A build that goes on from a version looks at the documents of which it adds letters.
SELECT
    lower(identifier) AS identifier,
    count(*) AS vintages,
    count(*) FILTER (is_current) AS "current",
    list(source ORDER BY source) AS sources
FROM letter
WHERE identifier IS NOT NULL
    AND lower(identifier) IN (
        SELECT lower(identifier) FROM letter WHERE rowid >= coalesce(getvariable('goes_on_from_letter'), 0) AND identifier IS NOT NULL
    )
GROUP BY lower(identifier)
HAVING count(*) FILTER (is_current) <> 1 OR max(vintage) <> count(*) OR count(DISTINCT vintage) <> count(*)
