"""The words of a paragraph as a word processor's file has them, run after run."""

from collections.abc import Iterator

from transforms.formats.markup import RAISED, settled
from transforms.formats.parts import BREAK, Cited, Part, Table, Words, words


class Flow:
    """What is read of a paragraph, and whether all of it is in bold."""

    def __init__(self) -> None:
        self.pieces: list[str | Cited] = []
        self.is_strong = False
        self._begun = False

    def put(self, text: str | None, *, is_strong: bool, is_raised: bool = False) -> None:
        """A text of one run, or BREAK.

        A line end of the file is white space as any other, and a soft hyphen is seen at a line's end alone.
        """
        if not text:
            return
        around = [RAISED] if is_raised else []
        seen = text if text == BREAK else text.replace("\u00ad", "").replace("\n", " ")
        self.pieces += [*around, seen, *around]
        if text.strip():
            self.is_strong = is_strong and (self.is_strong or not self._begun)
            self._begun = True

    def words(self) -> Words:
        """What has been put; a number above the line that was typed there cites a note, too."""
        return words(settled(self.pieces))

    def cite(self, key: str) -> None:
        """A note is cited here."""
        self.pieces.append(Cited(key))


def flow_of(part: Part | Table) -> Iterator[str | Cited]:
    """The words of a part, or of a table that stands in a cell, as they go into a larger flow."""
    if isinstance(part, Table):
        for row in part.rows:
            for cell in row.cells:
                yield from _flow(cell.words)
                yield " "
        return
    yield f"{part.number} " if part.number else ""
    yield from _flow(part.words)


def _flow(text: Words) -> Iterator[str | Cited]:
    done = 0
    for offset, key in text.cited:
        yield text.text[done:offset]
        yield Cited(key)
        done = offset
    yield text.text[done:]
