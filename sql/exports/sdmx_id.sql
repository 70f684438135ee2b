-- An identifier of SDMX for a code: itself where it is one; else its letters and digits, and a piece of its hash, so
-- that no two codes get the same.
CREATE OR REPLACE TEMP MACRO sdmx_id(code) AS
    CASE
        WHEN regexp_full_match(code, '[A-Za-z0-9_@$-]+') THEN code
        ELSE regexp_replace(strip_accents(code), '[^A-Za-z0-9]+', '_', 'g') || '_' || md5(code)[:6]
    END;
