"""Rows of running text to paragraphs: where one ends, and how its rows read on."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, pairwise
from statistics import median
from typing import NamedTuple

from transforms.formats.parts import Cited, Located, as_heading
from transforms.formats.pdf.lines import Row, Word
from transforms.formats.pdf.notes import Keys, numbers_in
from transforms.formats.pdf.reading_on import AROUND, line_end
from transforms.received import Role
from transforms.vocabulary import compiled, words

#: Of the usual distance between rows: what parts paragraphs.
_APART = 1.25
#: In ems: what an indent is, and what is left free at the end of a line beside the next word.
_INDENT, _FREE = 0.8, 0.55
#: In ems: how near to the edge a line ends there.
_FLUSH = 0.3
#: Of the size of the text: what headings are printed in at the least; another size is another paragraph.
_LARGE, _ANOTHER = 1.07, 1.05
_MARKER = re.compile(r"[-–—•·*◦▪‣∙●○o\uf0b7]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]")
_SIGN = re.compile(r"[-–—•·*◦▪‣∙●○o\uf0b7]")
_TERMINAL = re.compile(r"[.?!:;]\W*\Z")
_MEASURE = re.compile(r"(?:^|[\d\W])[ckdm]?m\Z")


class Paragraph(NamedTuple):
    """The rows of a paragraph, each with its page; whether its last line is full, or ends at the edge."""

    rows: list[tuple[int, Row]]
    is_item: bool
    is_full: bool
    is_flush: bool

    @property
    def is_strong(self) -> bool:
        """Whether all of it is bold or italic."""
        return all(row.is_strong for _, row in self.rows)

    @property
    def size(self) -> float:
        """The size of most of it."""
        return median(row.size for _, row in self.rows)


def paragraphs(rows: Sequence[Row], page: int, leading: float) -> list[Paragraph]:
    """The paragraphs of the rows of a column, from the top, between whose lines there are so many ems."""
    if not rows:
        return []
    layout = _Layout(rows, leading)
    found: list[list[Row]] = []
    items: list[bool] = []
    for at, row in enumerate(rows):
        is_item = layout.is_item(at)
        if not found or is_item or layout.begins(at, found[-1], in_item=items[-1]):
            found.append([])
            items.append(is_item)
        found[-1].append(row)
    return [
        Paragraph(
            [(page, row) for row in each], item, layout.is_full(each[-1], None), layout.is_flush(each[-1])
        )
        for each, item in zip(found, items, strict=True)
    ]


class _Layout:
    """How a column is set: its right edge, the distance of its rows in ems."""

    def __init__(self, rows: Sequence[Row], leading: float) -> None:
        self.rows = rows
        self.right = _right_edge(rows)
        self.leading = leading

    def is_item(self, at: int) -> bool:
        """Whether a row begins an item: by a marker, behind which lines hang, or stands apart."""
        row = self.rows[at]
        if len(row.words) < 2 or not _MARKER.fullmatch(row.words[0].text) or row.words[0].is_raised:
            return False
        hang = at + 1 < len(self.rows) and _INDENT / 2 * row.size < self.rows[at + 1].left - row.left
        if at == 0 or hang or self._is_apart(at):
            return True
        before = self.rows[at - 1]
        wide = row.words[1].left - row.words[0].right > 0.5 * row.size
        return not self.is_full(before, row) or (wide and _TERMINAL.search(before.text) is not None)

    def begins(self, at: int, paragraph: Sequence[Row], *, in_item: bool) -> bool:
        """Whether a row begins a paragraph and doesn't go on in the one before."""
        row, before = self.rows[at], self.rows[at - 1]
        if max(row.size, before.size) > _ANOTHER * min(row.size, before.size) or self._is_apart(at):
            return True
        if row.is_strong != before.is_strong and (
            not self.is_full(before, row)
            or (before.is_strong and as_heading(" ".join(r.text for r in paragraph)))
        ):
            return True
        shift = (row.left - before.left) / row.size
        if shift > _INDENT and not (in_item and len(paragraph) == 1) and self.is_full(before, row):
            return True
        if shift < -_INDENT and (in_item or len(paragraph) > 1):
            return True
        if self.is_full(before, row):
            return False
        return _TERMINAL.search(before.text) is not None or not row.text[:1].islower()

    def _is_apart(self, at: int) -> bool:
        row, before = self.rows[at], self.rows[at - 1]
        return at > 0 and before.base - row.base > _APART * self.leading * max(row.size, before.size)

    def is_flush(self, row: Row) -> bool:
        """Whether a line ends at the edge, as all but the last of a paragraph do where they are stretched."""
        flush = sum(self.right - each.right < _FLUSH * each.size for each in self.rows)
        return self.right - row.right < _FLUSH * row.size and 2 * flush > len(self.rows)

    def is_full(self, row: Row, following: Row | None) -> bool:
        """Whether the next word wouldn't have found room on a line."""
        need = following.words[0].right - following.words[0].left if following else 4 * row.size
        return self.right - row.right < need + _FREE * row.size


def _right_edge(rows: Sequence[Row]) -> float:
    """Where lines end at the most, but for one that runs over."""
    ends = sorted(row.right for row in rows)
    if len(ends) > 4 and ends[-1] - ends[-2] > 1.5 * rows[0].size:
        return ends[-2]
    return ends[-1]


def joined(columns: Sequence[Sequence[Paragraph]], size: float) -> list[Paragraph]:
    """The paragraphs of all columns in their order; one that a column's end cuts in two is one again."""
    found: list[Paragraph] = []
    for column in columns:
        for at, paragraph in enumerate(column):
            if at == 0 and found and _goes_on(found[-1], paragraph, size):
                last = found[-1]
                found[-1] = last._replace(rows=last.rows + paragraph.rows, is_full=paragraph.is_full)
            else:
                found.append(paragraph)
    return found


def _goes_on(before: Paragraph, paragraph: Paragraph, size: float) -> bool:
    text, first = before.rows[-1][1].text, paragraph.rows[0][1]
    if paragraph.is_item or abs(before.size - paragraph.size) > 0.05 * size:
        return False
    if before.is_strong != paragraph.is_strong and any(
        as_heading(_plain(each)) for each in (before, paragraph)
    ):
        return False
    if text.endswith("-"):
        return True
    if _TERMINAL.search(_unmarked(before.rows[-1][1])):
        return before.is_flush and not before.is_item and not _opens(first)
    return before.is_full or first.text[:1].islower()


def leading(columns: Iterable[Sequence[Row]]) -> float:
    """The distance between lines of a paragraph, in ems: the least that is usual where a sentence goes on."""
    gaps: Counter[int] = Counter()
    for one, other in chain.from_iterable(map(pairwise, columns)):
        gap = (one.base - other.base) / other.size
        same = abs(one.size - other.size) < 0.05 * one.size
        if same and _LEAST_LEADING < gap < _MOST_LEADING and other.text[:1].islower():
            gaps[round(gap * 20)] += 1
    usual = [gap for gap in gaps if gaps[gap] + gaps[gap - 1] + gaps[gap + 1] >= _USUAL * gaps.total()]
    return min(usual) / 20 if usual else _DEFAULT_LEADING


#: In ems: between lines nearer or further apart there is no paragraph; the share that makes a distance usual.
_LEAST_LEADING, _MOST_LEADING, _DEFAULT_LEADING = 0.85, 2.4, 1.25
_USUAL = 0.2


def _opens(row: Row) -> bool:
    """Whether a row is the heading of a question or an answer."""
    return (
        compiled("reading", words("reading")["line"]["heading"], flags=re.NOFLAG).match(row.text) is not None
    )


def _plain(paragraph: Paragraph) -> str:
    return " ".join(row.text for _, row in paragraph.rows)


def _unmarked(row: Row) -> str:
    """The text of a row without the markers of notes in it."""
    return " ".join(word.text for word in row.words if not word.is_raised)


def role(paragraph: Paragraph, size: float) -> Role:
    """What a paragraph is, in a letter whose text is printed in this size."""
    text = _plain(paragraph)
    if (paragraph.size > _LARGE * size or paragraph.is_strong) and as_heading(text):
        return "heading"
    return "item" if paragraph.is_item else "paragraph"


def marker(paragraph: Paragraph) -> tuple[str, Paragraph]:
    """The number of an item (nothing for a bullet), and the item without it."""
    page, row = paragraph.rows[0]
    sign = row.words[0].text
    rest = row._replace(words=(row.words[1]._replace(is_glued=False), *row.words[2:]))
    return ("" if _SIGN.fullmatch(sign) else sign), paragraph._replace(
        rows=[(page, rest), *paragraph.rows[1:]]
    )


# Reading on


def known_words(pages: Iterable[Sequence[Row]]) -> frozenset[str]:
    """The words within the lines of a letter, hyphens in them as they are, and the names of bodies."""
    within = (word.text.strip(AROUND) for rows in pages for row in rows for word in row.words[:-1])
    return _names() | frozenset(within)


@cache
def _names() -> frozenset[str]:
    agencies = words("sources")["agency"]
    return frozenset(name for agency in agencies for alias in agency["aliases"] for name in alias.split())


class Letter(NamedTuple):
    """What is known of a letter when its rows are read: the keys of its notes, its words."""

    keys: Keys
    known: Collection[str]


def flow(rows: Sequence[tuple[int, Row]], letter: Letter) -> Iterator[str | Cited | Located]:
    """The words of rows in their order: hyphens of line ends mended, raised figures as citations of notes."""
    text = ""
    page = rows[0][0]
    for at, (here, row) in enumerate(rows):
        following = rows[at + 1][1].words[0].text if at + 1 < len(rows) else ""
        for number, word in enumerate(row.words):
            if number and not word.is_glued:
                yield " "
            if here != page:
                page = here
                yield Located(f"page={page}")
            cited = _cited(word, letter.keys, here, text)
            if cited:
                yield from cited
            elif number == len(row.words) - 1 and following:
                yield from line_end(word.text, following, letter.known)
            else:
                yield word.text
            text = word.text
        if following and row.words[-1].is_raised:
            yield " "


def _cited(word: Word, keys: Keys, page: int, before: str) -> list[Cited]:
    """The notes that a word cites, if it is raised and they are there."""
    if not word.is_raised or _MEASURE.search(before):
        return []
    found = [keys.key(number, page) for number in numbers_in(word)]
    return [Cited(key) for key in found if key is not None]
