-- The claims of which nothing is kept of the version before: all, or those that a build adds to what it goes on from. They
-- are those of whole letters, which no kept row is about.
CREATE OR REPLACE TEMP VIEW new_claim AS
FROM numbered_claim
WHERE claim_row >= coalesce(getvariable('goes_on_from_claim'), 0);
