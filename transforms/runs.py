"""The reading text as a list of runs of the letter as received, and the way back."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from transforms.received import Block
from transforms.repairs import Edit

#: Each stands for one character, so offsets hold.
_SPACES = "\t\u00a0\u2007\u2009\u200a\u202f\u2002\u2003\r\x0b\x85"


class ReadingText(NamedTuple):
    """Reading text, where its body ends and the notes begin, and the map back.

    Run `i` of the text begins at `starts[i]` and stands in the letter from `raws[i]` on; `mended` leads from
    the start of a garbled run to its end, for which other characters are read.
    """

    text: str
    body_end: int
    starts: list[int]
    raws: list[int]
    body_runs: int
    doubtful: frozenset[int]  # raw offsets of digits that may be a footnote marker
    mended: dict[int, int]
    of_tables: Mapping[int, str] = MappingProxyType({})  # head, row or section, by raw offset of its start
    blocks: Sequence[Block] = ()  # what the letter's form marks, by offsets of this text

    def raw_offset(self, offset: int) -> int:
        """The raw offset of the character at `offset`."""
        run = bisect_right(self.starts, offset) - 1
        raw = self.raws[run]
        return raw if raw in self.mended else raw + offset - self.starts[run]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open raw span from the first to the last character of [start, end)."""
        last = self.raw_offset(end - 1)
        return self.raw_offset(start), self.mended.get(last, last + 1)

    def reading_offset(self, raw: int) -> int:
        """The first reading offset of the body at or after the raw offset."""
        run = bisect_right(self.raws, raw, 0, self.body_runs) - 1
        if run < 0:
            return 0
        end = self.starts[run + 1] if run + 1 < len(self.starts) else len(self.text)
        return min(self.starts[run] + raw - self.raws[run], end, self.body_end)


def spaced(text: str) -> str:
    """The text with every space in it a plain one, as long as before."""
    for space in _SPACES:
        if space in text:
            text = text.replace(space, " ")
    return text


class Runs:
    """The reading text as it grows, a run at a time."""

    def __init__(self, plain: str) -> None:
        self.plain = plain
        self.texts: list[str] = []
        self.starts: list[int] = []
        self.raws: list[int] = []
        self.length = 0

    def put(self, raw: int, text: str) -> None:
        """`text` stands for what begins at the raw offset."""
        self.texts.append(text)
        self.starts.append(self.length)
        self.raws.append(raw)
        self.length += len(text)

    def add(self, start: int, end: int, edits: Sequence[Edit]) -> None:
        """[start, end) of the letter with its edits, in order; one that lies within another is left out."""
        for number in range(bisect_left(edits, (start,)), len(edits)):
            at, _, _ = edit = edits[number]
            if at >= end:
                break
            if at < start:
                continue
            if at > start:
                self.put(start, self.plain[start:at])
            if edit.text:
                self.put(at, edit.text)
            start = edit.end
        if start < end:
            self.put(start, self.plain[start:end])
