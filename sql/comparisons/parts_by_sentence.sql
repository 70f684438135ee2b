-- What a sentence says that its first number, or the number before it, consists of («bestaande uit», «Deze bestaan uit»); of
-- what it only names parts of («waarvan», «Daarvan zijn»), where the sum comes so near that none can be missing. Kept as
-- comparable_figure is.
CREATE OR REPLACE TEMP TABLE parts_by_sentence AS
WITH divided_sentence AS (
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
    FROM new_claim
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
        sum(rounded_half(value, unit, 'exact', 0.0)) FILTER (sentence_quote_start >= marked_at) AS slack,
        -- What consists of its parts has no others, where each number was read and none is left to guess.
        CASE WHEN goes_on THEN regexp_matches(sentence, '\bbesta(at|an)( hierbij)? uit\b') ELSE NOT regexp_matches(min(mark), 'waarvan|onder wie|Van de') END
            AND NOT regexp_matches(sentence, '(?i)\b(voornamelijk|hoofdzakelijk|grotendeels|merendeels|vooral|met name)\b')
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
        AND (min(measure_code) = max(measure_code)) IS NOT FALSE
        AND (min(source) = max(source)) IS NOT FALSE
        AND count(statistic) + count(per) = 0
        AND count(*) FILTER (contains(population, 'sex=') OR contains(population, 'age_group=')) = 0
),
number_before AS (
    SELECT claim_row, letter_id, sentence, unit, kind, period, measure_code, source, status, statistic, per, value_high, char_start, char_end,
        unnest(['', quote]) AS said
    FROM new_claim
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
)
SELECT
    'sentence' AS method, whole_row AS total_claim_row, part_claim_rows, whole.population
FROM divided
JOIN new_claim AS whole ON whole.claim_row = divided.whole_row
WHERE whole.population IN ('total', 'unspecified')
    AND (
        is_whole
        OR abs(whole.value - parts) <= slack + rounded_half(whole.value, whole.unit, 'exact', 0.0)
    );
