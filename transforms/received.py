"""What comes out of a file of whatever form: a letter's text, what the form marks in it and says of it.

Every reader of a form yields these types; nothing behind them asks which form a letter came in.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

#: From the form that is read most surely to the one that is read least so.
FORMATS = ("xml", "html", "docx", "odt", "pdf", "txt")

Role = Literal[
    "head",  # of the letter: dossier, number, addressee, date
    "heading",
    "paragraph",
    "item",  # of a list
    "caption",  # of a table
    "table_head",
    "table_row",
    "note",  # a footnote, which stands behind the body
    "signature",
]


class Block(NamedTuple):
    """What the form marks in [start, end) of the text: code points, half-open, in order, none in another.

    A row of a table has the span of each of its cells, in the order of the columns, an empty one where it has
    none; a cell over several columns or rows stands in each of them, wherever its text is. A note or an item
    of a list has its number or sign, which stands in the text before the block.
    """

    start: int
    end: int
    role: Role
    cells: Sequence[tuple[int, int]] = ()
    number: str = ""
    table: int = 0  # which of the letter's tables a row is of, from 1 on
    place: str = ""  # `question` or `answer`, where the form marks them


class Citation(NamedTuple):
    """The offset in the text behind which a note is cited, and the start of the note's block."""

    offset: int
    note: int


class Facts(NamedTuple):
    """What a form or a source says of a letter, beside its text; None where it doesn't.

    `series` is the title of its dossier, which stands in for a subject of its own.
    """

    identifier: str | None = None
    dossiers: Sequence[str] = ()
    number: str | None = None
    letter_date: date | None = None
    sender: str | None = None
    signatory: str | None = None
    addressee: str | None = None
    subject: str | None = None
    series: str | None = None


class Received(NamedTuple):
    """A letter out of its file.

    `text` is kept, and every offset counts in it; `blocks` are empty where the form marks nothing, and the
    text is repaired as printed text is. `locators` tell from which offset on which place of the form is read:
    `page=3`, an XPath, or a part of the file and an XPath in it.
    """

    text: str
    format: str  # one of FORMATS
    encoding: str | None = None
    facts: Facts = Facts()
    blocks: Sequence[Block] = ()
    citations: Sequence[Citation] = ()
    locators: Sequence[tuple[int, str]] = ()


class Refused(NamedTuple):
    """Why a file is no letter: a code of rejected_letter.reason, and a line that says what to do."""

    reason: str
    detail: str
