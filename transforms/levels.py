"""The figures told before, as levels: which of them a change is one of, and which a sentence says again."""

from collections.abc import Collection, Mapping, Sequence

from transforms import notation, timing
from transforms.counting import Quantity
from transforms.figures import Claim, Level, Memory, Stated, head


def levels_of(claim: Claim) -> list[Level]:
    """The claim as a level, where it is one that holds at a single point in time."""
    period = claim.timing.period
    if period is None or not _is_level(claim):
        return []
    if "/" in period and not (timing.is_school_year(claim.timing) or notation.is_part_of_year(period)):
        return []
    return [Level(claim.unit, period, claim.numeral.value)]


def _is_level(claim: Claim) -> bool:
    """Whether a figure can be what a change leads from or to: a count, or a measure (kilos, weeks)."""
    measured = claim.unit not in ("percent", "percentage_points", "ratio")
    return claim.kind in ("count", "capacity", "share", "amount") or (claim.kind != "growth" and measured)


def levels_for(unit: str, levels: Sequence[Level]) -> list[Level]:
    """The levels that a change in a unit can be one of: percentage points are the change of a percentage."""
    of_share = unit == "percentage_points"
    return [level for level in levels if (level.unit == "percent") == of_share]


def whole_stretch(levels: Sequence[Level]) -> str | None:
    """From the first to the last of the levels of one unit."""
    times = [level.period for level in levels if level.unit == levels[-1].unit]
    return f"{min(times)}/{max(times)}" if len(set(times)) > 1 else None


def later_than(base: str, levels: Sequence[Level]) -> str | None:
    """The period of the last level that holds behind `base`."""
    return next((level.period for level in reversed(levels) if level.period > base), None)


def last_two(levels: Sequence[Level]) -> tuple[Level, Level] | None:
    """The last level and the one before it of the same unit, in the order of their periods.

    None where a still later one was told: the two may be no more than what that is compared with.
    """
    if not levels:
        return None
    last = levels[-1]
    alike = [level for level in levels[:-1] if level.unit == last.unit and level.period != last.period]
    if not alike:
        return None
    pair = sorted((alike[-1], last), key=lambda level: level.period)
    if any(level.period > pair[1].period for level in alike):
        return None
    return pair[0], pair[1]


def apart_by(
    quantity: Quantity, levels: Sequence[Level], direction: str = "none"
) -> tuple[Level, Level] | None:
    """The last two levels that a change is just as large as the step between, the earlier one first.

    The step goes the way of the change, where the change says which.
    """
    for index in range(len(levels) - 1, 0, -1):
        last = levels[index]
        for other in reversed(levels[:index]):
            if other.unit == last.unit and other.period != last.period:
                pair = (other, last) if other.period < last.period else (last, other)
                if _is_step(quantity, *pair) and direction in ("none", _way(*pair)):
                    return pair
    return None


def _way(earlier: Level, later: Level) -> str:
    return "increase" if later.value > earlier.value else "decrease"


def _step(quantity: Quantity, earlier: Level, later: Level) -> float | None:
    """The step between two levels in the unit of a change; None where it can't be told in that."""
    step = abs(later.value - earlier.value)
    if quantity.unit == "percent":
        return 100 * step / earlier.value if earlier.value else 0.0
    return step if quantity.unit in (earlier.unit, "percentage_points") else None


def _is_step(quantity: Quantity, earlier: Level, later: Level) -> bool:
    """Whether a change is as large as the step between two levels, as far as it is rounded."""
    value, step = quantity.numeral.value, _step(quantity, earlier, later)
    if step is None:
        return False
    about = _IN_WORDS if quantity.numeral.form in ("fraction", "growth") else _ABOUT
    return abs(step - value) <= max(_ROUNDED * (1 if value == int(value) else 0.1), about * value)


#: Of a unit, or of the change itself, in figures and in words (`een kwart`).
_ROUNDED, _ABOUT, _IN_WORDS = 0.6, 0.04, 0.12


def is_near_step(quantity: Quantity, earlier: Level, later: Level) -> bool:
    """Whether a change may be meant for the step between two levels, though it is another than theirs.

    So is the rise by 40% that somebody spoke of, where the letter's figures give 30%.
    """
    step = _step(quantity, earlier, later)
    return step is not None and step / _NEAR <= quantity.numeral.value <= step * _NEAR


_NEAR = 1.6


def foretold(found: list[Claim], quantities: Sequence[Quantity], paired: Mapping[int, str]) -> list[Claim]:
    """`is verdubbeld: in 2018 waren het er 60, in 2019 120`: the change between the two to come.

    From the one of a pair to the other (`is verdubbeld van 60 in 2018 tot 120 in 2019`) it takes it all.
    """
    for index, change in enumerate(found[:-2]):
        both = index + 1 in paired and index + 2 in paired
        open_rules = ("period.none", "period.inherited", *(("period.levels",) if both else ()))
        if change.kind != "growth" or change.timing.rule not in open_rules:
            continue
        levels = [level for claim in found[index + 1 : index + 3] for level in levels_of(claim)]
        pair = apart_by(quantities[index], levels)
        base = change.timing.base_period  # of the levels before, where it is none of these two
        if pair is not None and (base is None or (both and base != pair[0].period)):
            timed = timing.between_levels(change.timing, pair[0].period, pair[1].period, interval=both)
            found[index] = change._replace(timing=timed)
    return found


def stated_of(found: Sequence[Claim]) -> list[Stated]:
    """The figures, but for small and round ones, that a later sentence can say again."""
    return [
        Stated(
            claim.unit,
            claim.numeral.value,
            claim.timing.period,
            head(claim.phrase),
            claim.measure_code,
            claim.population,
        )
        for claim in found
        if claim.timing.period and claim.kind != "growth" and claim.numeral.value > 12
    ]


def said_before(
    value: float, nouns: Collection[str], memory: Memory, *, unit: str | None = None
) -> str | None:
    """The period of the last figure that was the same number, of the same thing if it is a small one."""
    same = (
        each.period
        for each in reversed(memory.stated)
        if each.value == value and unit in (None, each.unit) and (value >= _TELLING or each.noun in nouns)
    )
    return next(same, None)


#: Numbers from here on are seldom the same by chance.
_TELLING = 100
