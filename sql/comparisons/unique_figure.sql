-- Of the figures that are compared those that their letter states once, or always alike.
CREATE OR REPLACE TEMP VIEW unique_figure AS
SELECT * EXCLUDE (is_unique) FROM standing_figure WHERE is_unique;
