-- Enumerations are VARCHAR with a CHECK: a list can grow with the schema version, where an ENUM in a
-- keyed table can neither be altered nor extended, and every reader (Polars, CSV, JSON) gets plain text.
CREATE TABLE claim (
    claim_id VARCHAR PRIMARY KEY,
    letter_id VARCHAR NOT NULL REFERENCES letter (letter_id),
    char_start BIGINT NOT NULL CHECK (char_start >= 0),
    char_end BIGINT NOT NULL,
    quote VARCHAR NOT NULL,
    value DOUBLE NOT NULL CHECK (value >= 0 AND isfinite(value)),
    value_high DOUBLE CHECK (isfinite(value_high)),
    unit VARCHAR NOT NULL REFERENCES unit (unit),
    kind VARCHAR NOT NULL CHECK (
        kind IN ('count', 'growth', 'share', 'capacity', 'amount', 'duration', 'other')
    ),
    measure VARCHAR,
    measure_code VARCHAR REFERENCES measure (measure),
    period VARCHAR,
    base_period VARCHAR,
    direction VARCHAR NOT NULL CHECK (direction IN ('increase', 'decrease', 'none')),
    status VARCHAR NOT NULL CHECK (status IN ('realised', 'target', 'expected', 'negated')),
    "precision" VARCHAR NOT NULL CHECK (
        "precision" IN ('exact', 'approx', 'at_least', 'at_most', 'range')
    ),
    source VARCHAR,
    per VARCHAR,
    statistic VARCHAR,
    population VARCHAR,
    sex VARCHAR,
    age_group VARCHAR,
    nationality VARCHAR,
    exploitation VARCHAR,
    place VARCHAR CHECK (place IN ('body', 'question', 'answer', 'footnote', 'table')),
    sentence VARCHAR,
    sentence_quote_start BIGINT,
    sentence_quote_end BIGINT,
    quote_prefix VARCHAR,
    quote_suffix VARCHAR,
    locator VARCHAR,
    confidence DOUBLE CHECK (confidence BETWEEN 0 AND 1),
    rule_id VARCHAR,
    extractor_version VARCHAR NOT NULL,
    CHECK (char_end > char_start),
    CHECK (value_high > value)
);

COMMENT ON TABLE claim IS 'Statistics that letters state, one row a statement of one number.';
COMMENT ON COLUMN claim.claim_id IS 'Hash of letter_id, char_start, char_end, kind and value.';
COMMENT ON COLUMN claim.letter_id IS 'Letter that states the figure.';
COMMENT ON COLUMN claim.char_start IS 'Where the quote begins in letter.text, the text taken from the file, in code points from 0.';
COMMENT ON COLUMN claim.char_end IS 'Where the quote ends in letter.text, in code points; the character at char_end is outside.';
COMMENT ON COLUMN claim.quote IS 'Exact words that carry the value: substr(letter.text, char_start + 1, char_end - char_start).';
COMMENT ON COLUMN claim.value IS 'The number, in unit, never negative; the low end of a range.';
COMMENT ON COLUMN claim.value_high IS 'The high end of a range, in unit; null where the claim is no range.';
COMMENT ON COLUMN claim.unit IS 'Unit of value and value_high.';
COMMENT ON COLUMN claim.kind IS 'count, growth, share, capacity, amount, duration or other.';
COMMENT ON COLUMN claim.measure IS 'What is counted: a code of the vocabulary, else the noun phrase of the letter; null where it names none.';
COMMENT ON COLUMN claim.measure_code IS 'Code of the vocabulary; null where the vocabulary has none.';
COMMENT ON COLUMN claim.period IS 'When it holds, in SDMX / ISO 8601 notation: 2011, 2012-S1, 2022-Q2, 2024-10, 2022-W01, 2022-08-23, 2016/2020, 2014/ or /2024; null when the letter does not say.';
COMMENT ON COLUMN claim.base_period IS 'What a growth is compared with, in the notation of period.';
COMMENT ON COLUMN claim.direction IS 'Direction of a change: increase, decrease or none.';
COMMENT ON COLUMN claim.status IS 'realised, target, expected, or negated where the letter denies the figure.';
COMMENT ON COLUMN claim."precision" IS 'How exactly the letter states it: exact, approx, at_least, at_most or range. A bound may itself be ruled out: `meer dan 100` is 100, at_least, and `<5` or `minder dan 5` is 5, at_most; the quote and its sentence tell.';
COMMENT ON COLUMN claim.source IS 'Bodies the letter credits with the figure, separated by a semicolon; each is a row of source_agency.';
COMMENT ON COLUMN claim.per IS 'Time unit of a rate: month in "13 persons per month".';
COMMENT ON COLUMN claim.statistic IS 'What the number is of its series: mean, median, maximum or minimum; null for a plain figure.';
COMMENT ON COLUMN claim.population IS 'Who is counted: total, part, unspecified, or attributes such as age_group=minor;sex=F.';
COMMENT ON COLUMN claim.sex IS 'Sex of those counted, where stated.';
COMMENT ON COLUMN claim.age_group IS 'Age group of those counted, where stated.';
COMMENT ON COLUMN claim.nationality IS 'Nationality of those counted, where stated.';
COMMENT ON COLUMN claim.exploitation IS 'Form of exploitation, where stated.';
COMMENT ON COLUMN claim.place IS 'Part of the letter: body, question, answer, footnote or table.';
COMMENT ON COLUMN claim.sentence IS 'Sentence as one reads it: line ends, hyphens at them and note marks taken out.';
COMMENT ON COLUMN claim.sentence_quote_start IS 'Where the quote begins in sentence, in code points from 0.';
COMMENT ON COLUMN claim.sentence_quote_end IS 'Where the quote ends in sentence, in code points; the character there is outside.';
COMMENT ON COLUMN claim.quote_prefix IS 'Text as received just before the quote (W3C text-quote selector).';
COMMENT ON COLUMN claim.quote_suffix IS 'Text as received just after the quote (W3C text-quote selector).';
COMMENT ON COLUMN claim.locator IS 'Where the quote stands in the file as received: page=3 of a PDF (RFC 8118), an XPath in XML and HTML, the part and an XPath in it in DOCX and ODT (word/document.xml#/w:document[1]/…/w:p[4]); null for plain text, whose offsets tell it.';
COMMENT ON COLUMN claim.confidence IS 'How sure the grammar is, from 0 to 1.';
COMMENT ON COLUMN claim.rule_id IS 'Rule of the grammar that found the claim.';
COMMENT ON COLUMN claim.extractor_version IS 'Version of the grammar that found the claim.';
