-- What the file holds of what was said by a day (null: now): each letter once, in the text that it had by then.
WITH held AS (
    SELECT letter_id, letter_date
    FROM letter
    WHERE $as_of IS NULL OR coalesce(issued_on, CAST(first_seen AS DATE)) <= $as_of
    QUALIFY vintage = max(vintage) OVER (PARTITION BY lower(coalesce(identifier, letter_id)))
)
SELECT
    (SELECT count(*) FROM held) AS letters,
    (SELECT min(letter_date) FROM held) AS first_letter,
    (SELECT max(letter_date) FROM held) AS last_letter,
    (SELECT count(*) FROM claim WHERE letter_id IN (SELECT letter_id FROM held)) AS claims,
    (SELECT count(*) FROM victim_counts WHERE letter_id IN (SELECT letter_id FROM held)) AS victim_counts,
    (SELECT count(*) FROM growth_percentages WHERE letter_id IN (SELECT letter_id FROM held)) AS growth_percentages,
    (SELECT count(*) FROM capacity_figures WHERE letter_id IN (SELECT letter_id FROM held)) AS capacity_figures,
    (SELECT count(*) FROM policy_targets WHERE letter_id IN (SELECT letter_id FROM held)) AS policy_targets,
    (SELECT count(*) FROM discrepancies WHERE $as_of IS NULL AND is_latest)
    + (SELECT count(*) FROM discrepancies_as_of($as_of) WHERE $as_of IS NOT NULL) AS discrepancies,
    (
        SELECT count(*)
        FROM (FROM rejected_letter UNION ALL BY NAME SELECT CAST(NULL AS TIMESTAMP) AS over_since WHERE false)
        WHERE ($as_of IS NULL OR CAST(first_seen AS DATE) <= $as_of)
            AND (over_since IS NULL OR CAST(over_since AS DATE) > $as_of)
    ) AS rejected_letters;
