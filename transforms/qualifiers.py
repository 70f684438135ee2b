"""What the words around a number say it is: exact, a bound, a mean, a rate, or only supposed."""

import re
from functools import cache

from transforms.changes import may_amount, way_of
from transforms.clauses import clause
from transforms.counting import Quantity, is_measured, is_time
from transforms.numerals import TALLY
from transforms.vocabulary import compiled, named, occurs, words


def precision(text: str, quantity: Quantity) -> str:
    """exact, approx, at_least, at_most or range, by the words before the number or behind it."""
    if quantity.numeral.high is not None:
        return "range"
    before, after = _before_sign(text[: quantity.numeral.start]), text[quantity.numeral.end :]
    window = before[-60:]
    nearest = [
        (match.start(), value, match[0])
        for pattern, value in _bounds("precision")
        if (match := pattern.search(window))
    ]
    if _found("upto", "nobody", window):
        return "at_most"
    if is_time(quantity) and (timed := _by_event(window, after)) is not None:
        return timed
    if nearest:
        _, value, bound = max(nearest)
        return _TURNED[value] if _is_turned(before.removesuffix(bound), bound) else value
    if (is_time(quantity) or is_measured(quantity)) and _found("upto", "inside", window):
        return "at_most"
    further = before[-100:]
    around = next((value for pattern, value in _bounds("precision_around") if pattern.search(further)), None)
    behind = next((value for pattern, value in _bounds("precision_after") if pattern.search(after)), None)
    tallied = text[: quantity.numeral.end].endswith(TALLY)
    return (
        around or behind or ("approx" if tallied else "at_most" if _is_bounded(text, quantity) else "exact")
    )


_TURNED = {"at_least": "at_most", "at_most": "at_least", "approx": "approx"}


def _is_turned(before: str, bound: str) -> bool:
    """Whether a comparison bounds the other way, as what stands before it denies it (`nooit onder de 80`)."""
    if not _found("turned", "turns", bound):
        return False
    return _found("turned", "by", before[-160:]) or _found("turned", "near", before[-40:])


def _by_event(window: str, after: str) -> str | None:
    """The bound of a length of time before an event or after it (`vanaf drie weken voor vertrek`)."""
    ahead = _found("timed", "ahead", after)
    if ahead and _found("timed", "from", window):
        return "at_most"
    if ahead and _found("timed", "until", window):
        return "at_least"
    return "at_most" if _found("timed", "by", window) and _found("timed", "since", after) else None


def _before_sign(before: str) -> str:
    """What stands before a number, its sign of money left out."""
    return before.rstrip("€ ").removesuffix("EUR").rstrip() + " "


def _is_bounded(text: str, quantity: Quantity) -> bool:
    """Whether `tot` bounds the number (`een boete tot 500 euro`); mostly something is brought to a level."""
    before = text[: quantity.numeral.start]
    if not _found("upto", "before", before[-40:]) or _found("upto", "reached", before[-90:]):
        return False
    multiple = quantity.numeral.form == "growth"
    if multiple and not _found("upto", "multiple", text[quantity.numeral.start : quantity.numeral.end]):
        return False
    compared = multiple or _found("upto", "compared", text[quantity.numeral.end :])
    if not compared and _found("upto", "from", before[-90:]):
        return False
    return may_amount(text, quantity) or way_of(text, quantity) == "none"


@cache
def _bounds(name: str) -> list[tuple[re.Pattern[str], str]]:
    return [(compiled("standing", entry["pattern"]), entry["value"]) for entry in words("standing")[name]]


def statistic(text: str, quantity: Quantity) -> str | None:
    """Mean or median, where the number is one."""
    start, _ = clause(text, quantity.numeral.start, quantity.end)
    before = text[start : quantity.numeral.start][-60:]
    return next((name for name in ("median", "mean") if _found("statistic", name, before)), None)


def sets_against(between: str) -> bool:
    """Whether what stands between two numbers says that they are the same of two times or places."""
    return _found("statistic", "against", between)


def per(text: str, quantity: Quantity) -> str | None:
    """The unit of time of a rate: month in `13 personen per maand`, year after `jaarlijks`, `elk jaar`."""
    match = _pattern("per", "pattern").match(text[quantity.numeral.end :])
    units: dict[str, str] = words("standing")["per"]["units"]
    if match:
        return units[match["unit"].lower()]
    told = _pattern("per", "before").search(text[: quantity.numeral.start])
    return units[(told["each"] or told["often"]).lower().removesuffix("e")] if told else None


def is_hypothetical(text: str, quantity: Quantity) -> bool:
    """Whether the number is of what would have been, or of an example: not what somebody only reports."""
    if _found("status", "supposition", text):
        return True
    start, end = clause(text, quantity.numeral.start, quantity.end)
    return _found("status", "hypothetical", text[start:end]) and not _found("status", "reported", text)


def is_hearsay(text: str, start: int, end: int) -> bool:
    """Whether a number is only heard to be so, of nobody who answers for it (`naar verluidt`)."""
    return _found("status", "hearsay", text[:start]) or _found("status", "hearsay_after", text[end:])


def _pattern(table: str, name: str) -> re.Pattern[str]:
    return named("standing", table, name)


def _found(table: str, name: str, text: str) -> bool:
    return occurs(_pattern(table, name), text)
