"""What can be wrong with the words kept as data."""


class VocabularyError(ValueError):
    """An entry that can't be used; the message is one line that names file, entry and fault."""
