-- Every population that a claim is about, told attribute by attribute; three codes have no attributes.
CREATE OR REPLACE TABLE population AS
WITH extent AS (
    SELECT *
    FROM (
        VALUES
            ('total', 'totaal', 'total'),
            ('part', 'deel, niet nader genoemd', 'part, not further told'),
            ('unspecified', 'niet vermeld', 'not told')
    ) AS code (population, label_nl, label_en)
),
told AS (
    SELECT
        population,
        unnest(string_split(population, ';')) AS pair,
        generate_subscripts(string_split(population, ';'), 1) AS place
    FROM (SELECT population FROM claim UNION SELECT population FROM correction WHERE claim_id IS NOT NULL)
    WHERE contains(population, '=')
),
attribute AS (
    SELECT
        told.population,
        told.place,
        split_part(told.pair, '=', 1) AS attribute,
        split_part(told.pair, '=', 2) AS code,
        coalesce(population_attribute.label_nl, told.pair) AS label_nl,
        coalesce(population_attribute.label_en, told.pair) AS label_en
    FROM told
    LEFT JOIN population_attribute
        ON population_attribute.attribute = split_part(told.pair, '=', 1)
        AND population_attribute.code = split_part(told.pair, '=', 2)
)
SELECT
    population,
    string_agg(label_nl, '; ' ORDER BY place) AS label_nl,
    string_agg(label_en, '; ' ORDER BY place) AS label_en,
    max(code) FILTER (attribute = 'sex') AS sex,
    max(code) FILTER (attribute = 'age_group') AS age_group,
    max(code) FILTER (attribute = 'nationality') AS nationality,
    max(code) FILTER (attribute = 'exploitation') AS exploitation,
    max(code) FILTER (attribute = 'setting') AS setting
FROM attribute
GROUP BY population
UNION ALL
SELECT *, NULL, NULL, NULL, NULL, NULL FROM extent
ORDER BY population;

COMMENT ON TABLE population IS 'Whom figures are about, one row a population.';
COMMENT ON COLUMN population.population IS 'Code of the population, as in claim.population: total, part, unspecified, or attributes such as age_group=minor;sex=F.';
COMMENT ON COLUMN population.label_nl IS 'Name in Dutch.';
COMMENT ON COLUMN population.label_en IS 'Name in English.';
COMMENT ON COLUMN population.sex IS 'Sex of those counted: F or M, codes of SDMX:CL_SEX; null where not told.';
COMMENT ON COLUMN population.age_group IS 'Age group of those counted: minor or adult; null where not told.';
COMMENT ON COLUMN population.nationality IS 'Nationality of those counted, a code of ISO 3166-1; null where not told.';
COMMENT ON COLUMN population.exploitation IS 'Form of exploitation; null where not told.';
COMMENT ON COLUMN population.setting IS 'For whom the places are that are counted, such as women or homeless; null where not told.';
