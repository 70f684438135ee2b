-- How many places and cells were there, and how many people were waiting?
-- Most hold on a day or in a part of the year, which period tells; those of a whole year come first.
SELECT year, period, measure, population, statistic, value, value_high, unit, per, status, source, letter_name(letter_id) AS letter, quote
FROM capacity_figures_latest
ORDER BY measure, year NULLS LAST, period IS DISTINCT FROM CAST(year AS VARCHAR), period, status, value, claim_id
