-- How each letter came here: what runs tell of it and the letter itself doesn't, and what an export has once and in no other
-- file, so that letters read in whatever order, on whatever nights, under whatever names give the same files otherwise.
CREATE OR REPLACE VIEW letter_seen AS
SELECT letter_id, first_seen, run_id, source FROM letter;

COMMENT ON VIEW letter_seen IS 'How each letter came here, one row a letter: when, by which run, and where the file lay.';
COMMENT ON COLUMN letter_seen.letter_id IS 'The letter.';
COMMENT ON COLUMN letter_seen.first_seen IS 'When a run first saw the letter, in UTC: since when its figures are known here.';
COMMENT ON COLUMN letter_seen.run_id IS 'Run that first read the letter; a backfill leaves it.';
COMMENT ON COLUMN letter_seen.source IS 'Path or URL where the file lay.';
