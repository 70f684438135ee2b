-- What `discrepancies_latest` would have answered on a day: what followed from the letters by then. What later letters said
-- doesn't show, not even that they did. Where a letter without a date has part in it, nothing is known of when it was said.
CREATE OR REPLACE MACRO discrepancies_as_of(day) AS TABLE
SELECT * EXCLUDE (superseded_on) REPLACE (true AS is_latest)
FROM discrepancies
WHERE known_on <= CAST(day AS DATE) AND (superseded_on IS NULL OR superseded_on > CAST(day AS DATE));

COMMENT ON MACRO TABLE discrepancies_as_of IS 'The discrepancies that followed by a given day from what letters of a known date had said, without is_latest and superseded_on.';
