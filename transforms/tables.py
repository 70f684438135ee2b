"""Tables that came out as lines of text: a header of years, then rows of a label and a number a year."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from transforms.nouns import noun_in
from transforms.numerals import Numeral, digits_value
from transforms.quantities import Quantity


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

    The unit is that of the cell's sign, of the row's label, or of the caption. A row that doesn't hold a
    number for each year yields nothing, nor does one whose unit nothing tells.
    """
    found, label = cells(row), ""
    if not header and _is_year_with_value(found):
        header, found = found[:1], found[1:]
    elif not header or len(found) != len(header) or year_header(row):
        return
    else:
        label = row[: found[0].start].strip()
    for cell, year in zip(found, header, strict=True):
        quantity = _quantity(cell, label, caption)
        if quantity is not None:
            yield quantity, year.text


def _is_year_with_value(found: Sequence[Cell]) -> bool:
    """`2019 310`: a row that has a year for its label, and one number."""
    years = [_YEAR.fullmatch(cell.text) is not None for cell in found]
    return years == [True, False] and found[0].start == 0


def _quantity(cell: Cell, label: str, caption: str) -> Quantity | None:
    value = digits_value(cell.text.rstrip("%"))
    numeral = Numeral(cell.start, cell.end, value, None, "digits", "numeral.cell")
    if cell.text.endswith("%"):
        return Quantity(numeral, "percent", label, cell.end, 0.9, "unit.sign")
    noun = noun_in(label) or noun_in(caption)
    if noun is None:
        return None
    unit, word = noun
    return Quantity(
        numeral, unit, label if word in label else f"{word} {label}", cell.end, 0.9, "unit.caption"
    )
