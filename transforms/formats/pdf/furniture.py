"""What belongs to the pages and not to the letter: running heads, feet, page numbers."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import pairwise
from statistics import median

from transforms.formats.pdf.lines import Row, pieces, row_of
from transforms.vocabulary import alternatives, words

#: Of the height of a page: how far its head and its foot reach into it at the most.
_EDGE = 0.14
#: Points by which what comes back on each page may be higher or lower, and pages on which it does.
_SAME, _PAGES = 4.0, 2
#: In ems: how far a page number stands off the text.
_APART = 1.6
#: Of the usual distance of rows, and in ems: how far what comes back stands off the text.
_FURTHER, _LINES_APART = 1.1, 1.33
#: Letters of what comes back on each page.
_FEWEST_LETTERS = 3
_PAGE_NUMBER = re.compile(r"[-–]? ?(?:\d{1,4}|[ivxl]{1,6})(?: ?(?:/|van) ?\d{1,4})? ?[-–]?")
_NUMBER_LAST, _NUMBER_FIRST = re.compile(r"(\d{1,4})\D*\Z"), re.compile(r"\D{0,10}(\d{1,4})\b")

#: What is said at the edge of a page, and how high: pages have it in common.
_Place = tuple[str, int]


def without_furniture(pages: Sequence[tuple[Sequence[Row], float]]) -> tuple[list[list[Row]], list[str]]:
    """The rows of each page (rows from the top, height) that are the letter's; the texts of what isn't."""
    often = _come_back(pages)
    kept: list[list[Row]] = []
    left_out: list[str] = []
    for page, (rows, height) in enumerate(pages):
        numbers = {id(row) for row in _page_numbers(rows, height)}
        outer = {id(row) for row in _outer(rows, partial(_goes, often, page))}
        here: list[Row] = []
        for row in rows:
            parts = pieces(row)
            at_edge = id(row) in outer and _is_at_edge(row, height)
            goes = [_is_named(part.text) or (at_edge and _goes(often, page, part)) for part in parts]
            if any(goes) or id(row) in numbers:  # a number beside what goes is that of the page
                goes = [gone or _is_number(part) for gone, part in zip(goes, parts, strict=True)]
            stays = [part for gone, part in zip(goes, parts, strict=True) if not gone]
            left_out += [part.text for part in parts if part not in stays]
            if stays:
                here.append(
                    row if len(stays) == len(parts) else row_of(w for part in stays for w in part.words)
                )
        kept.append(here)
    return kept, left_out


def _goes(often: "_Often", page: int, row: Row) -> bool:
    return _is_named(row.text) or often(row, page)


def _outer(rows: Sequence[Row], goes: Callable[[Row], bool]) -> Iterator[Row]:
    """The rows at the top and at the foot of which something goes, as far as they stand off the text."""
    usual = median(one.base - other.base for one, other in pairwise(rows)) if len(rows) > 1 else 0.0
    for ordered in (rows, rows[::-1]):
        run: list[Row] = []
        for row in ordered:
            if run and abs(row.base - run[-1].base) > max(_FURTHER * usual, _LINES_APART * row.size):
                yield from run
                run = []
            if not any(map(goes, pieces(row))) and not _is_number(row):
                break
            run.append(row)


def _is_number(row: Row) -> bool:
    return _PAGE_NUMBER.fullmatch(row.text) is not None


def _is_at_edge(row: Row, height: float) -> bool:
    return not _EDGE * height < row.base < (1 - _EDGE) * height


class _Often:
    """Whether something is said at the same height of several pages, but for the number of the page in it."""

    def __init__(self, places: Counter[_Place]) -> None:
        self._places = places

    def __call__(self, row: Row, page: int) -> bool:
        if row.words[0].is_raised:  # a note
            return False
        return any(
            sum(self._places[text, height + by] for by in (-1, 0, 1)) >= _PAGES
            for text, height in _places(row, page)
        )


def _come_back(pages: Iterable[tuple[Sequence[Row], float]]) -> _Often:
    places: Counter[_Place] = Counter()
    for page, (rows, height) in enumerate(pages):
        at_edge = (part for row in rows if _is_at_edge(row, height) for part in pieces(row))
        places.update({place for part in at_edge for place in _places(part, page)})
    return _Often(places)


def _places(row: Row, page: int) -> Iterator[_Place]:
    """What a row says, and again without a number at its end or beginning that goes up as the pages do."""
    height = round(row.base / _SAME)
    for text in (row.text, *_without_number(row.text, page)):
        if sum(map(str.isalpha, text)) >= _FEWEST_LETTERS:  # no row of a table
            yield text, height


def _without_number(text: str, page: int) -> Iterator[str]:
    for match in (_NUMBER_LAST.search(text), _NUMBER_FIRST.match(text)):
        if match is not None:
            yield f"{text[: match.start(1)]}#{int(match[1]) - page}#{text[match.end(1) :]}"


def _page_numbers(rows: Sequence[Row], height: float) -> Iterator[Row]:
    """The first or last row where it is a number that stands well off the text."""
    for row, beside in ((rows[0], rows[1:2]), (rows[-1], rows[-2:-1])) if rows else ():
        apart = all(abs(row.base - other.base) > _APART * other.size for other in beside)
        if apart and _is_at_edge(row, height) and _is_number(row):
            yield row


@cache
def _named() -> re.Pattern[str]:
    part = alternatives(words("reading")["furniture"]["lines"])
    return re.compile(rf"(?:{part} *){{1,4}}\d{{0,4}}", re.IGNORECASE)


def _is_named(text: str) -> bool:
    """Whether a text is known to be no letter's: `Tweede Kamer, vergaderjaar 2012–2013, 28 638, nr. 75`."""
    return _named().fullmatch(text) is not None
