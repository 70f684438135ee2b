"""When a figure holds: the periods of a sentence, in SDMX / ISO 8601 notation.

`2011`, `2012-S1`, `2022-Q2`, `2024-10`, `2022-W01`, `2022-08-23`, intervals `2016/2020`, open ones `2014/`,
`/2024`. Relative words resolve against the letter's own date and stay None without one.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.numerals import word_value
from transforms.vocabulary import alternatives, candidates, compiled, gates, occurs, words


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


class Today(NamedTuple):
    """What relative words refer to: the letter's date, what was spoken of before, the sentence's tense."""

    letter_date: date | None
    spoken: str | None
    told: str | None  # what was spoken of last, wherever
    nearest: str | None  # that, or the date of what this sentence cites
    here: str | None  # what this sentence spoke of so far
    mentioned: tuple[str, ...]  # last mentioned, in whatever role, the latest behind
    tense: str | None  # past, perfect or future
    counts_from_now: bool  # the sentence speaks of the day of the letter
    reported: str | None = None  # the year that the report spoken of tells of


Parts = dict[str, str | None]


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
    )
    for match, read in matches:
        if read in _TENSED and not match.groupdict().get("year"):
            today = today._replace(tense=_tense_at(text, match))
        value = _READERS[read](match.groupdict(), today)
        if value is None and read == "reported":
            continue  # a report of which year isn't said tells nothing of time
        period = _placed(text, match, value, read)
        if period.role == "base" and read == "same" and value == today.here:
            value = _other_year(today)  # `dit jaar met 5% gedaald ten opzichte van dat jaar`
            period = period._replace(value=value)
        if found and (whole := _within_year(found[-1], period)) is not period:
            period, value = whole, whole.value
        found.append(period)
        today = _mentioned(today, period, value)
    return _stretched(text, found)


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


#: Readings that may leave out the year: then the tense says which it is.
_TENSED = (
    "day_range", "day", "yearless_day", "month_range", "month_pair", "month", "yearless_month",
    "half",
    "quarter", "week", "year_part", "quarters", "same", "then",
)  # fmt: skip


def clause(text: str, start: int, end: int) -> str:
    """The part of a sentence between semicolons or colons that [start, end) lies in."""
    first = max(text.rfind(";", 0, start), text.rfind(": ", 0, start))
    last = min((at for at in (text.find(";", end), text.find(": ", end)) if at >= 0), default=len(text))
    return text[first + 1 : last]


def tense(text: str) -> str | None:
    """Whether a sentence speaks of what is to come or, by its verb, of what was."""
    if _is_told("future", text):
        return "future"
    return "past" if is_past_tense(text) else None


def _tense_of(text: str) -> str | None:
    """The tense of a clause, the perfect apart from the past."""
    told = tense(text)
    return "perfect" if told == "past" and not is_past_tense(text, perfect=False) else told


@lru_cache(maxsize=256)  # asked for each figure of a sentence
def is_past_tense(text: str, *, perfect: bool = True) -> bool:
    """Whether a sentence has a verb in the past tense (`waren`) or, unless told not to, in the perfect."""
    if not _strong_past().isdisjoint(re.findall(r"\w+", text.lower())) or _is_told("past", text):
        return True
    return perfect and _is_told("perfect", text)


@cache
def _strong_past() -> frozenset[str]:
    return frozenset(words("periods")["define"]["strong_past"])


@lru_cache(maxsize=256)  # asked for each figure of a sentence
def _is_told(tense: str, text: str) -> bool:
    return occurs(_prefix(tense), text)


def _tense_at(text: str, match: re.Match[str]) -> str | None:
    """The tense of the part of a clause in which a time stands, else of the clause."""
    if match[0].lower().startswith(("voor d", "tot d", "vanaf d")):
        return None  # `schatten wij het voor die datum op 40`
    before, after = text[max(0, match.start() - 12) : match.start()], text[match.end() :]
    if _prefix("until_then").search(before) and _TO_DO.match(after):
        return "future"
    start = max((turn.end() for turn in _TURN.finditer(text, 0, match.start())), default=0)
    turn = _TURN.search(text, match.end())
    own = _tense_of(text[start : turn.start() if turn else len(text)])
    return own or _tense_of(clause(text, match.start(), match.end()))


#: What may begin another clause, with a tense of its own.
_TURN = re.compile(r"[,;:] |\b(?:en|maar|doch|terwijl|omdat|zodat) ")
#: `voor 1 mei 40 plaatsen te openen`
_TO_DO = re.compile(r"[^,;:]{0,80} te \w+en\b")


def _stretched(text: str, found: list[Period]) -> list[Period]:
    """`tussen nu en eind 2012`, `van medio 2016 tot eind 2018`: two points in time that bound a stretch."""
    joined: list[Period] = []
    for each in found:
        last = joined[-1] if joined else None
        interval = _stretch(text, last, each) if last else None
        if last is not None and interval is not None:
            joined[-1] = Period(last.start, each.end, interval, last.role, "period.stretch")
        else:
            joined.append(each)
    return joined


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
    start, end = (first.value or "").rstrip("/"), (last.value or "").lstrip("/")
    if first.rule == last.rule == "period.school_year":
        start, end = start.split("/")[0], end.split("/")[-1]
    if not start or not end or "/" in start + end or "document" in (first.role, last.role):
        return None
    between, before = text[first.end : last.start], text[max(0, first.start - 12) : first.start]
    bound = _prefix("tussen").search(before) and between == " en "
    until = _prefix("from").search(before) and _prefix("till").fullmatch(between)
    return f"{start}/{end}" if (bound or until) and start[:4] <= end[:4] else None


def is_bare_count(text: str, period: Period) -> bool:
    """Whether a year-like number stands where a count does: nothing before it says that it is a year."""
    return period.rule == "period.year" and not _prefix("year").search(
        text[max(0, period.start - 40) : period.start]
    )


def may_hold_time(text: str) -> bool:
    """Whether a text without numbers may state a time, by a plain search for the words that do."""
    return occurs(_of_time(), text)


@cache
def _of_time() -> re.Pattern[str]:
    return compiled("periods", alternatives(map(re.escape, words("periods")["words"]["of_time"])))


def is_closed(value: str | None) -> bool:
    """Whether a period has an end."""
    return value is not None and not value.endswith("/")


@lru_cache(maxsize=10_000)
def year_of(value: str | None) -> int | None:
    """The calendar year within which the period lies or ends; None for open ends."""
    if value is None or value.endswith("/"):
        return None
    years = _FOUR_DIGITS.findall(value)
    return int(years[-1]) if years else None


_FOUR_DIGITS = re.compile(r"\d{4}")


@lru_cache(maxsize=10_000)
def is_past(value: str | None, letter_date: date | None) -> bool:
    """Whether the whole period lies before the letter's date, or the day of the letter itself."""
    if value is None or letter_date is None or value.endswith("/"):
        return False
    end = value.split("/")[-1]
    return end < _comparable(letter_date, end) or end == letter_date.isoformat()


@lru_cache(maxsize=10_000)
def is_future(value: str | None, letter_date: date | None) -> bool:
    """Whether the whole period lies behind the letter's date."""
    if value is None or letter_date is None or value.startswith("/"):
        return False
    start = value.split("/")[0]
    return start > _comparable(letter_date, start)


def _comparable(day: date, like: str) -> str:
    if _FOUR_DIGITS.fullmatch(like):
        return f"{day.year}"
    if "S" in like:
        return f"{day.year}-S{(day.month + 5) // 6}"
    if "Q" in like:
        return f"{day.year}-Q{(day.month + 2) // 3}"
    if "W" in like:
        return f"{day.year}-W{day.isocalendar().week:02}"
    return day.isoformat()[: len(like)]


# Finding


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
    if read == "yearless_month":
        before += text[match.start() : match.start("month")]
    elif match[0][:3] in ("in ", "op ", "ove", "voo", "tot", "van"):
        before += match[0].split(" ")[0] + " "
    role = _role(before, text[match.end() :], read)
    role = "base" if match.groupdict().get("which_base") else role
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
    if _prefix("both").search(before):
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
    if any(_is_made(name, before, after) for name in ("made", "begun")):
        return True
    if read in ("year", "year_range"):
        dated = _prefix("document_year").search(before) or _prefix("agreed_after").search(after)
        return bool(dated) or any(each.search(text) for each, text in _beside("cohort", before, after))
    return read == "day" and _prefix("cited").search(before) is not None and not _TELLS.match(after)


#: A verb behind the date between commas: `op de drukste dag, 3 mei 2016, kwamen er 40`.
_TELLS = re.compile(
    r", (?:is|zijn|was|waren|werd|werden|kwam|kwamen|viel|vielen|stond|stonden|telde|telden)\b"
)


def _is_made(name: str, before: str, after: str) -> bool:
    """Whether a time says when a body, a rule or the like began, of which the sentence tells."""
    return _prefix(name).search(before) is not None and _prefix(f"{name}_after").search(after) is not None


def _beside(name: str, before: str, after: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """A pattern of what stands before a time and its fellow for what stands behind it, with those."""
    return (_prefix(name), before), (_prefix(f"{name}_after"), after)


#: Readings that date a letter or an event as often as a figure.
_DATES = ("day", "yearless_day", "month", "yearless_month")

#: Readings that can say when what a letter cites was published.
_PUBLISHED = (*_DATES, "relative_year", "relative_month", "year")


# Reading


def _year(stated: str | None, today: Today) -> int | None:
    """A year in figures or in words relative to the letter or to what was spoken of."""
    if stated is None:
        return None
    if stated[:4].isdigit():
        return int(stated[:4])
    lowered = stated.lower()
    if lowered.startswith("dat"):
        return year_of(today.nearest)
    if lowered.startswith(("een jaar", "het jaar")):
        spoken = year_of(today.told)
        return (
            None
            if spoken is None
            else spoken + (1 if lowered.endswith(("daarop", "daarna", "erna", "later")) else -1)
        )
    if lowered.startswith(_NEAREST):
        return today.letter_date.year if today.letter_date else None
    offset: int | None = words("periods")["relative"].get(lowered)
    return today.letter_date.year + offset if today.letter_date and offset is not None else None


_LAST, _NEXT = ("jl", "j.l", "jong"), ("a.s", "aans")
_NEAREST = (*_LAST, *_NEXT)


def _year_by(
    stated: str | None, today: Today, month: int, day: int = 1, *, of_told: bool = False
) -> int | None:
    """The year of a date that states none, or only that it is the last or the next.

    What was, was in the year told of, but not behind the letter, and rather the last time than in a year that
    sentences before told of as a whole and that is just past (but a half of a year is one `of_told`).
    """
    lowered = (stated or "").lower()
    if stated is not None and not lowered.startswith(_NEAREST):
        return _year(stated, today)
    now = today.letter_date
    spoken = year_of(today.told if now is None else today.spoken)
    if now is None:
        return spoken if stated is None else None
    ahead = (month, day) > (now.month, now.day)
    if lowered.startswith(_LAST) or (stated is None and today.tense in ("past", "perfect")):
        soon = today.tense == "perfect" and ahead and month - now.month <= _SOON
        year = now.year if soon else now.year - ahead
        whole = not of_told and today.here is None and "-" not in (today.spoken or "-")
        just_past = whole and (spoken or 0) >= year - 1
        return year if stated or spoken is None or spoken > year or just_past else spoken
    if stated is None and today.tense == "future" and today.here == str(now.year):
        return now.year  # `voor dit jaar verwacht ik … omdat in het tweede kwartaal …`
    if lowered.startswith(_NEXT) or (stated is None and today.tense == "future"):
        return now.year + (not ahead)
    return now.year


_SOON = 2  # months: `heeft toegezegd per 1 oktober plaatsen te openen`


def _month(parts: Parts, name: str = "month") -> int:
    if number := parts.get(f"{name}_number"):
        return int(number)
    return int(words("periods")["define"]["month"].index((parts[name] or "").lower())) + 1


def _read_day(parts: Parts, today: Today) -> str | None:
    month, day = _month(parts), int(parts["day"] or 0)
    year = _year_by(parts.get("year"), today, month, day)
    last = None if year is None else _iso_day(year, month, day)
    first = int(parts.get("first") or 0)
    # `6–9 juni`, `6 en 7 juni`: a stretch, but of `6 en 9 juni` the last of two days
    if (
        last is None
        or not first
        or first >= day
        or ((parts["join"] or "").strip() == "en" and first < day - 1)
    ):
        return last
    return f"{last[:-2]}{first:02}/{last}"


def _iso_day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _read_month(parts: Parts, today: Today) -> str | None:
    month = _month(parts)
    year = _year_by(parts.get("year"), today, month)
    return None if year is None else f"{year}-{month:02}"


def _read_day_range(parts: Parts, today: Today) -> str | None:
    end_month, end_day = _month(parts, "end_month"), int(parts["end_day"] or 0)
    month, day = _month(parts) if parts.get("month") else end_month, int(parts["day"] or 0)
    end = _year_by(parts.get("end"), today, end_month, end_day)
    if end is None:
        return None
    year = _year(parts.get("year"), today) or end - ((month, day) > (end_month, end_day))
    first, last = _iso_day(year, month, day), _iso_day(end, end_month, end_day)
    return f"{first}/{last}" if first and last else None


def _read_month_range(parts: Parts, today: Today) -> str | None:
    month, end_month = _month(parts), _month(parts, "end_month")
    end = _year_by(parts.get("end"), today, end_month)
    if end is None:
        return None
    year = _year(parts.get("year"), today) or end - (month > end_month)
    return f"{year}-{month:02}/{end}-{end_month:02}"


def _read_month_pair(parts: Parts, today: Today) -> str | None:
    """`in juli en augustus`: a stretch, where one follows the other."""
    apart = (_month(parts, "end_month") - _month(parts)) % 12
    return _read_month_range(parts, today) if apart == 1 else None


def _read_half(parts: Parts, today: Today) -> str | None:
    stated = parts["half"] or parts.get("first_half") or ""
    half = 1 if stated.lower() == "eerste" else 2
    year = _year_by(parts.get("year"), today, 6 * half - 5, of_told=True)
    return f"{year}-S{half}" if year else None


def _read_quarter(parts: Parts, today: Today) -> str | None:
    stated = (parts["quarter"] or "").lower()
    quarter = int(stated) if stated.isdigit() else words("periods")["ordinals"].get(stated)
    year = _year_by(parts.get("year"), today, 3 * quarter - 2) if quarter else None
    return f"{year}-Q{quarter}" if year else None


def _step(parts: Parts) -> int:
    step: int = words("periods")["steps"][(parts["step"] or "").lower()]
    return step


def _read_relative_month(parts: Parts, today: Today) -> str | None:
    if today.letter_date is None:
        return None
    year, month = divmod(today.letter_date.year * 12 + today.letter_date.month - 1 + _step(parts), 12)
    return f"{year}-{month + 1:02}"


def _read_relative_quarter(parts: Parts, today: Today) -> str | None:
    if today.letter_date is None:
        return None
    year, quarter = divmod(today.letter_date.year * 4 + (today.letter_date.month - 1) // 3 + _step(parts), 4)
    return f"{year}-Q{quarter + 1}"


def _read_relative_school_year(parts: Parts, today: Today) -> str | None:
    if today.letter_date is None:
        return None
    year = today.letter_date.year - (today.letter_date.month < 8) + _step(parts)
    return f"{year}/{year + 1}"


def _read_months_of_year(parts: Parts, today: Today) -> str | None:
    year, count = _year(parts["year"], today), _count(parts)
    if year is None or not 1 < count <= 12:
        return None
    if (parts["span"] or "").lower() == "weken":
        return f"{year}-W01/{year}-W{count:02}" if (parts["part"] or "").lower() == "eerste" else None
    first = 1 if (parts["part"] or "").lower() == "eerste" else 13 - count
    return f"{year}-{first:02}/{year}-{first + count - 1:02}"


def _count(parts: Parts) -> int:
    count = parts["count"] or ""
    return int(count) if count.isdigit() else int(word_value(count) or 0)


def _read_quarters(parts: Parts, today: Today) -> str | None:
    count = word_value(parts["count"] or "")
    year = _year_by(parts["year"], today, int(3 * count), 28) if count else None
    return f"{year}-Q1/{year}-Q{count:.0f}" if year and count else None


def _read_week(parts: Parts, today: Today) -> str | None:
    week = int(parts["week"] or 0)
    if not 1 <= week <= 53:
        return None
    month = min(12, (week - 1) * 7 // 30 + 1)
    year = _year(parts["year"], today) if parts.get("year") else _year_by(None, today, month)
    return f"{year}-W{week:02}" if year else None


def _read_quarter_part(parts: Parts, today: Today) -> str | None:
    quarter = _read_quarter(parts, today)
    if quarter is None:
        return None
    month = 3 * int(quarter[-1]) - (2 if (parts["part"] or "").lower() == "begin" else 0)
    return f"{quarter[:4]}-{month:02}"


def _read_year_part(parts: Parts, today: Today) -> str | None:
    """`aan het begin van het jaar`: the one that is told of in the past, else the letter's."""
    spoken = year_of(today.told if today.letter_date is None else today.spoken)
    now = today.letter_date.year if today.letter_date else None
    year = spoken if today.tense in ("past", "perfect") and spoken else now or spoken
    return f"{year}-{_MONTH_OF_PART.get((parts['part'] or '').lower(), '07')}" if year else None


def _read_the_other(parts: Parts, today: Today) -> str | None:
    """`in het tweede`, behind a quarter or a half of a year."""
    part = re.fullmatch(r"(\d{4}-[QS])\d", today.told or "")
    which = words("periods")["ordinals"].get((parts["which"] or parts["which_base"] or "").lower())
    return f"{part[1]}{which}" if part and which else None


def _read_previous_year(_: Parts, today: Today) -> str | None:
    day = re.match(r"(\d{4})-\d\d", today.nearest or "")
    return str(int(day[1]) - 1) if day else shifted(today.told, -1)


def _read_part(parts: Parts, today: Today) -> str | None:
    year, part = _year(parts["year"], today), (parts["part"] or "").lower()
    return f"{year}-{_MONTH_OF_PART.get(part, '07')}" if year else None


_MONTH_OF_PART = {"begin": "01", "eind": "12", "einde": "12", "ultimo": "12"}


def _read_year_range(parts: Parts, _: Today) -> str | None:
    year, end = int(parts["year"] or 0), int(parts["end"] or 0)
    return f"{year}/{end}" if year < end else None


def _read_school_year(parts: Parts, _: Today) -> str | None:
    year, end = parts["year"] or "", parts["end"] or ""
    return f"{year}/{year[:2] + end if len(end) == 2 else end}"


def _read_last_years(parts: Parts, today: Today) -> str | None:
    years = _count(parts)
    if today.letter_date is None or not years:
        return None
    year = today.letter_date.year
    ahead = (parts["way"] or "").lower() in ("komende", "volgende")
    return f"{year + 1}/{year + years}" if ahead else f"{year - years}/{year - 1}"


def _read_relative_year(parts: Parts, today: Today) -> str | None:
    year = _year(parts["relative"], today)
    return str(year) if year else None


def _read_relative_day(parts: Parts, today: Today) -> str | None:
    if today.letter_date is None:
        return None
    days = 2 if (parts["day"] or "").lower().startswith("eer") else 1
    return (today.letter_date - timedelta(days=days)).isoformat()


def _read_now(_: Parts, today: Today) -> str | None:
    return today.letter_date.isoformat() if today.letter_date else None


def shifted(value: str | None, years: int) -> str | None:
    """The same part of another year, or another school year; None for another stretch and for an open one."""
    stated = sorted({int(year) for year in re.findall(r"\d{4}", value or "")})
    if value is None or value.startswith("/") or value.endswith("/"):
        return None
    if len(stated) > 1 and value != f"{stated[0]}/{stated[0] + 1}":
        return None
    moved = re.sub(r"\d{4}", lambda year: str(int(year[0]) + years), value)
    return None if moved.endswith("02-29") else moved


def _read_school_year_before(_: Parts, today: Today) -> str | None:
    return shifted(today.told, -1) if "/" in (today.told or "") else None


def _told(offset: int) -> Callable[[Parts, Today], str | None]:
    def read(_: Parts, today: Today) -> str | None:
        return shifted(today.told, offset)

    return read


def _read_years_apart(parts: Parts, today: Today) -> str | None:
    way, years = (parts["way"] or "").lower(), _count(parts) or 1
    if way in ("", "geleden", "terug"):
        if today.letter_date is None:
            return None
        here = today.here or (today.spoken if year_of(today.spoken) == today.letter_date.year else None)
        part = today.letter_date.isoformat() if today.counts_from_now else here or ""
        if years == 1 and "-" in part:
            return shifted(part, -1)
        return str(today.letter_date.year - years)
    return shifted(today.told, years if way in _LATER else -years)


_LATER = ("later", "daarna", "erna", "daarop", "erop", "nadien")


def _read_apart(parts: Parts, today: Today) -> str | None:
    """The same stretch, some months, quarters, halves or weeks before or behind the time spoken of."""
    ahead = 1 if (parts["way"] or "").lower() in _LATER else -1
    count = ahead * (_count(parts) or 1)
    span = (parts["span"] or "").lower()
    if span.startswith("we"):
        return _weeks_on(today.told, count)
    months = next(size for start, size in (("maand", 1), ("kwart", 3), ("half", 6)) if span.startswith(start))
    return _months_on(today.told, count * months)


def _weeks_on(value: str | None, count: int) -> str | None:
    week = re.fullmatch(r"(\d{4})-W(\d\d)", value or "")
    return f"{week[1]}-W{int(week[2]) + count:02}" if week and 0 < int(week[2]) + count <= 52 else None


def _months_on(value: str | None, count: int) -> str | None:
    """A month, quarter, half or day, `count` months on; None where that is no such part of a year."""
    stated = re.fullmatch(r"(\d{4})-([SQ]?)(\d{1,2})(-\d\d)?", value or "")
    if stated is None:
        return None
    size = {"S": 6, "Q": 3, "": 1}[stated[2]]
    if count % size:
        return None
    year, part = divmod(int(stated[1]) * (12 // size) + int(stated[3]) - 1 + count // size, 12 // size)
    if stated[4]:
        return _iso_day(year, part + 1, int(stated[4][1:]))
    return f"{year}-{stated[2]}{part + 1:0{len(stated[3])}}"


def _read_years_before(parts: Parts, today: Today) -> str | None:
    year, years = year_of(today.told), _count(parts)
    return f"{year - years}/{year - 1}" if year and years else None


def _read_same_elsewhere(parts: Parts, today: Today) -> str | None:
    told = today.told
    if parts["many"] and _MONTH.fullmatch(told or "") and not _MONTH.fullmatch(today.spoken or ""):
        told = today.spoken  # `dezelfde maanden` aren't the month told of last
    year, spoken = _year(parts["year"], today), year_of(told)
    return None if year is None or spoken is None else shifted(told, year - spoken)


_MONTH = re.compile(r"\d{4}-\d\d")


def _read_same_year(_: Parts, today: Today) -> str | None:
    year = year_of(today.nearest)
    if is_future(today.nearest, today.letter_date) and today.tense in ("past", "perfect"):
        told = (each for each in reversed(today.mentioned) if is_past(each, today.letter_date))
        year = year_of(next(told, None))  # `in 2030 een derde minder dan in 2018. In dat jaar waren er …`
    return None if year is None else str(year)


def _other_year(today: Today) -> str | None:
    """The year mentioned last, but for the one that the sentence tells of."""
    years = (str(year_of(value)) for value in reversed(today.mentioned))
    return next((year for year in years if year.isdigit() and year != today.here), None)


def _read_reported(_: Parts, today: Today) -> str | None:
    """`het verslagjaar`: the year of the report that was named."""
    return today.reported


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


def _read_latter(_: Parts, today: Today) -> str | None:
    year = year_of(today.mentioned[-1] if today.mentioned else today.told)
    return None if year is None else str(year)


#: What `die datum`, `die maand` and the like can be: the last mentioned that is as long.
_AS_LONG = {
    "da": r"\d{4}-\d\d-\d\d",
    "na": r"\d{4}-\d\d-\d\d(?:/\d{4}-\d\d-\d\d)?",
    "we": r"\d{4}-W\d\d",
    "pe": r"\d{4}-\d\d-\d\d",
    "mo": r"\d{4}-\d\d(?:-\d\d)?",
    "maand": r"\d{4}-\d\d(?=-\d\d$|$)",
    "kw": r"\d{4}-Q\d",
    "ha": r"\d{4}-S\d",
}


def _read_then(parts: Parts, today: Today) -> str | None:
    """What `in die periode` points back to; of a day, a month or a quarter the last one mentioned."""
    if parts["day"]:  # `op de peildatum`: of that, only a day can be one
        days = (today.here, today.spoken)
        return next((day for day in days if day and re.fullmatch(_AS_LONG["da"], day)), None)
    what = (parts["what"] or parts["what_else"] or parts["what_then"] or "").lower()
    like = next((like for start, like in _AS_LONG.items() if what.startswith(start)), None)
    if like is None or what in ("maanden", "periode"):
        return today.told
    told = (today.told or "", *reversed(today.mentioned))
    if parts["what_then"]:  # `die dag`: the one that the paragraph tells of, not one to compare with
        told = (today.here or "", today.spoken or "", today.told or "")
    past = today.tense == "past"
    told = tuple(value for value in told if not (past and is_future(value, today.letter_date)))
    on_day = what in ("dag", "datum", "peildatum", "moment") and _MONTH.fullmatch(today.told or "")
    rough = today.told if what == "moment" or on_day else None
    if on_day and today.here is None and today.told == today.spoken:
        return rough  # `eind 2018`: no other day of the paragraph is nearer
    found = (re.match(like, value) for value in told)
    return next((match[0] for match in found if match), rough)


def _read_those(parts: Parts, today: Today) -> str | None:
    """`tussen die jaren`: from the first to the last of the two mentioned last, or of as many."""
    if parts["count"]:
        return _as_many(_count(parts), today)
    if "/" in (today.told or ""):
        return today.told
    last = list(dict.fromkeys(reversed(today.mentioned)))[:2]
    if len(last) < 2 or len(last[0]) != len(last[1]) or "/" in "".join(last):
        return None
    return "/".join(sorted(last))


def _as_many(count: int, today: Today) -> str | None:
    """The stretch told of, else one of `count` years or months from one mentioned to the last mentioned."""
    if "/" in (today.told or ""):
        return today.told
    if not today.mentioned:
        return None
    like = [value for value in today.mentioned if len(value) == len(today.mentioned[-1])]
    for first in reversed(like[:-1]):
        start, end = sorted((first, like[-1]))
        steps = [_months_on(start, count - 1), shifted(start, count), shifted(start, count - 1)]
        if end in steps:
            return f"{start}/{end}"
    return None


def _read_years_after(_: Parts, today: Today) -> str | None:
    year = year_of(today.told)
    return None if year is None else f"{year + 1}/"


def _read_year_end(parts: Parts, _: Today) -> str | None:
    return f"{parts['year'] or parts['end']}-12"


def _read_since_then(_: Parts, today: Today) -> str | None:
    told = today.told or next(iter(today.mentioned[-1:]), None)
    if told is None or told.startswith("/"):
        return None
    return told if told.endswith("/") else None if "/" in told else f"{told}/"


def _unresolved(_: Parts, __: Today) -> str | None:
    """A time is meant, but which can't be told (`de afgelopen jaren`, a season)."""
    return None


_READERS: dict[str, Callable[[Parts, Today], str | None]] = {
    "school_year": _read_school_year,
    "day_range": _read_day_range,
    "month_range": _read_month_range,
    "month_pair": _read_month_pair,
    "day": _read_day,
    "yearless_day": _read_day,
    "yearless_month": _read_month,
    "unclear": _unresolved,
    "month": _read_month,
    "half": _read_half,
    "quarter": _read_quarter,
    "quarters": _read_quarters,
    "week": _read_week,
    "part": _read_part,
    "year_range": _read_year_range,
    "last_years": _read_last_years,
    "relative_year": _read_relative_year,
    "year_before": _told(-1),
    "year_after": _told(1),
    "apart": _read_apart,
    "school_year_before": _read_school_year_before,
    "years_apart": _read_years_apart,
    "years_before": _read_years_before,
    "same": _read_same_year,
    "same_elsewhere": _read_same_elsewhere,
    "latter": _read_latter,
    "reported": _read_reported,
    "then": _read_then,
    "those": _read_those,
    "the_other": _read_the_other,
    "quarter_part": _read_quarter_part,
    "year_part": _read_year_part,
    "previous_year": _read_previous_year,
    "since_then": _read_since_then,
    "years_after": _read_years_after,
    "year_end": _read_year_end,
    "relative_month": _read_relative_month,
    "relative_quarter": _read_relative_quarter,
    "relative_school_year": _read_relative_school_year,
    "months_of_year": _read_months_of_year,
    "relative_day": _read_relative_day,
    "now": _read_now,
    "year": lambda parts, today: str(_year(parts["year"], today)),
}
