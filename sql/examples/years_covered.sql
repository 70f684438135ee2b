-- Which measures have figures for which years, from how many letters?
SELECT
    stated_figure.measure,
    label_nl,
    kind,
    count(DISTINCT period_year(period)) AS years,
    min(period_year(period)) AS first_year,
    max(period_year(period)) AS last_year,
    count(*) AS figures,
    count(DISTINCT letter_id) AS letters,
    max(letter_date) AS newest_letter
FROM stated_figure JOIN measure ON measure.measure = stated_figure.measure
GROUP BY ALL
ORDER BY figures DESC, stated_figure.measure, kind
