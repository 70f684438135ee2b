"""Blocks as Streamlit shows them."""

from collections.abc import Callable

import streamlit as st

from dashboard import asked, downloads
from dashboard.answers import Edition
from dashboard.blocks import Answering, Block, Figures, Piece, Rows, View
from dashboard.markup import element, table
from dashboard.shown import offer, piece

#: Rows of a table shown at once.
ROWS = 100


def block(it: Block, view: View, found: Edition) -> None:
    """Whatever a page consists of."""
    if isinstance(it, Piece):
        piece(it.html)
    elif isinstance(it, Figures):
        _figures(it)
    elif isinstance(it, Rows):
        _rows(it, view)
    elif isinstance(it, Answering):
        asked.show(view, found)


def _figures(it: Figures) -> None:
    st.altair_chart(it.chart, width="stretch", theme=None, key=f"chart-{it.name}", alt=it.description)
    makers: dict[str, Callable[[], bytes | str]] = {
        "png": lambda: downloads.png(it.plain()),
        "svg": lambda: downloads.svg(it.plain()),
    }
    if it.frame is not None:
        makers |= downloads.of_rows(it.frame)
    offer(it.name, makers)


def _rows(it: Rows, view: View) -> None:
    words = view.words
    pages = max(-(-len(it.frame) // ROWS), 1)
    page = view.choose.page(f"{it.name}-page", words("app.page"), pages)
    first = (page - 1) * ROWS
    rows = it.frame.slice(first, ROWS)
    if pages > 1:
        told = words(
            "app.shown_rows",
            first=words.number(first + 1),
            last=words.number(first + len(rows)),
            total=words.number(len(it.frame)),
        )
        piece(element("p", told, class_="note"))
    piece(table(it.columns, (it.row(row) for row in rows.iter_rows(named=True)), it.caption, it.numeric))
    offer(it.name, downloads.of_rows(it.frame))
