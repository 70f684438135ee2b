"""Readers of the forms that letters come in: the bytes of a file to what was received."""
