"""Rows on stdout, as a table for people or as ndjson and csv for programs."""

import csv
import json
import math
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TextIO

from flows.cleaning import clean, escaped, escaped_json
from flows.errors import UsageError
from flows.streams import stdout

if TYPE_CHECKING:
    from rich.console import Console

Format = Literal["table", "ndjson", "csv"]
Row = Sequence[Any]

#: A console that never wraps or cuts, for tables that go to a file or a pipe.
ENDLESS = 1_000_000
#: Beyond this a floating-point number isn't every whole number any more.
MAX_WHOLE = 2**53
#: What a spreadsheet takes for a formula, as sql/exports/spreadsheet_text.sql has it.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def print_rows(columns: Sequence[str], rows: Iterable[Row], form: Format) -> None:
    """Rows on stdout; ndjson and csv are written as they come.

    Raises UsageError for ndjson of two columns with one name, of which an object would have the last alone.
    """
    doubled = [name for name in columns if list(columns).count(name) > 1]
    if form == "ndjson" and doubled:
        raise UsageError(f"two columns are called {doubled[0]}: name one otherwise (AS …), or --format csv")
    with stdout() as out:
        if form == "table":
            print_table(columns, rows)
        elif form == "csv":
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(map(_csv_value, columns))
            writer.writerows([_csv_value(value) for value in row] for row in rows)
        else:
            for row in rows:
                print_object(dict(zip(columns, row, strict=True)), out)


def print_object(fields: dict[str, Any], out: TextIO) -> None:
    """One line of ndjson."""
    out.write(escaped_json(json.dumps(plain(fields), ensure_ascii=False, allow_nan=False)) + "\n")


def console() -> "Console":
    """Open standard output for text with marks; nothing in the data is taken for markup."""
    from rich.console import Console

    width = None if sys.stdout.isatty() else ENDLESS
    return Console(file=sys.stdout, width=width, markup=False, highlight=False, emoji=False, soft_wrap=False)


def print_table(columns: Sequence[str], rows: Iterable[Row]) -> None:
    """A table for people, numbers to the right."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    data = [[plain(value) for value in row] for row in rows]
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for number, column in enumerate(columns):
        is_number = any(isinstance(row[number], int | float) for row in data)
        table.add_column(Text(one_line(column)), justify="right" if is_number else "left", overflow="fold")
    for row in data:
        table.add_row(*(Text(one_line(value)) for value in row))
    console().print(table)


def print_fields(out: "Console", fields: dict[str, Any]) -> None:
    """Fields that have a value, a line each."""
    from rich.text import Text

    shown = {name: one_line(value) for name, value in fields.items() if value is not None}
    width = max(map(len, shown), default=0)
    for name, value in shown.items():
        out.print(Text.assemble((name.ljust(width), "dim"), "  ", value), soft_wrap=True)


def plain(value: Any) -> Any:
    """Value as JSON has it: whole numbers without a point, what JSON has no form for as text."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, float | Decimal):
        return _number(value)
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return _text(value)


def _text(value: Any) -> str:
    if isinstance(value, date | time):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else str(value)


def _number(value: float | Decimal) -> float | int | None:
    if not math.isfinite(value):
        return None
    is_exact = isinstance(value, Decimal) or abs(value) < MAX_WHOLE
    return int(value) if is_exact and value == int(value) else float(value)


def one_line(value: Any) -> str:
    """Value as text for a terminal: line breaks and control characters become spaces."""
    value = plain(value)
    if value is None:
        return ""
    if not isinstance(value, str):
        return clean(json.dumps(value, ensure_ascii=False))
    return " ".join(clean(value).split())


def _csv_value(value: Any) -> Any:
    """Value as CSV has it: an apostrophe before a text that a spreadsheet would take for a formula."""
    value = plain(value)
    if isinstance(value, bool | dict | list):
        value = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, str):
        return value
    value = f"'{value}" if _FORMULA.match(value) else value
    return escaped(value) if sys.stdout.isatty() else value
