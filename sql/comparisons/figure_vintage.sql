-- Where each statement that can be compared stands among those of the same figure by the same source: the how-manieth number
-- it gives, whether it is the first to give it, and when the next number came. One without a date comes before all others.
CREATE OR REPLACE TEMP TABLE figure_vintage AS
WITH ordered AS (
    SELECT
        claim_row, figure, status, sources, letter_date, letter_order,
        (lag(letter_date) OVER said IS NULL
            OR lag(sign * value) OVER said <> sign * value
            OR lag(value_high) OVER said IS DISTINCT FROM value_high) AS is_news
    FROM unique_figure
    WHERE coded AND (identified OR is_plain) AND (kind <> 'growth' OR direction <> 'none')
    WINDOW said AS (PARTITION BY figure, status, sources ORDER BY letter_date NULLS FIRST, letter_order)
),
number_given AS (
    SELECT
        claim_row, is_news, letter_date, figure, status, sources,
        count(*) FILTER (is_news) OVER (
            PARTITION BY figure, status, sources ORDER BY letter_date NULLS FIRST, letter_order ROWS UNBOUNDED PRECEDING
        ) AS number_place
    FROM ordered
)
SELECT
    one.claim_row,
    one.is_news,
    one.number_place,
    next.letter_date AS superseded_on
FROM number_given AS one
LEFT JOIN number_given AS next
    ON next.figure = one.figure
    AND next.status = one.status
    AND next.sources IS NOT DISTINCT FROM one.sources
    AND next.number_place = one.number_place + 1
    AND next.is_news;
