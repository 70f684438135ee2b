-- Which counts of victims did more than one letter give, and did the number change?
WITH statement AS (
    SELECT
        *,
        min(letter_date) OVER same_figure <> max(letter_date) OVER same_figure AS is_stated_again,
        value - first_value(value) OVER (same_figure ORDER BY letter_date, claim_id) AS change
    FROM victim_counts
    WINDOW same_figure AS (PARTITION BY measure, population, period, status, source, statistic, per)
)
SELECT measure, population, period, status, source, letter_date, identifier, value, change, quote
FROM statement
WHERE is_stated_again
ORDER BY measure, population, period, status, source, letter_date, value
