"""The SQL page: its words; the query itself is asked where it is shown."""

from collections.abc import Iterator

from dashboard.blocks import Answering, Block, Piece, View
from dashboard.markup import element


def blocks(view: View) -> Iterator[Block]:
    """The page."""
    words = view.words
    yield Piece(element("h1", words("nav.sql")) + element("p", words("sql.intro"), class_="lead"))
    yield Answering()
