"""Loads and checks the words and patterns kept as data beside this file.

A TOML file a subject. Patterns are regular expressions of the standard library, compiled once, without
regard to case unless the entry says otherwise; `{name}` in a pattern stands for the list or pattern of that
name in the same file's `[define]` table, or for the forms of a class of verbs of its `[verbs]` (see verbs).
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache, reduce
from operator import or_
from pathlib import Path
from typing import Any, TypeVar, cast

import polars as pl

from transforms import schemas
from transforms.errors import VocabularyError
from transforms.vocabulary import verbs
from transforms.vocabulary.alternation import alternatives
from transforms.vocabulary.patterns import Pattern, attend, attend_too, gates, known

__all__ = [
    "Pattern",
    "VocabularyError",
    "alternatives",
    "as_written",
    "attend",
    "attend_too",
    "candidates",
    "compiled",
    "dimensions",
    "gates",
    "known",
    "named",
    "occurs",
    "spans",
    "ungated",
    "words",
]

_Read = TypeVar("_Read")

Entry = tuple[Pattern, dict[str, Any]]

FOLDER = Path(__file__).parent
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


@cache
def words(name: str) -> dict[str, Any]:
    """The table kept in `<name>.toml`."""
    path = FOLDER / f"{name}.toml"
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(f"vocabulary/{path.name}: {error}") from error


def month_number(name: str) -> int:
    """The number of a month by its Dutch name, from 1; ValueError where no month has it."""
    months: list[str] = words("periods")["define"]["month"]
    return months.index(name.lower()) + 1


def candidates(name: str, table: str, text: str) -> Sequence[Entry]:
    """The entries of a table whose pattern may match in `text`, in their order."""
    learnt = len(known())
    return _possible(name, table, gates(text) & _gates_of(name, table, learnt), learnt)


@lru_cache(maxsize=20_000)  # few of a sentence's gates matter to a table
def _possible(name: str, table: str, bits: int, _: int) -> Sequence[Entry]:
    """The entries whose pattern may match in a text that opens these gates, as of so many patterns learnt."""
    return [
        entry
        for entry in _table(name, table)
        if (gate := entry[0].gate) & bits == gate and entry[0].may_match(bits)
    ]


@lru_cache(maxsize=1_000)
def _gates_of(name: str, table: str, _: int) -> int:
    """The gates that any pattern of a table has, as of so many patterns learnt."""
    return reduce(or_, (entry[0].gates for entry in _table(name, table)), 0)


@cache
def _table(name: str, table: str) -> list[Entry]:
    """The entries with their patterns; `case` says that letters count as they are written."""
    return [
        (_pattern(name, entry["pattern"], re.NOFLAG if entry.get("case") else re.IGNORECASE), entry)
        for entry in words(name)[table]
    ]


@cache
def compiled(name: str, pattern: str, *, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """`pattern` with the definitions of `<name>.toml` filled in; see patterns for what it is besides.

    Raises VocabularyError for a pattern that doesn't compile or names an unknown definition.
    """
    return cast("re.Pattern[str]", _pattern(name, pattern, flags))


@cache
def named(name: str, table: str, key: str) -> re.Pattern[str]:
    """The pattern that a table of `<name>.toml` has by this key, compiled."""
    return compiled(name, words(name)[table][key])


def occurs(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a text has a match of a pattern that `compiled` made: it costs less than a search."""
    return pattern.holds(text)  # type: ignore[attr-defined, no-any-return]


def spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """Where the matches of such a pattern begin and end."""
    return pattern.spans(text)  # type: ignore[attr-defined, no-any-return]


def ungated(name: str, pattern: str, *, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    """As `compiled`, for words and short parts of a text: whether they can match isn't asked beforehand."""
    return _read(name, pattern, re.compile, flags)


@cache
def as_written(name: str, key: str) -> re.Pattern[str]:
    """A short pattern of `<name>.toml` by its name: ungated, and letters count as they are written."""
    return ungated(name, words(name)["as_written"][key], flags=re.NOFLAG)


@cache
def _pattern(name: str, pattern: str, flags: re.RegexFlag) -> Pattern:
    return _read(name, pattern, Pattern, flags)


def _read(
    name: str, pattern: str, reader: Callable[[str, re.RegexFlag], _Read], flags: re.RegexFlag
) -> _Read:
    definitions = _definitions(name)

    def filled(match: re.Match[str]) -> str:
        if match[1] not in definitions:
            raise VocabularyError(f"vocabulary/{name}.toml: no definition {{{match[1]}}} for {pattern!r}")
        value = definitions[match[1]]
        return alternatives(value) if isinstance(value, list) else f"(?:{_PLACEHOLDER.sub(filled, value)})"

    try:
        return reader(_PLACEHOLDER.sub(filled, pattern), flags)
    except re.error as error:
        raise VocabularyError(f"vocabulary/{name}.toml: {pattern!r}: {error}") from error


@cache
def _definitions(name: str) -> Mapping[str, str | list[str]]:
    table = words(name)
    own, of_verbs = table.get("define", {}), verbs.definitions(table.get("verbs", {}))
    if both := sorted(own.keys() & of_verbs.keys()):
        raise VocabularyError(f"vocabulary/{name}.toml: {', '.join(both)} both defined and made of [verbs]")
    return {**own, **of_verbs}


def dimensions() -> dict[str, pl.DataFrame]:
    """The vocabulary's tables by name: measure, unit and source_agency (schemas of those names)."""
    agencies = [
        {
            "source_agency": entry["code"],
            "label_nl": entry["label_nl"],
            "label_en": entry["label_en"],
            "in_vocabulary": True,
        }
        for entry in words("sources")["agency"]
    ]
    measures = [{name: entry[name] for name in schemas.MEASURE} for entry in words("measures")["measure"]]
    units = [{name: entry[name] for name in schemas.UNIT} for entry in words("units")["unit"]]
    return {
        "measure": pl.DataFrame(measures, schema=schemas.MEASURE),
        "unit": pl.DataFrame(units, schema=schemas.UNIT),
        "source_agency": pl.DataFrame(agencies, schema=schemas.SOURCE_AGENCY),
    }
