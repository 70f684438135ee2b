"""By how many percent something grew or shrank, by year."""

from collections.abc import Iterator

from dashboard.blocks import Block, View
from dashboard.views import figures


def blocks(view: View) -> Iterator[Block]:
    """The page."""
    return figures.blocks(view, "growth")
