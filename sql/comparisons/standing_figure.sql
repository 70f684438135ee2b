-- The figures that are compared, in each world. No row and no `figure` is in two of them.
CREATE OR REPLACE TEMP VIEW standing_figure AS
SELECT *, CAST(0 AS BIGINT) AS world, claim_row AS stated_row, letter_row AS stated_in FROM comparable_figure
UNION ALL
FROM figure_again;
