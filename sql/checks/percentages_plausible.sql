-- severity: warning
-- No part exceeds its whole and nothing shrinks by more than all of it. A warning, because one letter
-- that is read wrongly must not keep the figures of all others from being published.
SELECT claim_id, letter_id, kind, direction, value, value_high, quote
FROM numbered_claim AS claim
WHERE claim_row >= coalesce(getvariable('goes_on_from_claim'), 0)
    AND unit = 'percent'
    AND greatest(value, coalesce(value_high, value)) > 100
    AND (kind = 'share' OR (kind = 'growth' AND direction = 'decrease'))
