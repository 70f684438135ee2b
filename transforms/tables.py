"""Tables that came out as lines of text: a header of years, then rows of a label and a number a year."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from transforms.nouns import noun_in
from transforms.numerals import Numeral, digits_value
from transforms.quantities import Quantity
from transforms.vocabulary import compiled, words


class Cell(NamedTuple):
    """A number in [start, end) of the row."""

    start: int
    end: int
    text: str


_CELL = re.compile(r"(?<=[ €])\d[\d.,]*%?(?= |$)|^\d[\d.,]*%?(?= |$)")
_YEAR = re.compile(r"(?:19[4-9]|20[0-4])\d")


def cells(row: str) -> list[Cell]:
    """The cells of a row, from the first number that only numbers follow."""
    label = re.match(r"(?:.*[^\W\d_][^\s\d]*\s)?", row)
    start = label.end() if label else 0
    return [Cell(match.start(), match.end(), match[0]) for match in _CELL.finditer(row, start)]


def year_header(row: str) -> list[Cell]:
    """The cells of a row that holds years only; an empty list for another row."""
    found = cells(row)
    return found if found and all(_YEAR.fullmatch(cell.text) for cell in found) else []


def row_quantities(row: str, header: Sequence[Cell], caption: str) -> Iterator[tuple[Quantity, str]]:
    """Each cell of a row as a quantity, with the year of its column, or the one that the row begins with.

    The unit is that of the cell's sign, of the row's label, or of the caption, which also tells by what the
    cells are to be multiplied. A row that doesn't hold a number for each year yields nothing, nor does one
    whose unit or scale nothing tells.
    """
    found, label = cells(row), ""
    if not header and _is_year_with_value(found):
        header, found = found[:1], found[1:]
    elif not header or len(found) != len(header) or year_header(row):
        return
    else:
        label = row[: found[0].start].strip()
    measure = _measure(label, caption)
    for cell, year in zip(found, header, strict=True):
        quantity = _quantity(cell, label, measure)
        if quantity is not None:
            yield quantity, year.text


def _is_year_with_value(found: Sequence[Cell]) -> bool:
    """`2019 310`: a row that has a year for its label, and one number."""
    years = [_YEAR.fullmatch(cell.text) is not None for cell in found]
    return years == [True, False] and found[0].start == 0


class _Measure(NamedTuple):
    """What the cells of a row count, and in what; a factor of 0 is one that can't be told."""

    unit: str
    phrase: str
    factor: float


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return compiled("numerals", words("numerals")["table"][name])


def _measure(label: str, caption: str) -> _Measure | None:
    for text in (label, caption):
        share, counted = _pattern("percent").search(text), _pattern("counted").search(text)
        if share and counted:
            return None
        if share:
            return _Measure("percent", label, 1.0)
        if noun := noun_in(text[counted.end() :] if counted else text):
            unit, word = noun
            break
    else:
        unit, word = "", ""
    factor = _factor(f"{caption} {label}")
    if _pattern("money").search(label) or (_pattern("money").search(caption) and not noun_in(label)):
        return _Measure("euro", label, factor)
    return _Measure(unit, label if word in label else f"{word} {label}", factor) if unit else None


def _factor(text: str) -> float:
    """What the numbers of a table are multiplied by: `(x 1.000)`, `in mln. euro`."""
    scales = {_scale(match) for match in _pattern("scale").finditer(text)}
    if len(scales) > 1:
        return 0.0
    return scales.pop() if scales else 0.0 if _pattern("perhaps").search(text) else 1.0


def _scale(match: re.Match[str]) -> float:
    word = match["word"].lower().rstrip(".")
    multiplier: dict[str, float] = words("numerals")["multiplier"]
    return (
        digits_value(word)
        if word[0].isdigit()
        else multiplier[word if word in multiplier else word.removesuffix("en")]
    )


def _quantity(cell: Cell, label: str, measure: _Measure | None) -> Quantity | None:
    value = digits_value(cell.text.rstrip("%"))
    numeral = Numeral(cell.start, cell.end, value, None, "digits", "numeral.cell")
    if cell.text.endswith("%"):
        return Quantity(numeral, "percent", label, cell.end, 0.9, "unit.sign")
    if measure is None or not measure.factor:
        return None
    numeral = numeral._replace(value=round(value * measure.factor, 6))
    return Quantity(numeral, measure.unit, measure.phrase, cell.end, 0.9, "unit.caption")
