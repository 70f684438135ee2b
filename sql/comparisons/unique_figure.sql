-- Of the comparable figures those that their letter states once, or always alike: where a letter gives two numbers for
-- one thing, as we read it, we have misread one of them, and neither is compared. «Ruim 1.700» and 1.711 are one number: of
-- such a figure the exact one counts.
CREATE OR REPLACE TEMP TABLE unique_figure AS
WITH once AS (
    SELECT min_by(claim_row, ("precision" <> 'exact', char_start)) AS claim_row
    FROM comparable_figure
    WHERE population <> 'part'
    GROUP BY letter_row, figure, status, sources
    HAVING min(value_high) IS NOT DISTINCT FROM max(value_high)
        AND (
            min(sign * value) = max(sign * value)
            OR count(*) FILTER ("precision" NOT IN ('exact', 'approx') AND NOT near) = 0
                AND min(sign * value) FILTER ("precision" = 'exact') = max(sign * value) FILTER ("precision" = 'exact')
                AND max(value) <= 1.1 * min(value)
                AND min(sign) = max(sign)
                AND count(value_high) = 0
        )
)
SELECT comparable_figure.* FROM comparable_figure SEMI JOIN once ON once.claim_row = comparable_figure.claim_row;
