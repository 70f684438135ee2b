"""What kind of statistic a quantity is."""

import re
from functools import cache

from transforms import standing
from transforms.quantities import Quantity
from transforms.vocabulary import compiled, words

_BY_UNIT = {
    "euro": "amount",
    **dict.fromkeys(("hours", "days", "weeks", "months", "years"), "duration"),
}


def kind_of(text: str, quantity: Quantity, *, growth: bool) -> str:
    """count, growth, share, capacity, amount or duration; `growth` says that the quantity is a change."""
    if quantity.numeral.form == "zero":
        return "capacity"
    if quantity.unit in _BY_UNIT:
        return _BY_UNIT[quantity.unit]
    if quantity.unit == "ratio":
        return "other"
    if growth:
        return "growth"
    if quantity.unit in ("percent", "percentage_points"):
        return "share"
    return "capacity" if _is_capacity(text, quantity) else "count"


def _is_capacity(text: str, quantity: Quantity) -> bool:
    """Places and staff, unless occupied; people and cases that wait."""
    start, end = standing.clause(text, quantity.numeral.start, quantity.end)
    if quantity.unit in ("places", "fte"):
        number = quantity.numeral
        around = (
            _pattern("occupied").search(text[number.end : end]),
            _pattern("occupied_before").search(text[start : number.start]),
            _pattern("occupied").search(quantity.phrase),
        )
        return not any(around)
    return quantity.unit in ("persons", "cases") and _pattern("waiting").search(text, 0, end) is not None


def lack(text: str, quantity: Quantity) -> str | None:
    """The noun of a lack before the number: `een tekort van 50 plaatsen` is no capacity of 50."""
    match = _pattern("lack").search(text[: quantity.numeral.start])
    return match["lack"].lower() if match else None


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return compiled("standing", words("standing")["kind"][name])
