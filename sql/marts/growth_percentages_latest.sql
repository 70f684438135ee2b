CREATE OR REPLACE VIEW growth_percentages_latest AS
SELECT * FROM growth_percentages WHERE is_latest;

COMMENT ON VIEW growth_percentages_latest IS 'The newest statement of each of the growth percentages.';
