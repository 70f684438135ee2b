CREATE TABLE measure (
    measure VARCHAR PRIMARY KEY,
    family VARCHAR NOT NULL,
    label_nl VARCHAR NOT NULL,
    label_en VARCHAR NOT NULL,
    unit VARCHAR NOT NULL REFERENCES unit (unit)
);

COMMENT ON TABLE measure IS 'The vocabulary: what can be counted, one row a measure.';
COMMENT ON COLUMN measure.measure IS 'Code of the measure, such as trafficking_victims.';
COMMENT ON COLUMN measure.family IS 'Group of measures that one mart shows together: victims, capacity, enforcement and so on.';
COMMENT ON COLUMN measure.label_nl IS 'Name in Dutch.';
COMMENT ON COLUMN measure.label_en IS 'Name in English.';
COMMENT ON COLUMN measure.unit IS 'Unit in which the measure itself is counted; its growth and shares are in percent.';
