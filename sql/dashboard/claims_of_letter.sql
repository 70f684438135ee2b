-- Claims of a letter in their order, each with its correction where it has one.
SELECT claim.*, correction.action, correction.reason
FROM claim
LEFT JOIN correction ON correction.claim_id = claim.claim_id
WHERE claim.letter_id = $letter_id
ORDER BY claim.char_start, claim.char_end, claim.claim_id;
