-- Each growth with the counts at its ends. Of one that was realised those of its own letter where it has both, else the
-- newest that its source had been credited with by then, else the first one after; one of them where there is no other.
-- Of an aim or a forecast the first that a later letter gives, and what it was to start from.
CREATE OR REPLACE TEMP TABLE growth_end AS
WITH level AS (
    SELECT * FROM unique_figure WHERE kind IN ('count', 'capacity', 'share') AND status = 'realised'
),
stated AS (
    SELECT *
    FROM standing_figure
    WHERE kind = 'growth'
        AND status = 'realised'
        AND direction <> 'none'
        AND to_span <> from_span
),
-- «791, 222 minder»: what the change in a sentence is of, the sentence has counted.
spoken_of AS (
    SELECT stated.claim_row, min(level.population) AS population
    FROM stated
    JOIN level
        ON level.letter_row = stated.letter_row
        AND level.sentence_hash = stated.sentence_hash
        AND level.measure = stated.measure
        AND level.span = stated.to_span
        AND level.kind <> 'share'
    WHERE NOT stated.identified
    GROUP BY stated.claim_row
    HAVING count(DISTINCT level.population) = 1
),
growth AS (
    SELECT
        stated.* REPLACE (coalesce(spoken_of.population, stated.population) AS population),
        coalesce(measure.unit, '') AS measure_unit
    FROM stated
    LEFT JOIN spoken_of ON spoken_of.claim_row = stated.claim_row
    LEFT JOIN measure ON measure.measure = stated.measure
),
of_its_letter AS (
    SELECT growth.claim_row, level.claim_row AS to_claim_row, base.claim_row AS from_claim_row
    FROM growth
    JOIN level
        ON level.letter_row = growth.letter_row
        AND level.coded = growth.coded
        AND level.measure = growth.measure
        AND level.population = growth.population
        AND level.span = growth.to_span
        AND level.statistic IS NOT DISTINCT FROM growth.statistic
        AND level.per IS NOT DISTINCT FROM growth.per
    JOIN level AS base
        ON base.letter_row = growth.letter_row
        AND base.coded = growth.coded
        AND base.measure = growth.measure
        AND base.population = growth.population
        AND base.span = growth.from_span
        AND base.unit = level.unit
        AND base.kind = level.kind
        AND base.statistic IS NOT DISTINCT FROM level.statistic
        AND base.per IS NOT DISTINCT FROM level.per
        AND base.sources IS NOT DISTINCT FROM level.sources
    WHERE CASE growth.unit
            WHEN 'percent' THEN level.kind <> 'share'
            WHEN 'percentage_points' THEN level.kind = 'share'
            ELSE level.unit = growth.unit
        END
        AND (growth.sources IS NULL OR growth.sources = level.sources)
        -- Words and populations that could be another's further on are of the same thing where they stand together.
        AND (
            (growth.coded AND growth.population NOT IN ('part', 'unspecified'))
            OR greatest(abs(growth.char_start - level.char_start), abs(growth.char_start - base.char_start)) < 400
        )
    QUALIFY count(*) OVER (PARTITION BY growth.claim_row) = 1
),
said AS (
    SELECT
        hash(world, measure, population, unit, span, statistic, per, sources) AS series,
        letter_date,
        min_by(claim_row, (letter_order, char_start)) AS claim_row
    FROM level
    WHERE coded AND identified AND kind <> 'share' AND letter_date IS NOT NULL
    GROUP BY ALL
    HAVING min(value) = max(value) AND count(value_high) = 0
),
side AS (
    SELECT
        growth.claim_row,
        growth.letter_date,
        unnest([true, false]) AS is_end,
        hash(
            growth.world,
            growth.measure,
            growth.population,
            CASE growth.unit WHEN 'percent' THEN measure_unit ELSE growth.unit END,
            CASE WHEN is_end THEN growth.to_span ELSE growth.from_span END,
            growth.statistic,
            growth.per,
            growth.sources
        ) AS series
    FROM growth
    ANTI JOIN of_its_letter ON of_its_letter.claim_row = growth.claim_row
    -- What nobody is credited with may be counted by another body in another letter.
    WHERE growth.coded
        AND growth.sources IS NOT NULL
        AND growth.population NOT IN ('part', 'unspecified')
        AND growth.unit <> 'percentage_points'
        AND growth.letter_date IS NOT NULL
),
by_then AS (
    SELECT side.*, said.claim_row AS level_claim_row
    FROM side ASOF LEFT JOIN said ON said.series = side.series AND said.letter_date <= side.letter_date
),
told AS (
    SELECT by_then.claim_row, by_then.is_end, coalesce(by_then.level_claim_row, said.claim_row) AS level_claim_row
    FROM by_then ASOF LEFT JOIN said ON said.series = by_then.series AND said.letter_date >= by_then.letter_date
),
of_letters AS (
    SELECT
        claim_row,
        max(level_claim_row) FILTER (is_end) AS to_claim_row,
        max(level_claim_row) FILTER (NOT is_end) AS from_claim_row
    FROM told
    GROUP BY claim_row
),
-- «1222, een stijging van 23%»: the count that a growth stands beside, whoever counted.
beside AS (
    SELECT
        growth.claim_row,
        max(level.claim_row) FILTER (level.span = growth.to_span) AS to_claim_row,
        max(level.claim_row) FILTER (level.span = growth.from_span) AS from_claim_row
    FROM growth
    JOIN level
        ON level.letter_row = growth.letter_row
        AND level.measure = growth.measure
        AND level.population = growth.population
        AND level.span IN (growth.to_span, growth.from_span)
        AND level.unit = growth.measure_unit
        AND level.statistic IS NOT DISTINCT FROM growth.statistic
        AND level.per IS NOT DISTINCT FROM growth.per
        AND (growth.sources IS NULL OR growth.sources = level.sources)
    WHERE growth.coded AND growth.unit = 'percent' AND growth.population NOT IN ('part', 'unspecified')
    GROUP BY growth.claim_row
    HAVING count(*) = 1
),
-- What came of an aim or a forecast, as the first later letter tells it: of the same body at both ends, or of what the
-- letter of the aim starts from.
aim AS MATERIALIZED (
    SELECT standing_figure.*, measure.unit AS measure_unit
    FROM standing_figure JOIN measure ON measure.measure = standing_figure.measure
    WHERE standing_figure.kind = 'growth'
        AND standing_figure.unit = 'percent'
        AND standing_figure.status IN ('target', 'expected')
        AND standing_figure.direction <> 'none'
        AND standing_figure.coded
        AND standing_figure.identified
),
reached AS MATERIALIZED (
    SELECT
        aim.claim_row AS aim_row,
        aim.letter_row AS aim_letter_row,
        level.*,
        hash(level.world, level.measure, level.population, level.unit, level.kind, aim.from_span, level.statistic, level.per, level.sources) AS base_series
    FROM aim
    JOIN level
        ON hash(level.world, level.measure, level.population, level.unit, level.span, level.statistic, level.per)
        = hash(aim.world, aim.measure, aim.population, aim.measure_unit, aim.to_span, aim.statistic, aim.per)
    WHERE level.letter_date > aim.letter_date
),
outcome AS (
    SELECT
        reached.aim_row AS claim_row,
        reached.claim_row AS to_claim_row,
        base.claim_row AS from_claim_row
    FROM reached
    JOIN level AS base
        ON hash(base.world, base.measure, base.population, base.unit, base.kind, base.span, base.statistic, base.per, base.sources) = reached.base_series
    WHERE base.letter_date <= reached.letter_date
        AND (base.sources IS NOT NULL OR base.letter_row IN (reached.letter_row, reached.aim_letter_row))
    QUALIFY row_number() OVER (
        PARTITION BY reached.aim_row
        ORDER BY
            reached.letter_date, reached.letter_order, reached.char_start,
            base.letter_date DESC, base.letter_order DESC, base.char_start DESC
    ) = 1
),
counted AS (
    SELECT * FROM of_its_letter
    UNION ALL
    SELECT * FROM of_letters WHERE to_claim_row IS NOT NULL OR from_claim_row IS NOT NULL
),
ends AS (
    SELECT * FROM counted
    UNION ALL
    SELECT beside.* FROM beside ANTI JOIN counted ON counted.claim_row = beside.claim_row
    UNION ALL
    SELECT * FROM outcome
),
told_growth AS (
    SELECT * EXCLUDE (measure_unit) FROM growth
    UNION ALL
    SELECT * FROM standing_figure WHERE claim_row IN (SELECT claim_row FROM outcome)
)
SELECT told_growth.*, ends.to_claim_row, ends.from_claim_row
FROM ends JOIN told_growth ON told_growth.claim_row = ends.claim_row;
