-- severity: warning
-- No more of a unit than there can be, and whole persons, places and cases but for means and rates; percentages have a
-- check of their own. A warning, because one letter that is read wrongly must not keep the figures of all others back.
WITH most AS (
    SELECT *
    FROM (
        VALUES
            ('persons', 1e10, true), -- more than mankind
            ('places', 1e9, true),
            ('cases', 1e10, true),
            ('fte', 1e7, false),
            ('euro', 1e14, false), -- more than a year's product of the world
            ('percentage_points', 100, false),
            ('hours', 1e10, false),
            ('days', 1e9, false),
            ('weeks', 1e8, false),
            ('months', 1e5, false),
            ('years', 1e5, false)
    ) AS bound (unit, most, is_whole)
)
SELECT claim_id, letter_id, claim.unit, kind, value, value_high, most.most, quote
FROM numbered_claim AS claim JOIN most ON most.unit = claim.unit
WHERE claim_row >= coalesce(getvariable('goes_on_from_claim'), 0)
    AND (
        greatest(value, coalesce(value_high, value)) > most.most
        OR (
            is_whole
            AND (value <> floor(value) OR value_high <> floor(value_high))
            AND "precision" <> 'approx'
            AND statistic IS NULL
            AND per IS NULL
        )
    )
