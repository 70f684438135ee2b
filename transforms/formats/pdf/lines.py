"""Glyphs to words and rows: what stands side by side on a page."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import NamedTuple

from transforms.formats.pdf.glyphs import Glyph

#: In ems: how far apart words are at the least, and how far a glyph of the same line may be off it.
_GAP, _OFF = 0.14, 0.1
#: In ems: how near the same sign is when it is printed twice.
_TWICE = 0.05
#: In ems: how far above (or below) the line markers stand, how near to a word, and how long they are.
_LEAST_RAISE, _MOST_RAISE, _NEAR = 0.12, 0.75, 0.6
_LONGEST_MARKER = 7
#: In ems of the row: what parts a row's words into pieces (columns, cells, a page number far right).
PIECE_GAP = 1.15


class Word(NamedTuple):
    """Glyphs without space between, on one baseline; a raised figure is a word of its own, glued or not."""

    text: str
    left: float
    right: float
    base: float
    size: float
    is_strong: bool
    is_raised: bool
    is_glued: bool = False  # no space goes before it, though it is a word of its own


class Row(NamedTuple):
    """Words side by side, from left to right."""

    words: tuple[Word, ...]
    base: float
    size: float

    @property
    def left(self) -> float:
        """Where the row begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where the row ends."""
        return self.words[-1].right

    @property
    def is_strong(self) -> bool:
        """Whether all words but markers are bold or italic."""
        return all(word.is_strong for word in self.words if not word.is_raised)

    @property
    def text(self) -> str:
        """The words, parted by spaces."""
        return "".join(word.text if word.is_glued else f" {word.text}" for word in self.words)[1:]


def row_of(words: Iterable[Word]) -> Row:
    """The row that words make: on the line of those that aren't raised, as large as most of them."""
    ordered = tuple(sorted(words, key=lambda word: word.left))
    standing = [word for word in ordered if not word.is_raised] or ordered
    signs = [word.size for word in standing for _ in word.text]
    return Row(ordered, median(word.base for word in standing), median(signs))


def rows(glyphs: Sequence[Glyph]) -> list[Row]:
    """The rows of a page, from the top."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.base):
        if lines and lines[-1][0].base - glyph.base <= _OFF * min(glyph.size, lines[-1][0].size):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return _with_markers([found for line in lines if (found := words(line))])


def words(line: Iterable[Glyph]) -> list[Word]:
    """The words of the glyphs on a line."""
    found: list[Word] = []
    together: list[Glyph] = []
    is_glued = False
    for glyph in sorted(line, key=lambda glyph: glyph.left):
        if together:
            last = together[-1]
            gap = glyph.left - last.right
            if glyph.text == last.text and glyph.left - last.left < _TWICE * glyph.size:
                continue  # printed twice, to look bold
            is_apart = (glyph.is_first and gap > -_GAP * glyph.size) or gap > _GAP * glyph.size
            if is_apart or glyph.is_raised != last.is_raised:
                found.append(_word(together, is_glued=is_glued))
                together, is_glued = [], not is_apart
        together.append(glyph)
    if together:
        found.append(_word(together, is_glued=is_glued))
    return found


def _word(glyphs: Sequence[Glyph], *, is_glued: bool) -> Word:
    first, last = glyphs[0], glyphs[-1]
    return Word(
        "".join(glyph.text for glyph in glyphs),
        first.left,
        last.right,
        first.base,
        max(glyph.size for glyph in glyphs),
        all(glyph.is_strong for glyph in glyphs),
        first.is_raised,
        is_glued,
    )


def _with_markers(lines: Sequence[list[Word]]) -> list[Row]:
    """Rows, with small words that stand a little higher or lower than a word beside them put in its row."""
    standing: list[list[Word]] = []
    moved: dict[int, list[Word]] = {}
    bases = [-line[0].base for line in lines]
    for at, line in enumerate(lines):
        stay = []
        for word in line:
            to = _row_beside(word, at, lines, bases) if _may_be_marker(word) else None
            if to is None:
                stay.append(word)
            else:
                moved.setdefault(to, []).append(word)
        standing.append(stay)
    found = []
    for at, line in enumerate(standing):
        markers = [
            word._replace(is_raised=word.base > line[0].base, is_glued=_is_glued(word, line))
            for word in moved.get(at, ())
            if line
        ]
        if line:
            found.append(row_of(_glued([*line, *markers]) if markers else line))
    return found


def _glued(words: Iterable[Word]) -> Iterator[Word]:
    """The words, of which one that follows a marker without a space is glued to it."""
    before: Word | None = None
    for word in sorted(words, key=lambda word: word.left):
        follows = before is not None and before.is_raised and word.left - before.right <= _GAP * word.size
        yield word._replace(is_glued=True) if follows else word
        before = word


def _may_be_marker(word: Word) -> bool:
    return len(word.text) <= _LONGEST_MARKER and not word.is_raised


def _row_beside(word: Word, at: int, lines: Sequence[list[Word]], bases: Sequence[float]) -> int | None:
    """The number of the row with a word of larger print beside this one, a little lower."""
    for number in range(bisect_left(bases, -word.base - 40), len(lines)):
        if bases[number] > -word.base + 40:
            break
        if number == at:
            continue
        for other in lines[number]:
            rise = word.base - other.base
            if (
                not (_LEAST_RAISE * other.size < rise < _MOST_RAISE * other.size)
                or word.size > 0.85 * other.size
            ):
                continue
            near = _NEAR * other.size
            if -near / 2 < word.left - other.right < near or -near / 2 < other.left - word.right < near:
                return number
    return None


def _is_glued(word: Word, line: Sequence[Word]) -> bool:
    return any(abs(word.left - other.right) <= _GAP * other.size for other in line)


def pieces(row: Row, gap: float = PIECE_GAP) -> list[Row]:
    """The parts of a row between gaps of so many ems."""
    found: list[list[Word]] = [[row.words[0]]]
    for word in row.words[1:]:
        if word.left - found[-1][-1].right > gap * row.size:
            found.append([word])
        else:
            found[-1].append(word)
    return [row_of(part) for part in found] if len(found) > 1 else [row]
