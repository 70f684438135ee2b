-- Wholes that follow from their parts, as they stood from one statement to another.
CREATE OR REPLACE TEMP TABLE sum_of_parts AS
WITH summed AS (
    SELECT
        part.*,
        complete_parts.method AS divided_by,
        complete_parts.population AS whole,
        complete_parts.part_claim_rows,
        parts_sum.value AS total,
        parts_sum.value_low AS total_low,
        parts_sum.value_high AS total_high
    FROM complete_parts
    JOIN parts_sum ON parts_sum.part_claim_rows = complete_parts.part_claim_rows
    JOIN standing_figure AS part ON part.stated_row = complete_parts.part_claim_rows[1]
    WHERE complete_parts.method IN ('sex', 'age_group')
        -- Of parts that don't make up the whole that the letter states, one may be missing.
        AND complete_parts.part_claim_rows NOT IN (SELECT [other_claim_row] || further_claim_rows FROM parts_pair WHERE NOT agrees AND NOT rounding)
        -- A number before the parts of which it isn't told whether it is the whole may be a whole that they don't make up.
        AND NOT EXISTS (
            FROM comparable_figure AS before
            WHERE before.letter_row = part.stated_in
                AND before.sentence_hash = part.sentence_hash
                AND before.measure = part.measure
                AND before.unit = part.unit
                AND before.population = 'unspecified'
                AND before.char_start < part.char_start
        )
),
ordered AS (
    SELECT
        *,
        (lag(letter_date) OVER said IS NULL OR lag(total) OVER said <> total) AS is_news
    FROM summed
    WINDOW said AS (
        PARTITION BY world, measure, whole, unit, kind, span, statistic, per, sources, divided_by
        ORDER BY letter_date NULLS FIRST, letter_order, char_start
    )
)
SELECT
    'sum_of_parts' AS method,
    period,
    CAST(NULL AS VARCHAR) AS base_period,
    measure,
    whole AS population,
    unit,
    kind,
    total AS value,
    total_low AS value_low,
    total_high AS value_high,
    statistic,
    per,
    sources,
    part_claim_rows AS inputs,
    lead(letter_date) OVER (
        PARTITION BY world, measure, whole, unit, kind, span, statistic, per, sources, divided_by
        ORDER BY letter_date NULLS FIRST, letter_order, char_start
    ) AS superseded_on,
    world,
    topic
FROM ordered
WHERE is_news;
