-- What letters count and the vocabulary lacks, the most often first, of what was said by a day (null: now).
SELECT
    lower(claim.measure) AS subject,
    count(DISTINCT claim.letter_id) AS letters,
    count(*) AS claims,
    min(claim.claim_id) AS claim_id,
    min_by(said(claim.quote, claim.unit), claim.claim_id) AS example
FROM corrected_claim AS claim
JOIN letter ON letter.letter_id = claim.letter_id
WHERE claim.measure_code IS NULL
    AND claim.measure <> ''
    AND claim.kind NOT IN ('share', 'amount', 'duration')
    AND ($as_of IS NULL OR coalesce(letter.issued_on, CAST(letter.first_seen AS DATE)) <= $as_of)
GROUP BY lower(claim.measure)
ORDER BY claims DESC, letters DESC, subject;
