"""Which period a figure holds in: the one beside it, the one its clause names, or its whole's."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from transforms.periods import Period, year_of
from transforms.quantities import Quantity


class Timing(NamedTuple):
    """Period and base period of a figure, and how sure the link is."""

    period: str | None
    base_period: str | None
    confidence: float
    rule: str


_ADJACENT = re.compile(
    r"[\s(]*(?:[\w-]+ ){0,3}?(?:in|over|van|voor|per|op|gedurende)?\s?(?:het jaar |heel |geheel |de )?$"
)
_BARRIER = re.compile(r"[,;:]|\b(?:en|maar|tegen|naar|tot|terwijl|waarvan|dan)\b")
_CLAUSE = re.compile(r"[;:]|, (?:die|dat|waar\w*|maar|terwijl|onder wie|van wie|hetgeen)\b")
_ADVERB = re.compile(r" (?:nog |maar |al )?")
_OPENED = re.compile(r" \((?:nog |circa |ruim |bijna |€ ?)?")
_LIST = re.compile(r"(?:,|,? en| of) (?:\w+ )?")
_WHOLE = re.compile(r"\b(?:van|bij|onder) (?:de|deze|alle) (?:in totaal )?$", re.IGNORECASE)
_PART = re.compile(
    r"\b(?:daarvan|hiervan|waarvan|van wie|onder wie|van hen|onder hen|waaronder)\b|\($", re.IGNORECASE
)
_THEN = re.compile(r",? toen\b")
_RESPECTIVELY = re.compile(r"\b(?:respectievelijk|resp\.|achtereenvolgens)\s", re.IGNORECASE)


def timings(
    text: str, quantities: Sequence[Quantity], periods: Sequence[Period], growths: Sequence[bool]
) -> list[Timing]:
    """The timing of each quantity from the periods of its own sentence; no period where none is linked."""
    times = [period for period in periods if period.role in ("time", "deadline")]
    listed = _respectively(text, quantities, times)
    beside = [
        listed.get(index)
        or _beside(text, quantity, times, quantities)
        or _right_before(text, quantity, periods)
        for index, quantity in enumerate(quantities)
    ]
    taken = [period for period in beside if period is not None]
    found = [
        _timing(
            text, quantity, near, periods, taken, _base(periods, quantity) if growth else None, growth=growth
        )
        for quantity, near, growth in zip(quantities, beside, growths, strict=True)
    ]
    return _shared(text, quantities, found)


def _shared(text: str, quantities: Sequence[Quantity], timings: list[Timing]) -> list[Timing]:
    """`13 vrouwen, 4 mannen en 2 kinderen in 2015`: the period behind a list is that of all its members."""
    for index in range(len(timings) - 2, -1, -1):
        following = timings[index + 1]
        listed = _LIST.fullmatch(text[quantities[index].end : quantities[index + 1].numeral.start])
        if (
            listed
            and timings[index].rule == "period.none"
            and following.rule.endswith((".beside", ".listed"))
        ):
            timings[index] = following._replace(rule=following.rule.rsplit(".", 1)[0] + ".listed")
    return timings


def _respectively(text: str, quantities: Sequence[Quantity], times: Sequence[Period]) -> dict[int, Period]:
    """`In 2011, 2012 en 2013 … (respectievelijk) 1, 2 en 3`: as many numbers as periods, in their order."""
    match = _RESPECTIVELY.search(text)
    since = match.end() if match else max((period.end for period in times), default=0)
    counted = [index for index, quantity in enumerate(quantities) if quantity.numeral.start >= since]
    listed = [period for period in times if period.end <= since]
    if not len(counted) == len(listed) > 1:
        return {}
    spans = [(quantities[index].numeral.start, quantities[index].numeral.end) for index in counted]
    is_list = _is_list(text, spans) and _is_list(text, [(period.start, period.end) for period in listed])
    return dict(zip(counted, listed, strict=True)) if match or is_list else {}


def _is_list(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    return all(_LIST.fullmatch(text[end:start]) for (_, end), (start, _) in pairwise(spans))


def _beside(
    text: str, quantity: Quantity, times: Sequence[Period], others: Sequence[Quantity]
) -> Period | None:
    """The period that follows the number and its noun at once."""
    for period in times:
        gap = text[quantity.end : period.start] if period.start >= quantity.end else None
        if gap is None or _BARRIER.search(gap) or not _ADJACENT.fullmatch(gap):
            continue
        if any(quantity.end < other.numeral.start <= period.start for other in others):
            return None
        return None if _leads_another(period, others) else period
    return None


def _right_before(text: str, quantity: Quantity, periods: Sequence[Period]) -> Period | None:
    """`thans 92`, `2016 (1.300)`, `(2017: 310)`: such a period belongs to the number right behind it only."""
    for period in periods:
        gap = text[period.end : quantity.numeral.start] if period.end <= quantity.numeral.start else ""
        if period.rule == "period.now" and _ADVERB.fullmatch(gap):
            return period
        if _OPENED.fullmatch(gap) or (gap == ": " and text[period.start - 1 : period.start] == "("):
            return period
    return None


def _leads_another(period: Period, others: Sequence[Quantity]) -> bool:
    """Whether the next number stands right behind the period (`in 2013 202 meldingen`)."""
    return any(0 <= other.numeral.start - period.end <= 1 for other in others)


def _base(periods: Sequence[Period], quantity: Quantity) -> str | None:
    """What a growth is compared with: the nearest comparison behind it, else before it."""
    bases = [period for period in periods if period.role == "base"]
    after = [period for period in bases if period.start >= quantity.numeral.start]
    nearest = next(iter(after or bases), None)
    return nearest.value if nearest else None


def _is_whole(text: str, quantity: Quantity, period: Period, base: str | None) -> bool:
    """Whether a period that another number has holds for this one too: as its whole's, or in a comparison."""
    if _PART.search(text[period.end : quantity.numeral.start]) or base is not None:
        return True
    opening = _FIRST_NUMBER.search(text)
    return (
        opening is not None
        and opening.start() < period.start
        and _WHOLE.search(text[: opening.start()]) is not None
    )


_FIRST_NUMBER = re.compile(r"\d")


def _is_multiple_of(text: str, quantity: Quantity, period: Period) -> bool:
    """`het dubbele van eind 2017`: the period is that of what is doubled."""
    return quantity.numeral.form == "growth" and text[quantity.numeral.end : period.start].strip() == "van"


def _then(text: str, quantity: Quantity, periods: Sequence[Period]) -> Period | None:
    """The period just before `toen`: what a figure was compared with is told of here."""
    before = [period for period in periods if period.end <= quantity.numeral.start]
    return before[-1] if before and _THEN.match(text, before[-1].end) else None


def _timing(
    text: str,
    quantity: Quantity,
    near: Period | None,
    periods: Sequence[Period],
    taken: Sequence[Period],
    base: str | None,
    *,
    growth: bool,
) -> Timing:
    times = [period for period in periods if period.role in ("time", "deadline")]
    if near is not None and _is_multiple_of(text, quantity, near):
        base, near = near.value, None
    if near is not None:
        return Timing(near.value, base, 1.0, near.rule + ".beside")
    then = _then(text, quantity, periods)
    if then is not None:
        return Timing(then.value, base, 0.9, then.rule + ".then")
    before = [period for period in times if period.end <= quantity.numeral.start]
    if before:
        nearest = before[-1]
        if growth and nearest.rule == "period.year_before":
            return Timing(None, nearest.value, 0.9, "period.compared")
        if nearest in taken and not _is_whole(text, quantity, nearest, base):
            free = [period for period in before if period not in taken]
            exclusive = nearest.rule == "period.now" or text[nearest.start - 1 : nearest.start] == "("
            if len(free) == 1 and exclusive:
                return Timing(free[0].value, base, 0.9, free[0].rule + ".before")
            return Timing(None, base, 0.7, "period.lent")
        competing = len({period.value for period in before if period not in taken}) > 1
        return Timing(nearest.value, base, 0.9 if competing else 1.0, nearest.rule + ".before")
    after = [period for period in times if period.start >= quantity.end and period not in taken]
    if len(after) == 1 and not _CLAUSE.search(text[quantity.end : after[0].start]):
        return Timing(after[0].value, base, 0.85, after[0].rule + ".after")
    return Timing(None, base, 0.8 if after else 1.0, "period.none")


def of_pair(timing: Timing, which: str, *, expected: bool) -> Timing:
    """The ends of a pair share one interval: its first year is the from-level's, its last the to-level's.

    After `vanaf X` a level planned from X on says nothing of when the level before held.
    """
    period = timing.period
    if period is None:
        return timing
    if "/" not in period:
        # in the year in which it fell, a level is the one it fell to; the one before was of before
        shared = which == "from" and timing.rule.endswith(".before")
        return timing._replace(period=None) if shared else timing
    first, last = period.split("/")
    if which == "from":
        open_plan = not last and expected
        return timing._replace(period=None if open_plan or not first else first)
    return timing._replace(period=last if first and last else period)


def inherited(timing: Timing, before: str | None) -> Timing:
    """The timing with the period of the figure that the sentence goes on about."""
    if timing.period is not None or before is None or timing.rule not in ("period.none", "period.compared"):
        return timing  # it has a period of its own, even where which one can't be told
    if timing.base_period is not None and year_of(timing.base_period) == year_of(before):
        return timing
    return timing._replace(period=before, confidence=timing.confidence * 0.85, rule="period.inherited")


def between_levels(timing: Timing, earlier: str, later: str, *, interval: bool) -> Timing:
    """The timing of a change between two levels stated before it."""
    confidence = timing.confidence * 0.9
    if interval:
        return Timing(f"{earlier}/{later}", None, confidence, "period.levels")
    return Timing(later, earlier, confidence, "period.levels")
