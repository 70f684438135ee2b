"""What extraction costs, measured on letters composed here: see `make bench`."""
