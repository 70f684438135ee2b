"""The facts above and below a letter's body: number, date, sender, addressee, subject, signature."""

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from transforms.vocabulary import compiled, words

_FLAGS = re.MULTILINE


class Heading(NamedTuple):
    """What the heading and the signature state; None where they don't, with a warning each.

    The body lies in [body_start, body_end) of the letter's text.
    """

    identifier: str | None
    dossiers: tuple[str, ...]
    number: str | None
    letter_date: date | None
    place: str | None
    sender: str | None
    signatory: str | None
    addressee: str | None
    subject: str | None
    warnings: tuple[str, ...]
    body_start: int
    body_end: int


def heading(text: str, source: str) -> Heading:
    """The heading of a letter as received; the name of `source`, its path, may be its identifier."""
    head_end, body_end = _head_end(text), len(text)
    signatures = _signatures(text, head_end)
    if signatures:
        body_end = signatures[0].start()
    number = _first(text, "number", head_end)
    dossiers = tuple(_dossiers(text, head_end))
    letter_date, place = _date(text, head_end)
    facts: dict[str, str | None] = {
        "number": number["number"] if number else None,
        "place": place,
        "sender": _sender(text, head_end, signatures),
        "signatory": "; ".join(_name(match["name"]) for match in signatures if match["name"]) or None,
        "addressee": _text(_first(text, "addressee", head_end), "addressee"),
        "subject": _text(_first(text, "subject", head_end), "subject") or _dossier_title(text, head_end),
    }
    warnings = tuple(f"no {fact.replace('_', ' ')} found" for fact, value in facts.items() if value is None)
    warnings += ("no letter date found",) if letter_date is None else ()
    warnings += () if dossiers else ("no dossier found",)
    return Heading(
        identifier=_identifier(source, dossiers, facts["number"]),
        dossiers=dossiers,
        letter_date=letter_date,
        warnings=warnings,
        body_start=head_end,
        body_end=body_end,
        **facts,
    )


@cache
def _pattern(table: str, name: str) -> re.Pattern[str]:
    flags = (
        _FLAGS
        if name in ("number", "sender", "dossier", "office", "addressee", "date")
        else _FLAGS | re.IGNORECASE
    )
    return compiled("headings", words("headings")[table][name], flags=flags)


def _first(text: str, name: str, end: int) -> re.Match[str] | None:
    return _pattern("heading", name).search(text, 0, end)


def _head_end(text: str) -> int:
    """The end of the last heading line; the heading is looked for in the first part of the text only."""
    limit = min(len(text), 4000)
    ends = [
        match.end()
        for name in ("number", "sender", "addressee", "date", "dated", "subject", "received")
        if (match := _pattern("heading", name).search(text, 0, limit))
    ]
    return max(ends, default=0)


def _signatures(text: str, head_end: int) -> list[re.Match[str]]:
    """An office and its name; an office alone signs only near the end."""
    return [
        match
        for match in _pattern("signature", "office").finditer(text, head_end)
        if match["name"] or len(text) - match.end() < 1500
    ]


def _date(text: str, end: int) -> tuple[date | None, str | None]:
    months = words("headings")["define"]["month"]
    for name in ("date", "dated", "received"):
        for match in _pattern("heading", name).finditer(text, 0, end):
            try:
                day = date(int(match["year"]), months.index(match["month"].lower()) + 1, int(match["day"]))
            except ValueError:  # 31 juni: not a day
                continue
            return day, match["place"].strip() if name == "date" else None
    return None, None


def _dossiers(text: str, end: int) -> list[str]:
    number = _first(text, "number", end)
    matches = _pattern("heading", "dossier").finditer(text, 0, number.start() if number else end)
    found = [
        "-".join(filter(None, (match["dossier"].replace(" ", ""), match["chapter"]))) for match in matches
    ]
    return list(dict.fromkeys(found))


def _dossier_title(text: str, end: int) -> str | None:
    number = _first(text, "number", end)
    return _text(_pattern("heading", "dossier").search(text, 0, number.start() if number else end), "title")


def _text(match: re.Match[str] | None, group: str) -> str | None:
    if match is None or not match[group]:
        return None
    return re.sub(r"\s+", " ", re.sub(r"(?<=\w)-\s*\n\s*(?=[a-z])", "", match[group])).strip(" ,.") or None


def _sender(text: str, end: int, signatures: list[re.Match[str]]) -> str | None:
    """The office as the signature writes it, else as the heading does in capitals."""
    offices = [_text(match, "office") for match in signatures]
    if any(offices):
        return "; ".join(re.sub(r"^De (\w)", lambda m: m[1].upper(), office) for office in offices if office)
    in_capitals = _text(_first(text, "sender", end), "sender")
    return _from_capitals(in_capitals) if in_capitals else None


def _from_capitals(office: str) -> str:
    small = set(words("headings")["signature"]["small"])
    named = [word if word in small else word[:1].upper() + word[1:] for word in office.lower().split()]
    return " ".join(named)


def _name(name: str) -> str:
    """`I. W. Opstelten` and `I.W. Opstelten` are one name."""
    return re.sub(r"(?<=[A-Z]\.) (?=[A-Z]\.)", "", re.sub(r"\s+", " ", name)).strip()


def _identifier(source: str, dossiers: tuple[str, ...], number: str | None) -> str | None:
    match = _pattern("heading", "identifier").match(source.rsplit("/", 1)[-1])
    if match:
        return match["identifier"].lower()
    return f"kst-{dossiers[0]}-{number}" if dossiers and number else None
