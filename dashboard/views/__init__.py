"""The pages, one file each: what of the file they show, as blocks."""
