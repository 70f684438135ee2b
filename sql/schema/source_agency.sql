CREATE TABLE source_agency (
    source_agency VARCHAR PRIMARY KEY,
    label_nl VARCHAR,
    label_en VARCHAR,
    in_vocabulary BOOLEAN NOT NULL
);

COMMENT ON TABLE source_agency IS 'Bodies that letters credit with figures, one row a body.';
COMMENT ON COLUMN source_agency.source_agency IS 'Abbreviation or name as in claim.source, such as CoMensha.';
COMMENT ON COLUMN source_agency.label_nl IS 'Full name in Dutch.';
COMMENT ON COLUMN source_agency.label_en IS 'Full name in English.';
COMMENT ON COLUMN source_agency.in_vocabulary IS 'False for a body found in a letter that the vocabulary does not list yet.';
