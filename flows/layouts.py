"""What commands print that is more than rows: claims, explanations, evaluations, versions compared."""

import sys
from collections.abc import Iterable
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any, Literal

from flows.cleaning import clean
from flows.printing import Row, console, one_line, print_fields, print_object, print_table
from flows.streams import stdout

if TYPE_CHECKING:
    from polars import DataFrame
    from rich.text import Text

    from transforms.evaluation import Evaluation
    from warehouse.store import Change, Comparison

#: What is shown of a letter; that it is the current text, and not withdrawn, goes without saying.
OF_LETTER = (
    "identifier", "letter_date", "vintage", "is_current", "withdrawn", "ended_on", "sender", "file", "format",
    "source_url", "licence", "retrieved_at", "letter_id",
)  # fmt: skip
#: Characters of a letter's words in the table of an explanation.
_WORDS = 30
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
        print_fields(out, claim)
        if sentence:
            out.print()
            out.print(Text("  ").append_text(_marked(sentence, start, end)), soft_wrap=True)
        if correction:
            out.print("\ncorrected")
            print_fields(out, correction)
        out.print()
        print_fields(out, letter)


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


def print_status(status: dict[str, Any], form: Literal["table", "ndjson"]) -> None:
    """Status as answers.status gives it: as one line of ndjson, or as figures and two tables."""
    with stdout() as out:
        if form == "ndjson":
            print_object(status, out)
            return
        tables = {name: status.pop(name) for name in ("versions", "runs")}
        rejected = status.pop("rejected_by_reason")
        print_fields(console(), {**status, **{f"  {reason}": files for reason, files in rejected.items()}})
        for name, rows in tables.items():
            out.write(f"\n{name}\n")
            out.flush()
            print_table(list(rows[0]) if rows else [], [list(row.values()) for row in rows])


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
            print_table(table.columns, table.rows())


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
        print_table(["relation", *SIDES, *CHANGES], comparison.counts)
        for relation, changes in groupby(comparison.changes, key=lambda change: change.relation):
            _print_changes(relation, changes, rows)


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
    print_table(
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
