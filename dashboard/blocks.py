"""What pages consist of, and what they are made with; shown.py and report.py show it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol

import altair as alt
import polars as pl
from markupsafe import Markup

from dashboard.answers import Ask
from dashboard.labels import Words


class Piece(NamedTuple):
    """HTML, all of it escaped."""

    html: Markup


class Figures(NamedTuple):
    """A chart, the same without links for a file, what it shows, and its data where no table has it."""

    name: str
    chart: alt.LayerChart | alt.Chart
    plain: Callable[[], alt.LayerChart | alt.Chart]
    description: str
    frame: pl.DataFrame | None = None


class Rows(NamedTuple):
    """A table: how each row is shown, the frame to download, and which columns are set to the right."""

    name: str
    caption: str
    columns: Sequence[str]
    row: Callable[[dict[str, object]], Sequence[object]]
    frame: pl.DataFrame
    numeric: Sequence[int] = ()


class Answering(NamedTuple):
    """The place of the SQL page, where a query is asked."""


Block = Piece | Figures | Rows | Answering


class Choose(Protocol):
    """Asks the reader; what was chosen is in the address of the page."""

    def one(self, key: str, label: str, options: Mapping[str, str], default: str | None) -> str | None:
        """One of these codes (with their labels), or the default."""

    def many(
        self, key: str, label: str, options: Mapping[str, str], default: Sequence[str] = ()
    ) -> Sequence[str]:
        """Some of these codes; none means all."""

    def words(self, key: str, label: str) -> str:
        """Words, or an empty text."""

    def page(self, key: str, label: str, pages: int) -> int:
        """One of so many pages, from 1."""

    def given(self, key: str) -> str | None:
        """What the address says, where it does."""


class View(NamedTuple):
    """How the file is looked at: what asks it, the words, as of which day (None: now), where links lead."""

    ask: Ask
    words: Words
    as_of: date | None
    choose: Choose
    address: Callable[..., str]
    version: str


Page = Callable[[View], Iterator[Block]]
