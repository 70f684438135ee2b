CREATE TABLE unit (
    unit VARCHAR PRIMARY KEY,
    label_nl VARCHAR NOT NULL,
    label_en VARCHAR NOT NULL,
    sdmx_code VARCHAR
);

COMMENT ON TABLE unit IS 'Units of measurement, one row a unit.';
COMMENT ON COLUMN unit.unit IS 'Code of the unit, such as persons, places, percent.';
COMMENT ON COLUMN unit.label_nl IS 'Name in Dutch.';
COMMENT ON COLUMN unit.label_en IS 'Name in English.';
COMMENT ON COLUMN unit.sdmx_code IS 'Code of the unit in the SDMX code list KAMERCIJFERS:CL_UNIT_MEASURE: SDMX has no list of units for all agencies; persons, percent and euro are PS, PT and EUR, as is usual.';
