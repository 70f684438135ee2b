"""Pages as they are for a reader of English, without a browser."""

from datetime import date
from pathlib import Path

from dashboard.answers import asking, edition
from dashboard.blocks import Piece, Rows, View
from dashboard.labels import words_of
from dashboard.report import Fixed


def view(warehouse: Path, as_of: date | None = None, **chosen: str) -> View:
    found = edition(warehouse)
    ask = asking(found)

    def address(page: str, **named: object) -> str:
        return f"./?page={page}" + "".join(f"&{key}={value}" for key, value in named.items())

    return View(ask, words_of("en", ask("code_labels")), as_of, Fixed(chosen), address, found.version)


def html(blocks: object) -> str:
    """All text and tables of a page."""
    shown = ""
    for block in blocks:  # type: ignore[attr-defined]
        if isinstance(block, Piece):
            shown += block.html
        elif isinstance(block, Rows):
            shown += "".join(str(cell) for row in block.frame.to_dicts() for cell in block.row(row))
    return shown
