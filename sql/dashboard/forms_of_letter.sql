-- Forms in which a vintage of a letter was received, the one in use first.
SELECT form_id, in_use, format, parse_filename(source) AS file, source_url, provider, modified, retrieved_at, first_seen
FROM letter_form
WHERE letter_id = $letter_id
ORDER BY in_use DESC, first_seen, form_id;
