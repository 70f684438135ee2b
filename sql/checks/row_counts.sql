-- severity: error
-- to go on: if meant, KAMERCIJFERS_MAX_DROP_PERCENT=100 for one run, or kamercijfers backfill --publish --allow-drop
-- No table and no mart has lost more than so many percent of its rows since the version before (max_drop_percent, 2 by
-- default). What corrections take out of the marts is no loss, nor is what goes with one that is taken out
-- (uncorrected_claims), nor are the rows of a form that a better form of its letter has replaced (replaced_claim and others,
-- which the build sets); in a nightly run, neither is a discrepancy or a derived figure less, as a new letter can settle the
-- one and supersede the other. These, and what coverage tells, follow from the figures: where the corrections are others than
-- before (corrections_changed), one figure may be many rows of them, and no row less is a loss.
WITH newest AS (
    SELECT run_id, kind FROM run
    ORDER BY TRY_CAST(regexp_extract(version, '-(\d+)[.]duckdb', 1) AS INTEGER) DESC NULLS LAST, started_at DESC, run_id DESC
    LIMIT 1
),
corrected AS (
    SELECT count(claim_id) AS claims FROM correction
)
SELECT
    row_count.relation,
    row_count.rows_before,
    row_count."rows",
    round(100 * (1 - row_count."rows" / row_count.rows_before), 1) AS percent_fewer
FROM row_count
JOIN newest ON newest.run_id = row_count.run_id
CROSS JOIN corrected
WHERE row_count."rows"
        + CASE row_count.relation
            WHEN 'letter' THEN coalesce(getvariable('replaced_letter'), 0)
            WHEN 'claim' THEN coalesce(getvariable('replaced_claim'), 0)
            WHEN 'letter_reference' THEN coalesce(getvariable('replaced_letter_reference'), 0)
            WHEN 'letter_citation' THEN coalesce(getvariable('replaced_letter_reference'), 0)
            ELSE corrected.claims
                + coalesce(getvariable('uncorrected_claims'), 0)
                + coalesce(getvariable('replaced_claim'), 0)
        END
        < row_count.rows_before * (1 - coalesce(getvariable('max_drop_percent'), 2) / 100)
    AND row_count.relation <> 'correction'
    AND (
        row_count.relation NOT IN ('discrepancies', 'derived_figures', 'coverage')
        OR NOT coalesce(getvariable('corrections_changed'), false)
    )
    AND (newest.kind = 'backfill' OR row_count.relation NOT IN ('discrepancies', 'derived_figures'))
