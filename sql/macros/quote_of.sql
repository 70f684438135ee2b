-- The words of a figure: `FROM quote_of('5f2b…')` with their sentence and letter, `SELECT quote_of(claim_id)` alone.
-- A macro's argument is put in as it is written. Where it is compared, no column has a name that callers use, so
-- that `claim_id` stays the caller's.
CREATE OR REPLACE MACRO quote_of(id) AS TABLE
    SELECT
        quoted_id AS claim_id,
        quoted.quote,
        quoted.sentence,
        quoted.measure,
        quoted.period,
        quoted.identifier,
        quoted.letter_date,
        quoted.sender,
        quoted.subject,
        quoted.letter_source,
        quoted.char_start,
        quoted.char_end,
        quoted.locator
    FROM (
        SELECT quoted_id, quoted
        FROM (
            SELECT
                claim.claim_id AS quoted_id,
                struct_pack(
                    quote := claim.quote,
                    sentence := claim.sentence,
                    measure := claim.measure,
                    period := claim.period,
                    identifier := letter.identifier,
                    letter_date := letter.letter_date,
                    sender := letter.sender,
                    subject := letter.subject,
                    letter_source := letter.source,
                    char_start := claim.char_start,
                    char_end := claim.char_end,
                    locator := claim.locator
                ) AS quoted
            FROM claim JOIN letter ON letter.letter_id = claim.letter_id
        ) AS quotation
        WHERE id <> '' AND starts_with(quoted_id, id)
    ) AS found
    ORDER BY quoted_id;

COMMENT ON MACRO TABLE quote_of IS 'The claim with this id, or those whose id begins like it, with its sentence and letter: FROM quote_of(''5f2b''). letter_source is the path or URL where the letter lay, other columns as in claim and letter.';

CREATE OR REPLACE MACRO quote_of(id) AS
    (SELECT said FROM (SELECT claim_id AS quoted_id, quote AS said FROM claim) AS quotation WHERE quoted_id = id);

COMMENT ON MACRO quote_of IS 'Exact words of the claim with this id: SELECT quote_of(claim_id).';
