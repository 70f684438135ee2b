-- The codes of the components of sdmx_observation, with their names: one row a code.
CREATE OR REPLACE TEMP VIEW sdmx_code AS
WITH fixed AS (
    SELECT *
    FROM (
        VALUES
            ('CL_POPULATION', '_T', 'totaal', 'total'),
            ('CL_POPULATION', '_X', 'niet vermeld', 'not told'),
            ('CL_POPULATION', 'PART', 'deel, niet nader genoemd', 'part, not further told'),
            ('CL_POPULATION', 'TOLD', 'groep, door de andere dimensies genoemd', 'group, told by the other dimensions'),
            ('CL_PRECISION', 'exact', 'precies', 'exact'),
            ('CL_PRECISION', 'approx', 'ongeveer', 'approximately'),
            ('CL_PRECISION', 'at_least', 'ten minste', 'at least'),
            ('CL_PRECISION', 'at_most', 'ten hoogste', 'at most'),
            ('CL_PRECISION', 'range', 'tussen twee waarden', 'between two values'),
            ('CL_DIRECTION', 'increase', 'stijging', 'increase'),
            ('CL_DIRECTION', 'decrease', 'daling', 'decrease'),
            ('CL_DIRECTION', 'none', 'geen verandering', 'no change'),
            -- Codes and meanings of SDMX:CL_OBS_STATUS.
            ('CL_OBS_STATUS', 'A', 'normale waarde', 'normal value'),
            ('CL_OBS_STATUS', 'F', 'voorspelde waarde', 'forecast value'),
            ('CL_SOURCE_AGENCY', '_X', 'niet vermeld', 'not told')
    ) AS code (codelist, code, label_nl, label_en)
),
attribute AS (
    SELECT *
    FROM (
        VALUES
            ('sex', 'CL_SEX'),
            ('age_group', 'CL_AGE'),
            ('nationality', 'CL_CITIZENSHIP'),
            ('exploitation', 'CL_EXPLOITATION'),
            ('setting', 'CL_SETTING')
    ) AS listed (attribute, codelist)
),
told AS (
    UNPIVOT (SELECT sex, age_group, nationality, exploitation, setting FROM population)
    ON sex, age_group, nationality, exploitation, setting
    INTO NAME attribute VALUE code
),
attribute_code AS (
    SELECT attribute, code FROM told
    UNION
    SELECT attribute, code FROM population_attribute
)
FROM fixed
UNION ALL
SELECT codelist, '_T', 'totaal', 'total' FROM attribute
UNION ALL
SELECT codelist, '_X', 'niet vermeld', 'not told' FROM attribute
UNION ALL
SELECT attribute.codelist, sdmx_id(code), coalesce(label_nl, code), coalesce(label_en, code)
FROM attribute_code
JOIN attribute USING (attribute)
LEFT JOIN population_attribute USING (attribute, code)
UNION ALL
SELECT 'CL_MEASURE', sdmx_id(measure), label_nl, label_en FROM measure
UNION ALL
SELECT 'CL_UNIT_MEASURE', coalesce(sdmx_code, upper(unit)), label_nl, label_en FROM unit
UNION ALL
SELECT 'CL_CLAIM_STATUS', status, label_nl, label_en FROM status
UNION ALL
SELECT 'CL_SOURCE_AGENCY', sdmx_id(source), coalesce(label_nl, source), coalesce(label_en, label_nl, source)
FROM (SELECT DISTINCT source FROM stated_figure WHERE source IS NOT NULL) AS credited
LEFT JOIN source_agency ON source_agency.source_agency = credited.source;
