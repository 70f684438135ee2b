-- By what figures of a measure on a page can be chosen: codes of populations, sources, standings and dossiers, the most
-- frequent first.
WITH of_page AS (
    SELECT population, source, status AS standing, letter_id, measure, 'victims' AS page FROM victim_counts
    UNION ALL
    SELECT population, source, status, letter_id, measure, 'growth' FROM growth_percentages
    UNION ALL
    SELECT population, source, status, letter_id, measure, 'capacity' FROM capacity_figures
    UNION ALL
    SELECT
        population, source, status, letter_id, measure,
        CASE
            WHEN kind = 'count' AND unit = 'persons' THEN 'victims'
            WHEN kind = 'growth' AND unit = 'percent' THEN 'growth'
            WHEN kind = 'capacity' THEN 'capacity'
        END
    FROM policy_targets
    UNION ALL
    SELECT
        population, source, 'derived', NULL, measure,
        CASE
            WHEN kind = 'count' AND unit = 'persons' THEN 'victims'
            WHEN kind IN ('growth', 'capacity') THEN kind
        END
    FROM derived_figures
),
figure AS (
    SELECT population, source, standing, letter_id FROM of_page WHERE page = $page AND measure = $measure
)
SELECT 'population' AS choice, population AS code, count(*) AS figures FROM figure GROUP BY population
UNION ALL
SELECT 'source', coalesce(source, ''), count(*) FROM figure GROUP BY coalesce(source, '')
UNION ALL
SELECT 'standing', standing, count(*) FROM figure GROUP BY standing
UNION ALL
SELECT 'dossier', dossier, count(*)
FROM (SELECT unnest(letter.dossiers) AS dossier FROM figure JOIN letter ON letter.letter_id = figure.letter_id)
GROUP BY dossier
ORDER BY choice, figures DESC, code;
