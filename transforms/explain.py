"""How each sentence was read: what was masked, read and linked, and by which rule."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from transforms import schemas
from transforms.extract import MAY_LACK, Document, believed, document_of, read_claims
from transforms.forms import received
from transforms.nouns import LENGTHS, PERCENT
from transforms.received import Received
from transforms.runs import ReadingText
from transforms.sentence_claims import Reading

#: The rule that a field comes from begins with the field's name, but for these.
_RULES = {
    "value": ("numeral",),
    "value_high": ("numeral",),
    "direction": ("change", "level"),
    "base_period": ("period",),
}
_LINKED = (
    "value", "value_high", "unit", "kind", "measure", "period", "base_period", "direction", "status",
    "precision", "source", "per", "statistic", "population", "confidence",
)  # fmt: skip

#: What needs no words and no rule: left out, so that what was read stands out. That a figure without a code
#: is the whole is left out, too.
_PLAIN = {"direction": "none", "confidence": 1.0}


#: Why a row of a table, or an entry of a list, gives nothing.
_UNREAD = {
    "table.no_heads": "no heads of its columns",
    "table.cells_apart": "no cell for each head",
    "table.year_among_cells": "a year among its cells",
    "list.no_noun": "nothing before it tells what its list counts",
    "table.no_unit": "nothing tells what it counts, or by what to multiply",
}


def explained(files: pl.DataFrame) -> pl.DataFrame:
    """The steps of reading the letters of `files` (schemas.FILE) as rows of schemas.EXPLANATION.

    Every sentence that may hold a number gives a row of its own, and behind it one for each span masked,
    period and number read, field linked, and claim left out, in that order; so does a row of a table, and one
    that gives nothing says why. A file that is no letter gives none.
    """
    rows: list[dict[str, Any]] = []
    for letter_id, source, content, beside in files.match_to_schema(schemas.FILE, **MAY_LACK).iter_rows():
        letter = received(content)
        if isinstance(letter, Received):
            document = document_of(letter_id, letter, source, believed(beside, letter_id))
            rows += [{"letter": source, **row} for row in _document(document)]
    return pl.DataFrame(rows, schema=schemas.EXPLANATION)


def _document(document: Document) -> Iterator[dict[str, Any]]:
    for read, rows in read_claims(document):
        yield from _read(document.reading, read)
        for row, left_out in rows:
            yield from _linked(row, left_out)


def _read(reading: ReadingText, read: Reading) -> Iterator[dict[str, Any]]:
    sentence = read.sentence

    def row(step: str, start: int, end: int, says: str, rule: str) -> dict[str, Any]:
        first, last = reading.raw_span(sentence.start + start, sentence.start + end)
        words = sentence.text[start:end]
        return {"start": first, "end": last, "step": step, "words": words, "reading": says, "rule": rule}

    yield row("sentence", 0, len(sentence.text), sentence.place, "sentence")
    for mask in read.masks:
        yield row("masked", mask.start, mask.end, "no figure", mask.rule)
    for period in read.periods:
        says = f"{period.value or 'unknown'} ({period.role})"
        yield row("period", period.start, period.end, says, period.rule)
    for quantity in read.quantities:
        number = quantity.numeral
        high = "" if number.high is None else f" to {number.high:.12g}"
        says = f"{number.value:.12g}{high} {quantity.unit}"
        yield row("read", number.start, number.end, says, f"{number.rule}+{quantity.rule}")
    if read.unread is not None:
        yield row("left out", 0, len(sentence.text), _UNREAD[read.unread], read.unread)


def _linked(row: dict[str, Any], left_out: str | None) -> Iterator[dict[str, Any]]:
    place = {"start": row["char_start"], "end": row["char_end"], "words": row["quote"]}
    if left_out:
        yield place | {"step": "left out", "reading": left_out, "rule": row["rule_id"]}
        return
    rules = [*row["rule_id"].split("+"), *_standing(row)]
    plain = _PLAIN if row["measure_code"] else _PLAIN | {"population": "total"}
    for field in _LINKED:
        if row[field] not in (None, plain.get(field)):
            says = f"{field}: {_plain(row[field])}"
            yield place | {"step": "linked", "reading": says, "rule": _rule_of(field, rules)}


def _rule_of(field: str, rules: list[str]) -> str | None:
    """The rule among a claim's that gave the field; None where none did (a default, a whole letter's)."""
    families = _RULES.get(field, (field,))
    return next((rule for rule in rules if rule.split(".")[0] in families), None)


def _standing(row: dict[str, Any]) -> list[str]:
    """What the fields went by that have no words of their own in the sentence."""
    code = f"measure.{row['measure_code']}" if row["measure_code"] else "measure.words"
    rules = [_kind(row), code]
    if row["status"] != "realised":
        rules.append(f"status.{row['status']}")
    if row["precision"] != "exact":
        rules.append(f"precision.{row['precision']}")
    if row["source"]:
        named = all(name in row["sentence"] for name in row["source"].split(";"))
        rules.append("source.named" if named else "source.carried")
    return rules


def _kind(row: dict[str, Any]) -> str:
    """The kind comes from a change, the unit, or what the sentence says is counted."""
    if row["kind"] == "growth":
        return "kind.change"
    if row["unit"] in ("euro", "ratio", *LENGTHS):
        return f"kind.unit.{row['unit']}"
    of_whole = {"share": "kind.part_of_whole", "other": "kind.rate"}
    return of_whole.get(row["kind"], "kind.words") if row["unit"] in PERCENT else f"kind.{row['kind']}"


def _plain(value: object) -> str:
    return f"{value:.12g}" if isinstance(value, float) else str(value)
