"""Which footnote a place in a letter cites, found by the markers that the reading text leaves out."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from transforms.runs import ReadingText


class Citation(NamedTuple):
    """A footnote, and the offset in the reading text behind which its marker stood."""

    offset: int
    note: str


def citations(text: str, reading: ReadingText) -> list[Citation]:
    """The citations of footnotes in a letter, `text` as received, in their order."""
    notes = list(_notes(text, reading))
    if not notes:
        return []
    found: list[Citation] = []
    cited: set[int] = set()
    for offset, raw, number in _markers(text, reading):
        # a note stands at the foot of its page, in the next block that has the number; else in the last one,
        # where the sentence that cites it runs on behind the block
        behind = (each for each in notes if each[1] == number and each[0] > raw)
        before = (each for each in reversed(notes) if each[1] == number and each[0] not in cited)
        note = next(behind, None) or next(before, None)
        if note is not None:
            cited.add(note[0])
            found.append(Citation(offset, note[2]))
    return found


def _notes(text: str, reading: ReadingText) -> Iterator[tuple[int, str, str]]:
    """Raw offset, number and reading text of each note."""
    for match in re.compile(r"[^\n]+").finditer(reading.text, reading.body_end):
        raw = reading.raw_offset(match.start())
        number = _NUMBER_BEFORE.search(text, max(0, raw - 8), raw)
        if number is not None:
            yield raw, number[1], match[0]


def _markers(text: str, reading: ReadingText) -> Iterator[tuple[int, int, str]]:
    """Offset, raw offset and number of each marker that the body's reading text leaves out."""
    last = bisect_left(reading.starts, reading.body_end)
    for piece in range(1, last):
        start = reading.starts[piece]
        dropped = reading.raws[piece - 1] + start - reading.starts[piece - 1]
        marker = _MARKER.fullmatch(text, dropped, max(dropped, reading.raws[piece]))
        if marker is not None:
            yield start, dropped, marker[1]
    # behind the body's last word, where the notes come next and what is left out doesn't end with the marker
    if 0 < last < len(reading.starts):
        end = reading.raws[last - 1] + reading.body_end - reading.starts[last - 1]
        if (marker := _LAST_MARKER.match(text, end)) is not None:
            yield reading.body_end, end, marker[1]


_MARKER = re.compile(r"\s*\[?\s*(\d{1,2})\s*\]?\s*")
_LAST_MARKER = re.compile(r" ?\[? ?(\d{1,2}) ?\]? *(?:\n|\Z)")
_NUMBER_BEFORE = re.compile(r"(?<!\d)(\d{1,2})\]?\s*$")
