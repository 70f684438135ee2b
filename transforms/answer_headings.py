"""The facts above answers to questions: number, session, who answers, and what was asked about."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from transforms.vocabulary import ungated, words


class AnswerHeading(NamedTuple):
    """What stands above answers; None where it doesn't.

    `answered_by` are the offices, `names` the names of who answer, in one order.
    """

    number: str | None
    identifier: str | None
    subject: str | None
    answered_by: tuple[str, ...]
    names: tuple[str, ...]


def answer_heading(top: str) -> AnswerHeading | None:
    """The heading of answers in the first lines of a text; None where nobody answers."""
    given = _pattern("given").search(top)
    if given is None:
        return None
    above = top[: given.start()]
    number, session = _pattern("number").search(above), _pattern("session").search(above)
    subject = _pattern("subject").search(above)
    ministers = list(_ministers(given["by"], above))
    return AnswerHeading(
        number=number["number"] if number else None,
        # The number alone comes again each year.
        identifier=f"ah-tk-{session['from']}{session['to']}-{number['number']}"
        if number and session
        else None,
        subject=in_one_line(subject["subject"]) if subject else None,
        answered_by=tuple(dict.fromkeys(office for office, _ in ministers if office)),
        names=tuple(name for _, name in ministers),
    )


def _identifier(number: str, above: str) -> str | None:
    """The identifier that the source gives these answers; their number alone comes again each session."""
    session = _pattern("session").search(above)
    return f"ah-tk-{session['from']}{session['to']}-{number}" if session else None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return ungated("headings", words("headings")["answer"][name], flags=re.MULTILINE)


def _ministers(given_by: str, above: str) -> Iterator[tuple[str | None, str]]:
    """Office and name of each who answers: `Minister X (A) en Staatssecretaris Y (B), mede namens …`."""
    office = None
    for match in _pattern("minister").finditer(_pattern("behalf").split(given_by)[0]):
        office = match["office"] or office
        if office:
            yield _office(office, match["department"], above), in_one_line(match["name"])


def _office(office: str, department: str, above: str) -> str | None:
    """`Minister van Defensie`; a department that isn't known is of or for what the question says."""
    if "-" in office:
        return "Minister-President"
    named = _squeezed(department)
    for known in words("headings")["answer"]["departments"]:
        if _squeezed(known) == named:
            return f"{office.capitalize()} van {known}"
    asked = re.search(rf"\b(van|voor)\s+{re.escape(in_one_line(department))}\b", in_one_line(above))
    return f"{office.capitalize()} {asked[1]} {in_one_line(department)}" if asked else None


def _squeezed(name: str) -> str:
    """Without spaces, which are lost where lines were joined."""
    return re.sub(r"\s+", "", name)


def in_one_line(printed: str) -> str:
    """Words that lines and hyphens part as one line, without what ends or follows them."""
    return re.sub(r"\s+", " ", re.sub(r"(?<=\w)-\s*\n\s*(?=[a-z])", "", printed)).strip(" ,.")
