"""The order in which a page is read: its columns of running text, one below the other.

Where a strip without words goes down between lines of prose on both sides, these are columns, and the left
one is read first. Between the columns of a table there are such strips too, but beside no prose: its rows
stay rows.
"""

from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from transforms.formats.pdf.lines import Row, Word, pieces, row_of

#: In ems: the least width of a strip between columns.
_STRIP = 0.9
#: Lines that a column has at the least; beside a long one, of notes, of another size of print.
_LINES, _FEW_LINES, _LONG_PAGE = 3, 2, 8
#: What lines of prose are: so many signs on average, of which so many are letters; most of the width is used
#: by so many of them; so many begin at the edge.
_SIGNS, _LETTERS, _FILLED, _OFTEN, _AT_EDGE = 18, 0.45, 0.7, 0.4, 0.5
_SIZES_DIFFER = 1.1
#: Points by which columns of different pages may stand apart.
_SAME = 4


class _Strip(NamedTuple):
    x: float
    first: int  # row
    last: int  # row after the last


def columns(pages: Sequence[Sequence[Row]]) -> list[list[list[Row]]]:
    """The columns of each page in the order in which they are read, each with its rows.

    Where some pages are printed in columns, a few lines beside each other on another are in columns too.
    """
    seen: list[float] = []
    for rows in pages:
        _columns(rows, seen, ())
    return [_columns(rows, [], seen) for rows in pages]


def _columns(rows: Sequence[Row], seen: list[float], known: Sequence[float]) -> list[list[Row]]:
    """The columns of a page; the places of strips between them are put to `seen`, and `known` of others."""
    strip = _widest_strip(rows, known)
    if strip is None:
        return [list(rows)] if rows else []
    seen.append(strip.x)
    left, right = _sides(rows[strip.first : strip.last], strip.x)
    parts = (rows[: strip.first], left, right, rows[strip.last :])
    return [column for part in parts for column in _columns(part, seen, known)]


def _sides(rows: Sequence[Row], x: float) -> tuple[list[Row], list[Row]]:
    left, right = [], []
    for row in rows:
        before = [word for word in row.words if word.right <= x]
        after = [word for word in row.words if word.right > x]
        left += [row_of(before)] if before else []
        right += [row_of(after)] if after else []
    return left, right


def _widest_strip(rows: Sequence[Row], known: Sequence[float]) -> _Strip | None:
    """The strip beside the most rows that parts columns of prose."""
    best: _Strip | None = None
    tried: set[tuple[int, int]] = set()
    for x in _candidates(rows, known):
        is_known = any(abs(x - other) < _SAME for other in known)
        for strip in _strips(rows, x):
            longer = best is None or strip.last - strip.first > best.last - best.first
            if longer and (strip.first, strip.last) not in tried:
                tried.add((strip.first, strip.last))
                if _parts_prose(rows[strip.first : strip.last], x, is_known=is_known):
                    best = strip
    return _below_heads(rows, best) if best else None


def _below_heads(rows: Sequence[Row], strip: _Strip) -> _Strip:
    """The strip without rows at its top in whose margin stands what goes before them: a dossier, a number.

    Only where the margin holds smaller print else.
    """
    left, right = _sides(rows[strip.first : strip.last], strip.x)
    size = median(row.size for row in right)
    if median(row.size for row in left) * _SIZES_DIFFER > size:
        return strip
    first = strip.first
    while first < strip.last and max(_left_sizes(rows[first], strip.x), default=size) * _SIZES_DIFFER > size:
        first += 1
    return strip._replace(first=first)


def _left_sizes(row: Row, x: float) -> list[float]:
    return [word.size for word in row.words if word.right <= x]


def _candidates(rows: Sequence[Row], known: Sequence[float]) -> list[float]:
    """Places where a column may begin: known ones, and a little left of where several pieces of rows do."""
    starts: dict[int, int] = {}
    left = min((row.left for row in rows), default=0)
    for row in rows:
        for piece in pieces(row, _STRIP):
            if piece.left > left + 3 * piece.size:
                key = round(piece.left / 3)
                starts[key] = starts.get(key, 0) + 1
    found = sorted(starts, key=lambda key: (-(starts[key] + starts.get(key + 1, 0)), key))
    often = [key * 3 - 3.5 for key in found if starts[key] + starts.get(key + 1, 0) >= _FEW_LINES]
    return [*dict.fromkeys(known), *often[:_MOST_CANDIDATES]]


#: Pages have two or three columns.
_MOST_CANDIDATES = 12


def _strips(rows: Sequence[Row], x: float) -> list[_Strip]:
    """Runs of rows of which none has a word at x, without rows at their ends that have none behind it."""
    found, first = [], 0
    for at, row in enumerate([*rows, None]):
        if row is not None and not _is_crossed(row.words, x, row.size):
            continue
        start, end = first, at
        while start < end and rows[start].right <= x:
            start += 1
        while start < end and rows[end - 1].right <= x and _is_apart(rows, end - 1):
            end -= 1
        if end > start:
            found.append(_Strip(x, start, end))
        first = at + 1
    return found


def _is_apart(rows: Sequence[Row], at: int) -> bool:
    """Whether a row stands well below the one above it."""
    return at > 0 and rows[at - 1].base - rows[at].base > 1.9 * rows[at].size


def _is_crossed(words: Sequence[Word], x: float, size: float) -> bool:
    before = max((word.right for word in words if word.left < x), default=None)
    after = min((word.left for word in words if word.left >= x), default=None)
    if before is None:
        return False
    return before > x - 1 or (after is not None and after - before < _STRIP * size)


def _parts_prose(rows: Sequence[Row], x: float, *, is_known: bool) -> bool:
    left, right = _sides(rows, x)
    if not left or not right:
        return False
    left, right = _beside([pieces(row, _STRIP)[-1] for row in left]), _beside(_first_pieces(right))
    if is_known and _begins_at_edge(right) and 2 * sum(map(_is_figures, right)) < len(right):
        return True
    one, other = (median(row.size for row in side) for side in (left, right))
    least = min(len(left), len(right))
    if max(one, other) > _SIZES_DIFFER * min(one, other):
        # notes beside the text: neither goes on in the other
        return least >= _FEW_LINES and all(_mean_signs(side) >= _SIGNS / 2 for side in (left, right))
    of_notes = all(side[0].words[0].is_raised for side in (left, right))
    few = of_notes or len(left) + len(right) > _LONG_PAGE
    return least >= (_FEW_LINES if few else _LINES) and _is_prose(left) and _is_prose(right)


def _first_pieces(side: Sequence[Row]) -> list[Row]:
    return [pieces(row, _STRIP)[0] for row in side]


def _beside(found: Sequence[Row]) -> list[Row]:
    """The pieces of the column next to a strip: those that begin where most do, or a little behind."""
    starts = Counter(round(piece.left / _SAME) for piece in found)
    edge = max(starts, key=lambda start: starts[start] + starts[start - 1]) * _SAME
    return [piece for piece in found if -2 * _SAME < piece.left - edge < _INDENT * piece.size]


#: In ems: what lines of a column are indented at the most.
_INDENT = 5


def _is_figures(row: Row) -> bool:
    return not any(map(str.isalpha, row.text))


def _mean_signs(side: Sequence[Row]) -> float:
    return sum(len(row.text) for row in side) / len(side)


def _begins_at_edge(side: Sequence[Row]) -> bool:
    left = min(row.left for row in side)
    return sum(row.left - left < row.size / 4 for row in side) >= _AT_EDGE * len(side)


def _is_prose(side: Sequence[Row]) -> bool:
    left, right = min(row.left for row in side), max(row.right for row in side)
    filled = [row for row in side if row.right - row.left >= _FILLED * (right - left)]
    letters = [row for row in filled if sum(map(str.isalpha, row.text)) > _LETTERS * len(row.text)]
    return len(letters) >= _OFTEN * len(side) and _mean_signs(side) >= _SIGNS and _begins_at_edge(side)
