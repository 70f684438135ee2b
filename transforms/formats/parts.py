"""The parts of a letter as its form marks them, and the one text that they are put together to."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from transforms.received import Block, Citation, Facts, Received, Refused, Role

#: A line break that the form marks, in the flow of a text.
BREAK = "\n"


class Cited(NamedTuple):
    """A place in the flow of a text where a note is cited, by the note's key."""

    key: str


class Located(NamedTuple):
    """A place in the flow of a text from where on it stands elsewhere in the form: on the next page."""

    locator: str


class Words(NamedTuple):
    """A text whose white space is single spaces, and the notes that it cites: offset in it, key.

    Where it goes on elsewhere in the form: offset, locator.
    """

    text: str
    cited: Sequence[tuple[int, str]] = ()
    located: Sequence[tuple[int, str]] = ()


class Part(NamedTuple):
    """A paragraph, a heading, an item, a note … : its words, and where the form has it.

    An item or a note has the number or sign that it is printed with, a note the key by which it is cited; it
    may be cited as `number N`, too.
    """

    role: Role
    words: Words
    locator: str = ""
    number: str = ""
    key: str = ""
    place: str = ""  # `question` or `answer`, where the form marks them


class Cell(NamedTuple):
    """A cell of a row: over how many columns and rows it goes, and its column (from 0) where that is told."""

    words: Words
    wide: int = 1
    tall: int = 1
    locator: str = ""
    column: int | None = None


class Row(NamedTuple):
    """A row of a table, with the cells that begin in it, and whether the form marks it as heads."""

    cells: Sequence[Cell]
    is_head: bool = False


class Table(NamedTuple):
    """The rows of a table, in their order; its caption is a part of its own before it."""

    rows: Sequence[Row]


def words(flow: Iterable[str | Cited | Located]) -> Words:
    """The words of a flow of texts, breaks and citations, white space put together over all of it.

    A text's own line ends are white space; a piece that is BREAK is a line's end.
    """
    parts: list[str] = []
    cited: list[tuple[int, str]] = []
    located: list[tuple[int, str]] = []
    length = 0
    for piece in flow:
        if not isinstance(piece, str):
            (cited if isinstance(piece, Cited) else located).append((length, piece[0]))
            continue
        text = piece if piece == BREAK else _WHITE.sub(" ", piece)
        last = parts[-1][-1] if parts else BREAK
        if last == " " and text.startswith((" ", BREAK)):
            parts[-1], length = parts[-1][:-1], length - 1
            if not parts[-1]:
                parts.pop()
        elif last == BREAK:
            text = text.lstrip(" \u00a0" if parts else " \n\u00a0")
        if text:
            parts.append(text)
            length += len(text)
    whole = "".join(parts).rstrip(" \n\u00a0")
    return Words(whole, [(_text_end(whole, offset), key) for offset, key in cited], located)


def paragraphs(whole: Words) -> Iterator[Words]:
    """The words between empty lines, each with its citations; nothing where there are no words."""
    start = 0
    for text in whole.text.split("\n\n"):
        end = start + len(text)
        cited = [(offset - start, key) for offset, key in whole.cited if start <= offset <= end]
        if text.strip():
            yield Words(text, cited)
        start = end + 2


#: White space that may be laid out anew; a no-break space is the text's own.
_WHITE = re.compile(r"[ \t\r\n\f\v]+")


def _text_end(text: str, offset: int) -> int:
    """The offset, or where the text ends before it: a marker behind a space belongs to the word."""
    end = min(offset, len(text))
    while end and text[end - 1] in " \n\u00a0":
        end -= 1
    return end


#: What a heading doesn't end with: a sentence does, and what leads over to the next line.
_ENDS_TEXT = re.compile(r"[.;:,?!]\W*\Z")
_HAS_LETTER = re.compile(r"[^\W\d_]")
_LONGEST_HEADING = 110


def as_heading(text: str) -> bool:
    """Whether a paragraph that is set apart as a whole is a heading: short, and no sentence."""
    return len(text) <= _LONGEST_HEADING and bool(_HAS_LETTER.search(text)) and not _ENDS_TEXT.search(text)


def assembled(
    parts: Iterable[Part | Table], form: str, *, encoding: str | None = None, facts: Facts | None = None
) -> Received | Refused:
    """The letter that the parts make: the notes go behind the rest, in the order in which they are cited.

    Parts without words are left out; where there are no others, there is no letter.
    """
    text = _Text()
    notes: list[Part] = []
    for part in parts:
        if isinstance(part, Table):
            text.put_table(part)
        elif part.role == "note":
            notes.append(part)
        elif part.words.text:
            text.put(part)
    if not text.blocks:
        return Refused("empty", "holds no text; get it anew, or take it out of the inbox")
    first = {key: at for at, (_, key) in reversed(list(enumerate(text.cited)))}
    for note in sorted(notes, key=lambda note: first.get(note.key, len(first))):
        if note.words.text:
            text.put(note)
    return Received(
        "".join(text.texts),
        form,
        encoding,
        facts or Facts(),
        text.blocks,
        list(text.citations()),
        text.locators,
    )


class _Text:
    """The text as it grows, and what stands where in it."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.length = 0
        self.blocks: list[Block] = []
        self.locators: list[tuple[int, str]] = []
        self.cited: list[tuple[int, str]] = []
        self.notes: dict[str, int] = {}
        self.tables = 0

    def put(self, part: Part) -> None:
        """A part behind an empty line, its number or sign before it."""
        self._write("\n\n" if self.length else "")
        self._locate(part.locator)
        self._write(f"{part.number} " if part.number else "")
        start, end = self._words(part.words)
        if part.role == "note":
            self.notes.setdefault(part.key, start)
            self.notes.setdefault(f"number {part.number}", start)
        self.blocks.append(Block(start, end, part.role, number=part.number, place=part.place))

    def put_table(self, table: Table) -> None:
        """The rows of a table, a line each, a tab between the cells; rows without words are left out."""
        self.tables += 1
        written: dict[tuple[int, int], tuple[int, int]] = {}
        begun = False
        for number, (row, columns) in enumerate(zip(table.rows, grid(table.rows), strict=True)):
            if not any(cell.words.text for cell in row.cells):
                continue
            self._write("\n" if begun else "\n\n" if self.length else "")
            begun, start = True, self.length
            for at, cell in enumerate(row.cells):
                self._write("\t" if at else "")
                self._locate(cell.locator)
                written[number, at] = self._words(cell.words)
            end = self.length
            spans = [written.get(place, (end, end)) if place else (end, end) for place in columns]
            role: Role = "table_head" if row.is_head else "table_row"
            self.blocks.append(Block(start, end, role, spans, table=self.tables))

    def citations(self) -> Iterator[Citation]:
        """The citations of the notes that are there."""
        for offset, key in self.cited:
            if key in self.notes:
                yield Citation(offset, self.notes[key])

    def _words(self, words: Words) -> tuple[int, int]:
        start = self.length
        self.cited += [(start + offset, key) for offset, key in words.cited]
        self.locators += [(start + offset, locator) for offset, locator in words.located]
        self._write(words.text)
        return start, self.length

    def _write(self, text: str) -> None:
        if text:
            self.texts.append(text)
            self.length += len(text)

    def _locate(self, locator: str) -> None:
        if locator and (not self.locators or self.locators[-1][1] != locator):
            self.locators.append((self.length, locator))


# Tables


#: Which cell stands in a column: the number of the row that it begins in, and its own in that.
Place = tuple[int, int]


def grid(rows: Sequence[Row]) -> list[list[Place | None]]:
    """What stands in each column of each row; a cell over several columns or rows in each of them.

    A cell stands in the next column that is free, unless its column is told. No table has more than
    MOST_COLUMNS columns: cells beyond are left out.
    """
    found: list[list[Place | None]] = []
    below: dict[int, tuple[Place, int]] = {}  # column: what goes on in it, for how many rows
    for number, row in enumerate(rows):
        here = {column: place for column, (place, _) in below.items()}
        below = {column: (place, more - 1) for column, (place, more) in below.items() if more > 1}
        column = 0
        for at, cell in enumerate(row.cells):
            column = _free(here, column) if cell.column is None else cell.column
            for each in range(column, min(column + max(cell.wide, 1), MOST_COLUMNS)):
                here[each] = (number, at)
                if cell.tall > 1:
                    below[each] = ((number, at), cell.tall - 1)
            column += max(cell.wide, 1)
        found.append([here.get(column) for column in range(max(here, default=-1) + 1)])
    width = max(map(len, found), default=0)
    return [columns + [None] * (width - len(columns)) for columns in found]


MOST_COLUMNS = 200


def _free(taken: Mapping[int, Place], column: int) -> int:
    while column in taken:
        column += 1
    return column
