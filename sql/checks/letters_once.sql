-- severity: warning
-- A letter received under two identifiers, in words that don't differ, states its figures twice. Only letters of one day that
-- state the same are compared word by word: to read all of them every night takes longer than all other checks.
WITH stated AS (
    SELECT letter_id, count(*) AS claims, bit_xor(hash(value, unit, kind)) AS figures FROM claim GROUP BY letter_id
),
alike AS (
    SELECT letter.letter_id
    FROM letter LEFT JOIN stated ON stated.letter_id = letter.letter_id
    QUALIFY count(*) OVER (PARTITION BY letter_date, claims, figures) > 1
)
SELECT
    md5(regexp_replace(text, '\s+', ' ', 'g')) AS words,
    count(*) AS letters,
    list(source ORDER BY source) AS sources
FROM letter
WHERE letter_id IN (SELECT letter_id FROM alike)
GROUP BY words
HAVING count(*) > 1
