-- What was compared, as long as the letters stand: of each world what was found in its time. What stands on from one time to
-- the next is one row; what stands again after another number did is another.
CREATE OR REPLACE TEMP VIEW standing_comparison AS
WITH timed AS (
    SELECT
        comparison.* REPLACE (least(superseded_on, ended_on) AS superseded_on),
        time.topic IS NOT NULL AND NOT is_issued_again AS is_timed,
        time.since,
        time.until
    FROM comparison
    LEFT JOIN standing_time AS time ON time.world = comparison.world AND time.topic = comparison.topic
),
found AS (
    SELECT
        kind,
        claim_row,
        other_claim_row,
        further_claim_rows,
        value,
        other_value,
        verdict,
        CASE WHEN known_on IS NOT NULL THEN greatest(known_on, since) END AS known_on,
        least(superseded_on, until) AS superseded_on,
        until IS NULL AS is_last
    FROM timed
    WHERE is_timed
),
-- Of what it isn't told since when it is known, only that it stands now is.
in_order AS (
    SELECT
        *,
        (lag(superseded_on) OVER (PARTITION BY kind, claim_row, other_claim_row, further_claim_rows ORDER BY known_on) = known_on)
            IS NOT TRUE AS begins
    FROM found
    WHERE CASE WHEN known_on IS NULL THEN is_last ELSE (known_on < superseded_on) IS NOT FALSE END
),
numbered AS (
    SELECT
        *,
        count(*) FILTER (begins) OVER (
            PARTITION BY kind, claim_row, other_claim_row, further_claim_rows ORDER BY known_on
        ) AS stand
    FROM in_order
)
SELECT kind, claim_row, other_claim_row, further_claim_rows, value, other_value, verdict, known_on, superseded_on
FROM timed
WHERE world = 0 AND NOT is_timed
UNION ALL
SELECT
    kind,
    claim_row,
    other_claim_row,
    further_claim_rows,
    any_value(value),
    any_value(other_value),
    any_value(verdict),
    min(known_on),
    CASE WHEN count(*) = count(superseded_on) THEN max(superseded_on) END
FROM numbered
GROUP BY kind, claim_row, other_claim_row, further_claim_rows, stand;
