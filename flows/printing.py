"""Rows on stdout, as a table for people or as ndjson and csv for programs."""

import csv
import json
import math
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, time
from decimal import Decimal
from io import BufferedWriter, FileIO, TextIOWrapper
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Literal, TextIO

from flows.cleaning import clean, escaped, escaped_json
from flows.errors import UsageError

if TYPE_CHECKING:
    from polars import DataFrame
    from rich.console import Console
    from rich.text import Text

    from transforms.evaluation import Evaluation
    from warehouse.store import Change, Comparison

Format = Literal["table", "ndjson", "csv"]
Row = Sequence[Any]

#: A console that never wraps or cuts, for tables that go to a file or a pipe.
ENDLESS = 1_000_000
#: Beyond this a floating-point number isn't every whole number any more.
MAX_WHOLE = 2**53


class ReaderGoneError(Exception):
    """Whoever read stdout has had enough, as `head` has."""


class _Stdout(FileIO):
    """Standard output that raises ReaderGoneError, of which neither Typer nor Rich makes a failure."""

    def write(self, data: Any) -> int:
        try:
            return super().write(data)
        except OSError as error:
            # What couldn't be written is flushed again at the end: once is enough to be told.
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
            if isinstance(error, BrokenPipeError):
                raise ReaderGoneError from None
            raise


@contextmanager
def utf8_streams() -> Iterator[None]:
    """Standard streams in UTF-8, in the block; writing to stdout raises ReaderGoneError once nobody reads."""
    sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    given = sys.stdout
    raw = _Stdout(given.fileno(), "w", closefd=False)
    sys.stdout = TextIOWrapper(
        BufferedWriter(raw), "utf-8", "backslashreplace", line_buffering=given.isatty()
    )
    try:
        yield
    finally:
        with suppress(ReaderGoneError):
            sys.stdout.flush()
        sys.stdout = given


@contextmanager
def stdout() -> Iterator[TextIO]:
    """Yield standard output for data; all of it is written when the block ends.

    Raises ReaderGoneError when the other end of the pipe was closed.
    """
    yield sys.stdout
    sys.stdout.flush()


def print_rows(columns: Sequence[str], rows: Iterable[Row], form: Format) -> None:
    """Rows on stdout; ndjson and csv are written as they come.

    Raises UsageError for ndjson of two columns with one name, of which an object would have the last alone.
    """
    doubled = [name for name in columns if list(columns).count(name) > 1]
    if form == "ndjson" and doubled:
        raise UsageError(f"two columns are called {doubled[0]}: name one otherwise (AS …), or --format csv")
    with stdout() as out:
        if form == "table":
            _print_table(columns, rows)
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


def _print_table(columns: Sequence[str], rows: Iterable[Row]) -> None:
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


#: What a spreadsheet takes for a formula, as sql/exports/spreadsheet_text.sql has it.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def _csv_value(value: Any) -> Any:
    """Value as CSV has it: an apostrophe before a text that a spreadsheet would take for a formula."""
    value = plain(value)
    if isinstance(value, bool | dict | list):
        value = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, str):
        return value
    value = f"'{value}" if _FORMULA.match(value) else value
    return escaped(value) if sys.stdout.isatty() else value


#: What is shown of a letter; that it is the current text, and not withdrawn, goes without saying.
OF_LETTER = (
    "identifier", "letter_date", "vintage", "is_current", "withdrawn", "ended_on", "sender", "file", "format",
    "source_url", "licence", "retrieved_at", "letter_id",
)  # fmt: skip


def print_claim(claim: dict[str, Any]) -> None:
    """What a claim of answers.claim says, its sentence with the quote marked, its correction, its letter."""
    from rich.text import Text

    start, end = claim.pop("sentence_quote_start"), claim.pop("sentence_quote_end")
    sentence = claim.pop("sentence") or ""
    correction = claim.pop("correction")
    letter = {name: claim.pop(name) for name in OF_LETTER if name in claim}
    letter |= {"withdrawn": letter.get("withdrawn") or None, "is_current": letter.get("is_current") and None}
    with stdout():
        out = console()
        _print_fields(out, claim)
        if sentence:
            out.print()
            out.print(Text("  ").append_text(_marked(sentence, start, end)), soft_wrap=True)
        if correction:
            out.print("\ncorrected")
            _print_fields(out, correction)
        out.print()
        _print_fields(out, letter)


def print_explanation(rows: Iterable[Row]) -> None:
    """Rows of schemas.EXPLANATION: each sentence on a line of its own, under it what was made of it."""
    from rich.text import Text

    with stdout():
        out = console()
        name = None
        for letter, start, end, step, *columns in rows:
            words, reading, rule = map(one_line, columns)
            if letter != name:
                name = letter
                out.print(Text(one_line(letter), style="bold"), soft_wrap=True)
            if step == "sentence":
                out.print(Text(f"\n{start}-{end} {reading}  {words}", style="bold"), soft_wrap=True)
            else:
                line = f"  {step:<8}  {_cut(words):<{_WORDS}}  {reading:<40}  {rule}"
                out.print(Text(line.rstrip()), soft_wrap=True)


_WORDS = 30  # characters of a letter's words in the table of an explanation


def _cut(words: str) -> str:
    return words if len(words) <= _WORDS else words[: _WORDS - 1] + "…"


def _marked(sentence: str, start: int | None, end: int | None) -> "Text":
    from rich.text import Text

    if start is None or end is None:
        return Text(one_line(sentence))
    before, quote, after = (clean(part) for part in (sentence[:start], sentence[start:end], sentence[end:]))
    if sys.stdout.isatty():
        return Text.assemble(before, (quote, "bold"), after)
    return Text(f"{before}**{quote}**{after}")


def _print_fields(out: "Console", fields: dict[str, Any]) -> None:
    from rich.text import Text

    shown = {name: one_line(value) for name, value in fields.items() if value is not None}
    width = max(map(len, shown), default=0)
    for name, value in shown.items():
        out.print(Text.assemble((name.ljust(width), "dim"), "  ", value), soft_wrap=True)


def print_status(status: dict[str, Any], form: Literal["table", "ndjson"]) -> None:
    """Status as answers.status gives it: as one line of ndjson, or as figures and two tables."""
    with stdout() as out:
        if form == "ndjson":
            print_object(status, out)
            return
        tables = {name: status.pop(name) for name in ("versions", "runs")}
        rejected = status.pop("rejected_by_reason")
        _print_fields(console(), {**status, **{f"  {reason}": files for reason, files in rejected.items()}})
        for name, rows in tables.items():
            out.write(f"\n{name}\n")
            out.flush()
            _print_table(list(rows[0]) if rows else [], [list(row.values()) for row in rows])


def print_evaluation(result: "Evaluation", form: Literal["table", "json"], *, errors: bool) -> None:
    """Scores and each field's accuracy by group: one JSON object, or tables; errors where asked for."""
    with stdout() as out:
        if form == "json":
            print_object(_evaluation_object(result, errors=errors), out)
            return
        tables = {
            "claims": result.scores,
            "fields right, of all claims found": _by_field(result, "accuracy"),
            "fields right, where the gold states one": _by_field(result, "stated_accuracy"),
            **({"errors": result.errors.drop("end", "value_high", "unit")} if errors else {}),
        }
        for number, (title, table) in enumerate(tables.items()):
            out.write(f"\n{title}\n" if number else f"{title}\n")
            out.flush()
            _print_table(table.columns, table.rows())


def _by_field(result: "Evaluation", value: str) -> "DataFrame":
    return result.fields.pivot("field", index=["by", "name"], values=value)


def _evaluation_object(result: "Evaluation", *, errors: bool) -> dict[str, Any]:
    fields: dict[tuple[str, str], dict[str, Any]] = {}
    for row in result.fields.to_dicts():
        fields.setdefault((row.pop("by"), row.pop("name")), {})[row.pop("field")] = row
    scores = [row | {"fields": fields.get((row["by"], row["name"]), {})} for row in result.scores.to_dicts()]
    return {"scores": scores, **({"errors": result.errors.to_dicts()} if errors else {})}


def print_comparison(comparison: "Comparison", form: Literal["table", "ndjson"], rows: int) -> None:
    """Two versions compared: each row that differs as ndjson, or counts and so many rows of each relation."""
    with stdout() as out:
        if form == "ndjson":
            for change in comparison.changes:
                print_object(change._asdict(), out)
            return
        out.write(f"from {comparison.before} to {comparison.after}\n\n")
        out.flush()
        _print_table(["relation", *SIDES, *CHANGES], comparison.counts)
        for relation, changes in groupby(comparison.changes, key=lambda change: change.relation):
            _print_changes(relation, changes, rows)


SIDES = ("before", "after")
CHANGES = ("added", "gone", "changed")
#: What people know a row by, of the columns it has.
KNOWN_BY = (
    "year", "period", "measure", "population", "value", "value_low", "value_high", "other_value", "unit",
    "status", "method", "verdict", "source", "quote", "other_quote", "letter_date", "subject", "reason",
    "detail",
)  # fmt: skip
#: Where the source is the file, which the name of the letter tells.
OF_FILES = ("letter", "rejected_letter")


def _print_changes(relation: str, changes: "Iterable[Change]", shown: int) -> None:
    """Table of the first rows of a relation that differ; a changed row as it is now, with what it was."""
    rows = [(change, change.after or change.before or {}) for change in islice(changes, shown)]
    more = sum(1 for _ in changes)
    if not rows:
        return
    left_out = f" ({more} more: --rows, --format ndjson)" if more else ""
    console().print(f"\n{relation}{left_out}", soft_wrap=True)
    columns = [
        name
        for name in KNOWN_BY
        if any(row.get(name) is not None for _, row in rows)
        and not (name == "source" and relation in OF_FILES)
    ]
    was = ["was"] if any(change.fields for change, _ in rows) else []
    letter = ["letter"] if any(change.letter for change, _ in rows) else []
    _print_table(
        ["change", *letter, *columns, *was],
        [
            [
                change.change,
                *([change.letter] if letter else []),
                *(row.get(name) for name in columns),
                *([_was(change)] if was else []),
            ]
            for change, row in rows
        ],
    )


def _was(change: "Change") -> str:
    """What a changed row said before, where it said something else."""
    return ", ".join(f"{name} {_shown((change.before or {})[name])}" for name in change.fields)


def _shown(value: Any) -> str:
    return "none" if value is None else one_line(value)
