-- How many places and cells were there, and how many people were waiting?
SELECT year, period, measure, population, statistic, value, value_high, unit, per, status, source, letter_name(letter_id) AS letter, quote
FROM capacity_figures_latest
ORDER BY measure, year NULLS LAST, status, value
