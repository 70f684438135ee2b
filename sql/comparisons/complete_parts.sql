-- Sets of parts that are the whole, each with its total where the letter states one. `is_said_whole` is true where the letter
-- itself says or shows that there are no others.
CREATE OR REPLACE TEMP TABLE complete_parts AS
FROM parts_by_attribute
UNION ALL
SELECT *, true AS is_said_whole FROM parts_by_table
UNION ALL
SELECT *, true AS is_said_whole FROM parts_by_sentence;
