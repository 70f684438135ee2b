-- What should be reached, and by when?
SELECT deadline, measure, kind, direction, value, value_high, unit, letter_name(letter_id) AS letter, letter_date, quote
FROM policy_targets_latest
ORDER BY year NULLS LAST, deadline, measure, value
