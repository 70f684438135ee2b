-- What do letters count that the vocabulary has no measure for yet?
SELECT subject AS noun_phrase, claims, letters, example
FROM coverage
WHERE aspect = 'unmapped_measure'
ORDER BY claims DESC, subject
LIMIT 50
