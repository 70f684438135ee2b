-- Of the topics in which a letter has ended (was withdrawn or issued again), the times from one such day to the next. Before the
-- first one all letters are compared with each other (world 0, as in all other topics); each later time has a world of its
-- own, in which no letter is that had ended by then, as if it had never been. Where letters end on more days than eight, those before
-- the last eight begin no time: so what a build does grows with the letters and no faster. What had stood between these comes back
-- to no answer then, and nothing stands that shouldn't.
CREATE OR REPLACE TEMP TABLE standing_time AS
WITH ended AS (
    SELECT topic, ended_on
    FROM (SELECT DISTINCT topic, ended_on FROM figure_year WHERE ended_on IS NOT NULL)
    QUALIFY row_number() OVER (PARTITION BY topic ORDER BY ended_on DESC) <= 8
)
SELECT CAST(0 AS BIGINT) AS world, topic, CAST(NULL AS DATE) AS since, min(ended_on) AS until
FROM ended
GROUP BY topic
UNION ALL
SELECT
    row_number() OVER (ORDER BY topic, ended_on),
    topic,
    ended_on,
    lead(ended_on) OVER (PARTITION BY topic ORDER BY ended_on)
FROM ended;
