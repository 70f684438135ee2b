-- A figure as one says it: `320 persons`, `26%`; a quote may be broken by the end of a line.
CREATE OR REPLACE MACRO said(quote, unit) AS
    concat(
        regexp_replace(quote, '\s+', ' ', 'g'),
        CASE
            WHEN unit = 'percent' AND regexp_matches(quote, '^[0-9.,\s]+$') THEN '%'
            WHEN unit = 'euro' AND NOT contains(quote, '€') OR unit NOT IN ('percent', 'other', 'ratio', 'euro') THEN concat(' ', replace(unit, '_', ' '))
        END
    );

COMMENT ON MACRO said IS 'A figure as one says it, its words with the unit where they do not hold it: 320 persons, 26%.';
