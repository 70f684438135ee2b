"""Times in SDMX / ISO 8601 notation: what a value tells by itself, and others made from it.

`2011`, `2012-S1`, `2022-Q2`, `2024-10`, `2022-W01`, `2022-08-23`, intervals `2016/2020`, open ones `2014/`,
`/2024`.
"""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import TypeGuard


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


def iso_day(year: int, month: int, day: int) -> str | None:
    """A day, or None where the calendar has no such."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def shifted(value: str | None, years: int) -> str | None:
    """The same part of another year, or another stretch as long as one; None for a longer or an open one."""
    stated = sorted({int(year) for year in re.findall(r"\d{4}", value or "")})
    if value is None or value.startswith("/") or value.endswith("/"):
        return None
    if len(stated) > 1 and value != f"{stated[0]}/{stated[0] + 1}" and not _lasts_a_year(value):
        return None
    return moved(value, years)


def _lasts_a_year(value: str) -> bool:
    """Whether a stretch of months or days is as long as a year (`2016-07/2017-06`)."""
    start, _, end = value.partition("/")
    if len(start) == len(end) == len("2016-07"):
        return months_on(start, 11) == end
    if len(start) == len(end) == len("2016-07-01"):
        return moved(start, 1) == (date.fromisoformat(end) + timedelta(days=1)).isoformat()
    return False


def moved(value: str | None, years: int) -> str | None:
    """The same stretch, or part of a year, so many years on; None for an open one."""
    if value is None or value.startswith("/") or value.endswith("/"):
        return None
    found = re.sub(r"\d{4}", lambda year: str(int(year[0]) + years), value)
    return None if "02-29" in found else found


def is_day(value: str | None) -> TypeGuard[str]:
    """Whether a period is a day."""
    return value is not None and _DAY.fullmatch(value) is not None


def week_of(day: str) -> str:
    """The week that a day lies in."""
    year, week, _ = date.fromisoformat(day).isocalendar()
    return f"{year}-W{week:02}"


_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def weeks_on(value: str | None, count: int) -> str | None:
    """The week some weeks on, within its year, or the day."""
    if is_day(value):
        return (date.fromisoformat(value) + timedelta(weeks=count)).isoformat()
    week = re.fullmatch(r"(\d{4})-W(\d\d)", value or "")
    return f"{week[1]}-W{int(week[2]) + count:02}" if week and 0 < int(week[2]) + count <= 52 else None


def months_on(value: str | None, count: int) -> str | None:
    """A month, quarter, half or day, `count` months on; None where that is no such part of a year."""
    stated = re.fullmatch(r"(\d{4})-([SQ]?)(\d{1,2})(-\d\d)?", value or "")
    if stated is None:
        return None
    size = {"S": 6, "Q": 3, "": 1}[stated[2]]
    if count % size:
        return None
    year, part = divmod(int(stated[1]) * (12 // size) + int(stated[3]) - 1 + count // size, 12 // size)
    if stated[4]:
        return iso_day(year, part + 1, int(stated[4][1:]))
    return f"{year}-{stated[2]}{part + 1:0{len(stated[3])}}"


def one_stretch(first: str | None, last: str | None) -> str | None:
    """The stretch of a year, or of years, and the year behind it, or of a part of a year and the next one."""
    years = re.fullmatch(r"(?:(\d{4})/)?(\d{4}) (\d{4})(?:/(\d{4}))?", f"{first} {last}")
    if years is not None:
        school = years[4] is not None
        follows = years[1] and years[2] == years[3] if school else int(years[3]) == int(years[2]) + 1
        return f"{years[1] or years[2]}/{years[4] or years[3]}" if follows else None
    before, after = _months(first), _months(last)
    if before is None or after is None or after[0] != before[1] + 1:
        return None
    if before[2] == after[2]:
        return f"{(first or '').partition('/')[0]}/{last}"
    (start, end) = (f"{month // 12}-{month % 12 + 1:02}" for month in (before[0], after[1]))
    return f"{start}/{end}"


def _months(value: str | None) -> tuple[int, int, str] | None:
    """The first and the last month, from the year 0 on, of a month, a quarter or a half year; which it is.

    So of a stretch from one to another of them.
    """
    first, slash, last = (value or "").partition("/")
    if slash:
        begin, until = _months(first), _months(last)
        return (begin[0], until[1], begin[2]) if begin and until and begin[2] == until[2] else None
    part = re.fullmatch(r"(\d{4})-([QS]?)(\d{1,2})", value or "")
    if part is None:
        return None
    size = {"Q": 3, "S": 6, "": 1}[part[2]]
    start = int(part[1]) * 12 + (int(part[3]) - 1) * size
    return start, start + size - 1, part[2]


def is_part_of_year(period: str) -> bool:
    """Whether a stretch lies within one year (`2018-01/2018-09`)."""
    start, _, end = period.partition("/")
    return "-" in start and start[:4] == end[:4]


def is_over(value: str | None, base: str) -> bool:
    """Whether a period isn't later than what is compared with."""
    years, than = year_of(value), year_of(base)
    if value is None or years is None or than is None:
        return False
    return value == base or years < than


def holds(frame: str, value: str) -> bool:
    """Whether a year or a stretch holds a time within it."""
    if "/" in value:
        return False
    start, _, end = frame.partition("/")
    if part := _PART_OF_YEAR.fullmatch(frame):
        months = 6 if part[2] == "S" else 3
        month = value[5:7] if value.startswith(f"{part[1]}-") else ""
        return month.isdigit() and (int(month) - 1) // months + 1 == int(part[3])
    return start <= value <= end if end else value.startswith(f"{frame}-")


_PART_OF_YEAR = re.compile(r"(\d{4})-([SQ])(\d)")
