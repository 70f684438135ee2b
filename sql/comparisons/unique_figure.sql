-- Of the comparable figures those that their letter states once, or always alike: where a letter gives two numbers for
-- one thing, as we read it, we have misread one of them, and neither is compared. «Ruim 1.700» and 1.711 are one number: of
-- such a figure the exact one counts.
CREATE OR REPLACE TEMP TABLE unique_figure AS
WITH once AS (
    SELECT min_by(claim_row, char_start + CASE WHEN "precision" = 'exact' THEN 0 ELSE 1000000000 END) AS claim_row
    FROM comparable_figure
    WHERE population <> 'part'
    GROUP BY letter_row, figure, status, sources
    HAVING min(value_high) IS NOT DISTINCT FROM max(value_high)
        AND (
            min(sign * value) = max(sign * value)
            OR min(sign * value) FILTER ("precision" = 'exact') = max(sign * value) FILTER ("precision" = 'exact')
                AND max(sign * value) - min(sign * value) <= 0.1 * max(value)
                AND count(*) FILTER ("precision" NOT IN ('exact', 'approx') AND NOT near) = 0
                AND min(value_high) IS NULL
        )
)
SELECT comparable_figure.* FROM comparable_figure SEMI JOIN once ON once.claim_row = comparable_figure.claim_row;
