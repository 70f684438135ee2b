"""The times that a sentence states: where, in which role, and when in SDMX notation (see `notation`).

Relative words resolve against the letter's own date and stay None without one.
"""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from transforms import dates, pointing
from transforms.dates import Today
from transforms.notation import is_closed, is_day, shifted, week_of, year_of
from transforms.pointing import other_year
from transforms.tenses import tense_at
from transforms.vocabulary import alternatives, as_written, candidates, compiled, gates, occurs, words

_READERS = {**dates.READERS, **pointing.READERS}


class Period(NamedTuple):
    """A statement of time in [start, end) of a sentence; `value` is None where it can't be resolved.

    `role` is time, base (what is compared with), deadline, or document (the date of a letter or an event).
    """

    start: int
    end: int
    value: str | None
    role: str
    rule: str


class Before(NamedTuple):
    """What the sentences before leave of time for one that points back to it."""

    spoken: str | None = None  # the period that the paragraph tells of
    told: str | None = None  # the one spoken of last, be it in a paragraph before or one long before that
    mentioned: tuple[str, ...] = ()  # what was mentioned last, in whatever role, the latest behind
    reported: str | None = None  # the year that the report spoken of tells of
    stretch: str | None = None  # from one level to the other of a sentence that led to it
    last: str = ""  # the sentence before
    listed: str | None = None  # the period that heads a list


def periods(text: str, letter_date: date | None, before: Before | None = None) -> list[Period]:
    """The periods of a sentence in their order."""
    found: list[Period] = []
    before = before or Before()
    matches = _matches(text)
    today = Today(
        letter_date,
        before.spoken,
        before.told or before.spoken,
        before.told or before.spoken,
        None,
        before.mentioned,
        None,
        any(read == "now" for _, read in matches),
        before.reported,
        before.stretch,
    )
    for match, read in matches:
        if read in _TENSED and (read == "months_so_far" or not match.groupdict().get("year")):
            today = today._replace(tense=_tense(text, match, read))
        if _tells_nothing(text, match, read, found):
            continue
        value = _value(text, match, read, found, today, before)
        if read == "yearless_month" and _prefix("against").search(text[: match.start("month")]):
            value = _READERS["month_before"](match.groupdict(), today) or value
        if value is None and read == "reported":
            continue  # a report of which year isn't said tells nothing of time
        if read in _DAYS and is_day(value) and _prefix("week_of").search(text[: match.start()]):
            value = week_of(value)
        period = _placed(text, match, value, read)
        if period.role == "base" and read == "same" and value == today.here:
            value = other_year(today)  # `dit jaar met 5% gedaald ten opzichte van dat jaar`
            period = period._replace(value=value)
        if found and (whole := _within_year(found[-1], period)) is not period:
            period, value = whole, whole.value
        interval = _stretch(text, found[-1], period) if found else None
        if interval is not None:  # `tussen nu en eind 2012`: two points in time that bound a stretch
            first, value = found.pop(), interval
            of_school = first.rule == period.rule == "period.school_year"
            rule = "period.stretch_of_school" if of_school else "period.stretch"
            period = Period(first.start, period.end, interval, first.role, rule)
        found.append(period)
        today = _mentioned(today, period, value)
    return found


def _tense(text: str, match: re.Match[str], read: str) -> str | None:
    """The tense in which a time without a year is told; `onward` of one from which on something is so."""
    if read == "months_so_far" and match["year"] and _prefix("began").search(text):
        return None
    if read == "first_months":  # `… staat de teller op 40, terwijl het er toen 30 waren`
        end = _CLAUSE_ENDS.search(text, match.end())
        text = text[: end.start()] if end else text
    told = tense_at(text, match)
    onward = told is None and _prefix("coming").search(text, max(0, match.start() - 20), match.start())
    return "onward" if onward else told


def _value(
    text: str, match: re.Match[str], read: str, found: Sequence[Period], today: Today, before: Before
) -> str | None:
    """When a statement of time is, behind those `found` and what the sentences before leave."""
    if read == "same_elsewhere" and found and found[-1].value is None:
        return None  # the same as a time that can't be told
    if read == "first_months" and _prefix("from_start").search(f"{before.last} {text}"):
        return None  # of what began, and not of a year
    if read in _PARTS and (headed := _headed(text, match, found, before)):
        today = today._replace(letter_date=None, spoken=headed, told=headed)
    elif read == "entry_month":
        return None
    return _READERS[read](match.groupdict(), _within(text, found, match, today))


def _headed(text: str, match: re.Match[str], found: Sequence[Period], before: Before) -> str | None:
    """The year of a list, for a part of a year that is the label of one of its entries.

    It stands above the list, or before a colon (`Over 2018: eerste kwartaal 40, tweede kwartaal 50`).
    """
    if match.groupdict().get("year") or not _prefix("entry_number").match(text, match.end()):
        return None
    year = next((each for each in found if each.rule in ("period.year", "period.relative_year")), None)
    if year is not None and ":" in text[year.end : match.start() + 1]:
        return year.value
    at_start = not found and _prefix("entry_start").fullmatch(text, 0, match.start())
    of_list = before.listed or (before.spoken if text.startswith(":", match.end()) else None)
    return str(year_of(of_list)) if at_start and _IN_YEAR.match(of_list or "") else None


#: Parts of a year that may leave out the year; a year, or what is a part of one.
_PARTS = ("entry_month", "yearless_month", "half", "quarter", "quarters")
_IN_YEAR = re.compile(r"\d{4}(?:-[^/]*)?(?:/\d{4}-.*)?$")
_CLAUSE_ENDS = re.compile(r"[,;:] ")


def _asked_until(text: str) -> int:
    """Where a question ends that a sentence leaves open: what is asked of a time isn't told of it."""
    question = _prefix("whether").match(text)
    return question.end() if question else 0


def _tells_nothing(text: str, match: re.Match[str], read: str, found: Sequence[Period]) -> bool:
    """Whether words that may state a time tell when something can't be said, or how long after it was."""
    if read == "now":
        return _is_unsaid(text, match)
    return read == "unclear" and match[0].startswith("na ") and _is_of_cohort(text, found)


def _is_unsaid(text: str, match: re.Match[str]) -> bool:
    """Whether `op dit moment` is when one can't say something (`…, kan ik nu niet zeggen, …`)."""
    start = max(text.rfind(mark, 0, match.start()) for mark in ",;:(")
    ends = (text.find(mark, match.end()) for mark in ",;:)")
    own = text[start + 1 : min((end for end in ends if end >= 0), default=len(text))]
    return _prefix("unsaid").search(own) is not None and not any(map(str.isdigit, own))


def _is_of_cohort(text: str, found: Sequence[Period]) -> bool:
    """Whether a sentence tells of those of one time what they did later (`van wie in 2014 begon`)."""
    return any(each.value and _prefix("cohort_of").search(_in_front(text, each)) for each in found)


def _within(text: str, found: Sequence[Period], match: re.Match[str], today: Today) -> Today:
    """`in 2019 (tot en met mei)`: what stands right behind a year is in that, whatever the letter's day."""
    year = found[-1] if found and found[-1].rule in ("period.year", "period.relative_year") else None
    if year is None or year.value is None or text[year.end : match.start()] not in (" (", " ", ", "):
        return today
    if not year.value.isdigit() or match.groupdict().get("year") or match.groupdict().get("end"):
        return today
    return today._replace(letter_date=None, spoken=year.value, told=year.value)


def _mentioned(today: Today, period: Period, value: str | None) -> Today:
    """What the rest of the sentence may refer to, behind a period of it; `value` is without an open end."""
    if value is None:
        return today
    today = today._replace(mentioned=(*today.mentioned, value))
    if period.role == "document":
        return today._replace(nearest=value)
    if period.rule == "period.now" or period.role == "base":
        return today
    spoken = value if is_closed(period.value) else today.spoken
    return today._replace(spoken=spoken, told=value, nearest=value, here=value)


#: Readings that may leave out the year: then the tense says which it is; and whether what is so far is past.
_TENSED = (
    "day_range", "day", "yearless_day", "month_range", "month_pair", "month", "yearless_month",
    "month_before", "months_so_far", "half", "quarter", "week", "weeks", "year_part", "quarters",
    "months_of_year", "first_months", "same", "then",
)  # fmt: skip


def _within_year(year: Period, until: Period) -> Period:
    """`in 2024 … tot en met juli`: up to then, but from the beginning of the year just named."""
    end = until.value or ""
    if year.role not in ("time", "deadline") or not end.startswith("/") or year.value != end[1:5]:
        return until
    start = {8: f"{year.value}-01", 11: f"{year.value}-01-01"}.get(len(end))
    if start is None:
        return until
    return until._replace(value=start if end == f"/{start}" else start + end)


def _stretch(text: str, first: Period, last: Period) -> str | None:
    """The interval that two times bound (`van medio 2016 tot eind 2018`), None for others."""
    start, end = (first.value or "").rstrip("/"), (last.value or "").lstrip("/")
    if first.rule == last.rule == "period.school_year":
        start, end = start.split("/")[0], end.split("/")[-1]
    if not start or not end or "/" in start + end or "document" in (first.role, last.role):
        return None
    between, before = text[first.end : last.start], text[max(0, first.start - 12) : first.start]
    bound = _prefix("tussen").search(before) and _prefix("to").fullmatch(between)
    until = _prefix("from").search(before) and _prefix("till").fullmatch(between)
    until = until or _prefix("through").fullmatch(between)
    return f"{start}/{end}" if (bound or until) and start[:4] <= end[:4] else None


def is_bare_count(text: str, period: Period) -> bool:
    """Whether a year-like number stands where a count does: nothing before it says that it is a year."""
    return period.rule == "period.year" and not _prefix("year").search(
        text[max(0, period.start - 40) : period.start]
    )


def is_counted(text: str, period: Period) -> bool:
    """Whether what stands before a year-like number makes a count of it, whatever follows."""
    before = text[max(0, period.start - 20) : period.start]
    return period.rule == "period.year" and _prefix("counted").search(before) is not None


def may_hold_time(text: str) -> bool:
    """Whether a text without numbers may state a time, by a plain search for the words that do."""
    return occurs(_of_time(), text)


@cache
def _of_time() -> re.Pattern[str]:
    return compiled("periods", alternatives(map(re.escape, words("periods")["words"]["of_time"])))


def lengths(periods: Sequence[Period]) -> list[tuple[int, int]]:
    """Where a time is told by a length, whose noun counts nothing: `van 40 drie jaar later naar 60`."""
    return [(period.start, period.end) for period in periods if period.rule in _BY_LENGTH]


_BY_LENGTH = (
    "period.years_apart", "period.year_before", "period.year_after", "period.relative_year", "period.apart",
)  # fmt: skip


def _matches(text: str) -> list[tuple[re.Match[str], str]]:
    found: list[tuple[re.Match[str], str]] = []
    for pattern, entry in candidates("periods", "period", text):
        for match in pattern.finditer(text):
            if not any(match.start() < other.end() and other.start() < match.end() for other, _ in found):
                found.append((match, entry["read"]))
    return sorted(found, key=lambda pair: pair[0].start())


@cache
def _prefix(name: str) -> re.Pattern[str]:
    return compiled("periods", words("periods")["prefix"][name])


def _placed(text: str, match: re.Match[str], value: str | None, read: str) -> Period:
    before = text[max(0, match.start() - 140) : match.start()]
    if read in ("yearless_month", "month_before"):
        before += text[match.start() : match.start("month")]
    elif match[0][:3] in ("in ", "op ", "ove", "voo", "tot", "van"):
        before += match[0].split(" ")[0] + " "
    role = _role(before, text[match.end() :], read)
    role = "base" if match.groupdict().get("which_base") else role
    role = "document" if role != "base" and match.end() <= _asked_until(text) else role
    point = value is not None and "/" not in value and read != "now"
    if point and role in ("time", "deadline") and _prefix("onward").match(text, match.end()):
        value, role = f"{value}/", "time"
    elif point and role == "deadline" and _is_before(before, text, read):
        value = f"/{shifted(value, -1) if read == 'year' else value}"
    elif point and role == "time":
        until_now = _prefix("from").search(before) and _prefix("open_end").match(text, match.end())
        if until_now or _prefix("since").search(before):
            value = f"{value}/"
        elif _prefix("until").search(before):
            value = f"/{value}"
    return Period(match.start(), match.end(), value, role, f"period.{read}")


def _is_before(before: str, text: str, read: str) -> bool:
    """Whether something is to be done before a time, and not told for it (`de raming voor 1 mei`)."""
    if before.endswith("vóór "):
        return True
    return read in _DAYS and before.endswith("voor ") and _prefix("told_for").search(text) is None


_DAYS = ("day", "yearless_day", "part")


def _role(before: str, after: str, read: str) -> str:
    if _is_document(before, after, read):
        return "document"
    if read == "same_elsewhere" and before.endswith("aan "):
        return "base"
    if _prefix("unlike").search(before):
        return "document"
    if read == "year" and before.lower().endswith("van ") and _prefix("onto_after").match(after):
        return "base"
    if _prefix("both").search(before):
        return "time"
    if all(each.search(text) for each, text in _beside("relative", before, after)):
        return "time"
    return next((role for role in ("base", "deadline") if _prefix(role).search(before)), "time")


def _is_document(before: str, after: str, read: str) -> bool:
    """Whether a time dates what is cited, who is meant or a record, and not the figure."""
    if (
        read in _PUBLISHED
        and _prefix("published").search(before)
        and _prefix("published_after").search(after)
    ):
        return True
    if before.lower().rstrip().endswith(("sinds", "sedert")):  # `zo hoog was het sinds 2008 niet meer`
        return any(each.search(text) for each, text in _beside("record", before, after))
    since = _prefix("since").search(before) or _prefix("data").search(before)
    if not since and read in _DATES:
        other = any(_prefix(name).search(before) for name in ("held", "base"))
        attribute = not other and _prefix("attribute").search(before)
        if attribute or any(each.search(text) for each, text in _beside("document", before, after)):
            return True
    if any(_is_made(name, before, after) for name in ("made", "begun", "drawn", "told_by")):
        return True
    if read in ("year", "year_range", *_DATES) and _is_issued(before, after):
        return True
    if read in ("year", "year_range"):
        dated = _prefix("document_year").search(before)
        return bool(dated) or any(each.search(text) for each, text in _beside("cohort", before, after))
    return (
        read == "day"
        and _prefix("cited").search(before) is not None
        and not as_written("periods", "tells").match(after)
    )


def _is_issued(before: str, after: str) -> bool:
    """Whether a time says when something was agreed or written, before the clause that says what."""
    if _prefix("agreed_after").search(after) or _prefix("issued_first").match(after):
        return True
    return _prefix("issued_after").match(after) is not None and _prefix("issued").search(before) is not None


def _is_made(name: str, before: str, after: str) -> bool:
    """Whether a time says when a body, a rule or the like began, of which the sentence tells."""
    return _prefix(f"{name}_after").match(after) is not None and _prefix(name).search(before) is not None


def _beside(name: str, before: str, after: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """A pattern of what stands before a time and its fellow for what stands behind it, with those."""
    return (_prefix(name), before), (_prefix(f"{name}_after"), after)


#: Readings that date a letter or an event as often as a figure.
_DATES = ("day", "yearless_day", "month", "yearless_month")
#: Readings that can say when what a letter cites was published.
_PUBLISHED = (*_DATES, "relative_year", "relative_month", "year")


def may_name_report(text: str) -> bool:
    """Whether a text may name a report by its year: a sentence has what stands before such a year."""
    return any(map(_names_report, text.split(". ")))


def _names_report(sentence: str) -> bool:
    gates(sentence)  # of a letter's first lines, mostly one that is read again: noted is what it may match
    return any(occurs(each, sentence) for each in _before_reported())


@cache
def _before_reported() -> list[re.Pattern[str]]:
    """The prefixes of what a report is about, wherever they stand in a text."""
    prefixes = words("periods")["prefix"]
    return [compiled("periods", prefixes[name].removesuffix("$")) for name in ("report", "covers")]


def reported_in(text: str, found: Sequence[Period]) -> str | None:
    """The year of the report that a sentence names by it (`het jaarverslag 2017`)."""
    for each in found:
        if each.value is None or "-" in each.value[7:] or each.value[:1] == "/" or each.value[-1:] == "/":
            continue
        front = _in_front(text, each)
        if _prefix("report").search(front) or _prefix("covers").search(front):
            return each.value
    return None


def _in_front(text: str, period: Period) -> str:
    """What stands before the year itself, a preposition that was read with it included."""
    lead = re.match(r"(?:in|over|voor)(?: (?:het|de))? ", text[period.start : period.end])
    return text[max(0, period.start - 140) : period.start + (lead.end() if lead else 0)]
