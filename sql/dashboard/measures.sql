-- Measures that a mart has figures of, the most often stated first.
WITH figure AS (
    SELECT 'victims' AS page, measure FROM victim_counts
    UNION ALL
    SELECT 'growth', measure FROM growth_percentages
    UNION ALL
    SELECT 'capacity', measure FROM capacity_figures
)
SELECT page, measure, count(*) AS figures FROM figure GROUP BY page, measure ORDER BY page, figures DESC, measure;
