"""Times that point back to those spoken of before (`een jaar eerder`, `in die periode`, `sindsdien`)."""

import re
from collections.abc import Mapping, Sequence

from transforms.dates import Parts, Reader, Today, stated_count, stated_month, stated_year, year_by
from transforms.notation import (
    is_closed,
    is_day,
    is_future,
    is_past,
    months_on,
    moved,
    shifted,
    week_of,
    weeks_on,
    year_of,
)
from transforms.vocabulary import words


def _read_the_other(parts: Parts, today: Today) -> str | None:
    """`in het tweede`, behind a quarter or a half of a year."""
    part = re.fullmatch(r"(\d{4}-[QS])\d", today.told or "")
    which = words("periods")["ordinals"].get((parts["which"] or parts["which_base"] or "").lower())
    return f"{part[1]}{which}" if part and which else None


def _read_month_before(parts: Parts, today: Today) -> str | None:
    """`ten opzichte van maart`: the last one before the month told of, if near or of the same year."""
    month = stated_month(parts)
    now = today.letter_date
    told = re.match(
        r"(\d{4})-(\d\d)", today.here or today.spoken or (today.told if now is None else None) or ""
    )
    if told is None:
        year = now.year - (month > now.month) if now else year_by(None, today, month)
        return None if year is None else f"{year}-{month:02}"
    steps = (int(told[2]) - month) % 12 or 12
    if steps > _NEAR and month > int(told[2]):
        return None
    return months_on(told[0], -steps)


_NEAR = 6  # months


def _read_previous_year(_: Parts, today: Today) -> str | None:
    day = re.match(r"(\d{4})-\d\d", today.nearest or "")
    return str(int(day[1]) - 1) if day else shifted(today.told, -1)


def _read_school_year_before(_: Parts, today: Today) -> str | None:
    return shifted(today.told, -1) if "/" in (today.told or "") else None


def _read_whole_year_before(_: Parts, today: Today) -> str | None:
    """`over het jaar daarvoor`: all of that, be it behind a day."""
    year = year_of(today.told)
    return None if year is None else str(year - 1)


def _told(offset: int) -> Reader:
    def read(_: Parts, today: Today) -> str | None:
        return shifted(today.told, offset)

    return read


def _read_years_apart(parts: Parts, today: Today) -> str | None:
    way, years = (parts["way"] or "").lower(), stated_count(parts) or 1
    if way in ("", "geleden", "terug"):
        if today.letter_date is None:
            return None
        here = today.here or (today.spoken if year_of(today.spoken) == today.letter_date.year else None)
        part = today.letter_date.isoformat() if today.counts_from_now else here or ""
        if years == 1 and "-" in part:
            return shifted(part, -1)
        return str(today.letter_date.year - years)
    if way not in _LATER and today.here is None and is_future(today.told, today.letter_date):
        return None  # of a forecast in the sentence before: what is `vijf jaar eerder` counted from?
    return shifted(today.told, years if way in _LATER else -years)


_LATER = ("later", "daarna", "erna", "daarop", "erop", "nadien")


def _read_apart(parts: Parts, today: Today) -> str | None:
    """The same stretch, some months, quarters, halves or weeks before or behind the time spoken of."""
    ahead = 1 if (parts["way"] or "").lower() in _LATER else -1
    count = ahead * (stated_count(parts) or 1)
    span = (parts["span"] or "").lower()
    if span.startswith("we"):
        return weeks_on(today.told, count)
    months = next(size for start, size in (("maand", 1), ("kwart", 3), ("half", 6)) if span.startswith(start))
    return months_on(today.told, count * months)


def _read_years_before(parts: Parts, today: Today) -> str | None:
    year, years = year_of(today.told), stated_count(parts)
    if not year or not years:
        return None
    return f"{year + 1}/{year + years}" if parts["ahead"] else f"{year - years}/{year - 1}"


def _read_same_elsewhere(parts: Parts, today: Today) -> str | None:
    told = today.told
    if parts["many"] and _MONTH.fullmatch(told or "") and not _MONTH.fullmatch(today.spoken or ""):
        told = today.spoken  # `dezelfde maanden` aren't the month told of last
    if parts["span"] and is_day(told):  # `in dezelfde maand van 2012`, behind a day of one
        told = week_of(told) if parts["span"].lower() == "week" else told[: len("2012-05")]
    if parts["day"] and _MONTH.fullmatch(told or ""):  # `op dezelfde datum in 2012`, behind a month
        told = next(filter(is_day, reversed(today.mentioned)), told)
    year, spoken = stated_year(parts["year"], today), year_of(told)
    if (parts["year"] or "").lower().endswith(("geleden", "terug")):
        year = today.letter_date.year - 1 if today.letter_date else None
    if year is None or spoken is None:
        return None
    by_name = (parts["year"] or "").isdigit()  # of a winter and 2012: the one that begins or ends then?
    return shifted(told, year - spoken) if by_name else moved(told, year - spoken)


_MONTH = re.compile(r"\d{4}-\d\d")


def _read_same_year(_: Parts, today: Today) -> str | None:
    year = year_of((today.nearest or "").rstrip("/"))  # `vanaf 2027`: the year in which that begins
    if is_future(today.nearest, today.letter_date) and today.tense in ("past", "perfect"):
        told = (each for each in reversed(today.mentioned) if is_past(each, today.letter_date))
        year = year_of(next(told, None))  # `in 2030 een derde minder dan in 2018. In dat jaar waren er …`
    return None if year is None else str(year)


def other_year(today: Today) -> str | None:
    """The year mentioned last, but for the one that the sentence tells of."""
    years = (str(year_of(value)) for value in reversed(today.mentioned))
    return next((year for year in years if year.isdigit() and year != today.here), None)


def _read_reported(_: Parts, today: Today) -> str | None:
    """`het verslagjaar`: the year of the report that was named."""
    return today.reported


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
    if parts["far"]:
        return _then_before(today)
    if parts["until"]:
        end = (today.told or "").strip("/").partition("/")[0]
        return f"/{end}" if end else None
    if parts["day"]:  # `op de peildatum`: of that, only a day can be one
        days = (today.here, today.spoken)
        return next((day for day in days if day and re.fullmatch(_AS_LONG["da"], day)), None)
    what = (parts["what"] or parts["what_else"] or parts["what_then"] or "").lower()
    like = next((like for start, like in _AS_LONG.items() if what.startswith(start)), None)
    if what == "periode" and today.stretch and today.told == today.stretch.partition("/")[2]:
        return today.stretch
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


def _read_whole_stretch(_: Parts, today: Today) -> str | None:
    """`over de hele periode`: from the first to the last of what was told, or the stretch named last."""
    closed = (each for each in reversed(today.mentioned) if is_closed(each) and "/" in each)
    return today.stretch or next(closed, None)


def _read_then_ahead(_: Parts, today: Today) -> str | None:
    """`dat er dan 26 zijn`: the time to come that was told of."""
    return today.told if is_future(today.told, today.letter_date) else None


def _then_before(today: Today) -> str | None:
    """`destijds`: the time told of, or an earlier one that this was just compared with.

    A day may be that of a letter or a debate that was mentioned, which figures aren't of.
    """
    last, told = today.mentioned[-1] if today.mentioned else today.told, today.told
    if last is not None and told is not None:
        last = told if "/" in last + told else min(last, told)
    is_day = last is not None and len(last) == len("2016-05-04")
    return last if not is_day or last == today.spoken else None


def _read_those(parts: Parts, today: Today) -> str | None:
    """`tussen die jaren`: from the first to the last of the two mentioned last, or of as many."""
    if parts["count"]:
        return _as_many(stated_count(parts), today)
    if "/" in (today.told or ""):
        return today.told
    last = list(dict.fromkeys(reversed(today.mentioned)))[:2]
    of_two = parts["two"] or parts["both"]
    if not of_two and (years := _years_through(last, today.stretch or "")):
        return years
    if len(last) < 2 or len(last[0]) != len(last[1]) or "/" in "".join(last):
        return None
    return "/".join(sorted(last))


def _years_through(last: Sequence[str], stretch: str) -> str | None:
    """The years of a stretch, where the two times mentioned last are no more than its end."""
    start, _, end = (each[:4] for each in stretch.partition("/"))
    within = len(last) > 1 and start < last[1][:4] < last[0][:4] == end and "/" not in "".join(last)
    return f"{start}/{end}" if within else None


def _as_many(count: int, today: Today) -> str | None:
    """The stretch told of, else one of `count` years or months from one mentioned to the last mentioned."""
    if "/" in (today.told or ""):
        return today.told
    if not today.mentioned:
        return None
    like = [value for value in today.mentioned if len(value) == len(today.mentioned[-1])]
    for first in reversed(like[:-1]):
        start, end = sorted((first, like[-1]))
        steps = [months_on(start, count - 1), shifted(start, count), shifted(start, count - 1)]
        if end in steps:
            return f"{start}/{end}"
    return None


def _read_years_after(_: Parts, today: Today) -> str | None:
    year = year_of(today.told)
    return None if year is None else f"{year + 1}/"


def _read_since_then(_: Parts, today: Today) -> str | None:
    told = today.told or next(iter(today.mentioned[-1:]), None)
    if told is None or told.startswith("/"):
        return None
    return told if told.endswith("/") else None if "/" in told else f"{told}/"


READERS: Mapping[str, Reader] = {
    "year_before": _told(-1),
    "whole_year_before": _read_whole_year_before,
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
    "then_ahead": _read_then_ahead,
    "whole_stretch": _read_whole_stretch,
    "those": _read_those,
    "the_other": _read_the_other,
    "month_before": _read_month_before,
    "previous_year": _read_previous_year,
    "since_then": _read_since_then,
    "years_after": _read_years_after,
}
