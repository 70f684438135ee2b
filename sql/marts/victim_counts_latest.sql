CREATE OR REPLACE VIEW victim_counts_latest AS
SELECT * FROM victim_counts WHERE is_latest;

COMMENT ON VIEW victim_counts_latest IS 'The newest statement of each of the victim counts.';
