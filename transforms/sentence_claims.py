"""The claims of a sentence: its numbers together with what they count, when, and in what standing."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from transforms import (
    attribution,
    continuing,
    lasting_sources,
    linking,
    listing,
    qualifiers,
    timing,
)
from transforms.about_whom import population_of
from transforms.change_times import between, compared_again, end_of_pair
from transforms.changes import Change, on_top
from transforms.clauses import undotted
from transforms.counting import Quantity
from transforms.crediting import noted, source_of
from transforms.figures import Claim, Letter, Level, Linked, Memory
from transforms.inheritance import behind, inherited
from transforms.joint_changes import changes_of, leads_to, pairs
from transforms.kinds import by_turns, is_set_against, kind_of, of_others
from transforms.levels import foretold, last_two, levels_for, levels_of
from transforms.masks import Mask, masks
from transforms.naming import code_of, phrase_of, went_before, words_of
from transforms.notation import is_future, is_past, shifted
from transforms.nouns import unit_of
from transforms.numerals import numerals
from transforms.periods import Before, Period, is_bare_count, is_counted, lengths, periods
from transforms.quantities import quantities
from transforms.same_data import Told
from transforms.sentences import Sentence
from transforms.status import expects_now, foretells, status
from transforms.table_cells import apart
from transforms.table_lines import Cell
from transforms.timing import Timing
from transforms.vocabulary import attend_too


class Reading(NamedTuple):
    """What was made of a sentence: the spans masked, the periods and quantities read, the claims linked."""

    sentence: Sentence
    masks: Sequence[Mask]
    periods: Sequence[Period]
    quantities: Sequence[Quantity]
    claims: Sequence[Claim]
    unread: str | None = None  # by which rule a row of a table, or an entry of a list, gives nothing


# Reading a sentence


def reading_of(sentence: Sentence, letter: Letter, memory: Memory) -> Reading:
    """What a sentence says by itself, and by what came before it."""
    masked = masks(sentence.text)
    times = times_of(sentence, masked, letter, memory)
    letter = _said_on_its_day(sentence, letter)
    counted = _counted(sentence.text, masked, times, memory)
    found = _linked(sentence, counted, times, letter, lasting_sources.settled(memory)) if counted else []
    alone = not counted and not masked and memory.noun is None and continuing.is_labelled(sentence.text)
    return Reading(sentence, masked, times, counted, found, "list.no_noun" if alone else None)


def times_of(sentence: Sentence, masked: Sequence[Mask], letter: Letter, memory: Memory) -> list[Period]:
    """The sentence's periods, but for masked ones, counts that look like years, and the `nu` of who asks."""
    text, day = sentence.text, _said_on_its_day(sentence, letter).letter_date
    before = Before(
        memory.spoken,
        memory.told,
        memory.mentioned,
        memory.reported,
        memory.stretch,
        memory.last,
        memory.listed,
    )
    dated = [mask for mask in masked if mask.rule != "mask.short_date"]
    asks = _asks(sentence)
    return [
        period._replace(value=None) if asks and _is_asked_from(period, letter) else period
        for period in periods(text, day, before)
        if (period.value is None or not _overlaps(period, dated))
        and not (is_bare_count(text, period) and _counts(text, period.end))
        and not is_counted(text, period)
    ]


def _asks(sentence: Sentence) -> bool:
    return sentence.place == "question" or sentence.text.endswith("?")


def _said_on_its_day(sentence: Sentence, letter: Letter) -> Letter:
    """The letter with the day from which a sentence of it counts: a question counts from when it was sent."""
    return letter._replace(letter_date=letter.asked_on) if letter.asked_on and _asks(sentence) else letter


def _is_asked_from(period: Period, letter: Letter) -> bool:
    """Whether a time in a question counts from the day that it was asked, which isn't known.

    The `nu` of a question isn't that of its answer, which goes on about it. Full years before a question are
    those before its answer, unless a year began between the two; months, quarters and days may have begun.
    """
    day = letter.letter_date
    if period.rule == "period.now":
        return letter.asked_on is None or letter.asked_on != day
    if letter.asked_on is not None or day is None:
        return False
    if period.rule == "period.last_years":
        return not is_past(period.value, day) or day.month <= _SOON_ANSWERED
    soon = period.rule == "period.relative_year" and day.month <= _SOON_ANSWERED
    return soon or period.rule in _MAY_HAVE_BEGUN


_MAY_HAVE_BEGUN = ("period.relative_month", "period.relative_quarter", "period.relative_day")
#: Months within which a question is mostly answered.
_SOON_ANSWERED = 2


def _overlaps(period: Period, masked: Sequence[Mask]) -> bool:
    return any(mask.start < period.end and period.start < mask.end for mask in masked)


def _counts(text: str, end: int) -> bool:
    """Whether a noun that can be counted follows (`2000 plaatsen`)."""
    following = _FOLLOWING.match(text, end)
    return following is not None and unit_of(following[1]) is not None


_FOLLOWING = re.compile(r" (?:[\w-]+e )?([\w’-]+)")


def _counted(text: str, masked: Sequence[Mask], times: Sequence[Period], memory: Memory) -> list[Quantity]:
    taken = bytearray(len(text))
    for start, end in [*(mask[:2] for mask in masked), *(period[:2] for period in times)]:
        taken[start:end] = b"\x01" * (end - start)
    found = numerals(text, lambda start, end: taken.find(1, start, end) >= 0)
    if len(found) > _MOST:
        return []
    return [
        quantity
        for quantity in quantities(text, found, memory.noun, memory.lasting, lengths(times))
        if not qualifiers.is_hypothetical(text, quantity)
    ]


#: Numbers of a sentence; what holds more is a list of them, of which no sentence says what they count.
_MOST = 40


# Linking


def _linked(
    sentence: Sentence, counted: Sequence[Quantity], times: Sequence[Period], letter: Letter, memory: Memory
) -> list[Claim]:
    text = sentence.text
    paired = pairs(text, counted)
    plain = undotted(text)
    changes = [
        on_top(each, quantity, f"{memory.last} {text[: quantity.numeral.start]}")
        for each, quantity in zip(changes_of(plain, counted, paired), counted, strict=True)
    ]
    timed = linking.timings(text, counted, times, [change.growth for change in changes])
    levels = list(memory.levels)
    timed = listing.one_by_one(text, counted, timed, memory.period or memory.asked, memory.by_turns)
    memory = behind(memory, continuing.compared_with(times))
    found: list[Claim] = []
    ends: Sequence[Level] = ()  # those whose times the ends of a pair may have
    for index, (quantity, stated_change, stated) in enumerate(zip(counted, changes, timed, strict=True)):
        attend_too(plain)
        kind = _kind(plain, quantity, stated_change, found, memory)
        if kind == "capacity" and _is_of_those_in_use(text, quantity, paired.get(index), found):
            kind = "count"
        own = inherited(Told(text, sentence.place, quantity, kind, stated, memory, letter, found))
        own = _a_year_on(text, counted, changes, timed, index, own)
        after_pair = paired.get(index - 1) == "to"
        same = levels_for(quantity.unit, levels)
        change, when = between(text, quantity, stated_change, own, found, same, behind_pair=after_pair)
        when = compared_again(change, when, memory)
        if change.rule == "change.removed" and any(each.growth for each in changes[index + 1 :]):
            when = when._replace(base_period=None)  # `40 kassen opgedoekt, 7 meer dan in 2018`
        when = _at_end(text, counted, changes, index, when)
        if kind == "duration" and _is_until(when, quantity, times):
            when = when._replace(period=None, rule="period.none")
        stands = _status(text, quantity, kind, when, paired.get(index), letter)
        if index in paired:
            planned = "expected" in (stands, _status_of_pair(text, counted, index, paired, when, letter))
            others = [found[at].timing for at in range(index) if paired.get(at) == paired[index]]
            led = paired.get(index - 1) == "from" and found[-1].timing.rule == "period.levels"
            ends = ends if led else _ends_for(quantity.unit, levels)
            when = end_of_pair(text, when, paired[index], ends, expected=planned, before=others, led=led)
        claim = claim_of(
            sentence,
            Linked(quantity, change, when, kind, stands, paired.get(index) == "to", _next_of(counted, index)),
            letter,
            memory,
            found,
        )
        found.append(claim)
        levels += levels_of(claim)
    return _rejected(foretold(found, counted, paired), letter)


def _ends_for(unit: str, levels: Sequence[Level]) -> Sequence[Level]:
    """The levels whose times the two ends of a pair can have: those of its unit, if they are of two times."""
    alike = [level for level in levels if level.unit == unit]
    return alike if last_two(alike) else levels_for(unit, levels)


def _a_year_on(
    text: str,
    counted: Sequence[Quantity],
    changes: Sequence[Change],
    timed: Sequence[Timing],
    index: int,
    when: Timing,
) -> Timing:
    """`€ 8 miljoen, tegen € 6 miljoen een jaar eerder`: the first is of the year behind that of the other."""
    pair = counted[index : index + 2]
    if when.period is not None or len(pair) == 1 or any(each.growth for each in changes[index:][:2]):
        return when
    then, gap = timed[index + 1], text[pair[0].numeral.end : pair[1].numeral.start].removesuffix("€ ")
    alike = pair[0].unit == pair[1].unit and then.rule == "period.year_before.beside"
    if not alike or not is_set_against(gap) or _ENDS.search(gap):
        return when
    return timing.inherited(when, shifted(then.period, 1))


_ENDS = re.compile(r"[;:()]")


def _at_end(
    text: str, counted: Sequence[Quantity], changes: Sequence[Change], index: int, when: Timing
) -> Timing:
    """The time of a level that a change led to: `daalde tussen 2015 en 2020 met 9% tot 400` is of 2020."""
    if index == 0 or changes[index].rule != "level.reached" or not changes[index - 1].growth:
        return when
    led = leads_to(text[counted[index - 1].end : counted[index].numeral.start])
    return (
        timing.of_pair(when, "to", expected=False, since=False)
        if led and _YEARS.fullmatch(when.period or "")
        else when
    )


_YEARS = re.compile(r"\d{4}/\d{4}")


def _is_until(when: Timing, quantity: Quantity, times: Sequence[Period]) -> bool:
    """Whether a time is that by which what lasts so long is over (`drie jaar geld, tot uiterlijk 2027`)."""
    ends = [each for each in times if each.value == when.period and each.start > quantity.end]
    return any(each.role == "deadline" or (each.value or "").startswith("/") for each in ends)


def _next_of(counted: Sequence[Quantity], index: int) -> int | None:
    """Where the number behind one begins."""
    return counted[index + 1].numeral.start if index + 1 < len(counted) else None


_CARRIED = ("unit.carried", "unit.sibling_left")


def _kind(text: str, quantity: Quantity, change: Change, before: Sequence[Claim], memory: Memory) -> str:
    """What kind a quantity is; one without a noun of its own is what was counted last (`waren dat er 18`)."""
    kind = kind_of(text, quantity, growth=change.growth)
    if quantity.unit == "percent" and quantity.rule in _CARRIED and kind in ("share", "other"):
        last = before[-1].kind if before else memory.kind
        return last if last in ("share", "other") else kind
    if kind == "capacity" and quantity.rule in _CARRIED and quantity.unit == "places":
        return _kind_of_places(text, before, memory) or kind
    if kind != "count" or quantity.unit == "places" or quantity.rule not in _CARRIED:
        return kind
    same = [claim.kind for claim in before if claim.unit == quantity.unit and claim.kind != "growth"]
    last = same[-1] if same else memory.kind if quantity.rule == "unit.carried" and not before else kind
    return last if last == "capacity" else kind


def _is_of_those_in_use(text: str, quantity: Quantity, end: str | None, before: Sequence[Claim]) -> bool:
    """Whether places are those in use at another time: `de bezetting ging van 90 naar 70`, `90, tegen 70`."""
    if not before or quantity.unit != "places" or before[-1].unit != "places" or before[-1].kind != "count":
        return False
    return end == "to" or (quantity.rule in _CARRIED and is_set_against(text[: quantity.numeral.start]))


def _kind_of_places(text: str, before: Sequence[Claim], memory: Memory) -> str | None:
    """That of places without a noun: those in use go on, and `respectievelijk` those told by turns."""
    if len(memory.turns) > len(before) and by_turns(text):
        return memory.turns[len(before)][0]
    in_use = (memory.measure_code or "").endswith("_occupied") and not memory.stale
    return "count" if in_use and not before and not of_others(text) else None


def _rejected(found: list[Claim], letter: Letter) -> list[Claim]:
    """`niet 60 maar 75 in 2020`: a figure that is denied has the time of the one that stands for it."""
    stated = [claim for claim in found if claim.status != "negated" and claim.timing.period]
    for index, claim in enumerate(found):
        right = next((each for each in stated if each.unit == claim.unit), None)
        open_ = claim.timing.rule in ("period.none", "period.inherited")
        if claim.status == "negated" and open_ and right is not None:
            when = claim.timing._replace(period=right.timing.period, rule="period.corrected")
            found[index] = claim._replace(timing=when)
        elif claim.status != "negated" and claim.timing.period is None:
            wrong = next((each for each in found[:index] if each.status == "negated"), None)
            if wrong is not None and wrong.unit == claim.unit and wrong.timing.period:
                when = claim.timing._replace(period=wrong.timing.period, rule="period.corrected")
                comes = claim.status == "realised" and is_future(when.period, letter.letter_date)
                found[index] = claim._replace(timing=when, status="expected" if comes else claim.status)
    return found


# Standing


def _statistic_of_last(
    sentence: Sentence, quantity: Quantity, phrase: str, before: Sequence[Claim]
) -> str | None:
    """`gemiddeld 94%, tegen 90% in 2018`: both are a mean; not `gemiddeld 30 ritten, tegen 40 bussen`."""
    if not before or before[-1].unit != quantity.unit or (phrase and before[-1].phrase not in ("", phrase)):
        return None
    between = sentence.text[before[-1].end - sentence.start : quantity.numeral.start]
    return before[-1].statistic if qualifiers.sets_against(between) else None


def _status(text: str, quantity: Quantity, kind: str, when: Timing, which: str | None, letter: Letter) -> str:
    past = is_past(when.period, letter.letter_date)
    past = past and not (when.rule == "period.inherited" and expects_now(text))
    future = is_future(when.period, letter.letter_date)
    if kind == "growth" and when.period is not None:  # a change comes about until the end of its stretch
        future = future or is_future(when.period.rsplit("/", 1)[-1] or None, letter.letter_date)
    undated = letter.letter_date is None and when.period is not None and kind != "duration"
    year = when.period.strip("/")[:4] if undated and when.period else None
    if which == "from" and when.rule.endswith(".beside") and (future or (undated and foretells(text))):
        which = None  # it holds when it says
    return status(text, quantity, paired=which, kind=kind, past=past, future=future, year=year)


def _status_of_pair(
    text: str, counted: Sequence[Quantity], index: int, paired: dict[int, str], when: Timing, letter: Letter
) -> str:
    partner = counted[index + 1] if paired[index] == "from" else counted[index]
    return _status(text, partner, "capacity", when, "to", letter)


# Putting it together


def claim_of(
    sentence: Sentence,
    linked: Linked,
    letter: Letter,
    memory: Memory,
    before: Sequence[Claim] = (),
    *,
    row: Sequence[Cell] = (),
) -> Claim:
    """A quantity with all that is said of it; the cells of the `row` that it is one of say nothing of it."""
    text, quantity, when = sentence.text, linked.quantity, linked.timing
    numeral = quantity.numeral
    phrase = phrase_of(text, quantity, linked.kind, before)
    code = code_of(phrase, linked, text, letter, memory, before)
    counted = code or phrase or went_before(text, linked, memory, before)
    stated = noted(sentence, numeral.end, letter) or source_of(sentence, linked, letter, memory, before)
    credited = attribution.shortened(stated, letter.short_names)
    return Claim(
        start=sentence.start + numeral.start,
        end=sentence.start + numeral.end,
        numeral=numeral,
        unit=quantity.unit,
        kind=linked.kind,
        phrase=phrase,
        counted=counted,
        measure=code or words_of(text, linked, phrase, counted, memory, before),
        measure_code=code,
        timing=when,
        direction=linked.change.direction,
        status=linked.status,
        precision=qualifiers.precision(apart(text, row, numeral.start), quantity),
        source=credited,
        per=qualifiers.per(text, quantity),
        statistic=qualifiers.statistic(text, quantity)
        or _statistic_of_last(sentence, quantity, phrase, before),
        population=population_of(linked, text, phrase, code, memory, before, credited),
        sentence=sentence,
        confidence=round(quantity.confidence * when.confidence, 4),
        rule="+".join((numeral.rule, quantity.rule, linked.change.rule, when.rule)),
    )
