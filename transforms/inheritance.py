"""The period that a figure takes from what its paragraph, section and letter told before it."""

from collections.abc import Sequence
from typing import Any

from transforms import attribution, carrying, continuing, figures, listing, notation, timing
from transforms.figures import Claim, Memory
from transforms.levels import later_than, said_before
from transforms.notation import is_closed, is_future, is_past
from transforms.numerals import digits_value
from transforms.same_data import (
    Told,
    framed,
    is_of_plan,
    is_of_same_data,
    is_so,
    narrated,
    tells_of_other_now,
)
from transforms.tenses import is_past_tense, tense
from transforms.timing import Timing
from transforms.vocabulary import as_written


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
    return told.stated if other and (narrated(told) or framed(told)) is None else None


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
    if told.kind != "share":
        return []
    whole = as_written("periods", "whole_behind").match(told.text, told.quantity.numeral.end)
    return [whole[1].lower()] if whole else []


def _is_named(noun: str, word: str) -> bool:
    """Whether a word is a noun or the last part of it (`molens` for windmolens)."""
    return noun == word or (len(word) >= _PART and noun.endswith(word))


#: Words behind `Van de` among which its noun is, and letters of what can stand for a longer noun.
_NOUN_WITHIN, _PART = 3, 5


def _of_other_now(told: Told) -> Timing | None:
    """What is, of things not spoken of before, isn't of then (`Daarnaast zijn er 2.500 medewerkers`)."""
    return told.stated if tells_of_other_now(told) else None


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
    if planned is not None and listing.link("so_far").search(told.clause) and is_so(told):
        return told.stated
    if planned is not None and is_of_plan(told):
        # of two plans that are each of a time, which?
        of_one = not told.memory.by_turns or continuing.is_by_then(told.text)
        return timing.inherited(told.stated, planned if of_one and is_of_same_data(told) else None)
    return None if planned is None or continuing.tells_of_then(told.text, perfect=False) else told.stated


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
    whole = whole if is_of_same_data(told) and not _costs_ahead(told, whole) else None
    return timing.inherited(
        told.stated,
        whole or narrated(told) or framed(told) or memory.listed or _of_sibling(told.before),
    )


def _costs_ahead(told: Told, whole: str | None) -> bool:
    """Whether a sum is told as now, behind a time to come that no figure has: it may be spent on the way."""
    return told.kind == "amount" and not told.is_planned and is_future(whole, told.letter.letter_date)


def _of_sibling(before: Sequence[Claim]) -> str | None:
    """The period that a figure of the same sentence took from what was told before."""
    taken = [claim.timing.period for claim in before if claim.timing.rule == "period.inherited"]
    return taken[-1] if taken else None


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
