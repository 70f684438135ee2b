CREATE OR REPLACE VIEW policy_targets_latest AS
SELECT * FROM policy_targets WHERE is_latest;

COMMENT ON VIEW policy_targets_latest IS 'The newest statement of each of the policy targets.';
