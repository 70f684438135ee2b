-- Kamerstukken that a letter cites, each with the cited letter where it is here.
SELECT letter_reference.char_start, letter_reference.char_end, letter_reference.identifier, letter_citation.cited_letter_id
FROM letter_reference
JOIN letter_citation ON letter_citation.reference_id = letter_reference.reference_id
WHERE letter_reference.letter_id = $letter_id
ORDER BY letter_reference.char_start, letter_reference.char_end;
