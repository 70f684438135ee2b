"""Tables of a page: rows of pieces that stand below each other, over and over."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from statistics import median
from typing import NamedTuple

from transforms.formats.parts import Cell, words
from transforms.formats.parts import Row as TableRow
from transforms.formats.pdf.figures import is_figure
from transforms.formats.pdf.lines import Row, Word, pieces, row_of
from transforms.formats.pdf.reading_on import read_on
from transforms.table_sources import heads_table

#: In ems: gaps between the pieces of a row.
_GAP = 0.9
#: Rows in a table that have one piece only: labels over several lines, heads of sections.
_MOST_LONELY = 3
#: Of the usual distance between the rows of a table: lines nearer than that are of one row.
_NEARER = 0.8
#: Of the median gap in a line: one that is no larger is stretched to fill the line.
_STRETCHED = 2.2


class _Column(NamedTuple):
    left: float
    right: float


class Stretch(NamedTuple):
    """Rows of a column that are a table or are none."""

    rows: list[Row]
    is_table: bool


def stretches(rows: Sequence[Row]) -> list[Stretch]:
    """The rows of a column, parted into tables and what is between them."""
    left, right = min((row.left for row in rows), default=0), max((row.right for row in rows), default=0)
    tabular = [_is_tabular(row, left, right) for row in rows]
    found: list[Stretch] = []
    done = at = 0
    while at < len(rows):
        if not tabular[at]:
            at += 1
            continue
        end = _end(rows, tabular, at)
        if _is_table(rows[at:end]):
            first = _first_head(rows, done, at, end)
            found += [Stretch(list(rows[done:first]), is_table=False)] if done < first else []
            found.append(Stretch(list(rows[first:end]), is_table=True))
            done = end
        at = end
    return [*found, Stretch(list(rows[done:]), is_table=False)] if done < len(rows) else found


def _is_tabular(row: Row, left: float, right: float) -> bool:
    parts = pieces(row, _GAP)
    if len(parts) < 2 or _is_stretched(row, parts, left, right):
        return False
    figures = any(is_figure(part.text) for part in parts[1:])
    return figures or row.right < right - row.size or len(row.words) <= _FEW_WORDS


def _is_stretched(row: Row, parts: Sequence[Row], left: float, right: float) -> bool:
    """Whether a line of text has wide gaps because it fills its column from edge to edge."""
    if row.left - left > row.size / 2 or right - row.right > row.size / 2:
        return False
    gaps = [after.left - before.right for before, after in pairwise(row.words) if not after.is_glued]
    with_letters = sum(any(map(str.isalpha, part.text)) for part in parts)
    return max(gaps) < _STRETCHED * median(gaps) and 2 * with_letters > len(parts)


_FEW_WORDS = 5


def _end(rows: Sequence[Row], tabular: Sequence[bool], start: int) -> int:
    """The row behind the last one that may be of the table beginning at `start`."""
    end, lonely = start + 1, 0
    right = rows[start].right
    for at in range(start + 1, len(rows)):
        if rows[at - 1].base - rows[at].base > _FAR * rows[at].size or heads_table(rows[at].text):
            break
        if tabular[at]:
            end, lonely = at + 1, 0
            right = max(right, rows[at].right)
            continue
        lonely += 1
        if _ends_label(rows, tabular, at):
            end = at + 1
        if lonely > _MOST_LONELY or len(rows[at].text) > _LABEL or rows[at].right > right + rows[at].size:
            break
    return end


def _ends_label(rows: Sequence[Row], tabular: Sequence[bool], at: int) -> bool:
    """Whether a row ends the label of the row above it, the last of its table."""
    above = rows[at - 1]
    near = above.base - rows[at].base < _ONE_ROW * rows[at].size
    goes_on = rows[at].text[:1].islower() or pieces(above, _GAP)[0].text.endswith("-")
    return tabular[at - 1] and near and goes_on and rows[at].right < above.right


#: In ems: further apart no rows of one table stand.
_FAR = 4.5


def _first_head(rows: Sequence[Row], done: int, start: int, end: int) -> int:
    """The first of the rows of heads right above a table, which leave room between its columns as it does."""
    strips = _strips(rows[start:end])
    first = start
    while first > done and start - first < _MOST_LONELY:
        row = rows[first - 1]
        free = sum(_parts_at(row, strip) for strip in strips)
        is_near = row.base - rows[first].base < _NEAR * row.size
        if not is_near or free < max(1, len(strips) / 2) or _ENDS_SENTENCE.search(row.text):
            break
        first -= 1
    return first


#: In ems: how near heads stand above their columns.
_NEAR = 2.6
_ENDS_SENTENCE = re.compile(r"[.?!:;,]\Z")


def _parts_at(row: Row, strip: _Column) -> bool:
    """Whether a row has a gap between two words where nothing stands between two columns."""
    return any(_is_gap(before, after, strip, row.size) for before, after in pairwise(row.words))


def _is_gap(before: Word, after: Word, strip: _Column, size: float) -> bool:
    wide = after.left - before.right > _NARROW * size
    return wide and max(before.right, strip.left) < min(after.left, strip.right)


def _is_table(rows: Sequence[Row]) -> bool:
    """Whether figures stand in several rows, or in one below as many heads."""
    parts = [pieces(row, _GAP) for row in rows]
    several = [each for each in parts if len(each) > 1]
    figures = [each for each in several if any(is_figure(part.text) for part in each[1:])]
    if len(several) < 2 or not figures:
        return False
    return len(figures) > 1 or any(
        len(each) == len(figures[0]) > 2 for each in several if each is not figures[0]
    )


# Cells


class PrintedTable(NamedTuple):
    """The lines of a table, each with its page."""

    lines: list[tuple[int, Row]]

    def take(self, rows: Sequence[Row], page: int) -> list[Row]:
        """Put to the table the rows at the top of the next column or page in which it goes on; the others.

        Its heads, printed again, are neither.
        """
        first, last = self.lines[0][1], self.lines[-1][1]
        here = list(rows)
        while here and self._is_head(here[0]):
            del here[0]
        if not here or not self._goes_on(here[0]):
            return list(rows)
        taken = 0
        while taken < len(here) and (self._goes_on(here[taken]) or _is_lonely(here[taken:], first)):
            taken += 1
        across = min(row.left for _, row in self.lines) - min(row.left for row in here[:taken])
        if abs(across) < _SAME_PLACE * last.size:
            across = 0.0
        up = last.base - here[0].base - self._distance()
        self.lines.extend((page, _moved(row, across, up)) for row in here[:taken])
        return here[taken:]

    def _is_head(self, row: Row) -> bool:
        return any(row.text == head.text for _, head in self.lines[:_MOST_LONELY])

    def _goes_on(self, row: Row) -> bool:
        parts = pieces(row, _GAP)
        most = max(len(pieces(line, _GAP)) for _, line in self.lines)
        return 1 < len(parts) <= most and any(is_figure(part.text) for part in parts[1:])

    def _distance(self) -> float:
        gaps = [one.base - other.base for (_, one), (_, other) in pairwise(self.lines)]
        return median(gaps) if gaps else self.lines[0][1].size


def _is_lonely(rows: Sequence[Row], first: Row) -> bool:
    """Whether a label or the head of a section stands above a row of the table."""
    return (
        len(rows) > 1
        and len(rows[0].text) < _LABEL
        and rows[0].right < first.right
        and len(pieces(rows[1], _GAP)) > 1
        and rows[0].base - rows[1].base < _FAR * rows[0].size
    )


#: Signs in a label.
_LABEL = 60


#: In ems: a table that stands no further to one side is in the same place on the next page.
_SAME_PLACE = 2


def _moved(row: Row, across: float, up: float) -> Row:
    """The row as it would stand in the column before."""
    return row_of(
        word._replace(left=word.left + across, right=word.right + across, base=word.base + up)
        for word in row.words
    )


def table_rows(table: PrintedTable) -> Iterator[TableRow]:
    """The rows of a table with their cells; what stands in several lines of a row is put together."""
    rows = [row for _, row in table.lines]
    strips = _strips(rows)
    lines = [_cut(row, strips) for row in rows]
    columns = _columns(lines)
    at = 0
    for together in _together(lines, columns):
        page = table.lines[at][0]
        at += len(together)
        cells: dict[tuple[int, int], list[str]] = {}
        for piece in chain.from_iterable(together):
            cells.setdefault(_held(cells, _span(piece, columns)), []).append(piece.text)
        yield TableRow(
            [
                Cell(words(read_on(texts)), last - first + 1, locator=f"page={page}", column=first)
                for (first, last), texts in sorted(cells.items())
            ]
        )


def _strips(rows: Sequence[Row]) -> list[_Column]:
    """Where nothing is printed between the columns, in any row that has figures."""
    with_figures = [row for row in rows if _has_figures(row)]
    taken = sorted((word.left, word.right) for row in with_figures for word in row.words)
    found: list[_Column] = []
    reach = taken[0][1] if taken else 0.0
    for left, right in taken:
        gap = (left - reach) / rows[0].size
        if gap > _GAP or (gap > _NARROW and _figures_behind(with_figures, left)):
            found.append(_Column(reach, left))
        reach = max(reach, right)
    return found


def _has_figures(row: Row) -> bool:
    return any(is_figure(word.text) for word in row.words[1:])


#: In ems: the least distance between columns.
_NARROW = 0.5


def _figures_behind(rows: Sequence[Row], x: float) -> bool:
    """Whether in nearly all rows the first word behind x is a figure, or what stands for one."""
    behind = [next((word.text for word in row.words if word.left >= x - 1), None) for row in rows]
    cells = [text for text in behind if text is not None]
    return sum(any(map(str.isalpha, text)) for text in cells) <= _FEW_WITH_LETTERS * len(cells)


_FEW_WITH_LETTERS = 0.15


def _cut(row: Row, strips: Sequence[_Column]) -> list[Row]:
    """The pieces of a row: parted where columns are, and in a row of heads by wide gaps."""
    found: list[list[Word]] = [[row.words[0]]]
    is_head = not _has_figures(row)
    for before, word in pairwise(row.words):
        wide = is_head and word.left - before.right > _GAP * row.size
        if wide or any(_is_gap(before, word, strip, row.size) for strip in strips):
            found.append([word])
        else:
            found[-1].append(word)
    return [row_of(part) for part in found]


def _held(cells: dict[tuple[int, int], list[str]], span: tuple[int, int]) -> tuple[int, int]:
    """The cell of the row that has one of these columns already, else one over them."""
    return next((each for each in cells if each[0] <= span[1] and span[0] <= each[1]), span)


def _columns(lines: Sequence[Sequence[Row]]) -> list[_Column]:
    """The columns from left to right: what the pieces of lines with figures cover, and heads above them."""
    most = max(map(len, lines))
    ordered = sorted(lines, key=lambda line: (not any(is_figure(p.text) for p in line[1:]), most - len(line)))
    columns: list[_Column] = []
    for line in ordered:
        is_head = not any(is_figure(piece.text) for piece in line[1:])
        for piece in line:
            over = [column for column in columns if column.left < piece.right and piece.left < column.right]
            if not over and not (is_head and columns):
                columns.append(_Column(piece.left, piece.right))
            elif len(over) == 1:
                columns = _widened(columns, over[0], piece)
    return sorted(columns)


def _widened(columns: Sequence[_Column], column: _Column, piece: Row) -> list[_Column]:
    """The columns, one of them as wide as this piece too, unless it would reach into another one."""
    wider = _Column(min(column.left, piece.left), max(column.right, piece.right))
    others = [other for other in columns if other is not column]
    reaches = any(other.left < wider.right and wider.left < other.right for other in others)
    return list(columns) if reaches else [*others, wider]


def _span(piece: Row, columns: Sequence[_Column]) -> tuple[int, int]:
    """The first and last column that a piece stands in, else the nearest one."""
    over = [
        at for at, column in enumerate(columns) if column.left < piece.right and piece.left < column.right
    ]
    if over:
        return over[0], over[-1]
    middle = (piece.left + piece.right) / 2
    nearest = min(
        range(len(columns)), key=lambda at: abs((columns[at].left + columns[at].right) / 2 - middle)
    )
    return nearest, nearest


def _together(lines: Sequence[list[Row]], columns: Sequence[_Column]) -> list[list[list[Row]]]:
    """The lines of each row of the table."""
    apart = _usual_distance(lines)
    found: list[list[list[Row]]] = []
    for line in lines:
        if found and _goes_on(found[-1], line, columns, apart):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _usual_distance(lines: Sequence[list[Row]]) -> float:
    """The distance between lines with figures that follow each other."""
    with_figures = [line[0].base for line in lines if any(is_figure(piece.text) for piece in line[1:])]
    return min((one - other for one, other in pairwise(with_figures)), default=0.0)


def _goes_on(before: Sequence[list[Row]], line: list[Row], columns: Sequence[_Column], apart: float) -> bool:
    """Whether a line belongs to the row above: near it, and with no figure where that has one."""
    first = line[0]
    gap = before[-1][0].base - first.base
    if gap > _ONE_ROW * first.size:
        return False
    taken = {at for each in before for at in _figures(each, columns)}
    if taken & _figures(line, columns):
        return False
    if apart and gap < _NEARER * apart:
        return True
    return len(line) == 1 and first.text[:1].islower() and _span(first, columns)[0] == 0


#: In ems: further apart no lines of one row stand.
_ONE_ROW = 1.6


def _figures(line: Sequence[Row], columns: Sequence[_Column]) -> set[int]:
    return {_span(piece, columns)[0] for piece in line if is_figure(piece.text)}
