"""The facts above answers to questions: number, session, who answers, and what was asked about."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from transforms.hyphens import unbroken
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


def answer_heading(top: str, received_on: date | None = None) -> AnswerHeading | None:
    """The heading of answers in the first lines of a text; None where nobody answers."""
    given = _pattern("given").search(top)
    if given is None:
        return None
    above = top[: given.start()]
    asked = _pattern("asked").search(above)
    own = above[: asked.start()] if asked else above
    number = _number(own)
    subject = _pattern("subject").search(above)
    ministers = list(_ministers(given["by"], above, received_on))
    return AnswerHeading(
        number=number["number"] if number else None,
        identifier=_identifier(number, own) if number else None,
        subject=in_one_line(subject["subject"]) if subject else None,
        answered_by=tuple(dict.fromkeys(office for office, _ in ministers if office)) or _titled(given["by"]),
        names=tuple(name for _, name in ministers),
    )


def are_questions(text: str) -> bool:
    """Whether a text holds questions alone, so that it is of the day on which these were sent."""
    asked = _pattern("asked").search(text, 0, _TOP)
    return asked is not None and _pattern("answering").search(text) is None


#: Characters in which the heading of questions stands.
_TOP = 2000


def _number(own: str) -> re.Match[str] | None:
    """The number of these answers, above what was asked; None where several may be it."""
    found = [
        match
        for match in _pattern("number").finditer(own)
        if not _pattern("of_others").search(own, max(0, match.start() - _BEFORE), match.start())
    ]
    return found[0] if len({match["number"] for match in found}) == 1 else None


#: Characters before a number that tell whether a sentence leads to it.
_BEFORE = 40


def _identifier(number: re.Match[str], own: str) -> str | None:
    """The identifier that the source gives these answers; their number alone comes again each session."""
    session = _pattern("session_of_line").search(number[0]) or _pattern("session").search(own)
    session = session or _pattern("session_alone").search(own)
    return f"ah-tk-{session['from']}{session['to']}-{number['number']}" if session else None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return ungated("headings", words("headings")["answer"][name], flags=re.MULTILINE)


def _ministers(given_by: str, above: str, received_on: date | None) -> Iterator[tuple[str | None, str]]:
    """Office and name of each who answers: `Minister X (A) en Staatssecretaris Y (B), mede namens …`."""
    office = None
    for match in _pattern("minister").finditer(_pattern("behalf").split(given_by)[0]):
        office = match["office"] or office
        if office:
            yield _office(office, match["department"], above, received_on), in_one_line(match["name"])


def _titled(given_by: str) -> tuple[str, ...]:
    """`de Minister van Defensie`, whom nobody names; a department that isn't known may be more than one."""
    match = _pattern("titled").fullmatch(in_one_line(_pattern("behalf").split(given_by)[0]))
    known = match and (
        _known("departments", match["department"]) or _known("portfolios", match["department"])
    )
    return (f"{match['office'].capitalize()} {match['link']} {known}",) if match and known else ()


def _office(office: str, department: str, above: str, received_on: date | None) -> str | None:
    """`Minister van Defensie`; of or for as the question says, else as is known of the department."""
    if "-" in office:
        return "Minister-President"
    named = in_one_line(department)
    of, portfolio = _known("departments", named), _known("portfolios", named)
    question = in_one_line(above)
    asked = re.search(rf"(?i:\b{office})\s+(van|voor)\s+{re.escape(named)}\b", question)
    if asked:
        link = asked[1]
    elif of:
        link = "van"
    elif portfolio and office.lower() == "minister":
        link = _link(portfolio, received_on)
    elif asked := re.search(rf"\b(van|voor)\s+{re.escape(named)}\b", question):
        link = asked[1]
    else:
        return None
    return f"{office.capitalize()} {link} {of or portfolio or named}" if link else None


def _link(portfolio: str, received_on: date | None) -> str | None:
    """A minister is `voor` a portfolio, `van` it once it is a department; None where the day isn't known."""
    since = words("headings")["answer"]["department_since"].get(portfolio)
    if since is None:
        return "voor"
    return None if received_on is None else "van" if received_on >= since else "voor"


def _known(table: str, named: str) -> str | None:
    squeezed = _squeezed(named)
    return next((known for known in words("headings")["answer"][table] if _squeezed(known) == squeezed), None)


def _squeezed(name: str) -> str:
    """Without spaces, which are lost where lines were joined."""
    return re.sub(r"\s+", "", name)


def in_one_line(printed: str) -> str:
    """Words that lines and hyphens part as one line, without what ends or follows them."""
    return re.sub(r"\s+", " ", unbroken(printed)).strip(" ,.")
