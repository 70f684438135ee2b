-- How many figures were compared and agreed, by kind of comparison.
SELECT subject AS kind, compared, agreeing, compared - agreeing AS differing
FROM coverage
WHERE aspect = 'comparison'
ORDER BY kind;
