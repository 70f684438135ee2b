-- severity: error
-- The marks of the quote within the sentence lie inside it. The words may differ from the quote:
-- the sentence is the reading text, with line ends and the hyphens at them undone. As quotes_open, this looks at the rows that a
-- build adds.
SELECT claim_id, letter_id, sentence_quote_start, sentence_quote_end, length(sentence) AS sentence_length
FROM claim
WHERE rowid >= coalesce(getvariable('first_new_claim'), 0)
    AND NOT (sentence IS NULL AND sentence_quote_start IS NULL AND sentence_quote_end IS NULL)
    AND (
        sentence_quote_start >= 0
        AND sentence_quote_start < sentence_quote_end
        AND sentence_quote_end <= length(sentence)
    ) IS NOT TRUE
