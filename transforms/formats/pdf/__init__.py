"""PDF: glyphs to rows, rows to columns, columns to the parts of a letter."""
