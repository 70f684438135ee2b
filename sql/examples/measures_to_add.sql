-- What do letters count that the vocabulary has no measure for yet?
SELECT
    lower(measure) AS noun_phrase,
    count(*) AS claims,
    count(DISTINCT letter_id) AS letters,
    min(quote || ' ' || unit) AS example
FROM claim
WHERE measure_code IS NULL AND measure <> '' AND kind NOT IN ('share', 'amount', 'duration')
GROUP BY ALL
ORDER BY claims DESC, noun_phrase
LIMIT 50
