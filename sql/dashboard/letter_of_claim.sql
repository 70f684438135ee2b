-- The letter that states a claim.
SELECT letter_id FROM claim WHERE claim_id = $claim_id;
