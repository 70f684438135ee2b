-- Which counts of victims did more than one letter give, and did the number change?
-- The 25 that letters spoke of last, 1000 rows at most.
WITH wanted AS (
    SELECT DISTINCT measure, population, period, status, source, statistic, per
    FROM (FROM victim_counts_latest ORDER BY letter_date DESC NULLS LAST, claim_id LIMIT 25)
),
given AS (
    SELECT victim_counts.*
    FROM victim_counts
    JOIN wanted
        ON wanted.measure = victim_counts.measure
        AND wanted.population IS NOT DISTINCT FROM victim_counts.population
        AND wanted.period IS NOT DISTINCT FROM victim_counts.period
        AND wanted.status = victim_counts.status
        AND wanted.source IS NOT DISTINCT FROM victim_counts.source
        AND wanted.statistic IS NOT DISTINCT FROM victim_counts.statistic
        AND wanted.per IS NOT DISTINCT FROM victim_counts.per
),
statement AS (
    SELECT
        *,
        min(letter_date) OVER same_figure <> max(letter_date) OVER same_figure AS is_stated_again,
        value - lag(value) OVER (same_figure ORDER BY letter_date, claim_id) AS change
    FROM given
    WINDOW same_figure AS (PARTITION BY measure, population, period, status, source, statistic, per)
),
stated_again AS (
    FROM statement
    WHERE is_stated_again
    ORDER BY measure, population, period, status, source, letter_date, value, claim_id
    LIMIT 1000
)
SELECT measure, population, period, status, source, letter_date, letter_name(letter_id) AS letter, value, change, quote
FROM stated_again
ORDER BY measure, population, period, status, source, letter_date, value, claim_id
