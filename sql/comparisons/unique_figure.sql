-- Of the comparable figures those that their letter states once, or always alike: where a letter gives two numbers for
-- one thing, as we read it, we have misread one of them, and neither is compared.
CREATE OR REPLACE TEMP TABLE unique_figure AS
WITH once AS (
    SELECT min_by(claim_row, char_start) AS claim_row
    FROM comparable_figure
    WHERE population <> 'part'
    GROUP BY letter_row, figure, status, sources
    HAVING min(sign * value) = max(sign * value) AND min(value_high) IS NOT DISTINCT FROM max(value_high)
)
SELECT comparable_figure.* FROM comparable_figure SEMI JOIN once ON once.claim_row = comparable_figure.claim_row;
