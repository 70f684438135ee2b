-- All figures that were compared, in each world, with the verdict on each pair: null where they agree. `known_on` is since when
-- they can be compared, null where that isn't told; `superseded_on` is when another number took the place of what a figure is
-- compared with, `ended_on` when one of the letters ended.
CREATE OR REPLACE TEMP TABLE comparison AS
WITH other_statement AS (
    SELECT 'restated' AS kind, claim_row, other_claim_row, superseded_on, in_vintages FROM restated_pair
    UNION ALL
    SELECT kind, claim_row, other_claim_row, superseded_on, true FROM outcome_pair
),
-- «niet 1.400, maar 1.440» corrects, however round the number was.
denied AS (
    SELECT DISTINCT letter.rowid AS letter_row, claim.measure_code AS measure, claim.unit, claim.kind, claim.value
    FROM numbered_claim AS claim JOIN letter ON letter.letter_id = claim.letter_id
    WHERE claim.status = 'negated' AND claim.value > 0 AND claim.measure_code IS NOT NULL
),
-- Most pairs agree, and of those that do no more than their numbers is looked at.
told AS (
    SELECT
        claim_row, stated_row, world, topic, document, letter_date, ended_on, sign * value AS value, value_high, unit IN ('percent', 'percentage_points') AS is_relative, is_plain
    FROM standing_figure
),
-- A number that is more than five times another isn't of the same thing: we have misread one of them.
numbers AS (
    SELECT
        other_statement.* EXCLUDE (in_vintages),
        one.stated_row,
        other.stated_row AS other_stated_row,
        one.world,
        one.topic,
        CASE
            WHEN in_vintages AND one.letter_date IS NOT NULL AND other.letter_date IS NOT NULL
                THEN greatest(one.letter_date, other.letter_date)
        END AS known_on,
        least(one.ended_on, other.ended_on) AS ended_on,
        one.value,
        other.value AS other_value,
        one.value = other.value AND one.value_high IS NOT DISTINCT FROM other.value_high AS is_same,
        one.document = other.document AS of_one_document
    FROM other_statement
    JOIN told AS one ON one.claim_row = other_statement.claim_row
    JOIN told AS other ON other.claim_row = other_statement.other_claim_row
    WHERE one.is_relative
        OR one.value = 0
        OR other.value = 0
        OR greatest(one.value, other.value) <= CASE WHEN one.is_plain THEN 2 ELSE 5 END * least(coalesce(one.value_high, one.value), coalesce(other.value_high, other.value))
),
two_statements AS (
    SELECT
        other_statement.kind,
        other_statement.world,
        other_statement.topic,
        other_statement.known_on,
        other_statement.superseded_on,
        other_statement.ended_on,
        other_statement.stated_row,
        other_statement.other_stated_row,
        other_statement.value,
        other_statement.other_value,
        one.sources,
        other.sources AS other_sources,
        one.letter_date,
        other.letter_date AS other_letter_date,
        other_statement.of_one_document AND one.letter_row <> other.letter_row AS is_issued_again,
        one.direction = 'decrease' OR one."precision" = 'at_most'
            OR contains(one.measure, 'shortage') OR contains(one.measure, 'waiting_list') AS less_is_better,
        (other.stated_in, one.measure, one.unit, one.kind, one.value) IN (FROM denied) AS is_denied,
        one."precision",
        one.value_high,
        one.near,
        other.value_high AS other_value_high,
        one.written,
        one.rounded,
        one.rounded_end,
        other."precision" AS other_precision,
        other.written AS other_written,
        other.rounded AS other_rounded,
        other.rounded_end AS other_rounded_end
    FROM (SELECT * FROM numbers WHERE NOT is_same) AS other_statement
    JOIN standing_figure AS one ON one.claim_row = other_statement.claim_row
    JOIN standing_figure AS other ON other.claim_row = other_statement.other_claim_row
),
bounded AS (
    SELECT
        *,
        -- No rounding goes this far, and most pairs that differ do.
        value_high IS NULL
            AND other_value_high IS NULL
            AND greatest(abs(value), abs(other_value)) > 2 * least(abs(value), abs(other_value)) + 1
            OR sign(value) * sign(other_value) < 0 AS is_far,
        CASE
            WHEN NOT is_far THEN figure_bounds(abs(value), value_high, "precision", true, written, rounded, rounded_end)
        END AS bounds,
        CASE
            WHEN NOT is_far
                THEN figure_bounds(
                    abs(other_value), other_value_high, other_precision, true, other_written, other_rounded, other_rounded_end
                )
        END AS other_bounds
    FROM two_statements
),
judged AS (
    SELECT
        *,
        CASE
            -- Within what was said to come, or beyond it in the way hoped for.
            WHEN kind = 'expectation' AND "precision" IN ('range', 'at_least', 'at_most') AND NOT near
                THEN meets(
                    CASE "precision" WHEN 'at_most' THEN 0 ELSE value END,
                    CASE "precision" WHEN 'at_least' THEN 'inf'::DOUBLE ELSE coalesce(value_high, value) END,
                    other_value,
                    coalesce(other_value_high, other_value)
                )
            WHEN kind = 'target' AND less_is_better THEN other_value <= CASE WHEN value < 0 THEN value ELSE coalesce(value_high, value) END
            WHEN kind = 'target' THEN coalesce(other_value_high, other_value) >= value
            ELSE false
        END AS agrees,
        NOT is_far AND CASE
            -- An aim is round because it is an aim, not because it was rounded.
            WHEN kind = 'target' AND value_high IS NULL AND "precision" <> 'approx' AND NOT near
                THEN meets(abs(value), abs(value), other_bounds.rounded_low, other_bounds.rounded_high)
            ELSE meets(bounds.rounded_low, bounds.rounded_high, other_bounds.rounded_low, other_bounds.rounded_high)
        END AS rounding
    FROM bounded
)
SELECT
    kind,
    world,
    topic,
    stated_row AS claim_row,
    other_stated_row AS other_claim_row,
    CAST([] AS BIGINT[]) AS further_claim_rows,
    value,
    other_value,
    CASE
        WHEN agrees THEN NULL
        WHEN is_issued_again THEN 'revised'
        WHEN rounding AND NOT is_denied THEN 'rounding'
        WHEN kind = 'target' THEN 'contradicts'
        WHEN kind = 'expectation' THEN 'revised'
        WHEN sources IS NOT NULL AND other_sources IS NOT NULL AND NOT list_has_any(string_split(sources, ';'), string_split(other_sources, ';'))
            THEN 'other_source'
        WHEN other_letter_date > letter_date THEN 'revised'
        ELSE 'contradicts'
    END AS verdict,
    known_on,
    superseded_on,
    ended_on,
    -- Two texts of one letter never stand beside each other.
    is_issued_again
FROM judged
UNION ALL
-- That a letter which is issued again repeats itself is no agreement.
SELECT kind, world, topic, stated_row, other_stated_row, [], value, other_value, NULL, known_on, superseded_on, ended_on, false
FROM numbers
WHERE is_same AND NOT of_one_document
UNION ALL
SELECT
    kind,
    world,
    topic,
    stated_rows[1],
    stated_rows[2],
    stated_rows[3:],
    value,
    other_value,
    CASE
        WHEN agrees THEN NULL
        WHEN rounding THEN 'rounding'
        WHEN kind = 'target' THEN 'contradicts'
        WHEN kind = 'expectation' OR counted_later THEN 'revised'
        ELSE 'contradicts'
    END,
    CASE WHEN is_dated THEN found_on END,
    superseded_on,
    ended_on,
    false
FROM growth_pair
UNION ALL
SELECT
    'parts',
    0,
    NULL,
    parts_pair.claim_row,
    parts_pair.other_claim_row,
    parts_pair.further_claim_rows,
    parts_pair.value,
    parts_pair.other_value,
    CASE WHEN agrees THEN NULL WHEN rounding THEN 'rounding' ELSE 'contradicts' END,
    -- All of one letter.
    letter.issued_on,
    NULL,
    letter.ended_on,
    false
FROM parts_pair
JOIN claim ON claim.rowid = parts_pair.claim_row
JOIN letter ON letter.letter_id = claim.letter_id
WHERE agrees OR rounding OR NOT may_lack;
