-- SDMX has no code for an aim or a denial: those two codes are of a list of our own, CL_CLAIM_STATUS.
CREATE OR REPLACE TABLE status AS
SELECT *
FROM (
    VALUES
        ('realised', 'gerealiseerd', 'realised', 'A', 'SDMX:CL_OBS_STATUS'),
        ('expected', 'verwacht', 'expected', 'F', 'SDMX:CL_OBS_STATUS'),
        ('target', 'doel', 'target', 'TARGET', 'KAMERCIJFERS:CL_CLAIM_STATUS'),
        ('negated', 'ontkend', 'denied', 'DENIED', 'KAMERCIJFERS:CL_CLAIM_STATUS')
) AS code (status, label_nl, label_en, sdmx_code, sdmx_codelist);

COMMENT ON TABLE status IS 'In what standing a figure is stated, one row a status.';
COMMENT ON COLUMN status.status IS 'Code of the status, as in claim.status.';
COMMENT ON COLUMN status.label_nl IS 'Name in Dutch.';
COMMENT ON COLUMN status.label_en IS 'Name in English.';
COMMENT ON COLUMN status.sdmx_code IS 'Code in the code list of sdmx_codelist: A (normal value) and F (forecast value) of SDMX, else our own.';
COMMENT ON COLUMN status.sdmx_codelist IS 'Code list of sdmx_code: SDMX:CL_OBS_STATUS where it has a code that fits, else KAMERCIJFERS:CL_CLAIM_STATUS.';
