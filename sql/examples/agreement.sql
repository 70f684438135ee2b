-- How many of the figures that can be compared agree?
SELECT subject AS kind, compared, agreeing, compared - agreeing AS differing
FROM coverage
WHERE aspect = 'comparison'
ORDER BY kind
