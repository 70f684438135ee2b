-- severity: error
-- to go on: bring the entry of the corrections file (KAMERCIJFERS_CORRECTIONS) up to date, or take it out
-- Every correction of a letter that is here finds one claim at its place, as it expects it: where the letter or its
-- reading has changed, the correction is to be looked at again.
SELECT entry, letter, quote, problem FROM correction WHERE problem IS NOT NULL AND letter_id IS NOT NULL
