-- Sets of parts that are the whole, each with its total where the letter states one.
CREATE OR REPLACE TEMP TABLE complete_parts AS
FROM parts_by_attribute
UNION ALL
FROM parts_by_table
UNION ALL
FROM parts_by_sentence;
