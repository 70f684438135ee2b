"""What kind of statistic a quantity is."""

import re

from transforms.changes import is_compared, is_longer
from transforms.clauses import clause
from transforms.counting import Quantity, is_measured
from transforms.nouns import LENGTHS, PERCENT
from transforms.vocabulary import named


def kind_of(text: str, quantity: Quantity, *, growth: bool) -> str:
    """count, growth, share, capacity, amount, duration or other; `growth` says that it is a change."""
    if quantity.numeral.form == "zero":
        return "capacity"
    if quantity.unit == "euro" or _is_money(quantity):
        return "amount"
    if quantity.unit == "ratio":
        return "other"
    if growth:
        return "growth"
    if quantity.unit in LENGTHS:
        return "count" if _is_upon(text, quantity) else "duration"
    if quantity.unit in PERCENT:
        return "share" if _is_part(text, quantity) else "other"
    if _is_capacity(text, quantity):
        return "capacity"
    return "other" if is_measured(quantity) else "count"


def _is_upon(text: str, quantity: Quantity) -> bool:
    """`op 38 dagen overschreden`: how many days, not how long."""
    start, end = clause(text, quantity.numeral.start, quantity.end)
    upon = quantity.unit == "days" and _pattern("upon").search(text[start : quantity.numeral.start])
    return bool(upon) and _pattern("upon_no").search(text[start:end]) is None


def _is_money(quantity: Quantity) -> bool:
    """Whether something else than euro is counted that is money: by its noun, or by its sign or code."""
    named = _pattern("currency").search(quantity.phrase) is not None
    return quantity.unit == "other" and (named or quantity.rule == "unit.sign")


def _is_part(text: str, quantity: Quantity) -> bool:
    """Whether a percentage is part of a whole: no rate, no index, no level of certainty."""
    numeral = quantity.numeral
    if numeral.form == "fraction" or _pattern("filled").match(text[quantity.end :]):
        return True
    compared = is_compared(text[: numeral.start], text[quantity.end :])
    if numeral.value > 100 or (
        not compared
        and _pattern("rate_after").search(text[quantity.end : quantity.end + 60])
        and not is_longer(text[quantity.end :])
    ):
        return False
    before = text[: numeral.start]
    if _pattern("whole").match(text[quantity.end :]) or _pattern("whole").match(text[numeral.end :]):
        return _pattern("rate_of").search(before[-90:]) is None
    if _pattern("rate_of_change").search(before):
        return False
    start, _ = clause(text, numeral.start, quantity.end)
    rated = _pattern("rate").search(before[start:])
    return rated is None or _pattern("share_of").search(before[start : rated.start() + 1]) is not None


def _is_capacity(text: str, quantity: Quantity) -> bool:
    """Places and staff, unless occupied; people and cases that wait; what is called capacity."""
    number = quantity.numeral
    start, end = clause(text, number.start, quantity.end)
    before = text[start : number.start]
    if quantity.unit in ("places", "fte"):
        if quantity.unit == "fte":
            called = _pattern("strength").search(before) or lack(text, quantity)
            around = f"{before} {text[quantity.end : end]}"
            return called is not None or _pattern("labour").search(around) is None
        in_use = (
            _pattern("occupied").search(text[number.end : end]),
            _pattern("occupied_before").search(before),
            _pattern("occupied").search(quantity.phrase),
            _is_somewhere(text, quantity),
        )
        if (called := _of_two(before)) is not None:
            return called != "bezetting"
        return not any(in_use) or _pattern("free").match(text[number.end :]) is not None
    if _pattern("named").search(before) or _pattern("of_capacity").match(text[quantity.end :]):
        return True
    people = quantity.unit == "persons" or _pattern("households").search(quantity.phrase)
    if people and _pattern("holds").search(before):
        return _pattern("held_after").match(text[quantity.end : end]) is not None
    return waits(text, quantity)


def _of_two(before: str) -> str | None:
    """What the number behind `before` is called: the first or second of `capaciteit en bezetting`."""
    match = _pattern("pair").search(before)
    if match is None or match["first"] == match["second"] or "bezetting" not in match.groups():
        return None
    numbers = len(_NUMBER.findall(match["between"]))
    return match[_OF_PAIR[numbers]] if numbers < len(_OF_PAIR) else None


#: What the numbers behind `capaciteit en bezetting` are called, by their order.
_OF_PAIR = ("first", "second")


#: A number that is no year.
_NUMBER = re.compile(r"(?<![\d.·])(?!(?:19|20)\d\d\b(?![.·]))\d[\d.·]*")


def is_set_against(before: str) -> bool:
    """Whether a number behind these words is that of another time (`90, tegen nog 70`)."""
    return _pattern("set_against").search(before) is not None


def by_turns(text: str) -> bool:
    """Whether the numbers behind a text are one by one of what was told before (`respectievelijk`)."""
    return _pattern("by_turns").search(text) is not None


def of_others(text: str) -> bool:
    """Whether a sentence speaks of other places than those in use."""
    return _pattern("others").search(text) is not None


def waits(text: str, quantity: Quantity) -> bool:
    """Whether a number of people or cases is of those that wait."""
    start, end = clause(text, quantity.numeral.start, quantity.end)
    if quantity.unit == "other":
        return not is_measured(quantity) and _pattern("queue").search(text, start, end) is not None
    if quantity.unit not in ("persons", "cases") or _pattern("died").search(text, 0, end):
        return False
    if text.startswith((" die ", ", omdat zij ", ", omdat ze "), quantity.end):
        end = clause(text, quantity.end + 8, quantity.end + 8)[1]
    told = _pattern("waiting").finditer(text, 0, end)
    return any(
        match.start() < quantity.numeral.start or not _pattern("of_next").match(text, match.end())
        for match in told
    )


def in_line(quantity: Quantity) -> bool:
    """Whether a table counts those who wait, by the noun of its heads or caption."""
    return quantity.unit in ("persons", "cases") and _pattern("waiting").search(quantity.phrase) is not None


def _is_somewhere(text: str, quantity: Quantity) -> bool:
    """`op drie plekken`: where something is, no room for anybody."""
    return (
        _pattern("plain_places").search(quantity.phrase) is not None
        and _pattern("somewhere").search(text[: quantity.numeral.start]) is not None
        and quantity.end > quantity.numeral.end
        and lack(text, quantity) is None
        and _pattern("reached_places").match(text[quantity.end :]) is None
    )


def lack(text: str, quantity: Quantity) -> str | None:
    """The noun of a lack before the number: `een tekort van 50 plaatsen` is no capacity of 50."""
    if behind := _pattern("lacking").match(text[quantity.end :]):
        return "overschot" if behind["over"] else "tekort"
    match = _pattern("lack").search(text[: quantity.numeral.start])
    return match["lack"].lower() if match else None


def _pattern(name: str) -> re.Pattern[str]:
    return named("standing", "kind", name)
