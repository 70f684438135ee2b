-- Letters and claims of each dossier by the year of the letter, of what was said by a day (null: now), each letter once, in the
-- text that it had by then; every year from the first to the last has a row, with 0 where there is a gap.
WITH held AS (
    SELECT dossiers, letter_date, letter_id
    FROM letter
    WHERE $as_of IS NULL OR coalesce(issued_on, CAST(first_seen AS DATE)) <= $as_of
    QUALIFY vintage = max(vintage) OVER (PARTITION BY lower(coalesce(identifier, letter_id)))
),
filed AS (
    SELECT unnest(dossiers) AS dossier, CAST(date_part('year', letter_date) AS INTEGER) AS year, letter_id
    FROM held
    WHERE letter_date IS NOT NULL
),
spanned AS (
    SELECT dossier, CAST(unnest(range(min(year), max(year) + 1)) AS INTEGER) AS year FROM filed GROUP BY dossier
)
SELECT
    spanned.dossier,
    spanned.year,
    count(filed.letter_id) AS letters,
    CAST(coalesce(sum(stated.claims), 0) AS BIGINT) AS claims
FROM spanned
LEFT JOIN filed ON filed.dossier = spanned.dossier AND filed.year = spanned.year
LEFT JOIN (SELECT letter_id, count(*) AS claims FROM claim GROUP BY letter_id) AS stated ON stated.letter_id = filed.letter_id
GROUP BY ALL
ORDER BY spanned.dossier, spanned.year;
