"""Lists of numbers and lists of times that go together, one by one or all at once."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from transforms.continuing import answers_number, tells_each
from transforms.counting import Quantity
from transforms.notation import one_stretch
from transforms.periods import Period
from transforms.timing import Timing
from transforms.vocabulary import ungated, words


def respectively(text: str, quantities: Sequence[Quantity], times: Sequence[Period]) -> dict[int, Period]:
    """`In 2011, 2012 en 2013 … (respectievelijk) 1, 2 en 3`: as many numbers as periods, in their order.

    Where it says `respectievelijk`, other numbers may stand behind them, and lists of their parts (`waarvan
    4, 5 en 6`), which go by turns as well.
    """
    match = link("respectively").search(text)
    last = match.end() if match else len(text)
    last = next((period.end for period in times if match and period.start == last), last)  # `2011 resp. 2012`
    since = max((period.end for period in times if period.end <= last), default=0)
    counted = [index for index, quantity in enumerate(quantities) if quantity.numeral.start >= since]
    listed = [period for period in times if period.end <= since]
    if match and len(listed) >= len(counted):
        listed = listed[-len(counted) :]
    else:
        listed = [each for at, each in enumerate(listed) if _is_list(text, _places(listed[at:]))]
    size = len(listed)
    if size < 2 or any(listed[0].end <= each.numeral.start < listed[-1].start for each in quantities):
        return {}  # a number between them has one of them
    listed = _within_years(text, listed)
    if match and len(counted) == size:
        return dict(zip(counted, listed, strict=True))
    lists = [each for each in _lists(text, quantities, counted) if len(each) == size]
    if not lists or lists[0][0] != counted[0] or (not match and len(counted) != size):
        return {}
    return {index: period for each in lists for index, period in zip(each, listed, strict=True)}


def _within_years(text: str, listed: Sequence[Period]) -> list[Period]:
    """`ultimo 2020, 2021 en 2022`: what the first says of its year holds for bare years right behind it."""
    first, found = listed[0], [listed[0]]
    part = _PART_OF_YEAR.fullmatch(first.value or "") if first.rule in _OF_YEAR else None
    for last, period in pairwise(listed):
        bare = period.rule == "period.year" and _BARE.fullmatch(text[last.end : period.start])
        if part is None or not bare:
            return [*found, *listed[len(found) :]]
        found.append(period._replace(value=f"{period.value}{part[1]}", rule=first.rule))
    return found


#: Times that name a part of a year before it, and their value; what joins another year to them.
_OF_YEAR = ("period.part", "period.day", "period.month", "period.quarter", "period.half")
_PART_OF_YEAR = re.compile(r"\d{4}(-(?!02-29).+)")
_BARE = re.compile(r",? (?:en |respectievelijk |en respectievelijk )?|,? resp\. ")


def _lists(text: str, quantities: Sequence[Quantity], counted: Sequence[int]) -> list[list[int]]:
    """The numbers in lists, each as long as it goes on."""
    found: list[list[int]] = []
    for index in counted:
        ends = quantities[index - 1].numeral.end if index else 0
        gap = text[ends : quantities[index].numeral.start].replace("€ ", "")
        if found and link("list").fullmatch(gap):
            found[-1].append(index)
        else:
            found.append([index])
    return found


def _places(periods: Sequence[Period]) -> list[tuple[int, int]]:
    return [(period.start, period.end) for period in periods]


def one_by_one(
    text: str,
    quantities: Sequence[Quantity],
    found: list[Timing],
    whole: str | None,
    by_turns: Sequence[str] = (),
) -> list[Timing]:
    """`Per jaar ging het om 16, 22 en 29`: as many figures as years of the stretch told of.

    Or as times by which the figures before went (`Bij de fregatten was dat 70, 71 en 74 procent`).
    """
    stated = {each.period for each in found}
    of_those = all(each.rule == "period.those.before" for each in found)  # `in die jaren 70, 54 en 71`
    in_turn = of_those or link("respectively").search(text) is not None
    own = stated.pop() if len(stated) == 1 and in_turn else None
    spans = [(quantity.numeral.start, quantity.numeral.end) for quantity in quantities]
    if (own is None and any(each.period for each in found)) or not _is_list(text, spans):
        return found
    times = _years_of(own or whole) if of_those or tells_each(text) else ()
    if len(times) != len(spans) and own is None and (tells_each(text) or answers_number(text)):
        times = by_turns
    if len(times) != len(spans):
        return found
    return [
        each._replace(period=time, rule="period.each", confidence=0.9)
        for each, time in zip(found, times, strict=True)
    ]


def _years_of(stretch: str | None) -> Sequence[str]:
    years = re.fullmatch(r"(\d{4})/(\d{4})", stretch or "")
    return [str(year) for year in range(int(years[1]), int(years[2]) + 1)] if years else ()


def alternating(text: str, quantities: Sequence[Quantity], times: Sequence[Period]) -> dict[int, Period]:
    """`30 zaken bij het hof van 2017 en 40 zaken bij dat van 2018`: each number with the period behind it."""
    if not len(quantities) == len(times) > 1:
        return {}
    for index, (quantity, period) in enumerate(zip(quantities, times, strict=True)):
        following = quantities[index + 1].numeral.start if index + 1 < len(quantities) else len(text)
        if not quantity.end <= period.start < following or link("clause").search(
            text[quantity.end : period.start]
        ):
            return {}
        if index + 1 < len(quantities) and not link("barrier").search(text[period.end : following]):
            return {}
    return dict(enumerate(times))


def joined(text: str, periods: Sequence[Period]) -> list[Period]:
    """`in 2019 en 2020 …` with one number for both: a list of years on end is one stretch."""
    found: list[Period] = []
    for period in periods:
        last = found[-1] if found else None
        if (
            last is not None
            and link("list").fullmatch(text[last.end : period.start])
            and "base" not in (last.role, period.role)
            and (value := one_stretch(last.value, period.value)) is not None
        ):
            found[-1] = Period(last.start, period.end, value, last.role, "period.joined")
        else:
            found.append(period)
    return found


def _is_list(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    return all(
        link("list").fullmatch(text[end:start].replace("€ ", "")) for (_, end), (start, _) in pairwise(spans)
    )


@cache
def link(name: str) -> re.Pattern[str]:
    """What stands between a number and a time, or two of them, by its name in the vocabulary."""
    return ungated("periods", words("periods")["link"][name], flags=re.NOFLAG)
