-- severity: error
-- Every body that a claim credits is a row of source_agency.
WITH credited AS (
    SELECT claim_id, letter_id, source, trim(unnest(string_split(source, ';'))) AS source_agency FROM claim
)
SELECT credited.*
FROM credited ANTI JOIN source_agency ON source_agency.source_agency = credited.source_agency
