"""Which times a sentence leaves to those behind it: those told, spoken of, compared with, planned."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from transforms import continuing, listing, notation
from transforms.figures import Claim, Left, Memory, subjects
from transforms.notation import is_closed, is_past, year_of
from transforms.periods import Period, reported_in
from transforms.timing import Timing


def left_to_next(memory: Memory) -> tuple[Left, ...]:
    """What the paragraphs so far leave to the next; a question between them asks about the one before it."""
    period, before = memory.period, memory.left
    if period is None and memory.planned is None:
        if not before or not memory.last.endswith("?"):
            return before
        return (*before[:-1], before[-1]._replace(words=before[-1].words | subjects(memory.last)))
    closed = period is not None and is_closed(period) and year_of(period) == memory.peak
    return (*before, Left(period if closed and memory.aside is None else None, memory.here))


def with_times_named(memory: Memory, text: str, times: Sequence[Period], *, heads: bool) -> Memory:
    """What a sentence without figures, `text`, leaves of times; `heads`: it is a heading."""
    told = _last_spoken(text, times)
    spoken = None if _goes_back(text, told, memory) else told
    told = told or _last_told(times)
    memory = with_report(memory, text, times)
    return memory._replace(
        spoken=spoken or memory.spoken,
        told=told or memory.told,
        mentioned=_mentioned(memory, times),
        topic=spoken or memory.topic,
        framed=_set_by(text, spoken, times) or memory.framed,
        fresh=spoken is not None,
        timeless=False,
        here=memory.here | subjects(text) if spoken else memory.here,
        asked=_asked(text, spoken, memory),
        section=spoken if heads else memory.section,
        listed=spoken if text.endswith(":") else memory.listed,
    )


def with_times(
    memory: Memory, text: str, times: Sequence[Period], found: Sequence[Claim], day: date | None
) -> Memory:
    """What a sentence with figures, `text`, leaves of times: its figures' and others that it tells."""
    spoken = _last_spoken(text, times)
    memory = with_report(memory, text, times)
    if not found:
        memory = memory._replace(framed=_set_by(text, spoken, times) or memory.framed)
        spoken = spoken or memory.framed
    told = _told(memory, text, times, found)
    lately = (told if spoken else None) or spoken or _last_told(times) or memory.told
    memory = memory._replace(told=lately, aside=None)
    if _is_aside(memory, text, told, spoken, found):
        memory, told, spoken = memory._replace(aside=told), None, None
    elif told is not None and _is_of_plans(found, told, day):
        memory, told, spoken = memory._replace(planned=told), None, None
    elif told is not None or spoken is not None:
        memory = memory._replace(planned=None)
    return memory._replace(
        period=told or memory.period,
        spoken=lately if memory.planned else (told if spoken else None) or spoken or memory.spoken,
        mentioned=_mentioned(memory, times),
        stretch=_stretch(found) if times else memory.stretch,
        by_turns=_by_turns(found) if found else memory.by_turns,
        topic=told or spoken or memory.topic,
        fresh=told is not None or spoken is not None or (memory.aside is not None and not memory.planned),
        here=memory.here | subjects(text) if found or spoken else memory.here,
        timeless=bool(found) and all(claim.timing.period is None for claim in found),
        peak=max([memory.peak, *(year_of(claim.timing.period) or 0 for claim in found)]),
        total=_total(found),
        asked=_asked(text, told or spoken, memory),
        section=spoken if not found and continuing.is_heading(text) else memory.section,
        listed=spoken if text.endswith(":") else memory.listed,
        compared=_compared(memory, found),
    )


def _compared(memory: Memory, found: Sequence[Claim]) -> Timing | None:
    """The time of the last change that was compared with another; of several comparisons, none."""
    timed = [claim.timing for claim in found if claim.timing.base_period]
    if not timed:
        return memory.compared
    return timed[-1] if len({each.base_period for each in timed}) == 1 else None


def _told(memory: Memory, text: str, times: Sequence[Period], found: Sequence[Claim]) -> str | None:
    """The period that a sentence's figures are about."""
    if found and all(claim.timing.rule == "period.each" for claim in found):
        return memory.period  # a figure for each of its years
    told = _spoken_of(found)
    if memory.period is not None and (told or "").endswith(f"/{memory.period}"):
        told = memory.period  # a change up to the level spoken of
    frame = _frame(listing.joined(text, times))
    if frame is not None and told is not None and notation.holds(frame, told):
        return frame  # `in 2018 nam het toe, van 30 in januari tot 40 in december`
    return told


def _is_aside(
    memory: Memory, text: str, told: str | None, spoken: str | None, found: Sequence[Claim]
) -> bool:
    """Whether figures only go back in time to compare, or are of a part of the year that is told of."""
    year = memory.period if "/" not in (memory.period or "/") else None
    within = told is not None and year is not None and _is_within(year, told, found)
    return within or _goes_back(text, told or spoken, memory)


def with_report(memory: Memory, text: str, times: Sequence[Period]) -> Memory:
    """The memory with the year of a report that a sentence names; another time ends what it describes."""
    if not times:
        return memory
    year = reported_in(text, times)
    if year is not None:
        return memory._replace(reported=year, described=year)
    others = {each.value for each in times if each.role == "time" and each.rule != "period.now"}
    return memory if others <= {memory.described, None} else memory._replace(described=None)


def _frame(times: Sequence[Period]) -> str | None:
    """The year, or the years in a row, that a sentence begins with."""
    first = next((period for period in times if period.role != "base"), None)
    if first is None or first.role != "time":
        return None
    return first.value if first.rule in ("period.year", "period.relative_year", "period.joined") else None


def _spoken_of(found: Sequence[Claim]) -> str | None:
    """The period that the figures are about; an earlier one that they are compared with isn't it."""
    spoken = [claim for claim in found if claim.timing.period and "year_before" not in claim.timing.rule]
    bases = {claim.timing.base_period for claim in spoken if claim.kind == "growth"}
    levels = [claim for claim in spoken if claim.kind != "growth" and claim.timing.period not in bases]
    if all(claim.timing.rule.startswith("period.now.") for claim in levels):
        levels = spoken  # `in 2025 komen er 20 bij; het zijn er nu 50`: the plan is spoken of as well
    stated = [claim.timing.period for claim in levels or spoken if claim.timing.period]
    latest = max((year_of(period) or 0 for period in stated), default=0)
    last = [period for period in stated if (year_of(period) or 0) == latest]
    by_month = all("-" in period and "/" not in period for period in last)
    return (max(last) if by_month else last[-1]) if last else None


def _last_spoken(text: str, times: Sequence[Period]) -> str | None:
    """The period spoken of last; of times that are listed, all of them."""
    return _last_of(listing.joined(text, times), "time")


def _last_told(times: Sequence[Period]) -> str | None:
    """The period that `dat jaar` can mean in the next sentence: the last one, be it that of a plan."""
    return _last_of(times, "time", "deadline")


def _last_of(times: Sequence[Period], *roles: str) -> str | None:
    values = [period.value for period in times if period.role in roles and period.rule != "period.now"]
    return next(filter(None, reversed(values)), None)


def _goes_back(text: str, told: str | None, memory: Memory) -> bool:
    """Whether a sentence only compares with a time before the paragraph's (`in 2017 waren dat er 30`)."""
    scene = memory.period or memory.topic
    if told is None or scene is None or scene.startswith("/"):
        return False
    year, now = year_of(told) or 9999, year_of(scene) or 0
    within = year == now and len(told) == len(scene) and told < scene
    return (year < now or within) and continuing.is_aside(text)


def _is_within(scene: str, told: str, found: Sequence[Claim]) -> bool:
    """Whether figures are of a part of the time told of: of that of a half year, only what it counts, too."""
    same = len(scene) == len("2018") or "unit.carried" in found[0].rule
    return same and notation.holds(scene, told)


def _is_of_plans(found: Sequence[Claim], told: str, day: date | None) -> bool:
    """Whether all figures of a period are plans or forecasts, and it isn't over: nothing else is of then."""
    then = [claim for claim in found if claim.timing.period == told]
    went_on = "/" in told and told[:4].isdigit() and day is not None and int(told[:4]) < day.year
    return (
        all(claim.status in ("target", "expected") for claim in then)
        and not went_on
        and not is_past(told, day)
    )


def _set_by(text: str, spoken: str | None, times: Sequence[Period]) -> str | None:
    """The time that a sentence without figures sets for those to come: of a survey, or `voor 2019`."""
    if spoken is not None:
        return spoken if continuing.is_measured(text) else None
    if text.endswith("?"):
        return None  # what is asked of one time is asked of nothing else
    # from a time on (`vanaf 2022`) other things are so too
    return next((each.value for each in times if each.role == "deadline" and is_closed(each.value)), None)


def _asked(text: str, spoken: str | None, memory: Memory) -> str | None:
    """The period that a question speaks of holds for its answer."""
    return (
        spoken or memory.asked if text.endswith("?") and is_closed(spoken or memory.asked) else memory.asked
    )


def _mentioned(memory: Memory, times: Sequence[Period]) -> tuple[str, ...]:
    """The periods mentioned last, in whatever role."""
    return (*memory.mentioned, *(each.value for each in times if each.value))[-_MENTIONED:]


_MENTIONED = 8  # periods that a word such as `die datum` can point back to


def _by_turns(found: Sequence[Claim]) -> tuple[str, ...]:
    """The periods of figures of one unit that have a period each, in their order."""
    times = tuple(claim.timing.period or "" for claim in found)
    of_one = len({(claim.unit, claim.kind) for claim in found}) == 1 and found[0].kind != "growth"
    return times if of_one and all(times) and len(set(times)) == len(times) > 1 else ()


def _stretch(found: Sequence[Claim]) -> str | None:
    """The stretch that `die periode` can be: that of a change, of years on end, or between two levels."""
    return _led_through(found) or _year_on_year(found) or _from_one_to_other(found)


def _from_one_to_other(found: Sequence[Claim]) -> str | None:
    """From the earlier to the later of the two times of a sentence's levels (`in 2015 40, in 2019 50`)."""
    times = {claim.timing.period or "" for claim in found if claim.kind != "growth"}
    alike = len(times) == _TWO and len({len(each) for each in times}) == 1
    return f"{min(times)}/{max(times)}" if alike and all(map(_OF_YEAR.fullmatch, times)) else None


_TWO = 2


def _led_through(found: Sequence[Claim]) -> str | None:
    """The stretch of a change: from one level to the other (`van 40 in 2014 naar 50 in 2019`).

    Or of those told before (`80 in 2019, zodat het aantal in één jaar met 5% groeide`).
    """
    for first, last in pairwise(found):
        start, end = first.timing.period, last.timing.period
        if "level.reached" not in last.rule or first.unit != last.unit or not start or not end:
            continue
        if "/" not in start + end and len(start) == len(end) and start < end:
            return f"{start}/{end}"
    over = (claim.timing for claim in reversed(found) if claim.kind == "growth")
    return next((each.period for each in over if each.rule == "period.levels" and not each.base_period), None)


def _year_on_year(found: Sequence[Claim]) -> str | None:
    """The stretch of three years and more, or of their ends, that figures hold in one after the other."""
    levels = dict.fromkeys(claim.timing.period or "" for claim in found if claim.kind != "growth")
    years = [int(each[:4]) for each in levels if _OF_YEAR.fullmatch(each)]
    alike = len({each[4:] for each in levels}) == 1 and len(years) == len(levels) >= _SEVERAL
    if not alike or years != list(range(years[0], years[0] + len(years))):
        return None
    return f"{min(levels)}/{max(levels)}"


_OF_YEAR = re.compile(r"\d{4}(?:-\d\d){0,2}")
_SEVERAL = 3


def _total(found: Sequence[Claim]) -> str | None:
    """The stretch from the first to the last of the years, one after the other, of figures that add up."""
    stated = {claim.timing.period for claim in found if claim.timing.period and claim.kind in _ADD_UP}
    years = sorted(int(period) for period in stated if period.isdigit())
    if len(years) < 2 or len(years) != len(stated) or years[-1] - years[0] != len(years) - 1:
        return None
    return f"{years[0]}/{years[-1]}"


#: Kinds of figures of which several years have a total.
_ADD_UP = ("count", "amount")
