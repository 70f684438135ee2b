-- A list as a JSON array.
CREATE OR REPLACE TEMP MACRO csv_list(items) AS
    CAST(to_json(items) AS VARCHAR);
