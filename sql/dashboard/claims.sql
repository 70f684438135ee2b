-- Claims with their sentences and letters, by id.
SELECT
    claim.claim_id, claim.quote, claim.sentence, claim.sentence_quote_start, claim.sentence_quote_end, claim.letter_id,
    letter_name(claim.letter_id) AS letter, letter.letter_date, letter.sender, claim.source, claim.period, claim.status
FROM claim
JOIN letter ON letter.letter_id = claim.letter_id
WHERE list_contains($claim_ids, claim.claim_id);
