-- Stated figures as observations of SDMX: the columns are the components of the data structure.
CREATE OR REPLACE TEMP VIEW sdmx_observation AS
WITH figure AS (
    SELECT
        stated_figure.*,
        population.* EXCLUDE (population, label_nl, label_en),
        sdmx_time_period(stated_figure.period, period.first_day, period.last_day) AS time_period,
        CASE stated_figure.population
            WHEN 'total' THEN '_T'
            WHEN 'part' THEN 'PART'
            WHEN 'unspecified' THEN '_X'
            ELSE if(stated_figure.population IS NULL, '_X', 'TOLD')
        END AS extent,
        -- What isn't told of a group is the total of it; of a part not further told, it is unknown.
        if(extent IN ('_T', 'TOLD'), '_T', '_X') AS untold
    FROM stated_figure
    LEFT JOIN population USING (population)
    LEFT JOIN period USING (period)
)
SELECT
    sdmx_id(measure) AS "MEASURE",
    extent AS "POPULATION",
    coalesce(sdmx_id(sex), untold) AS "SEX",
    coalesce(sdmx_id(age_group), untold) AS "AGE",
    coalesce(sdmx_id(nationality), untold) AS "CITIZENSHIP",
    coalesce(sdmx_id(exploitation), untold) AS "EXPLOITATION",
    coalesce(sdmx_id(setting), untold) AS "SETTING",
    figure.status AS "CLAIM_STATUS",
    coalesce(sdmx_id(source), '_X') AS "SOURCE_AGENCY",
    claim_id AS "CLAIM_ID",
    time_period AS "TIME_PERIOD",
    csv_number(value) AS "OBS_VALUE",
    coalesce(unit.sdmx_code, upper(figure.unit)) AS "UNIT_MEASURE",
    if(status.sdmx_codelist = 'SDMX:CL_OBS_STATUS', status.sdmx_code, NULL) AS "OBS_STATUS",
    "precision" AS "PRECISION",
    direction AS "DIRECTION",
    csv_number(value_high) AS "VALUE_HIGH",
    statistic AS "STATISTIC",
    per AS "PER",
    period AS "PERIOD",
    base_period AS "BASE_PERIOD",
    population AS "POPULATION_CODE",
    basis AS "BASIS",
    CAST(letter_date AS VARCHAR) AS "VINTAGE",
    CAST(superseded_on AS VARCHAR) AS "SUPERSEDED_ON",
    CAST(is_latest AS VARCHAR) AS "IS_LATEST",
    letter_id AS "LETTER_ID",
    identifier AS "DOCUMENT",
    -- SDMX's texts are XML's, which has no place for control characters such as a form feed.
    regexp_replace(quote, '[\x00-\x08\x0B\x0C\x0E-\x1F]', ' ', 'g') AS "QUOTE"
FROM figure
JOIN unit ON unit.unit = figure.unit
JOIN status ON status.status = figure.status;
