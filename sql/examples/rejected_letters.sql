-- Which files could not be read, and why?
SELECT source, step, reason, detail, first_seen, extractor_version
FROM rejected_letter
WHERE over_since IS NULL
ORDER BY first_seen DESC, source
