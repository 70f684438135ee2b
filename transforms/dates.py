"""Times that are stated, in full or counted from the day of the letter, in SDMX notation."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from transforms.notation import iso_day, year_of
from transforms.numerals import word_value
from transforms.vocabulary import month_number, words


class Today(NamedTuple):
    """What relative words refer to: the letter's date, what was spoken of before, the sentence's tense."""

    letter_date: date | None
    spoken: str | None
    told: str | None  # what was spoken of last, wherever
    nearest: str | None  # that, or the date of what this sentence cites
    here: str | None  # what this sentence spoke of so far
    mentioned: tuple[str, ...]  # last mentioned, in whatever role, the latest behind
    tense: str | None  # past, perfect, future, or onward: from then on, as is told of now
    counts_from_now: bool  # the sentence speaks of the day of the letter
    reported: str | None = None  # the year that the report spoken of tells of
    stretch: str | None = None  # from one level to another that the sentence before led to


Parts = dict[str, str | None]


def stated_year(stated: str | None, today: Today) -> int | None:
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


def year_by(
    stated: str | None,
    today: Today,
    month: int,
    day: int = 1,
    *,
    of_told: bool = False,
    lasts: bool = False,
    until: int = 0,
) -> int | None:
    """The year of a date that states none, or only that it is the last or the next.

    What was, was in the year told of, but not behind the letter, and rather the last time than in a year that
    sentences before told of as a whole and that is just past (but a half of a year is one `of_told`). What
    came about within a time that `lasts` did so in one that has begun; what is to come, in one whose last
    month, `until`, isn't over.
    """
    lowered = (stated or "").lower()
    if stated is not None and not lowered.startswith(_NEAREST):
        return stated_year(stated, today)
    now = today.letter_date
    spoken = year_of(today.told if now is None else today.spoken)
    if now is None:
        return spoken if stated is None else None
    ahead = (month, day) > (now.month, now.day)
    if lowered.startswith(_LAST) or (stated is None and today.tense in ("past", "perfect")):
        soon = today.tense == "perfect" and ahead and not lasts and month - now.month <= _SOON
        year = now.year if soon else now.year - ahead
        whole = not of_told and today.here is None and "-" not in (today.spoken or "-")
        just_past = whole and (spoken or 0) >= year - 1
        return year if stated or spoken is None or spoken > year or just_past else spoken
    if stated is None and today.tense == "future" and today.here == str(now.year):
        return now.year  # `voor dit jaar verwacht ik … omdat in het tweede kwartaal …`
    if stated is None and today.tense == "onward" and not ahead:
        return now.year + (now.month - month > _LONG_AGO)  # `vanaf 1 januari krijgt …`: the nearest one
    if lowered.startswith(_NEXT) or (stated is None and today.tense == "future"):
        return now.year + (until < now.month if until else not ahead)
    return now.year


_LONG_AGO = 6  # months
_SOON = 2  # months: `heeft toegezegd per 1 oktober plaatsen te openen`


def stated_month(parts: Parts, name: str = "month") -> int:
    """The number of the month that a statement of time names."""
    if number := parts.get(f"{name}_number"):
        return int(number)
    return month_number(parts[name] or "")


def _year_of_list(parts: Parts, today: Today, month: int, day: int = 1) -> int | None:
    """The year of a date; in a list that ends with one, that of the end, or the one before it."""
    year = year_by(parts.get("year"), today, month, day)
    if year is not None and parts.get("last_month") and month > stated_month(parts, "last_month"):
        return year - 1  # `in december en januari 2022`
    return year


def _read_day(parts: Parts, today: Today) -> str | None:
    month, day = stated_month(parts), int(parts["day"] or 0)
    year = _year_of_list(parts, today, month, day)
    last = None if year is None else iso_day(year, month, day)
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


def _read_months_so_far(parts: Parts, today: Today) -> str | None:
    """`tot en met mei`: from the beginning of the year, of what was; of what is to come, until then."""
    month = stated_month(parts)
    year = year_by(parts.get("year"), today, month)
    if year is None or today.tense not in ("past", "perfect"):
        return None if year is None else f"/{year}-{month:02}"
    return f"{year}-01/{year}-{month:02}" if month > 1 else f"{year}-01"


def _read_month(parts: Parts, today: Today) -> str | None:
    month = stated_month(parts)
    year = _year_of_list(parts, today, month)
    return None if year is None else f"{year}-{month:02}"


def _read_day_range(parts: Parts, today: Today) -> str | None:
    end_month, end_day = stated_month(parts, "end_month"), int(parts["end_day"] or 0)
    month, day = stated_month(parts) if parts.get("month") else end_month, int(parts["day"] or 0)
    end = year_by(parts.get("end"), today, end_month, end_day)
    if end is None:
        return None
    year = stated_year(parts.get("year"), today) or end - ((month, day) > (end_month, end_day))
    first, last = iso_day(year, month, day), iso_day(end, end_month, end_day)
    return f"{first}/{last}" if first and last else None


def _read_month_range(parts: Parts, today: Today) -> str | None:
    month, end_month = stated_month(parts), stated_month(parts, "end_month")
    end = year_by(parts.get("end"), today, end_month)
    if end is None:
        return None
    year = stated_year(parts.get("year"), today) or end - (month > end_month)
    return f"{year}-{month:02}/{end}-{end_month:02}"


def _read_month_pair(parts: Parts, today: Today) -> str | None:
    """`in juli en augustus`: a stretch, where one follows the other."""
    apart = (stated_month(parts, "end_month") - stated_month(parts)) % 12
    return _read_month_range(parts, today) if apart == 1 else None


def _read_half(parts: Parts, today: Today) -> str | None:
    stated = parts["half"] or parts.get("first_half") or ""
    half = 1 if stated.lower() == "eerste" else 2
    year = year_by(parts.get("year"), today, 6 * half - 5, of_told=True, until=6 * half)
    return f"{year}-S{half}" if year else None


def _read_quarter(parts: Parts, today: Today) -> str | None:
    stated = (parts["quarter"] or "").lower()
    quarter = int(stated) if stated.isdigit() else words("periods")["ordinals"].get(stated)
    if not quarter:
        return None
    year = year_by(parts.get("year"), today, 3 * quarter - 2, lasts=True, until=3 * quarter)
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
    count = stated_count(parts)
    ends = min(count, 12) if (parts["span"] or "").lower() == "maanden" else 1
    year = stated_year(parts["year"], today) if parts["year"] else year_by(None, today, ends)
    if year is None or not 1 < count <= 12:
        return None
    if (parts["span"] or "").lower() == "weken":
        return f"{year}-W01/{year}-W{count:02}" if (parts["part"] or "").lower() == "eerste" else None
    first = 1 if (parts["part"] or "").lower() == "eerste" else 13 - count
    return f"{year}-{first:02}/{year}-{first + count - 1:02}"


def _read_first_months(parts: Parts, today: Today) -> str | None:
    """`in de eerste vier maanden`: of the year that the paragraph tells of, or of the letter's own.

    Behind a whole year that is just past, what was may be of either.
    """
    count, now, spoken = stated_count(parts), today.letter_date, year_of(today.spoken)
    was = today.tense in ("past", "perfect")
    if spoken is None or not 1 < count < _MONTHS or today.tense == "future":
        return None
    if now is None or (was and ("-" in (today.spoken or "") or spoken < now.year - 1)):
        year = spoken
    elif spoken == now.year or (spoken == now.year - 1 and today.tense is None):
        year = now.year
    else:
        return None
    if now is not None and (year, count) >= (now.year, now.month):
        return None  # they aren't over
    return f"{year}-S1" if count == _HALF else f"{year}-01/{year}-{count:02}"


_MONTHS, _HALF = 12, 6


def stated_count(parts: Parts) -> int:
    """The number that a statement of time holds (`de eerste drie maanden`), or 0."""
    count = parts["count"] or ""
    return int(count) if count.isdigit() else int(word_value(count) or 0)


def _read_quarters(parts: Parts, today: Today) -> str | None:
    count = word_value(parts["count"] or "")
    year = year_by(parts["year"], today, int(3 * count), 28) if count else None
    return f"{year}-Q1/{year}-Q{count:.0f}" if year and count else None


def _read_week(parts: Parts, today: Today) -> str | None:
    week = int(parts["week"] or 0)
    if not 1 <= week <= 53:
        return None
    month = min(12, (week - 1) * 7 // 30 + 1)
    year = stated_year(parts["year"], today) if parts.get("year") else year_by(None, today, month)
    return f"{year}-W{week:02}" if year else None


def _read_weeks(parts: Parts, today: Today) -> str | None:
    """`week 3 tot en met 9`: from the one to the other; of two weeks, where one follows the other."""
    end = _read_week({"week": parts["end_week"], "year": parts["year"]}, today)
    first, last = int(parts["week"] or 0), int(parts["end_week"] or 0)
    if end is None or not 1 <= first <= 53 or (parts["join"] and last != first + 1):
        return None
    year = int(end[:4]) - (first > last)
    return f"{year}-W{first:02}/{end}"


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


def _read_part(parts: Parts, today: Today) -> str | None:
    year, part = stated_year(parts["year"], today), (parts["part"] or "").lower()
    return f"{year}-{_MONTH_OF_PART.get(part, '07')}" if year else None


_MONTH_OF_PART = {"begin": "01", "eind": "12", "einde": "12", "ultimo": "12"}


def _read_year_range(parts: Parts, _: Today) -> str | None:
    year, end = int(parts["year"] or 0), int(parts["end"] or 0)
    return f"{year}/{end}" if year < end else None


def _read_school_year(parts: Parts, _: Today) -> str | None:
    year, end = parts["year"] or "", parts["end"] or ""
    return f"{year}/{year[:2] + end if len(end) == 2 else end}"


def _read_last_years(parts: Parts, today: Today) -> str | None:
    years = stated_count(parts)
    if today.letter_date is None or not years:
        return None
    year = today.letter_date.year
    ahead = (parts["way"] or "").lower() in ("komende", "volgende")
    return f"{year + 1}/{year + years}" if ahead else f"{year - years}/{year - 1}"


def _read_relative_year(parts: Parts, today: Today) -> str | None:
    year = stated_year(parts["relative"], today)
    return str(year) if year else None


def _read_relative_day(parts: Parts, today: Today) -> str | None:
    if today.letter_date is None:
        return None
    days = 2 if (parts["day"] or "").lower().startswith("eer") else 1
    return (today.letter_date - timedelta(days=days)).isoformat()


def _read_year(parts: Parts, today: Today) -> str | None:
    return str(stated_year(parts["year"], today))


def _read_now(_: Parts, today: Today) -> str | None:
    return today.letter_date.isoformat() if today.letter_date else None


def _read_year_end(parts: Parts, _: Today) -> str | None:
    return f"{parts['year'] or parts['end']}-12"


def _unresolved(_: Parts, __: Today) -> str | None:
    """A time is meant, but which can't be told (`de afgelopen jaren`, a season)."""
    return None


Reader = Callable[[Parts, Today], str | None]

READERS: Mapping[str, Reader] = {
    "school_year": _read_school_year,
    "day_range": _read_day_range,
    "month_range": _read_month_range,
    "month_pair": _read_month_pair,
    "day": _read_day,
    "yearless_day": _read_day,
    "yearless_month": _read_month,
    "entry_month": _read_month,
    "months_so_far": _read_months_so_far,
    "unclear": _unresolved,
    "month": _read_month,
    "half": _read_half,
    "quarter": _read_quarter,
    "quarters": _read_quarters,
    "week": _read_week,
    "weeks": _read_weeks,
    "part": _read_part,
    "year_range": _read_year_range,
    "last_years": _read_last_years,
    "relative_year": _read_relative_year,
    "quarter_part": _read_quarter_part,
    "year_part": _read_year_part,
    "year_end": _read_year_end,
    "relative_month": _read_relative_month,
    "relative_quarter": _read_relative_quarter,
    "relative_school_year": _read_relative_school_year,
    "months_of_year": _read_months_of_year,
    "first_months": _read_first_months,
    "relative_day": _read_relative_day,
    "now": _read_now,
    "year": _read_year,
}
