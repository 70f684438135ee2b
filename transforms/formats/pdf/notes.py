"""Footnotes: the small print at the foot of a page's columns, and the raised figures that cite it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from transforms.formats.pdf.lines import Row, Word, row_of

#: Of the size of the text: what notes are printed in at the most.
_SMALL = 0.93
_NUMBER = re.compile(r"\d{1,4}|[*†‡]{1,3}")
#: Numbers in one raised word: `1, 2`, `2/3`.
_PARTS = re.compile(r"[,;/ ]+")
_END = re.compile(r"[.!?]\W*\Z")


class Note(NamedTuple):
    """A note: its number or sign, the page it begins on, the rows it is printed in on each page."""

    number: str
    page: int
    rows: list[tuple[int, Row]]  # page, row

    @property
    def key(self) -> str:
        """What tells the note from others of its number."""
        return f"{self.page}:{self.number}"


def divided(rows: Sequence[Row], size: float) -> tuple[list[Row], list[Row]]:
    """The rows of a column: those of the text, and below them those of small print."""
    at = len(rows)
    while at and rows[at - 1].size <= _SMALL * size:
        at -= 1
    return list(rows[:at]), list(rows[at:])


class Notes:
    """The notes of a letter as page after page is read."""

    def __init__(self) -> None:
        self.found: list[Note] = []

    def add(self, rows: Sequence[Row], page: int, cited: Sequence[str]) -> list[Row]:
        """Take the notes from small print at the foot of a column; what isn't any is given back.

        `cited` are the numbers that the page cites.
        """
        first = next((at for at, row in enumerate(rows) if self._number(row, cited)), len(rows))
        before = list(rows[:first])
        if before and self.found and self._goes_on(page):
            self.found[-1].rows.extend((page, row) for row in before)
            before = []
        for row in rows[first:]:
            number = self._number(row, cited)
            if number is None:
                self.found[-1].rows.append((page, row))
                continue
            self.found.append(Note(number, page, []))
            text = _without(row, number)
            if text is not None:
                self.found[-1].rows.append((page, text))
        return before

    def _goes_on(self, page: int) -> bool:
        """Whether the last note, of the column or page before, isn't finished."""
        last = self.found[-1]
        return (
            bool(last.rows)
            and last.rows[-1][0] in (page - 1, page)
            and not _END.search(last.rows[-1][1].text)
        )

    def _number(self, row: Row, cited: Sequence[str]) -> str | None:
        """The number of the note that a row begins, if it begins one."""
        first = row.words[0]
        match = _NUMBER.match(first.text)
        if match is None:
            return None
        if first.is_raised:
            return match[0] if match.end() == len(first.text) else None
        rest = first.text[match.end() :]
        follows = self.found and match[0].isdecimal() and self.found[-1].number == str(int(match[0]) - 1)
        if not (follows or match[0] in cited or (not self.found and match[0] == "1")):
            return None
        return match[0] if not rest or rest[0].isalpha() or rest[0] in "«“‘\"'(" else None


def _without(row: Row, number: str) -> Row | None:
    """The row without the number that it begins with."""
    first = row.words[0]
    rest = first.text[len(number) :]
    words = ([first._replace(text=rest)] if rest else []) + list(row.words[1:])
    return row_of([words[0]._replace(is_glued=False), *words[1:]]) if words else None


def numbers_in(word: Word) -> list[str]:
    """The numbers of the notes that a raised word cites."""
    return [part for part in _PARTS.split(word.text.strip("()[],;")) if _NUMBER.fullmatch(part)]


def cited_in(rows: Sequence[Row]) -> list[str]:
    """The numbers of all notes that the rows may cite."""
    return [number for row in rows for word in row.words if word.is_raised for number in numbers_in(word)]


class Keys:
    """Which note a number on a page stands for: one at its foot, else on the next pages, else before."""

    def __init__(self, notes: Sequence[Note]) -> None:
        self._by_number: dict[str, list[Note]] = {}
        for note in notes:
            self._by_number.setdefault(note.number, []).append(note)

    def key(self, number: str, page: int) -> str | None:
        """The key of the note that is cited on a page, None where there is none."""
        notes = self._by_number.get(number, [])
        near = sorted(notes, key=lambda note: (note.page < page, abs(note.page - page)))
        return near[0].key if near else None
