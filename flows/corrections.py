"""The corrections file: known errors in letters, each with its reason and what it expects of the claim.

Its form is told in corrections.toml at the top of the checkout.
"""

import hashlib
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from flows.errors import UsageError, UserError
from flows.settings import CORRECTIONS
from warehouse.correcting import ENTRY

Text = Annotated[str, Field(min_length=1)]
Number = Annotated[float, Field(ge=0, allow_inf_nan=False)]
NONE = ""  # what a field has none of; TOML has no null


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Fields(_Strict):
    """Fields of a claim; only those that are given count."""

    value: Number = 0
    value_high: Number | Literal[""] = ""
    unit: Text = NONE
    kind: Literal["count", "growth", "share", "capacity", "amount", "duration", "other"] = "other"
    measure: Text = NONE
    period: str = NONE
    base_period: str = NONE
    direction: Literal["increase", "decrease", "none"] = "none"
    status: Literal["realised", "target", "expected", "negated"] = "realised"
    precision: Literal["exact", "approx", "at_least", "at_most", "range"] = "exact"
    source: str = NONE
    per: str = NONE
    statistic: Literal["mean", "median", "maximum", "minimum", ""] = ""
    population: Text = NONE

    def given(self) -> dict[str, Any]:
        """Values of the fields that are given, None for none."""
        values = self.model_dump(include=self.model_fields_set)
        return {name: None if value == NONE else value for name, value in values.items()}


class Entry(_Strict):
    """One correction, as the file has it."""

    identifier: Text | None = None
    letter_id: Text | None = None
    quote: Text | None = None
    sentence: Text | None = None
    char_start: Annotated[int, Field(ge=0)] | None = None
    action: Literal["drop", "override"]
    override: Fields = Fields()
    expects: Fields
    reason: Text
    found_by: Text
    date: date

    @model_validator(mode="after")
    def _whole(self) -> "Entry":
        overridden, expected = self.override.model_fields_set, self.expects.model_fields_set
        if (self.identifier is None) == (self.letter_id is None):
            raise ValueError("give identifier or letter_id, one of the two")
        if self.char_start is None and (self.quote is None or self.sentence is None):
            raise ValueError("give quote and some words of its sentence, or char_start")
        if (self.action == "override") != bool(overridden):
            raise ValueError("override is to name the fields that change, and drop none")
        if not expected or overridden - expected:
            missing = ", ".join(sorted(overridden - expected)) or "a field of the claim"
            raise ValueError(f"expects is to tell {missing} as extracted")
        if same := [n for n in sorted(overridden) if getattr(self.override, n) == getattr(self.expects, n)]:
            raise ValueError(f"override changes nothing: {same[0]} is what expects tells")
        return self


def corrections(path: Path) -> pl.DataFrame:
    """Entries of a corrections file as a frame with the columns of correcting.ENTRY.

    Raises UsageError naming the file and the entry that is wrong, UserError for a file that can't be read.
    The one that comes with the program need not be there.
    """
    rows = [_row(number, entry) for number, entry in enumerate(_entries(path), start=1)]
    first: dict[str, int] = {}
    for row in rows:
        if (same := first.setdefault(row["correction_id"], row["entry"])) != row["entry"]:
            raise UsageError(f"{path}: entry {row['entry']} is the same as entry {same}: take one out")
    return pl.DataFrame(rows, schema=ENTRY)


def _entries(path: Path) -> list[Entry]:
    if path == CORRECTIONS and not path.exists():
        return []
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UserError(f"{path}: can't be read ({error.strerror})") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{path}: is no TOML ({error})") from error
    listed = found.pop("correction", [])
    if found or not isinstance(listed, list):
        wrong = next(iter(found), "correction")
        raise UsageError(f"{path}: {wrong} is no list of entries: write each under [[correction]]")
    return [_entry(path, number, fields) for number, fields in enumerate(listed, start=1)]


def _entry(path: Path, number: int, fields: Any) -> Entry:
    try:
        return Entry.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        what = first["msg"].removeprefix("Value error, ")
        if first["type"] == "extra_forbidden":
            there = Entry if len(first["loc"]) == 1 else Fields
            what = f"no such field; there are {', '.join(there.model_fields)}"
        raise UsageError(
            f"{path}: entry {number}{_called(fields)}: {f'{where}: ' if where else ''}{what}"
        ) from error


def _called(fields: Any) -> str:
    """What people know an entry by, as far as it says so."""
    if not isinstance(fields, dict):
        return ""
    known = [str(fields[name]) for name in ("identifier", "letter_id", "quote") if name in fields]
    return f" ({' '.join(' '.join(known).split())[:80]})" if known else ""


def _row(number: int, entry: Entry) -> dict[str, Any]:
    said = entry.model_dump_json(exclude_unset=True)
    overridden, expected = entry.override.given(), entry.expects.given()
    return {
        **overridden,
        **entry.model_dump(include={"identifier", "letter_id", "quote", "sentence", "char_start", "action"}),
        "correction_id": hashlib.sha256(said.encode()).hexdigest()[:16],
        "entry": number,
        "fields": list(overridden),
        "expected_fields": list(expected),
        "expected_values": [_as_text(value) for value in expected.values()],
        "reason": entry.reason,
        "found_by": entry.found_by,
        "found_on": entry.date,
    }


def _as_text(value: Any) -> str | None:
    return None if value is None else f"{value:.17g}" if isinstance(value, float) else str(value)
