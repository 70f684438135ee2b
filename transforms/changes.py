"""Whether a number is a change or a level, and which way it goes."""

import re
from functools import cache
from typing import NamedTuple

from transforms.clauses import clause
from transforms.counting import Quantity, is_measured, is_time
from transforms.nouns import LENGTHS, PERCENT
from transforms.vocabulary import as_written, compiled, named, occurs, spans, words


class Change(NamedTuple):
    """Whether the figure is a change, and which way it goes."""

    growth: bool
    direction: str
    rule: str


_WAYS = (("up", "increase"), ("down", "decrease"))
LEVEL = Change(False, "none", "level")


def change_of(text: str, quantity: Quantity, *, paired: str | None) -> Change:
    """Whether a number is a change; `paired` is from or to where it is one end of a pair of levels."""
    numeral = quantity.numeral
    if numeral.form == "growth":
        return Change(True, numeral.direction, "change.multiplier")
    if numeral.form == "zero" or paired == "from":
        return LEVEL
    if paired == "to":
        return _reached(text, quantity, paired=True)
    before, after = text[: numeral.start], text[quantity.end :]
    found = (
        _signed(before, quantity)
        or _compared(before, text[numeral.end :], quantity, after)
        or _of_then(before, quantity)
        or _by_noun(before, quantity, after)
        or _aside(text, quantity)
    )
    if found is not None:
        return found
    if may_amount(text, quantity):
        return LEVEL
    if quantity.unit != "percentage_points" and _found("level", before):
        return _reached(text, quantity, paired=False)
    return _come_or_gone(text, quantity) or _by_verb(text, quantity)


def may_amount(text: str, quantity: Quantity) -> bool:
    """Whether the number is what something may amount to: `kan tot 30 weken bedragen`."""
    before, after = text[: quantity.numeral.start], text[quantity.end :]
    upto = occurs(named("standing", "upto", "before"), before[-40:])
    return upto and occurs(named("standing", "upto", "amounts"), after)


def on_top(change: Change, quantity: Quantity, told: str) -> Change:
    """A part more of what fell, by the words `told` before it, may be a further fall: its way isn't said."""
    joined = change.rule == "change.joined" and quantity.unit in PERCENT
    return change._replace(direction="none") if joined and _goes("down", "clause", told) else change


def _reached(text: str, quantity: Quantity, *, paired: bool) -> Change:
    """A level that is moved to: the way by the verb of its clause, for a pair by that of the sentence."""
    before = text[: quantity.numeral.start]
    for name, direction in _WAYS:
        if _goes(name, "brought", before[-40:]):
            return Change(False, direction, "level.reached")
    way = way_of(text, quantity)
    if way == "none" and paired:
        way = _way(text, quantity.numeral.start, quantity.end, time=is_time(quantity))
    return Change(False, way, "level.reached")


def way_of(text: str, quantity: Quantity, *, level: bool = True) -> str:
    """The way that the clause of a number tells."""
    start, end = clause(text, quantity.numeral.start, quantity.end)
    time = is_time(quantity)
    return _way(text[start:end], quantity.numeral.start - start, quantity.end - start, level=level, time=time)


def _way(text: str, start: int, end: int, *, level: bool = True, time: bool = False) -> str:
    """Increase or decrease by the word of change nearest to [start, end); behind it verbs only.

    What merely leads to a level (`de daling leidt tot`) says nothing of where the level itself comes from; a
    verb behind it is its own only if no other number stands between. A `time` can be lengthened too.
    """
    found: list[tuple[int, str]] = []
    told, verbs = ("time", "time_verb") if time else ("clause", "verb")
    for way, direction in _WAYS:
        found += [
            (max(0, start - last), direction)
            for first, last in spans(_towards(way, told), text)
            if first < start and not _found("led", text[last:start]) and not _is_denied(text, first, last)
        ]
        behind = _towards(way, verbs).search(text, end)
        if (
            behind
            and not (level and _has_number(text[end : behind.start()]))
            and not _is_denied(text, *behind.span())
        ):
            found.append((behind.start() - end, direction))
    return min(found, default=(0, "none"))[1]


def _has_number(text: str) -> bool:
    """Whether a text holds a number that may be another level: no year."""
    return as_written("standing", "number").search(text) is not None


def _is_denied(text: str, start: int, end: int) -> bool:
    """Whether the change that [start, end) tells is said not to be, or to be kept small.

    `is niet uitgebreid`; `de stijging wordt beperkt tot`.
    """
    return (
        _found("not_before", text[:start])
        or _found("not_within", text[start:end])
        or _found("kept_before", text[:end])
        or _found("kept_behind", text[start:])
    )


def _signed(before: str, quantity: Quantity) -> Change | None:
    """`(+0,2%)`, `(–1,4%)`: the sign is the direction."""
    if is_measured(quantity):  # `(–12 graden)` is a level
        return None
    kind = "sign" if quantity.unit == "percent" else "bracketed"
    for way, direction in _WAYS:
        if _found(f"{kind}_{way}", before[-8:]):
            return Change(True, direction, "change.sign")
    return None


def _compared(before: str, after_number: str, quantity: Quantity, after: str) -> Change | None:
    """`150 meer dan`, `10% hoger`, `40% reductie`; a multiple (`3 keer hoger`) is no size of a change."""
    if _found("times", quantity.phrase):
        return None
    if _found("lasting", after[:90]) and not _can_be_longer(quantity):
        return None
    if quantity.unit == "percent" and is_longer(after):
        return LEVEL
    if is_compared(before, after) or _has_more(quantity, after):
        return LEVEL
    if quantity.unit in LENGTHS:
        for name, direction in (("sooner", "decrease"), ("later", "increase")):
            if _found(name, after[:40]):
                return Change(True, direction, "change.after")
    behind = {after[:90], after_number[:90]}
    for way, direction in _WAYS:
        if any(_goes(way, "after", each) for each in behind):
            return Change(True, direction, "change.after")
    return None


def _has_more(quantity: Quantity, after: str) -> bool:
    """Whether the comparative belongs to what the counted have (`20 scholen kregen minder subsidie`)."""
    counted = quantity.unit in ("persons", "cases", "other") and quantity.end > quantity.numeral.end
    return counted and not is_measured(quantity) and _found("had", after[:90])


def is_compared(before: str, after: str) -> bool:
    """Whether a level between these is compared with another (`lag met 45 net iets hoger`)."""
    return _found("level_with", before[-120:]) and _found("compared_after", after)


def is_longer(after: str) -> bool:
    """Whether a part is told by what it lasts or how old it is: `14% korter dan een jaar in dienst`."""
    return _found("lasting_than", after[:90])


def _can_be_longer(quantity: Quantity) -> bool:
    """Whether the number can be by how much something lasts longer: people and places can't."""
    return quantity.unit in (*LENGTHS, *PERCENT) or is_measured(quantity)


def _of_then(before: str, quantity: Quantity) -> Change | None:
    """The level that another is compared with is none itself: `een stijging ten opzichte van de 1.222`."""
    counted = quantity.numeral.form not in ("fraction", "growth")
    return LEVEL if counted and is_level_of_then(before) else None


def is_level_of_then(before: str) -> bool:
    """Whether a number behind these words is what another one is compared with (`meer dan de 1.222`)."""
    return _found("compared_with", before[-60:])


def _by_noun(before: str, quantity: Quantity, after: str) -> Change | None:
    """A number that is the size of a noun of change; a percentage also further off."""
    if quantity.unit in LENGTHS and not _found("by_time", before[-90:]):
        return None
    near = quantity.unit in PERCENT or is_measured(quantity)
    for way, direction in _WAYS:
        if _goes(way, "before", before[-120:]):
            return Change(True, direction, "change.noun_before")
        told = near and _found("which_is", after) and _goes(way, "of_which", before[-160:])
        if told or (near and _goes(way, "near", before[-160:])):
            return Change(True, direction, "change.noun_near")
    if _found("cut_to", before[-120:]):
        return Change(True, "decrease", "change.noun_before")
    if _found("extra", before[-24:]):
        return Change(True, "increase", "change.extra")
    return None


def _aside(text: str, quantity: Quantity) -> Change | None:
    """`lager dan een jaar eerder (11%)`: the percentage in brackets is the size of what is told before it."""
    before = text[: quantity.numeral.start]
    bracket = _pattern("aside_before").search(before)
    if quantity.unit not in PERCENT or bracket is None or not _found("aside_after", text[quantity.end :]):
        return None
    at = bracket.start() - 1
    start, _ = clause(text, at, at)
    told = text[start:at]
    if _found("aside_restates", text[: at + 1]) or _found("aside_level", told + " "):
        return None
    way = _way(told, len(told), len(told))
    for name, direction in _WAYS:
        if way == "none" and _goes(name, "compared", told):
            way = direction
    return Change(True, way, "change.aside") if way != "none" else None


def _come_or_gone(text: str, quantity: Quantity) -> Change | None:
    """Places and staff that come or go."""
    start, end = clause(text, quantity.numeral.start, quantity.end)
    part = quantity.unit in PERCENT and _found("joined_behind", text[quantity.end : end])
    part = part and _found("joined_part", text[start : quantity.numeral.start])
    if part or _found("joined", text[start:end]):
        return Change(True, "increase", "change.joined")
    if quantity.unit in PERCENT or _found("of_whole", text[: quantity.numeral.start]):
        return None  # a share or the whole of them: `drie van de vijf locaties zijn gesloten`
    if quantity.unit not in ("places", "fte") and not _found("closable", quantity.phrase):
        return None
    if which := as_written("standing", "which").match(text, quantity.end):
        end = clause(text, which.end(), which.end())[1]  # `vier locaties die sluiten`
    before = text[: quantity.numeral.start]
    if _is_whole_or_new(before, text[quantity.end :]) or _found("room_for", before):
        return None
    told, at = text[start:end], (quantity.numeral.start - start, quantity.end - start)
    left_out: tuple[str, ...] = ("added",) if _found("sized", told[: at[0]]) else ()
    left_out += ("yielded",) if quantity.unit not in ("places", "fte") else ()
    found = [
        (_reach(told, at, match.span()), Change(True, direction, f"change.{name}"))
        for name, direction in _COME_OR_GONE
        if name not in left_out
        for match in _pattern(name).finditer(told)
        if name == "yielded" or not _is_denied(told, *match.span())
    ]
    if len({change.direction for _, change in found}) > 1:
        return min(found, key=lambda each: each[0])[1]
    return found[0][1] if found else None


_COME_OR_GONE = (("yielded", "increase"), ("added", "increase"), ("removed", "decrease"))


def _is_whole_or_new(before: str, after: str) -> bool:
    """Whether what comes or goes is a part of the number, or what it comes in place of."""
    whole = _found("whole_before", before) and _found("whole_behind", after)
    return whole or _found("replaces", before)


def _reach(text: str, number: tuple[int, int], verb: tuple[int, int]) -> tuple[int, int]:
    """How far a verb is from a number, of those in its clause: one that ends its predicate is nearest.

    `Er zijn 30 plaatsen geopend en 12 plaatsen in Ede gesloten.`
    """
    if verb[0] < number[1]:
        return 1, number[0] - verb[1]
    between = text[number[1] : verb[0]]
    goes_on = _has_number(between) or as_written("standing", "goes_on").search(between)
    return 2 if goes_on else 0, verb[0] - number[1]


def _by_verb(text: str, quantity: Quantity) -> Change:
    """`met 20 uitgebreid`, `steeg in dat jaar 5%`: the number says by how much something changed."""
    before, after = text[: quantity.numeral.start], text[quantity.end :]
    difference = _found("difference", before[-60:])
    by = _found("by", before[-80:]) and not _found("not_by", after)
    asked = difference or by or quantity.unit in PERCENT
    way = way_of(text, quantity, level=False) if asked else "none"
    if difference:
        return Change(True, way, "change.difference")
    if (
        by
        and quantity.unit in ("places", "fte", "persons")
        and _found("reinforced", text[slice(*clause(text, quantity.numeral.start, quantity.end))])
    ):
        return Change(True, "increase", "change.by")
    if way != "none" and by and (quantity.unit not in LENGTHS or _is_at_once(before, after)):
        return Change(True, way, "change.by")
    if quantity.unit in PERCENT and way != "none" and _is_object(text, quantity):
        return Change(True, way, "change.object")
    if quantity.unit in PERCENT and _found("gone", after):
        return Change(True, "decrease", "change.gone")
    if quantity.unit == "euro" and _found("saved", after):
        return Change(True, "decrease", "change.object")
    if quantity.unit == "percentage_points":
        return Change(True, way, "change.points")
    return LEVEL


def _is_at_once(before: str, after: str) -> bool:
    """Whether a length of time can be by how much something changed, not how long that took."""
    return _found("by_at_once", after) or _found("by_verb", before[-90:])


def _is_object(text: str, quantity: Quantity) -> bool:
    """Whether a verb of change has the percentage as its measure, and nothing between them another sense."""
    before, after = text[: quantity.numeral.start], text[quantity.end :]
    if _found("part", after) or _found("object_no", before[-60:]):
        return False
    for way, _ in _WAYS:
        verb = _towards(way, "verb")
        behind = verb.search(after[:40])
        if behind and _found("object_after", after[: behind.start()].rstrip() + " "):
            return True
        if any(
            _pattern("object_before").fullmatch(before, match.end())
            for match in verb.finditer(before, max(0, len(before) - 80))
        ):
            return True
    return False


@cache
def _towards(way: str, name: str) -> re.Pattern[str]:
    """A pattern of growth with the words for one way, up or down, filled in."""
    return compiled("standing", words("standing")["growth"][name].replace("{way_", f"{{{way}_"))


def _goes(way: str, name: str, text: str) -> bool:
    return occurs(_towards(way, name), text)


def _pattern(name: str) -> re.Pattern[str]:
    return named("standing", "growth", name)


def _found(name: str, text: str) -> bool:
    return occurs(_pattern(name), text)
