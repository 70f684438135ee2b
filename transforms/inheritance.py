"""The period that a figure takes from what its paragraph, section and letter told before it."""

from collections.abc import Sequence
from typing import Any

from transforms import attribution, figures, standing, timing
from transforms.figures import Claim, Letter, Level, Memory, speaks_of_whole
from transforms.measures import is_people
from transforms.numerals import digits_value
from transforms.periods import is_closed, is_future, is_past, tense
from transforms.quantities import Quantity
from transforms.sentences import Sentence
from transforms.standing import Change
from transforms.timing import Timing


def inherited(
    sentence: Sentence,
    quantity: Quantity,
    kind: str,
    stated: Timing,
    memory: Memory,
    letter: Letter,
    before: Sequence[Claim],
) -> Timing:
    """The period of the data that the sentence goes on about: by its words, noun, tense or whole."""
    text = sentence.text
    if stated.period is not None:
        return stated
    part = _of_whole(text, quantity, stated, before)
    if part is not None:
        return part
    if sentence.place == "footnote":
        return timing.inherited(stated, memory.period) if _is_of_cited(text, kind) else stated
    compared = _compared(text, kind, stated, memory, before)
    if compared is not None:
        return compared
    goes_on = attribution.goes_on(text) or timing.goes_on(text)
    if not goes_on and attribution.source(text) is not None:
        return stated  # another source is another set of data
    again = _again(text, quantity, stated, memory)
    if again is not None:
        return again
    if timing.is_total(text) and memory.total is not None:
        return timing.inherited(stated, memory.total)
    if memory.aside is not None and timing.points_back(text):
        return timing.inherited(stated, memory.aside)
    same = (
        (goes_on and (kind != "amount" or (timing.points_back(text) and not timing.is_yearly(text))))
        or speaks_of_whole(text, memory)
        or quantity.rule == "unit.carried"
        or (kind == "share" and not timing.is_planned(text) and _is_cohesive(text, memory))
        or (quantity.unit == "persons" and is_people(quantity.phrase) and memory.measure_code is not None)
    )
    if same and not timing.points_back(text) and not _lasts(text, quantity, memory, letter):
        same = False
    whole = memory.period or memory.asked
    if memory.topic is not None and whole is not None and memory.topic != whole:
        whole = memory.topic if goes_on else None  # another time was spoken of since
    whole = whole if same else None
    then = _told(text, kind, memory, letter)
    found = timing.inherited(stated, whole or then or memory.listed or _of_sibling(before))
    if found.period is not None:
        return found
    return _of_section(text, kind, found, memory, letter)


def _is_of_cited(text: str, kind: str) -> bool:
    """Whether a footnote tells of the figure that it is cited for."""
    if timing.is_of_cited(text) or timing.goes_on(text) or timing.points_back(text):
        return True
    return timing.tells_of_then(text, perfect=True) or (kind in ("count", "share") and tense(text) is None)


def _of_whole(text: str, quantity: Quantity, stated: Timing, before: Sequence[Claim]) -> Timing | None:
    """A part has the time of its whole before it in the sentence (`30 zaken, waarvan 12 …`), or none."""
    if stated.rule != "period.none" or not before:
        return None
    whole = before[-1]
    end = whole.numeral.end
    if not timing.is_part(text[end : quantity.numeral.start]):
        return None
    return timing.inherited(stated, whole.timing.period, 0.9)


def _of_sibling(before: Sequence[Claim]) -> str | None:
    """The period that a figure of the same sentence took from what was told before."""
    taken = [claim.timing.period for claim in before if claim.timing.rule == "period.inherited"]
    return taken[-1] if taken else None


def _compared(text: str, kind: str, stated: Timing, memory: Memory, before: Sequence[Claim]) -> Timing | None:
    """A change since a time, or a level beside that of a time, is one up to the time told of.

    `memory` is what lies behind that time: `Ten opzichte van 2016 is dat 5% meer`, `van 40 in 2016 naar 30`.
    """
    if stated.rule != "period.lent" and not (stated.base_period and kind == "growth"):
        return None
    told = memory.period or memory.topic or memory.asked
    of_level = stated.rule != "period.lent" and before and before[-1].kind != "growth"
    if timing.is_planned(text) or of_level or not is_closed(told):
        return stated
    return timing.inherited(stated, told)


def _told(text: str, kind: str, memory: Memory, letter: Letter) -> str | None:
    """The time spoken of, where the sentence tells of it in a past tense and goes on about the same."""
    topic = memory.topic or memory.asked
    if not is_closed(topic) or topic == _today(letter) or is_future(topic, letter.letter_date):
        return None
    known = memory.here if memory.topic else memory.subjects
    cohesive = not known.isdisjoint(figures.subjects(text)) or timing.whole_number(text) is not None
    if kind in ("capacity", "duration") or timing.is_planned(text):
        return None
    perfect = cohesive and topic in (memory.period, memory.asked)
    told = (cohesive or memory.fresh) and timing.tells_of_then(text, perfect=perfect)
    return topic if told else None


def _again(text: str, quantity: Quantity, stated: Timing, memory: Memory) -> Timing | None:
    """The period of a figure said again (`van de 409 zaken`), for that and for its parts behind it."""
    said = figures.said_before(quantity.unit, quantity.numeral.value, memory)
    if said is None and (match := timing.whole_number(text[: quantity.numeral.start])):
        said = next(
            (each.period for each in reversed(memory.stated) if each.value == digits_value(match)), None
        )
    return timing.inherited(stated, said, 0.9) if said is not None and stated.rule == "period.none" else None


def _is_cohesive(text: str, memory: Memory) -> bool:
    """Whether a share is one of what was spoken of: it is told of in the past, or shares a word with that."""
    return timing.tells_of_then(text, perfect=True) or not memory.here.isdisjoint(figures.subjects(text))


def _lasts(text: str, quantity: Quantity, memory: Memory, letter: Letter) -> bool:
    """Whether the period spoken of is one that the next figure may hold in too.

    What went on since a year isn't it, nor, for a plan, the day of the letter.
    """
    now = memory.period is not None and memory.period == _today(letter)
    open_end = memory.period is not None and not is_closed(memory.period)
    return quantity.rule == "unit.carried" or not (open_end or (now and timing.is_planned(text)))


def _today(letter: Letter) -> str | None:
    return letter.letter_date.isoformat() if letter.letter_date else None


def _of_section(text: str, kind: str, stated: Timing, memory: Memory, letter: Letter) -> Timing:
    """The period of the heading, or that of the paragraphs before on the same subject."""
    if memory.section is not None and not timing.is_planned(text):
        return timing.inherited(stated, memory.section, 0.75)
    told = memory.period or memory.topic
    if told is not None or memory.subjects.isdisjoint(figures.subjects(text)):
        return stated
    if letter.letter_date is not None and not is_past(memory.earlier, letter.letter_date):
        return stated
    past = kind == "share" or (kind != "capacity" and timing.tells_of_then(text, perfect=True))
    return timing.inherited(stated, memory.earlier, 0.65) if past else stated


def between(
    text: str,
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
        return change._replace(direction=before[-1].direction), before[-1].timing
    stated = _over(text, when, before, levels)
    if stated is not None:
        return change, stated
    interval = standing.takes_years(text)
    stretch = interval or (behind_pair and when.rule.endswith((".shared", ".none", ".inherited", ".lent")))
    lent = when.rule.endswith(".shared") and figures.last_two(levels) is not None
    lent = lent or _of_earlier(when, before, levels)
    own = when.period is not None and when.rule != "period.inherited" and not (stretch or lent)
    if own and when.base_period is None and levels and timing.is_multiple_of_level(text, when):
        return change, when._replace(base_period=levels[-1].period)
    pair = figures.last_two(levels)
    if pair is not None and when.rule == "period.compared" and when.base_period == pair[0].period:
        return change, when._replace(period=pair[1].period)
    if when.base_period is not None or own or pair is None or (timing.is_planned(text) and not behind_pair):
        return change, when
    earlier, later = pair
    direction = change.direction
    if direction == "none" and earlier.value != later.value:
        direction = "increase" if later.value > earlier.value else "decrease"
    timed = timing.between_levels(when, earlier.period, later.period, interval=stretch)
    return change._replace(direction=direction), timed


def _over(text: str, when: Timing, before: Sequence[Claim], levels: Sequence[Level]) -> Timing | None:
    """The time of a change by how long its sentence says it took, or by the level that it stands behind."""
    if timing.over_all(text) and not when.base_period and (whole := figures.whole_stretch(levels)):
        return when._replace(period=whole, confidence=when.confidence * 0.9, rule="period.levels")
    if before and when.period is None and when.base_period is not None and before[-1].kind != "growth":
        told = before[-1].timing.period  # `kwam uit op 80%, 2 procentpunt lager dan in 2017`
        if told is not None and not timing.is_over(told, when.base_period):
            return when._replace(period=told, confidence=0.85, rule="period.appended")
    if years := timing.years_of_change(text):
        return timing.over_years(when, years, [level.period for level in levels])
    return None


def _of_earlier(when: Timing, before: Sequence[Claim], levels: Sequence[Level]) -> bool:
    """`In 2018 waren het er 80, een groei van 5%`, behind the level of 2019: the growth is up to that."""
    pair = figures.last_two(levels)
    return (
        pair is not None
        and bool(before)
        and before[-1].kind != "growth"
        and when.rule == before[-1].timing.rule
        and when.period == before[-1].timing.period == pair[0].period == levels[-1].period
    )


def of_pair(text: str, when: Timing, which: str, levels: Sequence[Level], *, expected: bool) -> Timing:
    """The periods of `van A naar B` without any of their own are those of the two levels stated before."""
    if when.rule == "period.inherited" and (pair := figures.last_two(levels)):
        return when._replace(period=pair[0 if which == "from" else 1].period, rule="period.levels")
    return timing.of_pair(when, which, expected=expected, since=timing.is_since(text))


def behind(memory: Memory, base: str | None) -> Memory:
    """The memory for a figure that is compared with `base`: it isn't about that time, nor one before it."""
    if base is None:
        return memory
    names = ("period", "topic", "asked", "earlier", "section", "listed")
    ahead = figures.later_than(base, memory.levels)
    passed: dict[str, Any] = {name: None for name in names if timing.is_over(getattr(memory, name), base)}
    if "period" in passed:
        passed["period"] = ahead
    return memory._replace(**passed)
