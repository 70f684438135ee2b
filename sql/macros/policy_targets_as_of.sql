-- What `policy_targets_latest` would have answered on a day: the newest statement of each figure by then. What later
-- letters said doesn't show, not even that they did. A letter without a date counts from the day it was first seen.
-- Letters issued again or withdrawn stood for a time: standing_on has their figures.
CREATE OR REPLACE MACRO policy_targets_as_of(day) AS TABLE
SELECT * EXCLUDE (superseded_on) REPLACE (true AS is_latest)
FROM policy_targets
WHERE (
        coalesce(letter_date, CAST(first_seen AS DATE)) <= CAST(day AS DATE)
        AND (superseded_on IS NULL OR superseded_on > CAST(day AS DATE))
        AND claim_id NOT IN (SELECT claim_id FROM stated_figure WHERE interrupted)
    )
    OR claim_id IN (SELECT claim_id FROM standing_on(day));

COMMENT ON MACRO TABLE policy_targets_as_of IS 'The newest statement by a given day of each of the policy targets, without is_latest and superseded_on.';
