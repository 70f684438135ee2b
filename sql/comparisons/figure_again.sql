-- The figures of each world but 0, with rows of their own for themselves and for their letters, below zero, where no others
-- are; stated_row and stated_in are those of the claim and of the letter.
CREATE OR REPLACE TEMP TABLE figure_again AS
WITH member AS (
    SELECT DISTINCT topic, claim_row FROM figure_year WHERE topic IN (SELECT topic FROM standing_time)
)
SELECT
    figure.* REPLACE (
        -1 - CAST(hash(world, figure.claim_row) >> 1 AS BIGINT) AS claim_row,
        -1 - CAST(hash(world, figure.letter_row) >> 1 AS BIGINT) AS letter_row,
        hash(figure.figure, world) AS figure
    ),
    world,
    figure.claim_row AS stated_row,
    figure.letter_row AS stated_in
FROM standing_time
JOIN member ON member.topic = standing_time.topic
JOIN comparable_figure AS figure ON figure.claim_row = member.claim_row
WHERE world > 0
    AND (figure.ended_on > since) IS NOT FALSE
    -- What comes later changes nothing that was known by then.
    AND (figure.letter_date < until) IS NOT FALSE;
