-- severity: error
-- to go on: bring the entry of the corrections file (KAMERCIJFERS_CORRECTIONS) up to date, or take it out
-- Every correction of a letter that is here finds one claim at its place, as it expects it: where the letter or its
-- reading has changed, the correction is to be looked at again. Of a letter with several vintages one of them is to bear it
-- out: what was wrong in one may have been put right in the next.
SELECT entry, letter, quote, problem
FROM correction
WHERE problem IS NOT NULL
    AND letter_id IS NOT NULL
    AND correction_id NOT IN (SELECT correction_id FROM correction WHERE problem IS NULL)
