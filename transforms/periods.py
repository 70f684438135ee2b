"""When a figure holds: the periods of a sentence, in SDMX / ISO 8601 notation.

`2011`, `2012-S1`, `2022-Q2`, `2024-10`, `2022-W01`, `2022-08-23`, intervals `2016/2020`, open ones `2014/`,
`/2024`. Relative words resolve against the letter's own date and stay None without one.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import NamedTuple

from transforms.numerals import word_value
from transforms.vocabulary import candidates, compiled, words


class Period(NamedTuple):
    """A statement of time in [start, end) of a sentence; `value` is None where it can't be resolved.

    `role` is time, base (what is compared with), deadline, or document (the date of a letter or an event).
    """

    start: int
    end: int
    value: str | None
    role: str
    rule: str


class Today(NamedTuple):
    """What relative words refer to: the letter's date, and the year last spoken of."""

    letter_date: date | None
    spoken: int | None


Parts = dict[str, str | None]


def periods(text: str, letter_date: date | None, spoken: int | None = None) -> list[Period]:
    """The periods of a sentence in their order; `spoken` is the year that the sentence before spoke of."""
    found: list[Period] = []
    for match, read in _matches(text):
        value = _READERS[read](match.groupdict(), Today(letter_date, spoken))
        found.append(_placed(text, match, value, read))
        year = year_of(value)
        spoken = year if year is not None else spoken
    return found


def is_bare_count(text: str, period: Period) -> bool:
    """Whether a year-like number stands where a count does: nothing before it says that it is a year."""
    return period.rule == "period.year" and not _prefix("year").search(
        text[max(0, period.start - 40) : period.start]
    )


def year_of(value: str | None) -> int | None:
    """The calendar year within which the period lies or ends; None for open ends."""
    years = re.findall(r"\d{4}", value or "")
    return int(years[-1]) if years and not (value or "").endswith("/") else None


def is_past(value: str | None, letter_date: date | None) -> bool:
    """Whether the whole period lies before the letter's date, or the day of the letter itself."""
    if value is None or letter_date is None or value.endswith("/"):
        return False
    end = value.split("/")[-1]
    return end < _comparable(letter_date, end) or end == letter_date.isoformat()


def is_future(value: str | None, letter_date: date | None) -> bool:
    """Whether the whole period lies behind the letter's date."""
    if value is None or letter_date is None or value.startswith("/"):
        return False
    start = value.split("/")[0]
    return start > _comparable(letter_date, start)


def _comparable(day: date, like: str) -> str:
    if re.fullmatch(r"\d{4}", like):
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
    before = text[max(0, match.start() - 80) : match.start()]
    if match[0][:3] in ("in ", "ove", "voo"):
        before += match[0].split(" ")[0] + " "
    role = "time"
    dates_other = (
        _prefix("document").search(before)
        or _prefix("attribute").search(before)
        or _prefix("document_after").search(text[match.end() :])
    )
    if dates_other and read in ("day", "yearless_day", "month"):
        role = "document"
    elif _prefix("base").search(before):
        role = "base"
    elif _prefix("deadline").search(before):
        role = "deadline"
    point = value is not None and "/" not in value and role == "time" and read != "now"
    if point and _prefix("since").search(before):
        value = f"{value}/"
    elif point and _prefix("until").search(before):
        value = f"/{value}"
    return Period(match.start(), match.end(), value, role, f"period.{read}")


# Reading


def _year(stated: str | None, today: Today) -> int | None:
    """A year in figures or in words relative to the letter."""
    if stated is None:
        return None
    if stated[:4].isdigit():
        return int(stated[:4])
    lowered = stated.lower()
    if lowered.startswith("dat "):
        return today.spoken
    if lowered.startswith("jl"):
        return today.letter_date.year if today.letter_date else None
    offset: int | None = words("periods")["relative"].get(lowered)
    return today.letter_date.year + offset if today.letter_date and offset is not None else None


def _month(parts: Parts, name: str = "month") -> int:
    if number := parts.get(f"{name}_number"):
        return int(number)
    return int(words("periods")["define"]["month"].index((parts[name] or "").lower())) + 1


def _read_day(parts: Parts, today: Today) -> str | None:
    year, month, day = _year(parts["year"], today), _month(parts), int(parts["day"] or 0)
    if year is None:
        return None
    stated = (parts["year"] or "").lower()
    if (
        stated.startswith("jl")
        and today.letter_date
        and (month, day) > (today.letter_date.month, today.letter_date.day)
    ):
        year -= 1
    return _iso_day(year, month, day)


def _iso_day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _read_month(parts: Parts, today: Today) -> str | None:
    year, month = _year(parts["year"], today), _month(parts)
    if year is None:
        return None
    if (
        (parts["year"] or "").lower().startswith("jl")
        and today.letter_date
        and month > today.letter_date.month
    ):
        year -= 1
    return f"{year}-{month:02}"


def _read_day_range(parts: Parts, today: Today) -> str | None:
    end = int(parts["end"] or 0)
    first = _iso_day(_year(parts["year"], today) or end, _month(parts), int(parts["day"] or 0))
    last = _iso_day(end, _month(parts, "end_month"), int(parts["end_day"] or 0))
    return f"{first}/{last}" if first and last else None


def _read_month_range(parts: Parts, today: Today) -> str | None:
    end = int(parts["end"] or 0)
    first = _year(parts["year"], today) or end
    return f"{first}-{_month(parts):02}/{end}-{_month(parts, 'end_month'):02}"


def _read_half(parts: Parts, today: Today) -> str | None:
    year = _year(parts["year"], today)
    return f"{year}-S{1 if (parts['half'] or '').lower() == 'eerste' else 2}" if year else None


def _read_quarter(parts: Parts, today: Today) -> str | None:
    year, stated = _year(parts["year"], today), (parts["quarter"] or "").lower()
    quarter = stated if stated.isdigit() else words("periods")["ordinals"].get(stated)
    return f"{year}-Q{quarter}" if year and quarter else None


def _read_quarters(parts: Parts, today: Today) -> str | None:
    year, count = _year(parts["year"], today), word_value(parts["count"] or "")
    return f"{year}-Q1/{year}-Q{count:.0f}" if year and count else None


def _read_week(parts: Parts, today: Today) -> str | None:
    week = int(parts["week"] or 0)
    return f"{_year(parts['year'], today)}-W{week:02}" if 1 <= week <= 53 else None


def _read_part(parts: Parts, today: Today) -> str | None:
    year, part = _year(parts["year"], today), (parts["part"] or "").lower()
    month = "01" if part == "begin" else "12" if part.startswith(("eind", "ultimo")) else "07"
    return f"{year}-{month}" if year else None


def _read_year_range(parts: Parts, _: Today) -> str | None:
    year, end = int(parts["year"] or 0), int(parts["end"] or 0)
    return f"{year}/{end}" if year < end else None


def _read_school_year(parts: Parts, _: Today) -> str | None:
    year, end = parts["year"] or "", parts["end"] or ""
    return f"{year}/{year[:2] + end if len(end) == 2 else end}"


def _read_last_years(parts: Parts, today: Today) -> str | None:
    count = parts["count"] or ""
    years = int(count) if count.isdigit() else int(word_value(count) or 0)
    if today.letter_date is None or not years:
        return None
    year = today.letter_date.year
    ahead = (parts["way"] or "").lower() in ("komende", "volgende")
    return f"{year + 1}/{year + years}" if ahead else f"{year - years}/{year - 1}"


def _read_relative_year(parts: Parts, today: Today) -> str | None:
    year = _year(parts["relative"], today)
    return str(year) if year else None


def _read_now(_: Parts, today: Today) -> str | None:
    return today.letter_date.isoformat() if today.letter_date else None


def _read_this_month(_: Parts, today: Today) -> str | None:
    return today.letter_date.isoformat()[:7] if today.letter_date else None


def _spoken(offset: int) -> Callable[[Parts, Today], str | None]:
    def read(_: Parts, today: Today) -> str | None:
        return None if today.spoken is None else str(today.spoken + offset)

    return read


def _unresolved(_: Parts, __: Today) -> str | None:
    """Which year is meant (a day without one, `dat laatste jaar`) can't be told."""
    return None


_READERS: dict[str, Callable[[Parts, Today], str | None]] = {
    "school_year": _read_school_year,
    "day_range": _read_day_range,
    "month_range": _read_month_range,
    "day": _read_day,
    "yearless_day": _unresolved,
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
    "year_before": _spoken(-1),
    "year_after": _spoken(1),
    "same": _spoken(0),
    "this_month": _read_this_month,
    "now": _read_now,
    "year": lambda parts, today: str(_year(parts["year"], today)),
}
