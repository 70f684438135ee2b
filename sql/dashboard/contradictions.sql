-- Figures that differ where they should be the same, as it stood by a day (null: now), the newest first.
WITH found AS (
    SELECT * FROM discrepancies WHERE $as_of IS NULL
    UNION ALL BY NAME
    SELECT * FROM discrepancies_as_of($as_of) WHERE $as_of IS NOT NULL
)
SELECT
    found.kind, found.verdict, found.year, found.period, found.measure, found.population, found.unit, found.value,
    found.other_value, found.difference, found.source, found.other_source, found.letter_date, found.other_letter_date,
    found.quote, found.other_quote, found.is_latest, found.superseded_on, found.claim_id, found.other_claim_id,
    found.further_claim_ids, found.letter_id, found.other_letter_id,
    list_distinct(list_concat(letter.dossiers, other.dossiers)) AS dossiers
FROM found
JOIN letter ON letter.letter_id = found.letter_id
JOIN letter AS other ON other.letter_id = found.other_letter_id
ORDER BY
    greatest(found.letter_date, found.other_letter_date) DESC NULLS LAST, found.year DESC NULLS LAST, found.measure, found.claim_id,
    found.other_claim_id;
