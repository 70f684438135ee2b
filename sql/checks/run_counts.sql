-- severity: error
-- What the newest run says it did is what it wrote: the files that it read as letters, which of them are other forms, and
-- the claims of those in use; each file that it looked at is known, read or rejected.
WITH newest AS (
    SELECT * FROM run
    ORDER BY TRY_CAST(regexp_extract(version, '-(\d+)[.]duckdb', 1) AS INTEGER) DESC NULLS LAST, started_at DESC, run_id DESC
    LIMIT 1
),
written AS (
    SELECT
        run_id,
        (SELECT count(*) FROM letter_form WHERE letter_form.read_run_id = newest.run_id) AS letters,
        (SELECT count(*) FROM letter_form WHERE letter_form.read_run_id = newest.run_id AND NOT in_use) AS unused,
        (SELECT count(*) FROM rejected_letter WHERE rejected_letter.run_id = newest.run_id) AS rejections,
        (
            SELECT count(*)
            FROM claim JOIN letter_form ON letter_form.form_id = claim.letter_id
            WHERE letter_form.read_run_id = newest.run_id
        ) AS claims
    FROM newest
)
SELECT
    run_id, letters_seen, letters_known, letters_read, letters, letters_rejected, rejections, other_forms, unused,
    newest.claims AS claims_read, written.claims
FROM newest JOIN written USING (run_id)
WHERE (letters_read, letters_rejected, newest.claims) <> (letters, rejections, written.claims)
    OR other_forms <> unused
    OR letters_seen <> letters_known + letters_read + letters_rejected
