"""Which rows of a table are its heads, where the form doesn't say."""

import re
from collections.abc import Iterable, Iterator, Sequence

from transforms.formats.parts import Part, Row, Table

#: A year or years, a quarter, a date without more: what heads a column of figures.
_TIME = re.compile(
    r"(?:(?:eind|medio|begin|per|t/m|tot en met|[1-4]e kwartaal|[1-4]e kw\.?|[QKT][1-4]|week \d+|\d{1,2}|"
    r"jan\w*|feb\w*|maart|mrt|apr\w*|mei|juni?|juli?|aug\w*|sep\w*|okt\w*|nov\w*|dec\w*)[ .-]*)*"
    r"'?(?:19|20)\d\d(?:\s*[/–-]\s*(?:(?:19|20)?\d\d))?\W*",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"[(<>±+–-]{0,2}\s*(?:€|EUR)?\s*[\d.,]*\d(?:[\d.,]|[ \u00a0](?=\d{3}(?!\d)))*[–-]?\s*"
    r"(?:%|procent|p\.?p\.?|mln\.?|mld\.?|fte)?\s*[)*]*"
)
_DIGIT = re.compile(r"\d")
#: More rows of heads no table has.
_MOST_HEADS = 4


def with_heads(parts: Iterable[Part | Table]) -> Iterator[Part | Table]:
    """The parts, in which each table that marks no row as one of heads has them marked."""
    for part in parts:
        if isinstance(part, Table) and not any(row.is_head for row in part.rows):
            heads = _heads(part.rows)
            yield Table([row._replace(is_head=at < heads) for at, row in enumerate(part.rows)])
        else:
            yield part


def _heads(rows: Sequence[Row]) -> int:
    """How many rows there are before the first one with a figure, if they are few, and figures follow."""
    for at, row in enumerate(rows):
        if any(is_figure(cell.words.text) for cell in row.cells):
            return at if at <= _MOST_HEADS else 0
        if at and not any(cell.words.text for cell in row.cells[1:]):
            return at  # a row of one cell heads a section
    return 0


def is_figure(text: str) -> bool:
    """Whether a cell holds a figure, and no year or other time."""
    if _DIGIT.search(text) is None or _TIME.fullmatch(text):
        return False
    return _FIGURE.fullmatch(text) is not None
