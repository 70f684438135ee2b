-- What the marts share: every claim about a measure of the vocabulary, with its letter.
-- A denied figure is no statistic, with one exception: a denied zero states an absence ("geen tekort").
CREATE OR REPLACE VIEW stated_figure AS
SELECT
    claim.period,
    measure.measure,
    claim.population,
    claim.value,
    claim.value_high,
    claim.unit,
    claim.status,
    claim."precision",
    'stated' AS basis,
    claim.source,
    letter.letter_id,
    letter.identifier,
    letter.letter_date,
    claim.claim_id,
    claim.quote,
    -- The same figure of a later letter supersedes this one, whatever value or direction it gives.
    -- Figures of one letter, or of letters of one day, don't supersede each other.
    rank() OVER (
        PARTITION BY
            measure.measure,
            claim.population,
            claim.unit,
            claim.kind,
            claim.period,
            claim.base_period,
            claim.status,
            claim.source,
            claim.statistic,
            claim.per
        ORDER BY letter.letter_date DESC NULLS LAST
    ) = 1 AS is_latest,
    claim.kind,
    claim.direction,
    claim.statistic,
    claim.per,
    claim.base_period,
    measure.family
FROM claim
JOIN letter ON letter.letter_id = claim.letter_id
JOIN measure ON measure.measure = claim.measure_code
WHERE claim.status <> 'negated' OR claim.value = 0;

COMMENT ON VIEW stated_figure IS 'Claims about a measure of the vocabulary, each with its letter: what the marts choose from.';
COMMENT ON COLUMN stated_figure.measure IS 'What is counted: a code of the vocabulary, a row of measure.';
COMMENT ON COLUMN stated_figure.basis IS 'stated: the letter itself gives the figure, it is not derived from others.';
COMMENT ON COLUMN stated_figure.is_latest IS 'True for the newest statement of the same figure: same measure, population, unit, kind, period, base_period, status, source, statistic and per; several are true where letters of one day state it.';
