CREATE OR REPLACE VIEW derived_figures_latest AS
SELECT * FROM derived_figures WHERE is_latest;

COMMENT ON VIEW derived_figures_latest IS 'The derived figures that the newest statements leave.';
