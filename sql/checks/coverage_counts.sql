-- severity: error
-- What coverage counts is there: pairs that don't agree are rows of discrepancies, measures that the vocabulary lacks are
-- claims without a code, years of a measure are those of stated figures.
WITH expected AS (
    SELECT 'comparison' AS aspect, kind AS subject, count(*) AS counted FROM discrepancies GROUP BY kind
    UNION ALL
    SELECT 'unmapped_measure', lower(measure), count(*)
    FROM corrected_claim AS claim
    WHERE measure_code IS NULL AND measure <> '' AND kind NOT IN ('share', 'amount', 'duration')
    GROUP BY lower(measure)
    UNION ALL
    SELECT 'measure', measure, count(*) FROM stated_figure WHERE year BETWEEN 1800 AND 2200 GROUP BY measure
),
told AS (
    SELECT
        aspect,
        subject,
        sum(CASE aspect WHEN 'comparison' THEN compared - agreeing ELSE claims END) AS counted
    FROM coverage
    WHERE aspect IN ('comparison', 'unmapped_measure', 'measure')
    GROUP BY aspect, subject
)
SELECT aspect, subject, told.counted, expected.counted AS counted_anew
FROM told FULL JOIN expected USING (aspect, subject)
WHERE coalesce(told.counted, 0) <> coalesce(expected.counted, 0)
