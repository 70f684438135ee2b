-- How many figures were compared and agreed, by kind of comparison. As it stood by a day (null: now) only those that differed
-- are known.
SELECT subject AS kind, compared, agreeing, compared - agreeing AS differing
FROM coverage
WHERE aspect = 'comparison' AND $as_of IS NULL
UNION ALL
SELECT kind, NULL, NULL, count(*)
FROM discrepancies_as_of($as_of)
WHERE $as_of IS NOT NULL
GROUP BY kind
ORDER BY kind;
