-- severity: warning
-- A Kamerstuk received twice in different bytes states its figures twice.
SELECT identifier, count(*) AS letters, list(source ORDER BY source) AS sources
FROM letter
WHERE identifier IS NOT NULL
GROUP BY identifier
HAVING count(*) > 1
