-- severity: error
-- letter_citation has every citation once, and where the cited letter is here, it bears the cited identifier.
SELECT letter_reference.reference_id, letter_reference.identifier, letter_citation.cited_letter_id, 'not there' AS problem
FROM letter_reference
LEFT JOIN letter_citation ON letter_citation.reference_id = letter_reference.reference_id
WHERE letter_citation.reference_id IS NULL
UNION ALL
SELECT reference_id, min(cited_identifier), min(cited_letter_id), 'there twice'
FROM letter_citation
GROUP BY reference_id
HAVING count(*) > 1
UNION ALL
SELECT reference_id, cited_identifier, cited_letter_id, 'another letter'
FROM letter_citation
LEFT JOIN letter ON letter.letter_id = letter_citation.cited_letter_id
WHERE cited_letter_id IS NOT NULL AND lower(letter.identifier) IS DISTINCT FROM lower(cited_identifier)
