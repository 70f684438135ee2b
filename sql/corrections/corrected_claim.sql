CREATE OR REPLACE VIEW corrected_claim AS SELECT * EXCLUDE (claim_row) FROM numbered_claim;

COMMENT ON VIEW corrected_claim IS 'Claims as the marts have them: those of claim with the values that corrections give them, without those that corrections drop.';
COMMENT ON COLUMN corrected_claim.correction_id IS 'Correction that gave the claim other values; null for a claim as extracted.';
