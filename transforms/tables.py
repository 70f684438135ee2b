"""What the cells of a table count, and when: by the cell's sign, the heads of row and column, the caption."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from transforms.nouns import is_plural, noun_in, noun_of_title
from transforms.numerals import Numeral, digits_value
from transforms.quantities import Quantity
from transforms.standing import Change
from transforms.table_lines import BOUNDS, Cell, Head, cells, columns, for_cells, heads, is_timed
from transforms.vocabulary import compiled, words

_YEAR = re.compile(r"(?:19[4-9]|20[0-4])\d")


class Entry(NamedTuple):
    """A cell that counts something: its time, and the words of its row and column, which tell its kind."""

    quantity: Quantity
    period: str | None
    words: str


def is_header(row: str) -> bool:
    """Whether a line of a table heads its columns: it ends with times only, or with no number at all."""
    found = heads(row)
    return bool(found) and (is_timed(found) or not cells(row))


def entries(row: str, header: str, caption: str) -> Iterator[Entry]:
    """Each cell of a row that counts something.

    The unit is that of the cell's sign, of the row's or the column's head, or of the caption, which also
    tells by what the cells are to be multiplied. A row that doesn't hold a cell for each head yields nothing,
    nor does one whose unit or scale nothing tells.
    """
    found = cells(row)
    if not header and _is_year_with_value(row, found):
        yield from _of_row("", found[1:], [Head("", found[0].text)], caption, "")
        return
    head = for_cells(header, len(found))
    if head and _YEAR.fullmatch(found[0].text) and _pattern("of_years").search(head[0].text):
        head = head[1:]
    in_columns = columns(row, len(head))
    if in_columns is None or is_header(row):
        return
    label = row[: in_columns[0].start].strip()
    year = label if _YEAR.fullmatch(label) else None
    timed = _dated(head, year, caption)
    if is_timed(head) and (over_labels := _pattern("before_times").match(header)):
        caption = (
            f"{caption}\n{over_labels[0].strip()}"  # what stands over the labels may say what is counted
        )
    yield from _of_row("" if year else label, in_columns, timed, caption, header)


def _of_row(
    label: str, found: Sequence[Cell], head: Sequence[Head], caption: str, header: str
) -> Iterator[Entry]:
    for cell, column in zip(found, head, strict=True):
        over = "" if column.timed else column.text
        quantity = _quantity(cell, label, over, (caption, header))
        if quantity is not None:
            yield Entry(quantity, column.period, f"{label} {over}".strip())


def _is_year_with_value(row: str, found: Sequence[Cell]) -> bool:
    """`2019 310`: a row that has a year for its label, and one number."""
    years = [_YEAR.fullmatch(cell.text) is not None for cell in found]
    return years == [True, False] and not row[: found[0].start].strip()


def _dated(head: Sequence[Head], year: str | None, caption: str) -> list[Head]:
    """The heads with the times of their columns: their own, that of the row, or that of the caption.

    `op 1 oktober` in the caption tells the day of each year that heads a column.
    """
    if day := _pattern("day").search(caption.rsplit("\n", 2)[-1]):
        month = words("reading")["define"]["month"].index(day["month"].lower()) + 1
        on = f"-{month:02}-{int(day['day']):02}"
        return [
            each._replace(period=f"{each.period or year}{on}")
            if _YEAR.fullmatch(each.period or year or "")
            else each
            for each in head
        ]
    if _pattern("year_end").search(caption):
        years = [_YEAR.fullmatch(each.period or "") is not None for each in head]
        return [
            each._replace(period=f"{each.period}-12") if yearly else each
            for each, yearly in zip(head, years, strict=True)
        ]
    title = " ".join(caption.split("\n")[-2:])
    named = {_bound(match) for match in _pattern("year").finditer(title)}
    sole = named.pop() if len(named) == 1 else None
    return [each._replace(period=each.period or year or sole) for each in head]


def _bound(match: re.Match[str]) -> str:
    """`ultimo 2019`: the month by which a year is bounded."""
    return f"{match['year']}{BOUNDS.get((match['bound'] or '').lower(), '')}"


def is_occupied(named: str) -> bool:
    """Whether the head of a row or column speaks of places in use."""
    return _pattern("occupied").search(named) is not None


def column_change(quantity: Quantity, named: str) -> Change:
    """The change that a cell is by its head, with the sign in the cell for its direction; else a level."""
    match = _pattern("change").search(named)
    if match is None:
        return Change(False, "none", "level")
    signed = quantity.numeral.direction
    said = "decrease" if match["down"] else "increase"
    return Change(True, said if signed == "none" else signed, "change.column")


class _Measure(NamedTuple):
    """What cells count, and in what; a factor of 0 is one that can't be told."""

    unit: str
    phrase: str
    factor: float


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return compiled("numerals", words("numerals")["table"][name])


def _measure(label: str, over: str, around: Sequence[str]) -> _Measure | None:
    """What the heads of column and row say, else the caption; in use are the places of another column."""
    named = f"{over} {label}".strip()
    caption, header = around
    lines = [line for line in caption.split("\n")[::-1] if not _is_head_of_labels(line)] or [""]
    factor = _factor(f"{caption} {named}")
    titled = [lines[0]] if _pattern("title").match(lines[0]) and not _pattern("counted").search(label) else []
    for text in filter(None, (over, *titled, label, *lines)):
        share, counted = _pattern("percent").search(text), _pattern("counted").search(text)
        if share and counted:
            return None
        if share:
            return _Measure("percent", named, 1.0)
        if _pattern("money").search(text):
            return _Measure("euro", named, factor)
        rest = text[counted.end() :] if counted else text
        if noun := noun_in(rest) or (noun_of_title(rest) if text in lines or counted else None):
            return _measured(noun, named, factor)
        if text is over and is_occupied(named) and (noun := noun_in(header)):
            return _measured(noun, named, factor)
    return None


def _is_head_of_labels(line: str) -> bool:
    """`Gemeente`, alone in its line: it says what each row is of, not what is counted."""
    return " " not in line.strip() and not is_plural(line.strip())


def _measured(noun: tuple[str, str], named: str, factor: float) -> _Measure:
    unit, word = noun
    return _Measure(unit, named if word in named else f"{word} {named}".strip(), factor)


def _factor(text: str) -> float:
    """What the numbers of a table are multiplied by: `(x 1.000)`, `in mln. euro`."""
    scales = {_scale(match) for match in _pattern("scale").finditer(text)}
    if len(scales) > 1:
        return 0.0
    return scales.pop() if scales else 0.0 if _pattern("perhaps").search(text) else 1.0


def _scale(match: re.Match[str]) -> float:
    word = match["word"].lower().rstrip(".")
    return digits_value(word) if word[0].isdigit() else _multiplier(word)


def _multiplier(word: str) -> float:
    multiplier: dict[str, float] = words("numerals")["multiplier"]
    return multiplier[word if word in multiplier else word.removesuffix("en")]


def _quantity(cell: Cell, label: str, over: str, around: Sequence[str]) -> Quantity | None:
    match = re.search(r"(?P<digits>\d(?:[\d., ]*\d)?)(?P<times> [a-z]+)?\.?%?$", cell.text)
    if match is None:
        return None
    value = digits_value(match["digits"])
    times = _multiplier(match["times"].strip()) if match["times"] else None
    start = cell.start + cell.text.index(match["digits"]) if cell.text else cell.start
    end = start + len(cell.text) - cell.text.index(match["digits"])
    sign = "decrease" if cell.text[0] in "–-" else "increase" if cell.text[0] == "+" else "none"
    numeral = Numeral(start, end, value, None, "digits", "numeral.cell", sign)
    if cell.text.endswith("%"):
        return Quantity(numeral, "percent", f"{over} {label}".strip(), end, 0.9, "unit.sign")
    measure = _measure(label, over, around)
    if "€" in cell.text and (measure is None or measure.unit != "euro"):
        measure = _Measure("euro", f"{over} {label}".strip(), _factor(f"{around[0]} {over} {label}"))
    if measure is None or not (times or measure.factor):
        return None
    numeral = numeral._replace(value=round(value * (times or measure.factor), 6))
    return Quantity(numeral, measure.unit, measure.phrase, end, 0.9, "unit.caption")
