-- First and last day by which anything was said: those of the letters, where an undated one counts from when it was seen.
SELECT
    min(coalesce(letter_date, CAST(first_seen AS DATE))) AS first_day,
    max(coalesce(letter_date, CAST(first_seen AS DATE))) AS last_day
FROM letter;
