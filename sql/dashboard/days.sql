-- First and last day by which anything was said: those on which the letters were issued, where an undated one counts from
-- when it was seen.
SELECT
    min(coalesce(issued_on, CAST(first_seen AS DATE))) AS first_day,
    max(coalesce(issued_on, CAST(first_seen AS DATE))) AS last_day
FROM letter;
