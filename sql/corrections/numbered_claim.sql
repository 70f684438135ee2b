-- `corrected_claim` with the number of its row in `claim`: figures are compared by it, a hundredth of the length of an id.
CREATE OR REPLACE VIEW numbered_claim AS
SELECT
    claim.rowid AS claim_row,
    claim.* REPLACE (
        CASE WHEN correction.claim_id IS NULL THEN claim.value ELSE correction.value END AS value,
        CASE WHEN correction.claim_id IS NULL THEN claim.value_high ELSE correction.value_high END AS value_high,
        CASE WHEN correction.claim_id IS NULL THEN claim.unit ELSE correction.unit END AS unit,
        CASE WHEN correction.claim_id IS NULL THEN claim.kind ELSE correction.kind END AS kind,
        CASE WHEN correction.claim_id IS NULL THEN claim.measure ELSE correction.measure END AS measure,
        CASE WHEN correction.claim_id IS NULL THEN claim.measure_code ELSE correction.measure_code END AS measure_code,
        CASE WHEN correction.claim_id IS NULL THEN claim.period ELSE correction.period END AS period,
        CASE WHEN correction.claim_id IS NULL THEN claim.base_period ELSE correction.base_period END AS base_period,
        CASE WHEN correction.claim_id IS NULL THEN claim.direction ELSE correction.direction END AS direction,
        CASE WHEN correction.claim_id IS NULL THEN claim.status ELSE correction.status END AS status,
        CASE WHEN correction.claim_id IS NULL THEN claim."precision" ELSE correction."precision" END AS "precision",
        CASE WHEN correction.claim_id IS NULL THEN claim.source ELSE correction.source END AS source,
        CASE WHEN correction.claim_id IS NULL THEN claim.per ELSE correction.per END AS per,
        CASE WHEN correction.claim_id IS NULL THEN claim.statistic ELSE correction.statistic END AS statistic,
        CASE WHEN correction.claim_id IS NULL THEN claim.population ELSE correction.population END AS population,
        -- Of whom it is told in population, attribute by attribute.
        CASE
            WHEN correction.claim_id IS NULL THEN claim.sex
            ELSE nullif(regexp_extract(correction.population, '(?:^|;)sex=([^;]*)', 1), '')
        END AS sex,
        CASE
            WHEN correction.claim_id IS NULL THEN claim.age_group
            ELSE nullif(regexp_extract(correction.population, '(?:^|;)age_group=([^;]*)', 1), '')
        END AS age_group,
        CASE
            WHEN correction.claim_id IS NULL THEN claim.nationality
            ELSE nullif(regexp_extract(correction.population, '(?:^|;)nationality=([^;]*)', 1), '')
        END AS nationality,
        CASE
            WHEN correction.claim_id IS NULL THEN claim.exploitation
            ELSE nullif(regexp_extract(correction.population, '(?:^|;)exploitation=([^;]*)', 1), '')
        END AS exploitation
    ),
    correction.correction_id
FROM claim LEFT JOIN correction ON correction.claim_id = claim.claim_id
WHERE correction.action IS DISTINCT FROM 'drop';

COMMENT ON VIEW numbered_claim IS 'corrected_claim with the number of its row in claim, by which a build compares figures.';
COMMENT ON COLUMN numbered_claim.claim_row IS 'Number of the row in claim; not the same in another version.';
COMMENT ON COLUMN numbered_claim.correction_id IS 'Correction that gave the claim other values; null for a claim as extracted.';
