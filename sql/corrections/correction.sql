-- What the corrections file says, once for each letter that it speaks of, beside the claim that it finds there. An entry
-- finds its claim by its place in the letter, and only where the claim is as the entry expects it.
CREATE OR REPLACE TABLE correction AS
WITH held AS (
    SELECT entry.correction_id, letter.letter_id
    FROM correction_entry AS entry JOIN letter ON letter.letter_id = entry.letter_id
    UNION ALL
    SELECT entry.correction_id, letter.letter_id
    FROM correction_entry AS entry JOIN letter ON lower(letter.identifier) = lower(entry.identifier)
),
meant AS (
    SELECT entry.* EXCLUDE (letter_id), coalesce(entry.identifier, entry.letter_id) AS letter, held.letter_id
    FROM correction_entry AS entry LEFT JOIN held ON held.correction_id = entry.correction_id
),
-- Spaces and line ends are not minded.
at_place AS (
    SELECT meant.correction_id, claim.*
    FROM meant JOIN claim ON claim.letter_id = meant.letter_id
    WHERE (meant.char_start IS NULL OR claim.char_start = meant.char_start)
        AND (
            meant.quote IS NULL
            OR regexp_replace(claim.quote, '\s+', ' ', 'g') = regexp_replace(meant.quote, '\s+', ' ', 'g')
        )
        AND (
            meant.sentence IS NULL
            OR contains(regexp_replace(claim.sentence, '\s+', ' ', 'g'), regexp_replace(meant.sentence, '\s+', ' ', 'g'))
        )
),
expectation AS (
    SELECT correction_id, unnest(expected_fields) AS field, unnest(expected_values) AS expected FROM correction_entry
),
extracted AS (
    SELECT correction_id, claim_id, field, said
    FROM (
        SELECT
            correction_id, claim_id, CAST(value AS VARCHAR) AS value, CAST(value_high AS VARCHAR) AS value_high, unit, kind,
            measure, period, base_period, direction, status, "precision", source, per, statistic, population
        FROM at_place
    )
    UNPIVOT INCLUDE NULLS (
        said FOR field IN (
            value, value_high, unit, kind, measure, period, base_period, direction, status, "precision", source, per,
            statistic, population
        )
    )
),
not_as_expected AS (
    SELECT
        extracted.correction_id,
        extracted.claim_id,
        string_agg(
            concat(field, ' is ', coalesce(regexp_replace(said, '\.0$', ''), 'none'), ', not ', coalesce(expected, 'none')),
            '; '
            ORDER BY field
        ) AS difference
    FROM extracted JOIN expectation USING (correction_id, field)
    WHERE CASE
            WHEN field IN ('value', 'value_high') THEN CAST(said AS DOUBLE) IS DISTINCT FROM CAST(expected AS DOUBLE)
            ELSE said IS DISTINCT FROM expected
        END
    GROUP BY extracted.correction_id, extracted.claim_id
),
found AS (
    SELECT
        at_place.correction_id,
        at_place.letter_id,
        count(*) FILTER (difference IS NULL) AS claims,
        min(at_place.claim_id) FILTER (difference IS NULL) AS claim_id,
        min(difference) AS difference
    FROM at_place LEFT JOIN not_as_expected USING (correction_id, claim_id)
    GROUP BY at_place.correction_id, at_place.letter_id
),
corrected AS (
    SELECT
        meant.correction_id,
        meant.entry,
        meant.letter,
        meant.letter_id,
        found.claim_id,
        found.claims,
        found.difference,
        meant.quote AS quote_given,
        claim.quote,
        meant.action,
        meant.fields,
        CASE WHEN list_contains(fields, 'value') THEN meant.value ELSE claim.value END AS value,
        CASE WHEN list_contains(fields, 'value_high') THEN meant.value_high ELSE claim.value_high END AS value_high,
        CASE WHEN list_contains(fields, 'unit') THEN meant.unit ELSE claim.unit END AS unit,
        CASE WHEN list_contains(fields, 'kind') THEN meant.kind ELSE claim.kind END AS kind,
        CASE WHEN list_contains(fields, 'measure') THEN meant.measure ELSE claim.measure END AS measure,
        CASE WHEN list_contains(fields, 'measure') THEN meant.measure ELSE claim.measure_code END AS measure_code,
        CASE WHEN list_contains(fields, 'period') THEN meant.period ELSE claim.period END AS period,
        CASE WHEN list_contains(fields, 'base_period') THEN meant.base_period ELSE claim.base_period END AS base_period,
        CASE WHEN list_contains(fields, 'direction') THEN meant.direction ELSE claim.direction END AS direction,
        CASE WHEN list_contains(fields, 'status') THEN meant.status ELSE claim.status END AS status,
        CASE WHEN list_contains(fields, 'precision') THEN meant."precision" ELSE claim."precision" END AS "precision",
        CASE WHEN list_contains(fields, 'source') THEN meant.source ELSE claim.source END AS source,
        CASE WHEN list_contains(fields, 'per') THEN meant.per ELSE claim.per END AS per,
        CASE WHEN list_contains(fields, 'statistic') THEN meant.statistic ELSE claim.statistic END AS statistic,
        CASE WHEN list_contains(fields, 'population') THEN meant.population ELSE claim.population END AS population,
        meant.reason,
        meant.found_by,
        meant.found_on
    FROM meant
    LEFT JOIN found ON found.correction_id = meant.correction_id AND found.letter_id = meant.letter_id
    LEFT JOIN claim ON claim.claim_id = found.claim_id
),
judged AS (
    SELECT
        *,
        CASE
            WHEN letter_id IS NULL THEN 'the letter is not in this warehouse'
            WHEN claims IS NULL THEN 'no claim stands there'
            WHEN claims = 0 THEN difference
            WHEN claims > 1 THEN 'several claims are so: give char_start, or expect more'
            WHEN count(*) OVER (PARTITION BY claim_id) > 1 THEN 'another entry corrects the same claim'
            WHEN value_high <= value THEN 'value_high is not above value'
            WHEN unit NOT IN (SELECT unit FROM unit) THEN concat('no unit is called ', unit)
            WHEN list_contains(fields, 'measure') AND measure NOT IN (SELECT measure FROM measure)
                THEN concat('no measure has the code ', measure)
            WHEN NOT list_has_all(
                (SELECT list(source_agency) FROM source_agency),
                list_transform(string_split(source, ';'), lambda body: trim(body))
            ) THEN concat('not all are known as bodies: ', source)
            WHEN period IS NOT NULL AND coalesce(period_first_day(period), period_last_day(period)) IS NULL
                THEN concat('no period: ', period)
            WHEN base_period IS NOT NULL AND coalesce(period_first_day(base_period), period_last_day(base_period)) IS NULL
                THEN concat('no period: ', base_period)
        END AS problem
    FROM corrected
)
SELECT
    correction_id,
    entry,
    letter,
    letter_id,
    CASE WHEN problem IS NULL THEN claim_id END AS claim_id,
    coalesce(quote, quote_given) AS quote,
    action,
    fields,
    * EXCLUDE (
        correction_id, entry, letter, letter_id, claim_id, quote, action, fields, quote_given, claims, difference
    )
FROM judged
ORDER BY entry, letter_id;

COMMENT ON TABLE correction IS 'Known errors in what letters say or in how they are read, from the corrections file: one row an entry and letter. Made anew by each build; claim keeps what was extracted.';
COMMENT ON COLUMN correction.correction_id IS 'Hash of all that the entry says.';
COMMENT ON COLUMN correction.entry IS 'Place of the entry in the file, from 1.';
COMMENT ON COLUMN correction.letter IS 'The letter as the entry names it: its identifier or its letter_id.';
COMMENT ON COLUMN correction.letter_id IS 'The letter; null where it is not in this warehouse.';
COMMENT ON COLUMN correction.claim_id IS 'The claim that is corrected; null where none is.';
COMMENT ON COLUMN correction.quote IS 'Exact words of the claim.';
COMMENT ON COLUMN correction.action IS 'drop: the claim is in no mart; override: it has other values there.';
COMMENT ON COLUMN correction.fields IS 'Columns whose value is not that of the claim.';
COMMENT ON COLUMN correction.value IS 'The number in the marts; this and the other columns as in corrected_claim, all of which are given.';
COMMENT ON COLUMN correction.reason IS 'Why.';
COMMENT ON COLUMN correction.found_by IS 'Who found the error.';
COMMENT ON COLUMN correction.found_on IS 'When it was found.';
COMMENT ON COLUMN correction.problem IS 'Why it corrects nothing: in a published version only that its letter is not here, or another vintage of it bears the entry out.';
