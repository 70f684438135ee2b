-- What should be reached, and by when?
SELECT deadline, measure, kind, direction, value, value_high, unit, identifier, letter_date, quote
FROM policy_targets_latest
ORDER BY year NULLS LAST, deadline, measure, value
