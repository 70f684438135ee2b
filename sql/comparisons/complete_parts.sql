-- Sets of parts that are the whole, each with its total where the letter states one: those of one sex and the other, of
-- age and under age, said in one sentence; the rows of a table above the row of its total; what a sentence says that its
-- first number, or the number before it, consists of; of what it only names parts of, where the sum comes so near that none
-- can be missing.
CREATE OR REPLACE TEMP TABLE complete_parts AS
WITH split AS (
    SELECT
        unique_figure.*,
        array_to_string(
            list_filter(string_split(population, ';'), lambda told: NOT starts_with(told, 'sex=') AND NOT starts_with(told, 'age_group=')), ';'
        ) AS others,
        list_filter(string_split(population, ';'), lambda told: starts_with(told, 'sex=')) AS sexes,
        list_filter(string_split(population, ';'), lambda told: starts_with(told, 'age_group=')) AS ages
    FROM unique_figure
    WHERE coded
        AND kind IN ('count', 'capacity')
        AND status = 'realised'
        AND value_high IS NULL
        AND place <> 'table'
        AND (contains(population, 'sex=') OR contains(population, 'age_group='))
),
-- The population without what it is divided by: total for sex=F, age_group=minor for age_group=minor;sex=F.
member AS (
    SELECT *, 'sex' AS divided_by, sexes[1] AS part, concat_ws(';', nullif(others, ''), ages[1]) AS rest FROM split WHERE len(sexes) = 1
    UNION ALL
    SELECT *, 'age_group', ages[1], concat_ws(';', nullif(others, ''), sexes[1]) FROM split WHERE len(ages) = 1
),
attribute_set AS (
    SELECT
        letter_row, sentence_hash, measure, unit, kind, span, statistic, per, sources, divided_by, rest,
        min(char_start) AS first_start,
        max(char_start) AS last_start,
        list(claim_row ORDER BY char_start) AS claim_rows
    FROM member
    GROUP BY letter_row, sentence_hash, measure, unit, kind, span, statistic, per, sources, divided_by, rest
    HAVING count(*) = 2 AND count(DISTINCT part) = 2
),
-- «727 vrouwen, 280 mannen en 6 van wie het geslacht niet is vastgelegd»
remainder AS (
    SELECT letter_row, sentence_hash, divided_by, rest, span, list(part.claim_row ORDER BY part.char_start) AS claim_rows
    FROM attribute_set
    JOIN comparable_figure AS part USING (letter_row, sentence_hash, measure, unit, kind, span)
    WHERE part.population = 'part'
        AND part.status = 'realised'
        AND part.char_start > attribute_set.first_start
        AND part.sources IS NOT DISTINCT FROM attribute_set.sources
    GROUP BY ALL
),
total AS (
    SELECT
        *,
        list_sort(string_split(population, ';')) AS told
    FROM unique_figure
    WHERE coded AND identified AND status = 'realised' AND kind IN ('count', 'capacity') AND value_high IS NULL
        AND letter_row IN (SELECT letter_row FROM attribute_set)
),
by_attribute AS (
    SELECT
        attribute_set.divided_by AS method,
        total.claim_row AS total_claim_row,
        attribute_set.claim_rows || coalesce(remainder.claim_rows, []) AS part_claim_rows,
        coalesce(nullif(attribute_set.rest, ''), 'total') AS population,
        remainder.claim_rows IS NULL AND regexp_matches(
            claim.sentence, 'onbekend|niet (bekend|vastgesteld|vastgelegd|geregistreerd|ingevuld)|overige'
        ) AS unsure
    FROM attribute_set
    JOIN claim ON claim.rowid = attribute_set.claim_rows[1]
    LEFT JOIN remainder
        ON remainder.letter_row = attribute_set.letter_row
        AND remainder.sentence_hash = attribute_set.sentence_hash
        AND remainder.divided_by = attribute_set.divided_by
        AND remainder.rest = attribute_set.rest
        AND remainder.span = attribute_set.span
    LEFT JOIN total
        ON total.letter_row = attribute_set.letter_row
        AND total.measure = attribute_set.measure
        AND total.unit = attribute_set.unit
        AND total.kind = attribute_set.kind
        AND total.span = attribute_set.span
        AND total.statistic IS NOT DISTINCT FROM attribute_set.statistic
        AND total.per IS NOT DISTINCT FROM attribute_set.per
        -- Whose parts nobody is credited with is told by the number that they stand beside.
        AND CASE
            WHEN attribute_set.sources IS NULL THEN total.sources IS NULL OR total.char_start BETWEEN attribute_set.first_start - 400 AND attribute_set.last_start + 400
            ELSE total.sources IS NOT DISTINCT FROM attribute_set.sources
        END
        AND total.told = list_sort(string_split(coalesce(nullif(attribute_set.rest, ''), 'total'), ';'))
    QUALIFY row_number() OVER (
        PARTITION BY attribute_set.claim_rows
        ORDER BY total.sources IS NOT DISTINCT FROM attribute_set.sources DESC, total.char_start DESC
    ) = 1
),
cell AS (
    SELECT
        comparable_figure.*,
        regexp_matches(claim.sentence, '(?i)^\s*totaal') AS is_total,
        claim.char_end - lag(claim.char_end) OVER in_order > 200 AS is_far
    FROM comparable_figure
    JOIN claim ON claim.rowid = comparable_figure.claim_row
    WHERE comparable_figure.place = 'table'
    WINDOW in_order AS (PARTITION BY claim.letter_id ORDER BY claim.char_start)
),
in_table AS (
    SELECT *, count(*) FILTER (is_far) OVER (PARTITION BY letter_row ORDER BY char_start) AS table_number
    FROM cell
),
in_block AS (
    SELECT
        *,
        coalesce(count(*) FILTER (is_total) OVER (
            PARTITION BY letter_row, table_number, unit, kind, span
            ORDER BY char_start
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ), 0) AS block
    FROM in_table
    WHERE kind IN ('count', 'capacity') AND status = 'realised' AND value_high IS NULL
),
by_table AS (
    SELECT
        'table' AS method,
        min(claim_row) FILTER (is_total) AS total_claim_row,
        list(claim_row ORDER BY char_start) FILTER (NOT is_total) AS part_claim_rows,
        min(population) FILTER (is_total) AS population,
        false AS unsure
    FROM in_block
    GROUP BY letter_row, table_number, unit, kind, span, statistic, per, block
    HAVING count(*) FILTER (is_total) = 1
        AND count(*) FILTER (NOT is_total) > 1
        AND max(char_start) FILTER (NOT is_total) < min(char_start) FILTER (is_total)
        AND count(DISTINCT measure) FILTER (coded) < 2
        AND count(DISTINCT sources) < 2
),
-- «waarvan», and a sentence that goes on about the number before it: «Daarvan zijn …», «Deze bestaan uit …».
divided_sentence AS (
    SELECT
        *,
        regexp_matches(
            sentence, '^\s*(Daarvan|Hiervan|Van (hen|deze|die)|Onder hen|(Deze|Dit|Die|Zij)\b[^0-9]{0,40}\bbesta(at|an)( hierbij)? uit)\b'
        ) AS goes_on,
        regexp_extract(
            sentence, '^Van de [0-9][0-9.]*|\b(waarvan|onder wie|te weten|namelijk|verdeeld over|besta(an|at|ande)( hierbij)? uit)\b'
        ) AS mark,
        -- Where the mark ends: what stands before is the whole, what stands behind are the parts.
        CASE WHEN goes_on THEN 0 ELSE strpos(sentence, mark) + length(mark) - 1 END AS marked_at
    FROM numbered_claim
    WHERE kind IN ('count', 'capacity')
        AND status = 'realised'
        AND place <> 'table'
        AND value_high IS NULL
        AND period IS NOT NULL
        AND regexp_matches(
            sentence, '^\s*(Daarvan|Hiervan|Van|Onder|Deze|Dit|Die|Zij)\b|waarvan|onder wie|te weten|namelijk|verdeeld over|besta(an|at|ande)\b'
        )
        AND (goes_on OR mark <> '')
),
part_of_sentence AS (
    SELECT
        letter_id,
        sentence,
        unit,
        kind,
        period,
        goes_on,
        min(measure_code) AS measure_code,
        min(source) AS source,
        min(char_start) AS first_start,
        min_by(claim_row, char_start) FILTER (sentence_quote_start < marked_at) AS whole_row,
        -- A number that was said before is no claim here: «De 1.150 slachtoffers bestaan uit …»
        regexp_extract(sentence[:min(marked_at)], '([0-9][0-9.]*[0-9])[^0-9]*$', 1) AS whole_quote,
        list(claim_row ORDER BY char_start) FILTER (sentence_quote_start >= marked_at) AS part_claim_rows,
        sum(value) FILTER (sentence_quote_start >= marked_at) AS parts,
        coalesce(
            sum(least(rounding_step(value) / 2, value / 20)) FILTER (sentence_quote_start >= marked_at AND rounding_step(value) > 1), 0
        ) AS slack,
        -- What consists of its parts has no others, where each number was read and none is left to guess.
        CASE WHEN goes_on THEN contains(sentence, ' uit ') ELSE NOT regexp_matches(min(mark), 'waarvan|onder wie|Van de') END
            AND NOT regexp_matches(
                sentence[min(marked_at) + 1:],
                'waarvan|van wie|onder wie|waaronder|onder (meer|andere)|o\.a\.|bijvoorbeeld|overig|rest|enkele|aantal|onbekend|%'
            )
            AND len(list_filter(
                regexp_extract_all(sentence[min(marked_at) + 1:], '[0-9][0-9.,]*'),
                lambda number: NOT regexp_matches(number, '^(19|20)[0-9]{2}[.,]?$')
            )) <= len(part_claim_rows) AS is_whole
    FROM divided_sentence
    GROUP BY letter_id, sentence, unit, kind, period, goes_on
    HAVING count(*) FILTER (sentence_quote_start >= marked_at) > 1
        AND count(*) FILTER (sentence_quote_start < marked_at) < CASE WHEN goes_on THEN 1 ELSE 2 END
        AND count(DISTINCT measure_code) < 2
        AND count(DISTINCT source) < 2
        AND count(DISTINCT statistic) + count(DISTINCT per) = 0
        AND count(*) FILTER (contains(population, 'sex=') OR contains(population, 'age_group=')) = 0
),
number_before AS (
    SELECT claim_row, letter_id, sentence, unit, kind, period, measure_code, source, status, statistic, per, value_high, char_start, char_end,
        unnest(['', quote]) AS said
    FROM numbered_claim
    WHERE letter_id IN (SELECT letter_id FROM part_of_sentence WHERE whole_row IS NULL)
),
divided AS (
    SELECT whole_row, part_claim_rows, parts, slack, is_whole FROM part_of_sentence WHERE whole_row IS NOT NULL
    UNION ALL
    SELECT number_before.claim_row, part_claim_rows, parts, slack, is_whole
    FROM (
        SELECT *, CASE WHEN goes_on THEN '' ELSE whole_quote END AS said FROM part_of_sentence WHERE whole_row IS NULL
    ) AS following
    ASOF JOIN number_before
        ON number_before.letter_id = following.letter_id
        AND number_before.unit = following.unit
        AND number_before.kind = following.kind
        AND number_before.said = following.said
        AND number_before.char_start < following.first_start
    WHERE number_before.period = following.period
        AND number_before.status = 'realised'
        AND number_before.value_high IS NULL
        AND number_before.statistic IS NULL
        AND number_before.per IS NULL
        AND number_before.measure_code IS NOT DISTINCT FROM following.measure_code
        AND (following.source IS NULL OR number_before.source = following.source)
        AND (following.said <> '' OR goes_on AND following.first_start - number_before.char_end < 300)
),
by_sentence AS (
    SELECT
        'sentence' AS method, whole_row AS total_claim_row, part_claim_rows, whole.population, false AS unsure
    FROM divided
    JOIN numbered_claim AS whole ON whole.claim_row = divided.whole_row
    WHERE whole.population IN ('total', 'unspecified')
        AND (
            is_whole
            OR abs(whole.value - parts)
                <= slack + CASE WHEN rounding_step(whole.value) > 1 THEN least(rounding_step(whole.value) / 2, whole.value / 20) ELSE 0 END
        )
)
SELECT * FROM by_attribute WHERE NOT unsure
UNION ALL
SELECT * FROM by_table
UNION ALL
SELECT * FROM by_sentence;
