"""The facts above and below a letter's body: number, date, sender, addressee, subject, signature."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from itertools import islice
from typing import NamedTuple

from transforms.answer_headings import AnswerHeading, answer_heading, are_questions, in_one_line
from transforms.hyphens import BROKEN, unbroken
from transforms.received import Block
from transforms.subjects import Subject, label_above, subject_in
from transforms.vocabulary import month_number, ungated, words

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
    series: str | None = None  # the title of its dossier, which stands in for a subject
    asked_on: date | None = None  # when the questions were sent that it answers


def heading(text: str, source: str, blocks: Sequence[Block] = ()) -> Heading:
    """The heading of a letter as received; the name of `source`, its path, may be its identifier.

    What `blocks` mark as head or signature bounds the body, beside what is known by its words.
    """
    top = "\n" + text[:_TOP]  # every line begins behind a line end, which is quickly found
    head_end = max(_head_end(top), *(block.end for block in blocks if block.role == "head"), 0)
    signatures = _signatures(text, head_end)
    body_end = _body_end(text, [*(match.start() for match in signatures[:1]), *_signed(blocks, head_end)])
    top = unbroken(top[: head_end + 1])
    own = _own(top)
    number = _first(top, "number") or own
    dossiers = tuple(_dossiers(top)) or ((_dossier(own),) if own else ())
    letter_date, place = _date(top)
    asked_on = _asked_on(top, letter_date)
    if letter_date is None and are_questions(text):
        letter_date = asked_on
    series = _dossier_title(top)
    facts: dict[str, str | None] = {
        "number": number["number"] if number else None,
        "place": place,
        "sender": _sender(top, signatures),
        "signatory": "; ".join(dict.fromkeys(_name(match["name"]) for match in signatures if match["name"]))
        or None,
        "addressee": _addressee(top),
        "subject": _own_subject(top) or series,
    }
    found = Heading(
        identifier=identifier_in(source, dossiers, facts["number"]),
        dossiers=dossiers,
        letter_date=letter_date,
        warnings=(),
        body_start=head_end,
        body_end=body_end,
        series=series,
        asked_on=asked_on,
        **facts,
    )
    if answers := answer_heading(top, letter_date):
        found = _of_answers(found, answers)
    return found._replace(warnings=warnings_of(found))


def _of_answers(found: Heading, answers: AnswerHeading) -> Heading:
    """With what the heading of answers says where that of a letter says nothing."""
    return found._replace(
        identifier=found.identifier or answers.identifier,
        number=found.number or answers.number,
        sender=found.sender or "; ".join(answers.answered_by) or None,
        signatory=found.signatory or "; ".join(answers.names) or None,
        subject=found.subject or answers.subject,
    )


def warnings_of(found: Heading) -> tuple[str, ...]:
    """What a heading doesn't state, a warning each."""
    facts = ("number", "place", "sender", "signatory", "addressee", "subject", "letter_date")
    missing = [fact.replace("_", " ") for fact in facts if getattr(found, fact) is None]
    return tuple(f"no {fact} found" for fact in [*missing, *([] if found.dossiers else ["dossier"])])


@cache
def _pattern(table: str, name: str) -> re.Pattern[str]:
    flags = (
        _FLAGS
        if name
        in (
            "number",
            "sender",
            "dossier",
            "office",
            "addressee",
            "addressed",
            "date",
            "subject",
            "dossiers",
            "own",
        )
        else _FLAGS | re.IGNORECASE
    )
    return ungated("headings", re.sub(r"^\^", r"\\n", words("headings")[table][name]), flags=flags)


def _first(top: str, name: str) -> re.Match[str] | None:
    return _pattern("heading", name).search(top)


#: The heading is looked for in so much of the text only.
_TOP = 4000


def _head_end(top: str) -> int:
    """The end of the last line of the heading, in a text that this one begins behind a line end."""
    whole = unbroken(top)
    ends = [
        match.end()
        for name in ("number", "sender", "addressee", "date", "dated", "received", "submitted")
        if (match := _first(whole, name))
    ]
    if subject := _subject(whole):
        ends.append(subject.end)
    if dossiers := _first(whole, "dossiers"):
        ends.append(dossiers.end())
    end = max(ends, default=1)
    for broken in BROKEN.finditer(top):
        if broken.start() >= end:
            break
        end += broken.end() - broken.start()
    return end - 1


def _subject(top: str) -> Subject | None:
    match = _first(top, "subject")
    return subject_in(top, *match.span("subject")) if match else None


def _own_subject(top: str) -> str | None:
    subject = _subject(top)
    return in_one_line(subject.text) or None if subject and subject.text else None


def _signatures(text: str, head_end: int) -> list[re.Match[str]]:
    """An office and its name; an office alone signs only near the end."""
    signed = (
        match
        for match in _pattern("signature", "office").finditer(text, head_end)
        if match.end() - match.start() <= _LONGEST and (match["name"] or len(text) - match.end() < 1500)
    )
    return list(islice(signed, _MOST))


def _signed(blocks: Sequence[Block], head_end: int) -> list[int]:
    """Where the form marks signatures behind the heading."""
    return [block.start for block in blocks if block.role == "signature" and block.start >= head_end]


def _body_end(text: str, signed: list[int]) -> int:
    """Where the first signature stands, unless what the letter sends with it stands below, as text."""
    if not signed:
        return len(text)
    below = _pattern("signature", "below").search(text, min(signed))
    return len(text) if below and len(text) - below.end() >= _OF_BELOW else min(signed)


#: Fewer characters below the title of an annex are no more than a list of what is sent.
_OF_BELOW = 300

#: Characters of a signature, and how many a letter has at most: the whole cabinet may sign.
_LONGEST, _MOST = 1000, 40


def _date(top: str) -> tuple[date | None, str | None]:
    for name in ("date", "dated", "received"):
        for match in _pattern("heading", name).finditer(top):
            if day := _day(match):
                return day, match["place"].strip() if name == "date" else None
    return None, None


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), month_number(match["month"]), int(match["day"]))
    except ValueError:  # 31 juni: not a day
        return None


def _asked_on(top: str, letter_date: date | None) -> date | None:
    """When the questions were sent; None where several were, on days of their own, or after their answer."""
    days = {_day(match) for match in _pattern("heading", "submitted").finditer(top)}
    day = days.pop() if len(days) == 1 else None
    return day if day is None or letter_date is None or day <= letter_date else None


def _dossiers(top: str) -> list[str]:
    number = _first(top, "number")
    matches = _pattern("heading", "dossier").finditer(top, 0, number.start() if number else len(top))
    return list(dict.fromkeys(map(_dossier, matches)))


def _dossier(match: re.Match[str]) -> str:
    return "-".join(filter(None, (re.sub("[ .]", "", match["dossier"]), match["chapter"])))


def _own(top: str) -> re.Match[str] | None:
    """A letter's own number that its heading writes as a citation, above its addressee, date and subject."""
    found = _first(top, "own")
    below = ("addressee", "addressed", "date", "dated", "subject")
    starts = [match.start() for name in below if (match := _first(top, name))]
    if found is None or not starts or found.start("number") > min(starts):
        return None
    if (number := _first(top, "number")) and number["number"] != found["number"]:
        return None
    return None if label_above(top[: found.start("dossier")]) else found


def _dossier_title(top: str) -> str | None:
    number = _first(top, "number")
    return _text(
        _pattern("heading", "dossier").search(top, 0, number.start() if number else len(top)), "title"
    )


def _text(match: re.Match[str] | None, group: str) -> str | None:
    if match is None or not match[group]:
        return None
    return in_one_line(match[group]) or None


def _addressee(top: str) -> str | None:
    """Who a letter is to: `Aan …`, or the first line of an address."""
    match = _first(top, "addressee") or _first(top, "addressed")
    named = _text(match, "addressee")
    return named[:1].upper() + named[1:] if named else None


def _sender(top: str, signatures: list[re.Match[str]]) -> str | None:
    """The office as the signature writes it, else as the heading does in capitals."""
    offices = [_text(match, "office") for match in signatures]
    if any(offices):
        return "; ".join(dict.fromkeys(office_of(office) for office in offices if office))
    in_capitals = _text(_first(top, "sender"), "sender")
    return _from_capitals(in_capitals) if in_capitals else None


def office_of(signed: str) -> str:
    """The office that a signature names, in capitals or not: without its article, and the comma behind it."""
    office = re.sub(r"^(?:De|DE) (\w)", lambda match: match[1].upper(), signed.strip(" ,."))
    return _from_capitals(office) if office.isupper() else office


def office_in(title: str) -> str | None:
    """The office that a letter's title names (`Brief van de Minister van Financiën`), in capitals or not."""
    match = _pattern("heading", "sender").search(title.upper())
    if match is None or len(title.upper()) != len(title):
        return None
    office = title[match.start("sender") : match.end("sender")].strip(" ,.")
    return _from_capitals(office) if office.isupper() else office[:1].upper() + office[1:]


def _from_capitals(office: str) -> str:
    small = set(words("headings")["signature"]["small"])
    named = [word if word in small else word[:1].upper() + word[1:] for word in office.lower().split()]
    return " ".join(named)


def _name(name: str) -> str:
    """`I. W. Opstelten` and `I.W. Opstelten` are one name."""
    return re.sub(r"(?<=[A-Z]\.) (?=[A-Z]\.)", "", re.sub(r"\s+", " ", name)).strip()


def identifier_in(source: str, dossiers: tuple[str, ...], number: str | None) -> str | None:
    """The identifier that a file is named after, else the one that follows from dossier and number."""
    match = _pattern("heading", "identifier").match(source.rsplit("/", 1)[-1])
    if match:
        return spelled(match["identifier"])
    return f"kst-{dossiers[0]}-{number}" if dossiers and number else None


def spelled(identifier: str) -> str:
    """An identifier as the source spells it: small letters, but for a chapter or a letter for a number."""
    small = identifier.strip().lower()
    return _CHAPTER.sub(lambda part: part[0].upper(), small) if small.startswith("kst-") else small


_CHAPTER = re.compile(r"(?<=-)(?:[ivxlc]+|[a-z]{1,2})(?=-|$)")


def dossier_of(text: str) -> str:
    """A dossier and its chapter as letter.dossiers has them: `36 600 VII` is 36600-VII."""
    match = _DOSSIER.fullmatch(text.strip())
    return "-".join(filter(None, match.groups())).replace(" ", "") if match else re.sub(r"\s", "", text)


_DOSSIER = re.compile(r"(\d{2} ?\d{3})(?:[ -]+\(?([IVXLC]+|[A-Z]{1,2})\)?)?")


def own_subject(title: str) -> str | None:
    """What a letter is about, by the title that its source gives it: `Dossier; Brief regering; subject`."""
    *series, own = title.split("; ")
    return own.strip() or None if len(series) > 1 and _KIND.match(series[-1]) else None


_KIND = re.compile(r"Brief\b", re.IGNORECASE)
