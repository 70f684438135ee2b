-- severity: warning
-- A letter received under two identifiers, in words that don't differ, states its figures twice. Only letters of one day that
-- state the same are compared word by word: to read all of them every night takes longer than all other checks. A build that
-- goes on from a version looks at letters of the days of those that it adds.
WITH looked_at AS (
    SELECT letter_id, letter_date, rowid >= coalesce(getvariable('goes_on_from_letter'), 0) AS is_new
    FROM letter
    WHERE getvariable('goes_on_from_letter') IS NULL
        OR coalesce(letter_date, DATE '9999-12-31') IN (
            SELECT coalesce(letter_date, DATE '9999-12-31') FROM letter WHERE rowid >= getvariable('goes_on_from_letter')
        )
),
stated AS (
    SELECT letter_id, count(*) AS claims, bit_xor(hash(value, unit, kind)) AS figures
    FROM claim
    WHERE letter_id IN (SELECT letter_id FROM looked_at)
    GROUP BY letter_id
),
alike AS (
    SELECT looked_at.letter_id
    FROM looked_at LEFT JOIN stated ON stated.letter_id = looked_at.letter_id
    WINDOW same AS (PARTITION BY letter_date, claims, figures)
    QUALIFY count(*) OVER same > 1 AND bool_or(is_new) OVER same
)
SELECT
    md5(regexp_replace(text, '\s+', ' ', 'g')) AS words,
    count(*) AS letters,
    list(source ORDER BY source) AS sources
FROM letter
WHERE letter_id IN (SELECT letter_id FROM alike)
GROUP BY words
HAVING count(*) > 1
