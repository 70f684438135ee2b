-- Letters, and so many claims in them (variable `claims`), the same for the same seed (variable `seed`). A body's series has one true number a
-- year, which most letters repeat; some round it, a few give another. Half of what letters count has no measure.
CREATE TEMP MACRO drawn(what, number) AS hash(getvariable('seed'), what, number);
CREATE TEMP MACRO share(what, number) AS (drawn(what, number) % 10000) / 10000;
CREATE TEMP MACRO picked(what, number, choices) AS choices[CAST(1 + drawn(what, number) % len(choices) AS INTEGER)];
CREATE TEMP MACRO digits(value) AS replace(format('{:,}', CAST(value AS BIGINT)), ',', '.');
CREATE TEMP MACRO true_number(measure, source, year) AS
    300 + hash(measure, source) % 4000 + hash(measure) % 200 * (year - 1995) + hash(measure, source, year) % 150;
CREATE TEMP MACRO true_part(population, total) AS
    CASE
        WHEN population = 'sex=F' THEN floor(total * 0.7)
        WHEN population = 'sex=M' THEN total - floor(total * 0.7)
        WHEN population = 'total' THEN total
        ELSE floor(total * (3 + hash(population) % 20) / 100)
    END;

CREATE TEMP TABLE drawn_sentence AS
WITH written AS (
    SELECT
        range AS sentence_number,
        range // 8 AS letter_number,
        DATE '2005-01-10' + CAST(drawn('day', letter_number) % 7300 AS INTEGER) AS letter_date,
        share('form', range) AS chance,
        CASE WHEN share('victims', range) < 0.4 THEN 'trafficking_victims' ELSE picked('measure', range, (SELECT list(measure ORDER BY measure) FROM measure)) END AS coded,
        picked('source', range, [NULL, 'CoMensha', 'CoMensha', 'CBS', 'OM', 'Nationaal Rapporteur']) AS source,
        date_part('year', letter_date) - 1 - CAST(floor(8 * pow(share('year', range), 2)) AS INTEGER) AS year,
        picked('status', range, ['realised', 'realised', 'realised', 'realised', 'realised', 'realised', 'realised', 'expected', 'target', 'negated']) AS status,
        share('differing', range) AS differing
    FROM range(getvariable('claims'))
)
SELECT
    written.* EXCLUDE (status),
    CASE WHEN chance < 0.15 THEN 'growth' WHEN chance < 0.2 THEN 'parts' WHEN chance < 0.6 THEN 'coded' ELSE 'uncoded' END AS form,
    CASE WHEN chance < 0.2 THEN 'realised' ELSE status END AS status,
    measure.unit,
    measure.family,
    CASE
        WHEN chance < 0.2 THEN 'total'
        ELSE picked('population', sentence_number, ['total', 'total', 'total', 'part', 'unspecified', 'sex=F', 'sex=M', 'age_group=minor', 'nationality=NG', 'nationality=PL'])
    END AS population,
    true_number(coded, coalesce(source, 'CoMensha'), year) AS total,
    true_number(coded, coalesce(source, 'CoMensha'), year - 1) AS total_before,
    true_part(population, total) AS truth,
    CASE WHEN differing < 0.92 THEN truth WHEN differing < 0.96 THEN greatest(round(truth, -1), 10) ELSE truth + 1 + drawn('by', sentence_number) % 60 END AS stated,
    picked('noun', sentence_number, ['zaaks', 'gezins', 'buurt', 'school', 'recht', 'politie', 'jeugd', 'zorg', 'grens', 'haven']) || picked('second', sentence_number, ['teams', 'dossiers', 'onderzoeken', 'verzoeken', 'contacten', 'adressen', 'gesprekken', 'meldpunten', 'cursussen', 'routes']) AS noun,
    concat_ws(' ', 'Blijkens de opgave', picked('by', sentence_number, ['van de politie', 'aan de gemeenten', 'uit de keten', 'over de regio’s']), 'zijn in', year, 'in totaal ') AS head,
    concat_ws(' ', '', picked('verb', sentence_number, ['gemeld', 'geteld', 'geregistreerd']), 'bij', picked('place', sentence_number, ['de coördinator', 'het meldpunt', 'de inspectie', 'het Landelijk Parket']), 'en elders, zo blijkt') AS tail,
    concat_ws(' ', ' Over', picked('one', sentence_number, ['de opvang', 'het toezicht', 'de voorlichting', 'de opsporing', 'de financiële kaders']), 'heb ik met', picked('two', sentence_number, ['de gemeenten', 'de VNG', 'het OM', 'de politie', 'de uitvoering']), 'afgesproken dat wij', picked('three', sentence_number, ['jaarlijks', 'elk kwartaal', 'dit voorjaar', 'zo nodig']), 'bezien', picked('four', sentence_number, ['wat er beter kan', 'of de regels voldoen', 'waar hulp ontbreekt', 'hoe zij elkaar vinden']), 'en dat ik uw Kamer daarover bericht. ') AS plain
FROM written JOIN measure ON measure.measure = written.coded;

-- One row a claim: what stands before its quote in the sentence, and what it says.
CREATE TEMP TABLE stated_claim AS
WITH claim_of_form AS (
    SELECT sentence_number, 1 AS place, head AS before, digits(stated) AS quote, stated AS value,
        CASE WHEN form = 'uncoded' THEN NULL ELSE coded END AS measure_code, population, unit,
        CASE WHEN family = 'capacity' THEN 'capacity' ELSE 'count' END AS kind, 'none' AS direction, status
    FROM drawn_sentence
    UNION ALL
    SELECT sentence_number, 2, ' tegen minder of meer in het jaar ervoor, een verschil van ',
        concat(CAST(round(100 * abs(total / total_before - 1)) AS INTEGER), '%'), round(100 * abs(total / total_before - 1)),
        coded, 'total', 'percent', 'growth', CASE WHEN total < total_before THEN 'decrease' ELSE 'increase' END, 'realised'
    FROM drawn_sentence WHERE form = 'growth'
    UNION ALL
    SELECT sentence_number, 2, ', onder wie ', concat(digits(true_part('sex=F', total)), ' vrouwen'), true_part('sex=F', total),
        coded, 'sex=F', unit, CASE WHEN family = 'capacity' THEN 'capacity' ELSE 'count' END, 'none', 'realised'
    FROM drawn_sentence WHERE form = 'parts'
    UNION ALL
    SELECT sentence_number, 3, ' en ', concat(digits(true_part('sex=M', total)), ' mannen'), true_part('sex=M', total),
        coded, 'sex=M', unit, CASE WHEN family = 'capacity' THEN 'capacity' ELSE 'count' END, 'none', 'realised'
    FROM drawn_sentence WHERE form = 'parts'
),
numbered AS (
    SELECT *, row_number() OVER (ORDER BY sentence_number, place) AS claim_number FROM claim_of_form
)
SELECT
    * EXCLUDE (claim_number),
    sum(length(before) + length(quote)) OVER in_order - length(quote) AS offset_in_sentence
FROM numbered
WHERE claim_number <= getvariable('claims')
WINDOW in_order AS (PARTITION BY sentence_number ORDER BY place);

CREATE TEMP TABLE placed_sentence AS
WITH worded AS (
    SELECT sentence_number, string_agg(before || quote, '' ORDER BY place) AS words FROM stated_claim GROUP BY sentence_number
)
SELECT
    drawn_sentence.*,
    concat(words, CASE form WHEN 'uncoded' THEN concat(' ', noun) END, tail, '.') AS sentence,
    coalesce(sum(length(sentence) + length(plain)) OVER earlier, 0) AS sentence_start
FROM drawn_sentence JOIN worded ON worded.sentence_number = drawn_sentence.sentence_number
WINDOW earlier AS (
    PARTITION BY letter_number ORDER BY drawn_sentence.sentence_number ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
);

INSERT INTO letter BY NAME
SELECT
    sha256(concat('letter ', letter_number)) AS letter_id,
    concat('kst-', 20000 + letter_number // 500, '-', letter_number % 500) AS identifier,
    [CAST(20000 + letter_number // 500 AS VARCHAR)] AS dossiers,
    CAST(letter_number % 500 AS VARCHAR) AS number,
    min(letter_date) AS letter_date,
    min(letter_date) AS issued_on,
    'Minister van Justitie' AS sender,
    'Mensenhandel' AS subject,
    string_agg(sentence || plain, '' ORDER BY sentence_number) AS text,
    'txt' AS format,
    'utf-8' AS encoding,
    concat('inbox/', letter_number, '.txt') AS source,
    CAST([] AS VARCHAR[]) AS warnings,
    'bench' AS extractor_version,
    TIMESTAMP '2026-01-01' AS first_seen,
    'bench' AS run_id
FROM placed_sentence
GROUP BY letter_number
ORDER BY letter_date, letter_id;

INSERT INTO letter_form BY NAME
SELECT
    letter_id AS form_id,
    letter_id,
    true AS in_use,
    1 AS vintage,
    format,
    encoding,
    letter_id AS words,
    letter_date,
    source,
    extractor_version,
    first_seen,
    run_id,
    run_id AS read_run_id
FROM letter;

INSERT INTO claim BY NAME
SELECT
    md5(concat(sentence_number, ' ', stated_claim.place)) AS claim_id,
    letter.letter_id,
    CAST(sentence_start + offset_in_sentence AS BIGINT) AS char_start,
    char_start + length(stated_claim.quote) AS char_end,
    stated_claim.quote,
    stated_claim.value,
    stated_claim.unit,
    CASE WHEN measure_code IS NULL THEN 'count' ELSE stated_claim.kind END AS kind,
    coalesce(measure_code, noun) AS measure,
    measure_code,
    CAST(year AS VARCHAR) AS period,
    CASE WHEN stated_claim.kind = 'growth' THEN CAST(year - 1 AS VARCHAR) END AS base_period,
    stated_claim.direction,
    stated_claim.status,
    CASE WHEN stated_claim.place = 1 AND stated <> truth AND stated % 10 = 0 THEN 'approx' ELSE 'exact' END AS "precision",
    placed_sentence.source,
    stated_claim.population,
    CASE WHEN stated_claim.population LIKE 'sex=%' THEN stated_claim.population[5:] END AS sex,
    'body' AS place,
    sentence,
    CAST(offset_in_sentence AS BIGINT) AS sentence_quote_start,
    sentence_quote_start + length(stated_claim.quote) AS sentence_quote_end,
    substr(letter.text, greatest(char_start - 31, 1), least(32, char_start)) AS quote_prefix,
    substr(letter.text, char_end + 1, 32) AS quote_suffix,
    0.9 AS confidence,
    concat('numeral=cardinal unit=head period=', picked('rule', sentence_number, ['right', 'left', 'inherited'])) AS rule_id,
    'bench' AS extractor_version
FROM stated_claim
JOIN placed_sentence USING (sentence_number)
JOIN letter ON letter.source = concat('inbox/', letter_number, '.txt')
ORDER BY letter.letter_id, char_start;

INSERT INTO letter_reference BY NAME
SELECT
    md5(concat('reference ', letter_id)) AS reference_id,
    letter_id,
    0 AS char_start,
    8 AS char_end,
    text[1:8] AS quote,
    CAST(20000 + drawn('dossier', letter_id) % 200 AS VARCHAR) AS dossier,
    CAST(drawn('number', letter_id) % 600 AS VARCHAR) AS number,
    concat('kst-', dossier, '-', number) AS identifier
FROM letter
ORDER BY letter_id;
