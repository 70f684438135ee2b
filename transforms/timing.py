"""When a figure holds, and what a figure's time becomes by the figures before it."""

from collections.abc import Sequence
from typing import NamedTuple

from transforms.notation import shifted, year_of


class Timing(NamedTuple):
    """Period and base period of a figure, and how sure the link is."""

    period: str | None
    base_period: str | None
    confidence: float
    rule: str


def of_pair(timing: Timing, which: str, *, expected: bool, since: bool) -> Timing:
    """The ends of a pair share one interval: its first year is the from-level's, its last the to-level's.

    After `sinds X`, unless planned, the level before held at X; `met ingang van X` (not `since`) tells of the
    level from X on only.
    """
    period = timing.period
    if period is None:
        return timing
    if "/" not in period or is_school_year(timing):
        # in the year in which it fell, a level is the one it fell to; the one before was of before
        shared = which == "from" and timing.rule.endswith((".before", ".shared", ".inherited", ".after"))
        return timing._replace(period=None) if shared else timing
    first, last = ends_of(timing)
    if which == "from":
        no_start = not last and (expected or not since)
        return timing._replace(period=None if no_start or not first else first)
    return timing._replace(period=last if first and last else period)


def ends_of(timing: Timing) -> tuple[str, str]:
    """The first and the last year of a stretch, its months or its days; of school years, those as a whole."""
    first, _, last = (timing.period or "").partition("/")
    if timing.rule.startswith("period.stretch_of_school") and first and last:
        return f"{first}/{int(first) + 1}", f"{int(last) - 1}/{last}"
    return first, last


def is_school_year(timing: Timing) -> bool:
    """Whether a stretch of two years is one year that begins in the first and ends in the last."""
    rule = timing.rule.removeprefix("period.").split(".")[0]
    return rule in _OF_SCHOOL and "/" in (timing.period or "") and shifted(timing.period, 1) is not None


_OF_SCHOOL = (
    "school_year", "relative_school_year", "school_year_before", "year_before", "year_after", "years_apart",
    "inherited",
)  # fmt: skip


def over_years(timing: Timing, years: int, levels: Sequence[str]) -> Timing:
    """The stretch of `years` between two levels told of, else up to the figure's time or the last level."""
    ends = (level for level in sorted(levels, reverse=True) if shifted(level, -years) in levels)
    end = next(ends, timing.period or max(levels, default=None))
    start = shifted(end, -years)
    if end is None or start is None or "/" in end:
        return timing
    return Timing(f"{start}/{end}", None, timing.confidence * 0.9, "period.levels")


#: Rules of figures without a period of their own, which they may take from what was told before.
_OPEN = ("period.none", "period.compared", "period.lent")


def inherited(timing: Timing, before: str | None, confidence: float = 0.85) -> Timing:
    """The timing with the period of the figure that the sentence goes on about."""
    if timing.period is not None or before is None or timing.rule not in _OPEN:
        return timing  # it has a period of its own, even where which one can't be told
    base = timing.base_period
    if (
        base is not None
        and year_of(base) == year_of(before)
        and not (len(base) == len(before) and base < before)
    ):
        return timing  # but September may be compared with June
    return timing._replace(period=before, confidence=timing.confidence * confidence, rule="period.inherited")


def between_levels(timing: Timing, earlier: str, later: str, *, interval: bool) -> Timing:
    """The timing of a change between two levels stated before it."""
    confidence = timing.confidence * 0.9
    if interval:
        return Timing(f"{earlier}/{later}", None, confidence, "period.levels")
    return Timing(later, earlier, confidence, "period.levels")
