-- Which body is credited with how many figures, and over which years?
SELECT
    credited.source_agency,
    label_nl,
    count(*) AS figures,
    count(DISTINCT letter_id) AS letters,
    min(period_start_year(period)) AS first_year,
    max(period_end_year(period)) AS last_year
FROM (
    SELECT trim(unnest(string_split(source, ';'))) AS source_agency, letter_id, period FROM claim
) AS credited
JOIN source_agency ON source_agency.source_agency = credited.source_agency
GROUP BY ALL
ORDER BY figures DESC, credited.source_agency
