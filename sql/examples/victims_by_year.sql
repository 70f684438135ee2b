-- How many victims does the newest letter about each year report?
-- Of each year the figures of the whole year come first, then those of a part of it, which period tells; a mean of a month,
-- or whatever else isn't simply a number, says so in statistic and per.
SELECT
    year,
    period,
    measure,
    population,
    status,
    value,
    value_high,
    "precision",
    statistic,
    per,
    source,
    letter_name(letter_id) AS letter,
    letter_date,
    quote
FROM victim_counts_latest
WHERE year IS NOT NULL
ORDER BY year, period <> CAST(year AS VARCHAR), period, measure, population, status, source, value, claim_id
