"""When a change is, and the two ends of one: by which of the levels told before it lies between."""

from collections.abc import Sequence

from transforms import continuing, notation, timing
from transforms.changes import Change
from transforms.counting import Quantity
from transforms.figures import Claim, Level, Memory
from transforms.levels import apart_by, is_near_step, last_two, levels_of, whole_stretch
from transforms.timing import Timing


def between(
    text: str,
    quantity: Quantity,
    change: Change,
    when: Timing,
    before: Sequence[Claim],
    levels: Sequence[Level],
    *,
    behind_pair: bool,
) -> tuple[Change, Timing]:
    """A change without comparison of its own is the one between the last two levels stated.

    Behind `van A in 2011 naar B in 2014`, both ends are named: the change holds for the stretch.
    """
    if not change.growth:
        return change, when
    if change.rule == "change.restated":
        first = next((each for each in reversed(before) if each.kind != "duration"), before[-1])
        return change._replace(direction=first.direction), first.timing
    stated = _over(text, when, before, levels, apart_by(quantity, levels, change.direction))
    if stated is not None:
        return change, stated
    interval = continuing.takes_years(text) or continuing.takes_months(text)
    stretch = interval or (behind_pair and when.rule.endswith((".shared", ".none", ".inherited", ".lent")))
    lent = when.rule.endswith(".shared") and last_two(levels) is not None
    lent = lent or _of_earlier(when, before, levels)
    own = when.period is not None and when.rule != "period.inherited" and not (stretch or lent)
    others = [level.period for level in levels if level.period != when.period]
    if own and when.base_period is None and others and continuing.is_multiple_of_level(text, when):
        return change, when._replace(base_period=others[-1])
    step = None if continuing.is_planned(text) else apart_by(quantity, levels, change.direction)
    pair = step
    if pair is not None and when.base_period is None and not (own and _states_other(when, pair)):
        through = _goes_through(pair, before) and not continuing.compares(text[quantity.numeral.end :])
        return _between(pair, change, when, stretch=stretch or through)
    # of money there are too many kinds: only its numbers tell
    pair = last_two([level for level in levels if level.unit != "euro"])
    ends = pair if when.rule == "period.compared" else step if when.period is None else None
    if ends is not None and when.base_period == ends[0].period:
        return change, when._replace(period=ends[1].period)
    planned = continuing.is_planned(text) and not behind_pair
    if when.base_period is not None or own or planned or pair is None or not _is_meant(text, quantity, pair):
        from_aside = own and continuing.goes_from_aside(text[: quantity.numeral.start])
        return change, _since(when) if from_aside and when.base_period is None else when
    return _between(pair, change, when, stretch=stretch)


def compared_again(change: Change, when: Timing, memory: Memory) -> Timing:
    """A change of the same time as one before it is compared with the same (`In Ede was de groei 4%`)."""
    last = memory.compared
    if not change.growth or when.base_period or when.rule != "period.inherited" or last is None:
        return when
    return when._replace(base_period=last.base_period) if last.period == when.period else when


def _over(
    text: str,
    when: Timing,
    before: Sequence[Claim],
    levels: Sequence[Level],
    step: tuple[Level, Level] | None,
) -> Timing | None:
    """The time of a change by how long its sentence says it took, or by the level that it stands behind."""
    if continuing.over_all(text) and not when.base_period and (whole := whole_stretch(levels)):
        return when._replace(period=whole, confidence=when.confidence * 0.9, rule="period.levels")
    if before and when.period is None and when.base_period is not None and before[-1].kind != "growth":
        told = before[-1].timing.period  # `kwam uit op 80%, 2 procentpunt lager dan in 2017`
        if told is not None and not notation.is_over(told, when.base_period):
            return when._replace(period=told, confidence=0.85, rule="period.appended")
    if years := continuing.years_of_change(text):
        if step is not None and notation.shifted(step[0].period, years) == step[1].period:
            levels = step  # later levels of other things tell nothing of it
        return timing.over_years(when, years, [level.period for level in levels])
    return None


def _of_earlier(when: Timing, before: Sequence[Claim], levels: Sequence[Level]) -> bool:
    """`In 2018 waren het er 80, een groei van 5%`, behind the level of 2019: the growth is up to that."""
    pair = last_two(levels)
    return (
        pair is not None
        and bool(before)
        and before[-1].kind != "growth"
        and when.rule == before[-1].timing.rule
        and when.period == before[-1].timing.period == pair[0].period == levels[-1].period
    )


def _goes_through(pair: tuple[Level, Level], before: Sequence[Claim]) -> bool:
    """Whether a sentence tells of both ends in their order: `eind 2017 40, nu 50, een groei van 10`."""
    told = [level for claim in before for level in levels_of(claim)]
    return all(level in told for level in pair) and told.index(pair[0]) < told.index(pair[1])


def _states_other(when: Timing, pair: tuple[Level, Level]) -> bool:
    """Whether a change has a stretch of its own, or a time right beside it that is none of the levels'."""
    beside = when.rule.endswith(".beside") and when.period not in (pair[0].period, pair[1].period)
    return beside or "/" in (when.period or "")


def _is_meant(text: str, quantity: Quantity, pair: tuple[Level, Level]) -> bool:
    """Whether a change that is of another size than the step between two levels is one of theirs."""
    return is_near_step(quantity, *pair) or continuing.goes_on_about_change(text)


def _between(
    pair: tuple[Level, Level], change: Change, when: Timing, *, stretch: bool
) -> tuple[Change, Timing]:
    """The change from one level to the other; it goes that way, where its words don't tell."""
    earlier, later = pair
    if change.direction == "none" and earlier.value != later.value:
        change = change._replace(direction="increase" if later.value > earlier.value else "decrease")
    return change, timing.between_levels(when, earlier.period, later.period, interval=stretch)


def _since(when: Timing) -> Timing:
    """The time of a change since its own: it is compared with that, and holds at one that isn't told."""
    return when._replace(period=None, base_period=when.period)


def end_of_pair(
    text: str,
    when: Timing,
    which: str,
    levels: Sequence[Level],
    *,
    expected: bool,
    before: Sequence[Timing],
    led: bool = False,
) -> Timing:
    """The periods of `van A naar B` without any of their own are those of the two levels stated before.

    `before` are the times of the same ends of other pairs of the sentence (`…, Den Haag van 40 naar 50`).
    `led` tells that the first end of the pair has taken its time from `levels`.
    """
    if before and not when.rule.endswith((".beside", ".after", ".listed")):
        return before[-1]._replace(rule="period.levels")
    untold = when.rule == "period.inherited" or (led and when.rule == "period.none")
    if untold and (pair := last_two(levels)):
        return when._replace(period=pair[0 if which == "from" else 1].period, rule="period.levels")
    return timing.of_pair(when, which, expected=expected, since=continuing.is_since(text))
