-- Figures that differ where they should be the same, as it stood by a day (null: now), of chosen verdicts, kinds, measures and
-- dossiers (none: of all), still so or not any more (null: both): the newest so many.
WITH found AS (
    SELECT * FROM discrepancies WHERE $as_of IS NULL
    UNION ALL BY NAME
    SELECT * FROM discrepancies_as_of($as_of) WHERE $as_of IS NOT NULL
),
filed AS (
    SELECT letter_id FROM letter WHERE list_has_any(dossiers, $dossiers)
)
SELECT
    kind, verdict, year, period, measure, population, unit, value, other_value, difference, source, other_source, letter_date,
    other_letter_date, quote, other_quote, is_latest, superseded_on, claim_id, other_claim_id, further_claim_ids, letter_id,
    other_letter_id
FROM found
WHERE (len($verdicts) = 0 OR list_contains($verdicts, verdict))
    AND (len($kinds) = 0 OR list_contains($kinds, kind))
    AND (len($measures) = 0 OR list_contains($measures, measure))
    AND (len($dossiers) = 0 OR letter_id IN (FROM filed) OR other_letter_id IN (FROM filed))
    AND ($open IS NULL OR is_latest = $open)
ORDER BY greatest(letter_date, other_letter_date) DESC NULLS LAST, year DESC NULLS LAST, measure, claim_id, other_claim_id, known_on
LIMIT $rows;
