-- Which measures have figures for which years, from how many letters?
-- Those about a part of a year count for it; years without any have a zero.
SELECT subject AS measure, label_nl, year, claims AS figures, letters
FROM coverage JOIN measure ON measure.measure = coverage.subject
WHERE aspect = 'measure'
ORDER BY coverage.subject, year
