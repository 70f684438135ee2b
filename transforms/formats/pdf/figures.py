"""Which words of a printed line are figures: they tell its tables and columns."""

import re

#: A year or years, a quarter, a date without more: what heads a column of figures.
_TIME = re.compile(
    r"(?:(?:eind|medio|begin|per|t/m|tot en met|[1-4]e kwartaal|[1-4]e kw\.?|[QKT][1-4]|week \d+|\d{1,2}|"
    r"jan\w*|feb\w*|maart|mrt|apr\w*|mei|juni?|juli?|aug\w*|sep\w*|okt\w*|nov\w*|dec\w*)[ .-]*)*"
    r"'?(?:19|20)\d\d(?:\s*[/–-]\s*(?:(?:19|20)?\d\d))?\W*",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"(?:(?:ca\.?|circa|ruim|bijna|ongeveer)\s+)?[(<>≤≥±~+–-]{0,2}\s*(?:€|EUR)?\s*"
    r"[\d.,]*\d(?:[\d.,]|[ \u00a0](?=\d{3}(?!\d)))*[–-]?\s*"
    r"(?:%|procent|p\.?p\.?|mln\.?|mld\.?|fte)?\s*[)*]*(?:\s*\(\d[\d.,]*\s*%\)\**)?"
)
_DIGIT = re.compile(r"\d")


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure, and no year or other time."""
    if _DIGIT.search(text) is None or _TIME.fullmatch(text):
        return False
    return _FIGURE.fullmatch(text) is not None
