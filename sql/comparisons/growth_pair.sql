-- Growth that is stated, aimed at or expected beside the growth of the counts at its ends, both signed; in percent, or in
-- the unit of the counts. What is aimed at is reached where the counts grew, or shrank, by as much or more. `superseded_on`
-- is when another number took the place of the count at the end that bears the growth out: a number that doesn't leaves
-- what it was held against open.
CREATE OR REPLACE TEMP TABLE growth_pair AS
-- Most growth agrees, and of what does no later count is looked for: it is within half of the last digit that was written.
WITH in_doubt AS (
    SELECT
        growth_end.claim_row,
        growth_end.to_claim_row,
        to_level.letter_date,
        to_vintage.number_place,
        hash(to_level.figure, to_level.status, to_level.sources) AS series
    FROM growth_end
    JOIN figure_vintage AS to_vintage
        ON to_vintage.claim_row = growth_end.to_claim_row
        AND to_vintage.superseded_on IS NOT NULL
    JOIN standing_figure AS to_level ON to_level.claim_row = growth_end.to_claim_row
    JOIN standing_figure AS from_level ON from_level.claim_row = growth_end.from_claim_row
    WHERE (
        abs(
            CASE growth_end.unit WHEN 'percent' THEN 100 * (to_level.value / from_level.value - 1) ELSE to_level.value - from_level.value END
            - growth_end.sign * growth_end.value
        ) <= growth_end.written
    ) IS NOT TRUE
),
counted_again AS (
    SELECT in_doubt.claim_row, in_doubt.to_claim_row, newer.claim_row AS count_row
    FROM in_doubt
    JOIN (
        SELECT unique_figure.claim_row, letter_date, number_place, hash(figure, status, sources) AS series
        FROM unique_figure JOIN figure_vintage ON figure_vintage.claim_row = unique_figure.claim_row
        WHERE is_news
    ) AS newer
        ON newer.series = in_doubt.series
        AND newer.letter_date > in_doubt.letter_date
        AND newer.number_place > in_doubt.number_place
),
growth_and_count AS (
    SELECT *, to_claim_row AS count_row FROM growth_end
    UNION ALL
    SELECT growth_end.*, counted_again.count_row
    FROM growth_end
    JOIN counted_again
        ON counted_again.claim_row = growth_end.claim_row
        AND counted_again.to_claim_row = growth_end.to_claim_row
),
-- Else bounds are copied into each expression that uses them, and to plan that takes longer than a small night.
ends AS MATERIALIZED (
    SELECT
        growth_end.*,
        to_level.value AS to_value,
        from_level.value AS from_value,
        to_level.letter_date AS counted_on,
        greatest(to_level.letter_date, from_level.letter_date) > growth_end.letter_date AS counted_later,
        greatest(growth_end.letter_date, to_level.letter_date, from_level.letter_date) AS found_on,
        growth_end.letter_date IS NOT NULL AND to_level.letter_date IS NOT NULL AND from_level.letter_date IS NOT NULL AS is_dated,
        least(growth_end.ended_on, to_level.ended_on, from_level.ended_on) AS ended_on,
        [growth_end.stated_row, to_level.stated_row, from_level.stated_row] AS stated_rows,
        figure_bounds(growth_end.value, growth_end.value_high, growth_end."precision", growth_end.near, growth_end.written, growth_end.rounded, growth_end.rounded_end) AS stated,
        figure_bounds(to_level.value, to_level.value_high, to_level."precision", to_level.near, to_level.written, to_level.rounded, to_level.rounded_end) AS at_end,
        figure_bounds(from_level.value, from_level.value_high, from_level."precision", from_level.near, from_level.written, from_level.rounded, from_level.rounded_end) AS at_start
    FROM growth_and_count AS growth_end
    JOIN standing_figure AS to_level ON to_level.claim_row = growth_end.count_row
    JOIN standing_figure AS from_level ON from_level.claim_row = growth_end.from_claim_row
    WHERE from_level.value > 0 OR growth_end.unit <> 'percent'
),
grown AS (
    SELECT
        *,
        unit = 'percent' AS relative,
        CASE WHEN relative THEN 100 * (to_value / from_value - 1) ELSE to_value - from_value END AS other_value,
        CASE WHEN relative THEN 100 * (at_end.low / at_start.high - 1) ELSE at_end.low - at_start.high END AS low,
        CASE
            WHEN NOT relative THEN at_end.high - at_start.low
            WHEN at_start.low > 0 THEN 100 * (at_end.high / at_start.low - 1)
            ELSE 'inf'::DOUBLE
        END AS high,
        CASE
            WHEN relative THEN 100 * (at_end.rounded_low / at_start.rounded_high - 1)
            ELSE at_end.rounded_low - at_start.rounded_high
        END AS rounded_low,
        CASE
            WHEN NOT relative THEN at_end.rounded_high - at_start.rounded_low
            WHEN at_start.rounded_low > 0 THEN 100 * (at_end.rounded_high / at_start.rounded_low - 1)
            ELSE 'inf'::DOUBLE
        END AS rounded_high
    FROM ends
),
judged AS (
    SELECT
        CASE status WHEN 'target' THEN 'target' WHEN 'expected' THEN 'expectation' ELSE 'growth' END AS kind,
        world,
        topic,
        claim_row,
        to_claim_row AS other_claim_row,
        count_row,
        sign * value AS value,
        other_value,
        counted_later,
        counted_on,
        found_on,
        is_dated,
        ended_on,
        stated_rows,
        CASE
            WHEN status = 'target' AND sign > 0 THEN high >= value
            WHEN status = 'target' THEN low <= -value
            WHEN sign > 0 THEN meets(stated.low, stated.high, low, high)
            ELSE meets(-stated.high, -stated.low, low, high)
        END AS agrees,
        CASE
            WHEN status = 'target' AND "precision" <> 'approx' THEN meets(sign * value, sign * value, rounded_low, rounded_high)
            WHEN sign > 0 THEN meets(stated.rounded_low, stated.rounded_high, rounded_low, rounded_high)
            ELSE meets(-stated.rounded_high, -stated.rounded_low, rounded_low, rounded_high)
        END AS rounding
    FROM grown
)
SELECT
    kind,
    world,
    topic,
    claim_row,
    other_claim_row,
    any_value(stated_rows) FILTER (count_row = other_claim_row) AS stated_rows,
    any_value(value) AS value,
    any_value(other_value) FILTER (count_row = other_claim_row) AS other_value,
    any_value(counted_later) FILTER (count_row = other_claim_row) AS counted_later,
    any_value(found_on) FILTER (count_row = other_claim_row) AS found_on,
    any_value(ended_on) FILTER (count_row = other_claim_row) AS ended_on,
    any_value(is_dated) FILTER (count_row = other_claim_row) AS is_dated,
    min(counted_on) FILTER (count_row <> other_claim_row AND (agrees OR rounding)) AS superseded_on,
    any_value(agrees) FILTER (count_row = other_claim_row) AS agrees,
    any_value(rounding) FILTER (count_row = other_claim_row) AS rounding
FROM judged
GROUP BY kind, world, topic, claim_row, other_claim_row;
