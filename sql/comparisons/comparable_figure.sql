-- The figures that can be compared with others: with a period, about a measure of the vocabulary, or without a code but
-- with others of their own letter. `figure` is the same for statements of the same thing, whoever is
-- credited. Claims and letters go by their rows, a hundredth of the length of their ids. All that a row holds is told by its
-- letter: a build that goes on from a version keeps the rows of this, and makes those of the letters that it adds.
CREATE OR REPLACE TEMP TABLE comparable_figure AS
WITH both_ends AS (
    SELECT
        period,
        split_part(period, '/', 1) AS from_period,
        split_part(period, '/', 2) AS to_period,
        concat(part_first_day(from_period), '/', part_last_day(from_period)) AS from_span,
        concat(part_first_day(to_period), '/', part_last_day(to_period)) AS to_span
    FROM period
    WHERE contains(period, '/') AND NOT starts_with(period, '/') AND NOT ends_with(period, '/')
),
-- Asked with IN, which never holds all claims in memory to find these few among them, as a join does.
uncoded_growth AS (
    SELECT DISTINCT letter_id, measure
    FROM new_claim
    WHERE measure_code IS NULL
        AND measure <> ''
        AND kind = 'growth'
        -- Of others it isn't told between which counts they lie.
        AND status = 'realised'
        AND direction <> 'none'
        AND (base_period IS NOT NULL OR contains(period, '/'))
),
-- Chosen first, as most claims have no code, and what is said of them is long.
chosen AS MATERIALIZED (
    SELECT claim_row FROM new_claim WHERE measure <> '' AND (measure_code IS NOT NULL OR place = 'table') AND status <> 'negated'
    UNION ALL
    SELECT claim_row
    FROM new_claim
    WHERE measure_code IS NULL
        AND place IS DISTINCT FROM 'table'
        AND status <> 'negated'
        AND (letter_id, measure) IN (SELECT letter_id, measure FROM uncoded_growth)
),
-- «niet 984, maar 1 013»: the figure that takes the place of a denied one is about whom that was about.
denied AS (
    SELECT letter_id, sentence, measure, unit, kind, period, min(population) AS population
    FROM new_claim
    WHERE status = 'negated' AND value > 0 AND population NOT IN ('part', 'unspecified')
    GROUP BY ALL
    HAVING count(DISTINCT population) = 1
),
figure AS (
    SELECT
        claim.claim_row,
        letter.rowid AS letter_row,
        hash(lower(coalesce(letter.identifier, letter.letter_id))) AS document,
        -- Letters of one day stand in any order, texts of one letter in that of their vintages.
        document // 65536 * 65536 + CAST(letter.vintage AS UBIGINT) AS letter_order,
        -- A letter that is issued again is a later one.
        letter.issued_on AS letter_date,
        letter.ended_on,
        claim.char_start,
        claim.place,
        hash(claim.sentence) AS sentence_hash,
        claim.measure_code IS NOT NULL AS coded,
        CASE WHEN claim.measure_code IS NULL THEN lower(claim.measure) ELSE claim.measure_code END AS measure,
        coalesce(denied.population, claim.population) AS population,
        claim.unit,
        claim.kind,
        claim.status,
        claim.statistic,
        claim.per,
        claim.period,
        told.span,
        told.first_day,
        told.last_day,
        told.end_year AS year,
        -- Of a period without an end that in which it begins.
        coalesce(told.end_year, CAST(date_part('year', told.first_day) AS INTEGER), 0) AS own_year,
        CASE WHEN claim.base_period IS NULL THEN both_ends.from_period ELSE claim.base_period END AS from_period,
        CASE WHEN claim.base_period IS NULL THEN both_ends.from_span ELSE base.span END AS from_span,
        CASE WHEN claim.base_period IS NULL THEN both_ends.to_period ELSE claim.period END AS to_period,
        CASE WHEN claim.base_period IS NULL THEN both_ends.to_span ELSE told.span END AS to_span,
        base.span AS base_span,
        CASE WHEN claim.kind = 'growth' AND claim.direction = 'decrease' THEN -1 ELSE 1 END AS sign,
        claim.direction,
        claim.value,
        claim.value_high,
        claim."precision",
        claim.quote,
        CASE
            WHEN claim."precision" IN ('at_least', 'at_most') THEN
                regexp_matches(claim.sentence[:claim.sentence_quote_start], '(?i)(ruim|bijna|krap|nog geen)\s+$')
            ELSE false
        END AS near,
        -- Who is named first doesn't matter.
        CASE
            WHEN contains(claim.source, ';')
                THEN array_to_string(
                    list_sort(list_transform(string_split(claim.source, ';'), lambda body: trim(body))), ';'
                )
            ELSE claim.source
        END AS sources
    FROM new_claim AS claim
    JOIN letter ON letter.letter_id = claim.letter_id
    JOIN period AS told ON told.period = claim.period
    LEFT JOIN period AS base ON base.period = claim.base_period
    LEFT JOIN both_ends ON both_ends.period = claim.period AND claim.kind = 'growth'
    LEFT JOIN denied
        ON claim.population IN ('part', 'unspecified')
        AND denied.letter_id = claim.letter_id
        AND denied.sentence = claim.sentence
        AND denied.measure = claim.measure
        AND denied.unit = claim.unit
        AND denied.kind = claim.kind
        AND denied.period = claim.period
    WHERE claim.claim_row IN (SELECT claim_row FROM chosen)
        AND letter.rowid >= coalesce(getvariable('goes_on_from_letter'), 0)
),
written AS (
    SELECT
        *,
        written_half(value, unit, kind, quote) AS written,
        CASE WHEN value_high IS NOT NULL THEN written_half(value_high, unit, kind, quote) END AS written_end
    FROM figure
),
figure_of_letter AS MATERIALIZED (
    SELECT
        * EXCLUDE (written_end),
        rounded_half(value, unit, "precision", written) AS rounded,
        CASE WHEN value_high IS NOT NULL THEN rounded_half(value_high, unit, "precision", written_end) END AS rounded_end,
        hash(coded, measure, population, unit, kind, span, base_span, statistic, per) AS figure,
        hash(measure, own_year) AS topic,
        population NOT IN ('part', 'unspecified') AS identified,
        -- «70 opvangplaatsen», of whichever: what was to come of them can be compared with what came, within twice the number.
        population = 'unspecified' AND kind = 'capacity' AND unit = 'places' AS is_plain
    FROM written
),
-- Where a letter gives two numbers for one thing, as we read it, we have misread one of them, and neither is compared. «Ruim
-- 1.700» and 1.711 are one number: of such a figure the exact one counts.
once AS (
    SELECT min_by(claim_row, char_start + CASE WHEN "precision" = 'exact' THEN 0 ELSE 1000000000 END) AS claim_row
    FROM figure_of_letter
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
SELECT figure_of_letter.*, once.claim_row IS NOT NULL AS is_unique
FROM figure_of_letter LEFT JOIN once ON once.claim_row = figure_of_letter.claim_row;
