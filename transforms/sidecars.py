"""The sidecar of a harvested letter: what its source says of it, as one JSON object beside the letter's file.

The sidecar of `kst-28638-75.xml` is `kst-28638-75.xml.meta.json`. Of several vintages of one letter the
newest is the one with the greatest `order`.
"""

import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

#: What follows the name of the letter's file.
SUFFIX = ".meta.json"
#: A sidecar of more bytes is none.
MAX_BYTES = 1024 * 1024
SOURCES = ("sru", "odata")
Day = date
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Dossier(NamedTuple):
    """A dossier that a letter belongs to, such as 36600, VII, and its number there ("": not told)."""

    dossier: str
    chapter: str | None
    number: str

    @property
    def name(self) -> str:
        """Dossier and chapter, as letter.dossiers has them: 36600-VII."""
        return f"{self.dossier}-{self.chapter}" if self.chapter else self.dossier


class Sidecar(NamedTuple):
    """What a source says of a letter; identifiers are opaque, None is what it doesn't say."""

    identifier: str
    dossiers: tuple[Dossier, ...]
    date: Day | None  # that the letter bears
    issued: Day | None
    available: Day | None
    modified: str  # a date, or a time in UTC that ends with Z: as texts they sort by time; "" is not said
    title: str | None
    creator: str | None
    type: str | None
    source_url: str  # of the form that was fetched
    retrieved_at: datetime  # UTC, without a zone, as SQL's TIMESTAMP has none
    licence: str
    sha256: str  # of the letter's file, in hex
    withdrawn: bool  # by the source; the letter stays
    source: str  # sru, odata
    query: str  # that found it

    @property
    def order(self) -> tuple[str, datetime]:
        """What sorts the vintages of one letter, oldest first."""
        return self.modified, self.retrieved_at


def sidecar(content: bytes) -> Sidecar | str:
    """What these bytes of a sidecar say, or why they are none; fields that we don't know are passed over."""
    if len(content) > MAX_BYTES:
        return f"{len(content)} bytes; the limit is {MAX_BYTES}"
    try:
        held = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        return f"no JSON in UTF-8 ({error})"
    if not isinstance(held, dict):
        return "no JSON object"
    if missing := [name for name in _FIELDS if name not in held]:
        return f"{_listed(missing)} {'is' if len(missing) == 1 else 'are'} missing"
    read: dict[str, Any] = {}
    for name, value_of in _FIELDS.items():
        try:
            read[name] = value_of(held[name])
        except (TypeError, ValueError) as error:
            return f"{name}: {error}"
    return Sidecar(**read)


def _listed(names: list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def written(facts: Sidecar) -> bytes:
    """Bytes of a sidecar, the same for the same facts; `sidecar` reads them."""
    held = facts._asdict() | {
        "dossiers": [dossier._asdict() for dossier in facts.dossiers],
        "retrieved_at": f"{facts.retrieved_at.isoformat(timespec='seconds')}Z",
    }
    return f"{json.dumps(held, ensure_ascii=False, indent=1, default=date.isoformat)}\n".encode()


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    value.encode()  # half a surrogate pair is no text either
    return value


def _some(value: object) -> str:
    if not _text(value).strip():
        raise ValueError("is empty")
    return _text(value)


def _sha256(value: object) -> str:
    if not _SHA256.fullmatch(_text(value)):
        raise ValueError("no SHA-256 in hex")
    return _text(value)


def _source(value: object) -> str:
    if _text(value) not in SOURCES:
        raise ValueError(f"none of {', '.join(SOURCES)}")
    return _text(value)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("neither true nor false")
    return value


def _day(value: object) -> date:
    return date.fromisoformat(_text(value))


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def _modified(value: object) -> str:
    """The same day or time, written so that it sorts."""
    text = _text(value)
    if not text or len(text) == len("2026-11-30"):
        return text and date.fromisoformat(text).isoformat()
    return f"{_moment(text).isoformat(timespec='microseconds')}Z"


def _dossiers(value: object) -> tuple[Dossier, ...]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise TypeError("no list of objects")
    try:
        return tuple(
            Dossier(_some(one["dossier"]), _or_none(_some)(one["chapter"]), _text(one["number"]))
            for one in value
        )
    except KeyError as error:
        raise ValueError(f"{error.args[0]} is missing") from error


def _or_none(value_of: Callable[[object], Any]) -> Callable[[object], Any]:
    return lambda value: None if value is None else value_of(value)


_FIELDS: dict[str, Callable[[object], Any]] = {
    "identifier": _some,
    "dossiers": _dossiers,
    "date": _or_none(_day),
    "issued": _or_none(_day),
    "available": _or_none(_day),
    "modified": _modified,
    "title": _or_none(_text),
    "creator": _or_none(_text),
    "type": _or_none(_text),
    "source_url": _text,
    "retrieved_at": _moment,
    "licence": _text,
    "sha256": _sha256,
    "withdrawn": _flag,
    "source": _source,
    "query": _text,
}
