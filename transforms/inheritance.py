"""The period that a figure takes from what its paragraph, section and letter told before it."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from transforms import attribution, carrying, continuing, figures, listing, notation, timing
from transforms.changes import Change
from transforms.counting import Quantity
from transforms.figures import Claim, Letter, Level, Memory, speaks_of_whole
from transforms.levels import (
    apart_by,
    is_near_step,
    last_two,
    later_than,
    levels_of,
    said_before,
    whole_stretch,
)
from transforms.measures import is_people
from transforms.notation import is_closed, is_future, is_past
from transforms.numerals import digits_value
from transforms.tenses import clause, is_past_tense, tense
from transforms.timing import Timing


class Told(NamedTuple):
    """A figure that states no period, and what its sentence and those before it tell of one."""

    text: str
    place: str
    quantity: Quantity
    kind: str
    stated: Timing
    memory: Memory
    letter: Letter
    before: Sequence[Claim]  # the figures before it in its sentence

    @property
    def clause(self) -> str:
        """What of the sentence stands between semicolons or colons around the figure."""
        return clause(self.text, self.quantity.numeral.start, self.quantity.numeral.end).strip()

    @property
    def is_planned(self) -> bool:
        """Whether the figure's clause tells of what is to come."""
        return continuing.is_planned(self.clause)

    @property
    def goes_on(self) -> bool:
        """Whether the figure's clause goes on about the data before, by its words."""
        return carrying.goes_on(self.clause) or continuing.goes_on(self.clause)


def inherited(told: Told) -> Timing:
    """The period of the data that the sentence goes on about: by its words, noun, tense or whole."""
    if told.stated.period is not None:
        return told.stated
    for way in _WAYS:
        if (settled := way(told)) is not None:
            return settled
    found = _of_paragraph(told)
    return found if found.period is not None else _of_section(told, found)


def _of_norm(told: Told) -> Timing | None:
    """A norm (`terwijl als norm 80% geldt`) isn't of the time that is told of."""
    return told.stated if continuing.is_norm(told.text[: told.quantity.numeral.start]) else None


def _of_brackets(told: Told) -> Timing | None:
    """What stands in brackets in a line with a label has the year that the heading says, or no known one."""
    if told.quantity.unit == "percent" or not told.before:
        return None
    if not continuing.is_in_brackets(told.text, told.quantity.numeral.start):
        return None
    year = told.memory.bracketed
    return told.stated if year is None else timing.inherited(told.stated, year)


def _of_whole(told: Told) -> Timing | None:
    """A part has the time of its whole before it in the sentence (`30 zaken, waarvan 12 …`), or none."""
    if told.stated.rule != "period.none" or not told.before:
        return None
    whole = told.before[-1]
    between = told.text[whole.numeral.end : told.quantity.numeral.start]
    if not continuing.is_part(between, told.text[told.quantity.numeral.end :]):
        return None
    return timing.inherited(told.stated, whole.timing.period, 0.9)


def _of_cited(told: Told) -> Timing | None:
    """A footnote's figure has the time of the one that it is cited for, if it is about that."""
    if told.place != "footnote":
        return None
    text, told_of = told.text, told.kind in ("count", "share") and tense(told.text) is None
    points = continuing.is_of_cited(text) or continuing.goes_on(text) or continuing.points_back(text)
    about = points or told_of or continuing.tells_of_then(text, perfect=True)
    return timing.inherited(told.stated, told.memory.period) if about else told.stated


def _up_to_now(told: Told) -> Timing | None:
    """A change since a time, or a level beside that of a time, is one up to the time told of.

    The memory is what lies behind that: `Ten opzichte van 2016 is dat 5% meer`, `van 40 in 2016 naar 30`.
    """
    lent, memory = told.stated.rule == "period.lent", told.memory
    for_plan = memory.planned is not None and continuing.is_for_plan(told.text)
    if for_plan and told.stated.base_period and told.kind == "growth":
        return timing.inherited(told.stated, memory.planned)
    if not lent and not (told.stated.base_period and told.kind == "growth"):
        return None
    now = memory.period or memory.topic or memory.asked
    last = told.before[-1] if told.before else None  # a level, but not the one that it is compared with
    of_level = last and last.kind != "growth" and last.timing.period != told.stated.base_period and not lent
    if told.is_planned or of_level or not is_closed(now):
        return told.stated
    return timing.inherited(told.stated, now)


def _of_other_source(told: Told) -> Timing | None:
    """Another source is another set of data, which has no time yet."""
    named = None if told.goes_on else attribution.source(told.text)
    other = named not in (None, told.memory.source)
    if told.quantity.rule == "unit.carried" and carrying.rivals(told.text):
        return None  # `X houdt het op 1.400`: another number for the same
    return told.stated if other and (_narrated(told) or _framed(told)) is None else None


def _again(told: Told) -> Timing | None:
    """The period of a figure said again (`van de 409 zaken`), for that and for its parts behind it."""
    quantity, memory = told.quantity, told.memory
    said = said_before(quantity.numeral.value, {figures.head(quantity.phrase)}, memory, unit=quantity.unit)
    if said is None and (whole := continuing.whole_said(told.text[: quantity.numeral.start])):
        said = said_before(digits_value(whole[0]), whole[1], memory)
    said = said or _of_whole_named(told)
    if said is None or told.stated.rule != "period.none":
        return None
    return timing.inherited(told.stated, said, 0.9)


def _of_whole_named(told: Told) -> str | None:
    """The time of what was counted before something else and is now named as a whole (`Van de molens …`)."""
    text, memory = told.text, told.memory
    whole = next((text[len(each) :] for each in figures.OF_WHOLE if text.startswith(each)), None)
    if told.is_planned:
        return None
    named = [] if whole is None else whole.lower().replace(",", " ").split()[:_NOUN_WITHIN]
    named += [word for word in _whole_behind(told) if word in memory.last.lower()]
    for word in named:
        times = {each.period for each in memory.stated if _is_named(each.noun, word)}
        if times:
            anew = word in memory.last.lower() and memory.topic not in times
            return times.pop() if len(times) == 1 and not anew else None
    return None


def _whole_behind(told: Told) -> list[str]:
    """What stands right behind a share as its whole (`de helft van de boetes`)."""
    whole = _WHOLE_BEHIND.match(told.text, told.quantity.numeral.end) if told.kind == "share" else None
    return [whole[1].lower()] if whole else []


_WHOLE_BEHIND = re.compile(r"%?(?: procent)? van (?:de|deze|die) ([^\W\d]+)")


def _is_named(noun: str, word: str) -> bool:
    """Whether a word is a noun or the last part of it (`molens` for windmolens)."""
    return noun == word or (len(word) >= _PART and noun.endswith(word))


#: Words behind `Van de` among which its noun is, and letters of what can stand for a longer noun.
_NOUN_WITHIN, _PART = 3, 5


def _of_other_now(told: Told) -> Timing | None:
    """What is, of things not spoken of before, isn't of then (`Daarnaast zijn er 2.500 medewerkers`)."""
    return told.stated if _tells_of_other_now(told) else None


def _of_body(told: Told) -> Timing | None:
    """What a body has, told in passing as now, isn't of then (`het bureau, dat 40 tolken telt, …`)."""
    numeral = told.quantity.numeral
    has = continuing.says_what_it_has(told.text[: numeral.start], told.text[told.quantity.end :])
    return told.stated if has else None


def _reached_by_now(told: Told) -> Timing | None:
    """Behind what was, a level that has been reached is one of by now (`is opgelopen tot 17%`)."""
    if told.kind == "growth" or not listing.link("to_level").search(told.text[: told.quantity.numeral.start]):
        return None
    was = is_past_tense(told.memory.last, perfect=False)
    has_come = is_past_tense(told.clause) and not is_past_tense(told.clause, perfect=False)
    return told.stated if was and has_come else None


def _same_again(told: Told) -> Timing | None:
    """What says the figures before it again or a part of them has no time where they have none."""
    so_far = told.text[: told.quantity.numeral.end + len(" van hen")]
    again = continuing.says_again(told.text) or (not told.before and continuing.is_of_that(so_far))
    return told.stated if told.memory.timeless and again else None


def _of_total(told: Told) -> Timing | None:
    """What adds up the figures told before holds for all of their time; what points back, for the last."""
    memory = told.memory
    if continuing.is_total(told.text) and memory.total is not None:
        return timing.inherited(told.stated, memory.total)
    if memory.aside is not None and continuing.points_back(told.text):
        return timing.inherited(told.stated, memory.aside)
    if memory.aside is not None and continuing.is_most(told.text):
        return told.stated  # of what was then, or of what is told of?
    return None


def _behind_plan(told: Told) -> Timing | None:
    """Behind a plan, what is one or points back to it has its time; of before it is what tells of then."""
    planned = told.memory.planned
    if planned is not None and listing.link("so_far").search(told.clause) and _is_so(told):
        return told.stated
    if planned is not None and _is_of_plan(told):
        # of two plans that are each of a time, which?
        of_one = not told.memory.by_turns or continuing.is_by_then(told.text)
        return timing.inherited(told.stated, planned if of_one and _is_of_same_data(told) else None)
    return None if planned is None or continuing.tells_of_then(told.text, perfect=False) else told.stated


def _is_so(told: Told) -> bool:
    """Whether a clause tells of what has come about or is."""
    return tense(told.clause) != "future" and (
        is_past_tense(told.clause) or continuing.tells_of_now(told.clause)
    )


def _behind_aside(told: Told) -> Timing | None:
    """Behind `In 2016 was dat nog 5%`, of what has no time of its own, nothing is of then by itself."""
    memory = told.memory
    if memory.aside is not None or told.goes_on or not continuing.was_still(memory.last):
        return None
    before = any(level.period != memory.period for level in memory.levels)
    return None if before or memory.period != memory.topic else told.stated


#: What settles the period of a figure that states none, where it applies, the first that does.
_WAYS = (
    _of_brackets,
    _of_norm,
    _of_whole,
    _of_cited,
    _up_to_now,
    _of_other_source,
    _again,
    _of_other_now,
    _of_body,
    _reached_by_now,
    _same_again,
    _of_total,
    _behind_plan,
    _behind_aside,
)


def _of_paragraph(told: Told) -> Timing:
    """The time that the paragraph, its question or its list tells of, for a figure of the same data."""
    memory = told.memory
    whole = memory.period or memory.asked
    if memory.topic is not None and whole is not None and memory.topic != whole:
        whole = memory.topic if told.goes_on else None  # another time was spoken of since
    whole = whole if _is_of_same_data(told) and not _costs_ahead(told, whole) else None
    return timing.inherited(
        told.stated,
        whole or _narrated(told) or _framed(told) or memory.listed or _of_sibling(told.before),
    )


def _costs_ahead(told: Told, whole: str | None) -> bool:
    """Whether a sum is told as now, behind a time to come that no figure has: it may be spent on the way."""
    return told.kind == "amount" and not told.is_planned and is_future(whole, told.letter.letter_date)


def _tells_of_other_now(told: Told) -> bool:
    """Whether a clause in the present tells of what has a noun of its own, which wasn't spoken of before."""
    quantity, memory = told.quantity, told.memory
    own = quantity.rule in _OWN_NOUN and not is_people(quantity.phrase)
    if not own or told.is_planned or _framed(told) or not continuing.tells_of_now(told.clause):
        return False
    if is_past_tense(told.clause) and memory.period != _today(told.letter):
        return False  # but what has come about isn't of the day on which something else is so
    if told.kind == "duration":
        return True  # how long something takes is of no time that was spoken of
    if continuing.points_back(told.text) or continuing.tells_what(told.text):
        return False
    return figures.head(quantity.phrase) not in {figures.head(memory.phrase), *memory.here}


#: Rules by which a number has a noun of its own.
_OWN_NOUN = ("unit.noun", "unit.noun_left", "unit.guessed")


def _is_of_plan(told: Told) -> bool:
    """Whether a figure behind a plan is of that, being planned, too, or by a word that points back to it."""
    if told.is_planned or continuing.points_back(told.text):
        return True
    return told.quantity.rule == "unit.carried" and not _is_so(told)


def _is_of_same_data(told: Told) -> bool:
    """Whether a figure goes on about the data of those before, and may be of their time."""
    text, quantity, kind, memory = told.text, told.quantity, told.kind, told.memory
    points_back = continuing.points_back(text)
    if not continuing.is_of_that(text) and not _lasts(told):
        return False
    return (
        (told.goes_on and (kind != "amount" or (points_back and not continuing.is_yearly(text))))
        or speaks_of_whole(text, memory)
        or quantity.rule == "unit.carried"
        or (kind == "share" and not told.is_planned and not continuing.turns_to(text) and _is_cohesive(told))
        or (quantity.unit == "persons" and is_people(quantity.phrase) and memory.measure_code is not None)
    )


def _of_sibling(before: Sequence[Claim]) -> str | None:
    """The period that a figure of the same sentence took from what was told before."""
    taken = [claim.timing.period for claim in before if claim.timing.rule == "period.inherited"]
    return taken[-1] if taken else None


def _narrated(told: Told) -> str | None:
    """The time spoken of, where the sentence tells of it in a past tense and goes on about the same."""
    text, kind, memory, letter = told.text, told.kind, told.memory, told.letter
    topic = memory.topic or memory.asked
    if (
        topic is None
        or not is_closed(topic)
        or (topic.startswith("/") and not told.goes_on)
        or topic == _today(letter)
        or is_future(topic, letter.letter_date)
    ):
        return None
    known = memory.here if memory.topic else memory.subjects
    turns = continuing.turns_to(text)
    cohesive = (
        not (turns or known.isdisjoint(figures.subjects(text))) or continuing.whole_said(text) is not None
    )
    # how long isn't of a day, but for a wait, which is measured on one
    on_a_day = kind == "duration" and len(topic) == len("2019-01-01") and "wachtte" not in text.lower()
    if told.is_planned or on_a_day:
        return None
    ahead = memory.topic is not None and tense(memory.last) == "future"
    fresh = memory.fresh and not turns and not ahead
    perfect = cohesive and topic in (memory.period, memory.asked) and kind not in ("capacity", "duration")
    tells = (cohesive or fresh) and continuing.tells_of_then(text, perfect=perfect)
    return topic if tells else None


def _framed(told: Told) -> str | None:
    """The time that a sentence without figures has set for those to come.

    It is one to come (`Voor 2016 is het beeld als volgt.`), or that of a survey whose outcome is told as now.
    """
    memory = told.memory
    if not memory.fresh or memory.framed is None or memory.topic != memory.framed:
        return None
    if is_future(memory.framed, told.letter.letter_date):
        return memory.framed
    return memory.framed if tense(told.text) is None and not told.is_planned else None


def _is_cohesive(told: Told) -> bool:
    """Whether a share is one of what was spoken of.

    It is told of in the past, shares a word with that, or says nothing of what it is a share of.
    """
    text, memory, numeral = told.text, told.memory, told.quantity.numeral
    if continuing.tells_of_then(text, perfect=True):
        return True
    if told.place == "question" or text.endswith("?"):
        return False  # what is asked for is mostly something else
    if not memory.here.isdisjoint(figures.subjects(text)):
        return True
    counted = re.search(r"\d van ", text[numeral.start : numeral.end])  # `52 van de 60`
    opens = text.startswith(figures.OF_WHOLE) and not speaks_of_whole(text, memory)
    own_whole = opens or counted is not None or continuing.names_whole(text[numeral.end :])
    if own_whole or _has_own_subject(told):
        return False
    return memory.fresh and not is_future(memory.period, told.letter.letter_date)


def _has_own_subject(told: Told) -> bool:
    """Whether a sentence tells as now of what was not spoken of (`De kosten zijn voor 60% gedekt`)."""
    subject = _SUBJECT.match(told.text)
    if subject is None or subject.end() > told.quantity.numeral.start:
        return False
    known = f"{told.memory.last} {told.memory.phrase}".lower()
    now = continuing.tells_of_now(told.text) and not is_past_tense(told.text, perfect=False)
    return now and subject[1] not in known and not told.goes_on


_SUBJECT = re.compile(r"(?:De|Het|Hun|Onze|Mijn) ([^\W\d]{4,})")


def _lasts(told: Told) -> bool:
    """Whether the period spoken of is one that the next figure may hold in too.

    What went on since a year isn't it, nor, for a plan, what is past.
    """
    period, day = told.memory.planned or told.memory.period, told.letter.letter_date
    if told.is_planned and continuing.is_yearly(told.text):
        return False
    if told.quantity.rule == "unit.carried" or period is None:
        return True
    if period.startswith("/") and not told.goes_on:
        return False
    if period == _today(told.letter) and continuing.is_planned(told.text):
        return False
    if is_future(period, day) and not (told.is_planned or continuing.points_back(told.text)):
        return False
    if not is_closed(period):  # what went on since then, and what came of it
        return continuing.is_within(told.text) and not told.is_planned
    return not (told.is_planned and (day is None or is_past(period, day)))


def _today(letter: Letter) -> str | None:
    return letter.letter_date.isoformat() if letter.letter_date else None


def _of_section(told: Told, found: Timing) -> Timing:
    """The period of the heading, or that of the paragraphs before on the same subject."""
    text, memory, day = told.text, told.memory, told.letter.letter_date
    if memory.section is not None and not told.is_planned:
        return timing.inherited(found, memory.section, 0.75)
    here = memory.period or memory.topic or memory.planned
    if memory.described is not None and here in (None, memory.described) and _is_reported(told):
        return timing.inherited(found, memory.described, 0.7)
    if here is not None:
        return found
    told_of = figures.subjects(text)
    earlier = next(
        (left.period for left in reversed(memory.left) if not left.words.isdisjoint(told_of)), None
    )
    if earlier is None or (day is not None and not is_past(earlier, day)):
        return found
    past = told.kind != "capacity" and continuing.tells_of_then(text, perfect=True)
    own_whole = continuing.names_whole(text[told.quantity.numeral.end :])
    past = past or (told.kind == "share" and not own_whole and not _has_whole(told))
    return timing.inherited(found, earlier, 0.65) if past else found


def _has_whole(told: Told) -> bool:
    """Whether a sentence counts what a share is one of, without saying when (`de 40 cellen, voor 80% …`)."""
    before = told.before[-1] if told.before else None
    return before is not None and before.kind != "share" and before.timing.period is None


def _is_reported(told: Told) -> bool:
    """Whether a figure is one of what a report describes: it tells, in a past tense, of what was."""
    if told.is_planned or told.kind in ("capacity", "duration"):
        return False
    return continuing.tells_of_then(told.text, perfect=False)


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


def _since(when: Timing) -> Timing:
    """The time of a change since its own: it is compared with that, and holds at one that isn't told."""
    return when._replace(period=None, base_period=when.period)


def _is_meant(text: str, quantity: Quantity, pair: tuple[Level, Level]) -> bool:
    """Whether a change that is of another size than the step between two levels is one of theirs."""
    return is_near_step(quantity, *pair) or continuing.goes_on_about_change(text)


def compared_again(change: Change, when: Timing, memory: Memory) -> Timing:
    """A change of the same time as one before it is compared with the same (`In Ede was de groei 4%`)."""
    last = memory.compared
    if not change.growth or when.base_period or when.rule != "period.inherited" or last is None:
        return when
    return when._replace(base_period=last.base_period) if last.period == when.period else when


def _goes_through(pair: tuple[Level, Level], before: Sequence[Claim]) -> bool:
    """Whether a sentence tells of both ends in their order: `eind 2017 40, nu 50, een groei van 10`."""
    told = [level for claim in before for level in levels_of(claim)]
    return all(level in told for level in pair) and told.index(pair[0]) < told.index(pair[1])


def _states_other(when: Timing, pair: tuple[Level, Level]) -> bool:
    """Whether a change has a stretch of its own, or a time right beside it that is none of the levels'."""
    beside = when.rule.endswith(".beside") and when.period not in (pair[0].period, pair[1].period)
    return beside or "/" in (when.period or "")


def _between(
    pair: tuple[Level, Level], change: Change, when: Timing, *, stretch: bool
) -> tuple[Change, Timing]:
    """The change from one level to the other; it goes that way, where its words don't tell."""
    earlier, later = pair
    if change.direction == "none" and earlier.value != later.value:
        change = change._replace(direction="increase" if later.value > earlier.value else "decrease")
    return change, timing.between_levels(when, earlier.period, later.period, interval=stretch)


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


def of_pair(
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


def behind(memory: Memory, base: str | None) -> Memory:
    """The memory for a figure that is compared with `base`: it isn't about that time, nor one before it."""
    if base is None:
        return memory
    names = ("period", "planned", "topic", "asked", "section", "listed")
    ahead = later_than(base, memory.levels)
    passed: dict[str, Any] = {name: None for name in names if notation.is_over(getattr(memory, name), base)}
    if "period" in passed:
        passed["period"] = ahead
    left = tuple(
        one._replace(period=None) if notation.is_over(one.period, base) else one for one in memory.left
    )
    return memory._replace(left=left, **passed)
