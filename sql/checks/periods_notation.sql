-- severity: error
-- Periods are in SDMX / ISO 8601 notation: one period, `a/b`, `a/` or `/b`.
WITH misspelt AS (
    -- Each is looked at once, as period has it.
    SELECT period
    FROM period
    WHERE period IN ('', '/')
        OR len(string_split(period, '/')) > 2
        OR len(list_filter(
            [split_part(period, '/', 1), split_part(period, '/', -1)],
            lambda part: part <> '' AND NOT regexp_full_match(
                part,
                '[0-9]{4}(-(S[12]|Q[1-4]|W(0[1-9]|[1-4][0-9]|5[0-3])|(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?))?'
            )
        )) > 0
)
SELECT claim_id, letter_id, 'period' AS field, period FROM corrected_claim WHERE period IN (SELECT period FROM misspelt)
UNION ALL
SELECT claim_id, letter_id, 'base_period', base_period FROM corrected_claim WHERE base_period IN (SELECT period FROM misspelt)
