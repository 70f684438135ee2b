-- Figures of each measure by year, of what was said by a day (null: now); every year from the first to the last has a row,
-- with 0 where there is a gap.
WITH figure AS (
    SELECT measure, year, letter_id, claim_id
    FROM stated_figure
    WHERE year BETWEEN 1800 AND 2200 AND ($as_of IS NULL OR coalesce(issued_on, CAST(first_seen AS DATE)) <= $as_of)
),
spanned AS (
    SELECT measure, CAST(unnest(range(min(year), max(year) + 1)) AS INTEGER) AS year FROM figure GROUP BY measure
)
SELECT
    spanned.measure,
    spanned.year,
    count(DISTINCT figure.letter_id) AS letters,
    count(figure.claim_id) AS figures,
    min(figure.claim_id) AS claim_id
FROM spanned
LEFT JOIN figure ON figure.measure = spanned.measure AND figure.year = spanned.year
GROUP BY ALL
ORDER BY spanned.measure, spanned.year;
