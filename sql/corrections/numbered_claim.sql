-- `corrected_claim` with the number of its row in `claim`: figures are compared by it, a hundredth of the length of an id.
-- Claims as extracted apart from the few that are corrected: what is asked of them is looked for as they are read, so that
-- of all others no more is read than that.
CREATE OR REPLACE VIEW numbered_claim AS
SELECT claim.rowid AS claim_row, claim.*, CAST(NULL AS VARCHAR) AS correction_id
FROM claim ANTI JOIN correction ON correction.claim_id = claim.claim_id
UNION ALL
SELECT
    claim.rowid AS claim_row,
    claim.* REPLACE (
        correction.value AS value,
        correction.value_high AS value_high,
        correction.unit AS unit,
        correction.kind AS kind,
        correction.measure AS measure,
        correction.measure_code AS measure_code,
        correction.period AS period,
        correction.base_period AS base_period,
        correction.direction AS direction,
        correction.status AS status,
        correction."precision" AS "precision",
        correction.source AS source,
        correction.per AS per,
        correction.statistic AS statistic,
        correction.population AS population,
        -- Of whom it is told in population, attribute by attribute.
        nullif(regexp_extract(correction.population, '(?:^|;)sex=([^;]*)', 1), '') AS sex,
        nullif(regexp_extract(correction.population, '(?:^|;)age_group=([^;]*)', 1), '') AS age_group,
        nullif(regexp_extract(correction.population, '(?:^|;)nationality=([^;]*)', 1), '') AS nationality,
        nullif(regexp_extract(correction.population, '(?:^|;)exploitation=([^;]*)', 1), '') AS exploitation
    ),
    correction.correction_id
FROM claim JOIN correction ON correction.claim_id = claim.claim_id
WHERE correction.action IS DISTINCT FROM 'drop';

COMMENT ON VIEW numbered_claim IS 'corrected_claim with the number of its row in claim, by which a build compares figures.';
COMMENT ON COLUMN numbered_claim.claim_row IS 'Number of the row in claim; not the same in another version.';
COMMENT ON COLUMN numbered_claim.correction_id IS 'Correction that gave the claim other values; null for a claim as extracted.';
