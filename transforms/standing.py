"""How a figure stands: growth or level, direction, bound, status, statistic."""

import re
from functools import cache
from typing import NamedTuple

from transforms.quantities import Quantity
from transforms.vocabulary import compiled, words


class Change(NamedTuple):
    """Whether the figure is a change, and which way it goes."""

    growth: bool
    direction: str
    rule: str


@cache
def _pattern(table: str, name: str) -> re.Pattern[str]:
    return compiled("standing", words("standing")[table][name])


def _found(table: str, name: str, text: str) -> bool:
    return _pattern(table, name).search(text) is not None


# Clauses


@cache
def _relative() -> re.Pattern[str]:
    return _pattern("status", "relative")


def clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around [start, end): from the nearest break before to the nearest behind."""
    breaks = [match.start() for match in _relative().finditer(text)]
    left = max((at for at in breaks if at < start), default=0)
    behind = [match.start() for match in _pattern("status", "behind").finditer(text, end)]
    right = min([*(at for at in breaks if at >= end), *behind], default=len(text))
    return left, right


# Precision


@cache
def _bounds(name: str) -> list[tuple[re.Pattern[str], str]]:
    return [(compiled("standing", entry["pattern"]), entry["value"]) for entry in words("standing")[name]]


def precision(text: str, quantity: Quantity) -> str:
    """exact, approx, at_least, at_most or range, by the words directly before the number or behind it."""
    if quantity.numeral.high is not None:
        return "range"
    before, after = text[: quantity.numeral.start].rstrip("€ ") + " ", text[quantity.numeral.end :]
    window = before[-60:]
    nearest = next((value for pattern, value in _bounds("precision") if pattern.search(window)), None)
    if nearest is None:
        nearest = next(
            (value for pattern, value in _bounds("precision_after") if pattern.search(after)), None
        )
    return nearest or "exact"


# Growth and direction


def change(text: str, quantity: Quantity, *, paired: str | None) -> Change:
    """Whether a number is a change; `paired` is from or to where it is one end of a pair of levels."""
    numeral = quantity.numeral
    if numeral.form == "growth":
        return Change(True, numeral.direction, "change.multiplier")
    if numeral.form == "zero" or paired == "from":
        return Change(False, "none", "level")
    before, after = text[: numeral.start], text[quantity.end :]
    start, end = clause(text, numeral.start, quantity.end)
    if paired == "to" or _found("growth", "level", before):
        reached = _direction(text[start:end])
        return Change(
            False, reached if reached != "none" or not paired else _direction(text), "level.reached"
        )
    return (
        _signed(before, quantity)
        or _adjacent(before, text[numeral.end :], after)
        or _by_noun(text[start:], before, quantity)
        or _by_verb(text[start:end], before, quantity)
    )


def _signed(before: str, quantity: Quantity) -> Change | None:
    """`(+0,2%)`, `(–1,4%)`: the sign is the direction."""
    if quantity.unit != "percent":
        return None
    for way, direction in (("up", "increase"), ("down", "decrease")):
        if _found("growth", f"sign_{way}", before[-3:]):
            return Change(True, direction, "change.sign")
    return None


def _by_noun(clause_text: str, before: str, quantity: Quantity) -> Change | None:
    """A percentage shortly behind a noun of change; places and staff that come or go."""
    for way, direction in (("up", "increase"), ("down", "decrease")):
        if quantity.unit in _RELATIVE and _found("growth", f"near_{way}", before[-120:]):
            return Change(True, direction, "change.noun_near")
    if quantity.unit in ("places", "fte") or _found("growth", "closable", quantity.phrase):
        if _found("growth", "added", clause_text):
            return Change(True, "increase", "change.added")
        if _found("growth", "removed", clause_text):
            return Change(True, "decrease", "change.removed")
    return None


_RELATIVE = ("percent", "percentage_points")


def _adjacent(before: str, after_number: str, after: str) -> Change | None:
    for way, direction in (("up", "increase"), ("down", "decrease")):
        if _found("growth", f"before_{way}", before[-120:]):
            return Change(True, direction, "change.noun_before")
        if _found("growth", f"after_{way}", after) or _found("growth", f"after_{way}", after_number):
            return Change(True, direction, "change.after")
    if _found("growth", "extra", before[-20:]):
        return Change(True, "increase", "change.extra")
    return None


def _by_verb(clause_text: str, before: str, quantity: Quantity) -> Change:
    direction = _direction(clause_text)
    if _found("growth", "difference", before[-60:]):
        return Change(True, direction, "change.difference")
    if direction != "none" and _found("growth", "by", before[-80:]) and quantity.unit not in _DURATIONS:
        return Change(True, direction, "change.by")
    if quantity.unit == "percentage_points":
        return Change(True, direction, "change.points")
    return Change(False, "none", "level")


_DURATIONS = ("hours", "days", "weeks", "months", "years")


def _direction(text: str) -> str:
    """Increase or decrease by the last verb or noun of change; none where there is no such word."""
    last = {
        way: max((m.start() for m in _pattern("growth", f"clause_{way}").finditer(text)), default=-1)
        for way in ("up", "down")
    }
    if last["up"] == last["down"]:
        return "none"
    return "increase" if last["up"] > last["down"] else "decrease"


def is_hypothetical(text: str, quantity: Quantity) -> bool:
    """Whether the number is of what would have been, and wasn't."""
    start, end = clause(text, quantity.numeral.start, quantity.end)
    return _found("status", "hypothetical", text[start:end])


def restates(text: str, start: int, end: int) -> bool:
    """Whether the number at `end` says again, in other terms, what the one that ends at `start` says."""
    return _found("growth", "restated", text[start:end])


def pairs(text: str, quantities: list[Quantity]) -> dict[int, str]:
    """Index to `from` or `to` for numbers in `van … naar …`."""
    found: dict[int, str] = {}
    for index in range(len(quantities) - 1):
        first, second = quantities[index].numeral, quantities[index + 1].numeral
        between = text[first.end : second.start]
        if _found("pair", "before", text[max(0, first.start - 40) : first.start]) and _found(
            "pair", "between", between
        ):
            found[index], found[index + 1] = "from", "to"
    return found


def takes_years(text: str) -> bool:
    """Whether a sentence says over how many years a change came about (`in vier jaar tijd`)."""
    return _found("kind", "in_years", text)


# Status


def status(text: str, quantity: Quantity, *, paired: str | None, kind: str, past: bool, future: bool) -> str:
    """realised, target, expected or negated.

    `past` and `future` say where the figure's period lies from the letter's date.
    """
    numeral = quantity.numeral
    if numeral.form == "zero" or _found("status", "negated", text[: numeral.start]):
        return "negated"
    if _found("status", "negated_after", text[quantity.end :]):
        return "negated"
    if _found("status", "denied", text):
        return "negated"
    start, end = clause(text, numeral.start, quantity.end)
    scope = _scope(text, start, end)
    if paired == "from" or (kind == "amount" and _found("status", "set_aside", scope)):
        return "realised"
    if past and (not _found("status", "target", scope) or _found("status", "past", scope)):
        return "realised"
    if _found("status", "target", scope):
        return "target"
    return "expected" if future or _found("status", "expected", scope) else "realised"


def _scope(text: str, start: int, end: int) -> str:
    """The clause, and the main clause before it unless the clause has a past of its own."""
    inside = text[start:end]
    if start == 0 or _found("status", "past", inside):
        return inside if start else text[:end]
    return text[:end]


# Statistic


def statistic(text: str, quantity: Quantity) -> str | None:
    """Mean or median, where the number is one."""
    start, _ = clause(text, quantity.numeral.start, quantity.end)
    before = text[start : quantity.numeral.start][-60:]
    return next((name for name in ("median", "mean") if _found("statistic", name, before)), None)


def per(text: str, quantity: Quantity) -> str | None:
    """The unit of time of a rate: month in `13 personen per maand`, year after `jaarlijks`."""
    match = _pattern("per", "pattern").match(text[quantity.numeral.end :])
    units: dict[str, str] = words("standing")["per"]["units"]
    if match:
        return units[match["unit"].lower()]
    return "year" if _found("per", "before", text[: quantity.numeral.start]) else None
