-- Which body is credited with how many figures, how many of them in the marts, and in how many letters?
SELECT subject AS source_agency, label_nl, claims AS figures, in_marts, letters
FROM coverage JOIN source_agency ON source_agency.source_agency = coverage.subject
WHERE aspect = 'source'
ORDER BY figures DESC, coverage.subject
