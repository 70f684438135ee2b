-- severity: warning
-- A letter received twice, in bytes that differ and words that don't, states its figures twice.
SELECT
    md5(regexp_replace(text, '\s+', ' ', 'g')) AS words,
    count(*) AS letters,
    list(source ORDER BY source) AS sources
FROM letter
GROUP BY words
HAVING count(*) > 1
