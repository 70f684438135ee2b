CREATE OR REPLACE VIEW discrepancies_latest AS
SELECT * FROM discrepancies WHERE is_latest;

COMMENT ON VIEW discrepancies_latest IS 'The discrepancies that the newest statements leave.';
