-- What every code is called, in Dutch and English.
SELECT 'measure' AS dimension, measure AS code, label_nl, label_en FROM measure
UNION ALL
SELECT 'unit', unit, label_nl, label_en FROM unit
UNION ALL
SELECT 'status', status, label_nl, label_en FROM status
UNION ALL
SELECT 'population', population, label_nl, label_en FROM population
UNION ALL
SELECT 'source', source_agency, label_nl, label_en FROM source_agency;
