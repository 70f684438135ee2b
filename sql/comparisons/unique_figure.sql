-- Of the comparable figures those that their letter states once, or always alike.
CREATE OR REPLACE TEMP VIEW unique_figure AS
SELECT * EXCLUDE (is_unique) FROM comparable_figure WHERE is_unique;
