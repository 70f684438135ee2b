-- Those of one sex and the other, of age and under age, said in one sentence, each set with the total of its letter where that
-- states one.
CREATE OR REPLACE TEMP TABLE parts_by_attribute AS
WITH split AS (
    SELECT
        comparable_figure.*,
        array_to_string(
            list_filter(string_split(population, ';'), lambda told: NOT starts_with(told, 'sex=') AND NOT starts_with(told, 'age_group=')), ';'
        ) AS others,
        list_filter(string_split(population, ';'), lambda told: starts_with(told, 'sex=')) AS sexes,
        list_filter(string_split(population, ';'), lambda told: starts_with(told, 'age_group=')) AS ages
    FROM comparable_figure
    WHERE is_unique
        AND coded
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
    HAVING count(*) = 2 AND min(part) <> max(part)
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
    FROM comparable_figure
    WHERE is_unique AND coded AND identified AND status = 'realised' AND kind IN ('count', 'capacity') AND value_high IS NULL
        AND letter_row IN (SELECT letter_row FROM attribute_set)
)
SELECT
    attribute_set.divided_by AS method,
    total.claim_row AS total_claim_row,
    attribute_set.claim_rows || coalesce(remainder.claim_rows, []) AS part_claim_rows,
    coalesce(nullif(attribute_set.rest, ''), 'total') AS population,
    -- «van wie 727 vrouwen en 280 mannen» leaves open of whom it isn't known; «bestaande uit» doesn't, nor does a number of the others.
    CASE
        WHEN remainder.claim_rows IS NOT NULL
            THEN regexp_matches(claim.sentence, 'onbekend|niet (bekend|vastgesteld|vastgelegd|geregistreerd|ingevuld)|overige')
        ELSE regexp_matches(
                claim.sentence[:claim.sentence_quote_start],
                '\b(te weten|(onder)?verdeeld (over|in)|besta(an|at|ande)( hierbij)? uit)\b[^0-9,;]{0,30}$|[,(:;] namelijk\b[^0-9,;]{0,30}$'
            )
            AND NOT regexp_matches(
                claim.sentence[:claim.sentence_quote_start],
                '(voornamelijk|hoofdzakelijk|grotendeels|merendeels|deels|vooral|met name|onder (meer|andere)|o\.a\.|bijvoorbeeld)[^0-9]*$'
            )
    END AS is_said_whole
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
    -- Whose parts nobody is credited with is told by the number that they stand beside, or that their sentence says again.
    AND CASE
        WHEN attribute_set.sources IS NULL
            THEN total.sources IS NULL
                OR total.char_start BETWEEN attribute_set.first_start - 400 AND attribute_set.last_start + 400
                OR contains(claim.sentence, total.quote)
        ELSE total.sources IS NOT DISTINCT FROM attribute_set.sources
    END
    AND total.told = list_sort(string_split(coalesce(nullif(attribute_set.rest, ''), 'total'), ';'))
-- Where it isn't known of some, the others are not all.
WHERE remainder.claim_rows IS NOT NULL
    OR NOT regexp_matches(claim.sentence, 'onbekend|niet (bekend|vastgesteld|vastgelegd|geregistreerd|ingevuld)|overige')
QUALIFY row_number() OVER (
    PARTITION BY attribute_set.claim_rows
    ORDER BY total.sources IS NOT DISTINCT FROM attribute_set.sources DESC, total.char_start DESC
) = 1;
