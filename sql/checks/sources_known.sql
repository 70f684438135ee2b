-- severity: error
-- Every body that a claim credits is a row of source_agency, none of which is ever taken out: as quotes_open, this looks at the
-- rows that a build adds.
WITH credited AS (
    SELECT claim_id, letter_id, source, trim(unnest(string_split(source, ';'))) AS source_agency
    FROM claim
    WHERE rowid >= coalesce(getvariable('first_new_claim'), 0)
)
SELECT credited.*
FROM credited ANTI JOIN source_agency ON source_agency.source_agency = credited.source_agency
