CREATE OR REPLACE VIEW capacity_figures_latest AS
SELECT * FROM capacity_figures WHERE is_latest;

COMMENT ON VIEW capacity_figures_latest IS 'The newest statement of each of the capacity figures.';
