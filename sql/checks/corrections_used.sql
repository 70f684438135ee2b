-- severity: warning
-- Every correction is of a letter that is here. A warning, as one file of corrections serves several warehouses.
SELECT entry, letter, quote FROM correction WHERE letter_id IS NULL
