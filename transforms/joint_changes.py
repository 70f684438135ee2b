"""How the numbers of a sentence are changes together: moves, lists, and what says one of them again."""

import re
from collections.abc import Sequence

from transforms.changes import LEVEL, Change, change_of
from transforms.counting import Quantity, is_time
from transforms.nouns import PERCENT
from transforms.numerals import NONE
from transforms.vocabulary import named, occurs


def changes_of(text: str, counted: Sequence[Quantity], paired: dict[int, str]) -> list[Change]:
    """The change of each quantity; the end of a pair goes the way that another number tells, or the two."""
    found: list[Change] = []
    for index, quantity in enumerate(counted):
        change = change_of(text, quantity, paired=paired.get(index))
        if quantity.numeral.rule == NONE:  # `geen enkel slachtoffer meer` is a level
            change = LEVEL
        # `een toename van 90 kg in 5 jaar, oftewel 18 kg`
        between = index > 1 and is_time(counted[index - 1]) and not is_time(quantity)
        last = index - 2 if between else index - 1
        found.append(_follows(text, counted[last], found[last], quantity, change) if index else change)
    found = _before_last(text, counted, found, paired)
    way = next((change.direction for change in found if change.growth), "none")
    found = [
        change._replace(direction=_way_of_pair(text, counted[index - 1], counted[index], change, way))
        if paired.get(index) == "to"
        else change
        for index, change in enumerate(found)
    ]
    for index in range(1, len(found)):
        first, again = found[index - 1], _is_percentage_of(text, counted[index - 1], counted[index])
        if again and not found[index].growth and (first.growth or first.direction != "none"):
            found[index] = Change(True, first.direction, "change.restated")
    return found


def _way_of_pair(text: str, first: Quantity, second: Quantity, change: Change, way: str) -> str:
    """The way that the end of a pair goes: the two of one unit tell it whatever words stand around them.

    `De groei is bijgesteld van 3% naar 2%`.
    """
    told = change.direction if change.direction != "none" else way
    moves = _moves(text, first, second)
    alike = first.unit == second.unit and (first.unit != "other" or first.phrase == second.phrase)
    return moves if told == "none" or (alike and moves != "none") else told


def _before_last(
    text: str, counted: Sequence[Quantity], found: list[Change], paired: dict[int, str]
) -> list[Change]:
    """The changes with those whose size is told of the last of a list (`12% en 4% minder dan in 2011`)."""
    for index in range(len(found) - 1, 0, -1):
        last, first = found[index], index - 1
        shared = last.rule in ("change.after", "change.listed") and not found[first].growth
        if shared and first not in paired and _shares_end(text, counted[first], counted[index]):
            found[first] = last._replace(rule="change.listed")
    return found


def _follows(text: str, before: Quantity, first: Change, quantity: Quantity, change: Change) -> Change:
    """The change of a number behind another: said again (`oftewel een kwart`), or the next of a list."""
    if first.growth and not change.growth:
        for is_told, rule in _AS_FIRST:
            if is_told(text, before, quantity):
                return first._replace(rule=rule)
    reached = first.rule == "level.reached" and before.unit == quantity.unit and change.direction == "none"
    listed = reached or (first.rule in _LISTS and not change.growth)
    return first if listed and _lists_on(text, before, quantity) else change


#: Changes that can be the first of a list under one verb or noun.
_LISTS = ("change.by", "change.noun_before", "change.noun_near", "change.object")


def pairs(text: str, quantities: Sequence[Quantity]) -> dict[int, str]:
    """Index to `from` or `to` for numbers in `van … naar …`."""
    found: dict[int, str] = {}
    for index in range(len(quantities) - 1):
        first, second = quantities[index].numeral, quantities[index + 1].numeral
        between = text[first.end : second.start]
        if (
            _found("pair", "before", text[max(0, first.start - 40) : first.start])
            and _found("pair", "between", between)
            and not _found("pair", "spread", text[: first.start])
            and _sort(quantities[index]) == _sort(quantities[index + 1])
            and not _found("status", "corrected_to", text)
        ):
            found[index], found[index + 1] = "from", "to"
    return found


def _sort(quantity: Quantity) -> str:
    """What sort of number it is: `een stijging van 23% naar 1.222 meldingen` has no two ends of a move."""
    if quantity.unit in PERCENT:
        return "relative"
    return "euro" if quantity.unit == "euro" else "number"


def _moves(text: str, first: Quantity, second: Quantity) -> str:
    """The way from one level to another (`ging van 200 naar 260`), where no word tells it."""
    if not _found("pair", "moved", text[first.end : second.numeral.start]) and not _found(
        "pair", "adjusted", text
    ):
        return "none"
    change = second.numeral.value - first.numeral.value
    return "increase" if change > 0 else "decrease" if change < 0 else "none"


def _restates(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether a number says again, in other terms, what the one before it says (`oftewel een kwart`)."""
    return _found("growth", "restated", text[first.end : second.numeral.start])


def _lists_on(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether a number is the next of a list of changes (`met 3, 4 en 5%`), and no part of a whole."""
    between = _between(text, first, second)
    each = _pattern("growth", "listed_for").fullmatch(between)
    listed = _pattern("growth", "listed").fullmatch(between) is not None
    return (
        (second.unit in PERCENT) == (first.unit in PERCENT)
        and (listed or (each is not None and text.startswith(f" {each['for']} ", second.end)))
        and not _found("growth", "part", text[second.end :])
    )


def _shares_end(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether what is said behind the second of two percentages is said of both (`12% en 4% minder`)."""
    return (
        first.unit in PERCENT
        and first.unit == second.unit
        and _pattern("growth", "listed").fullmatch(_between(text, first, second)) is not None
    )


def _compares(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether a change is told beside that of another time or place: `groeide met 4%, tegen 3% in 2019`."""
    return first.unit == second.unit and any(
        _pattern("growth", name).fullmatch(_between(text, first, second)) is not None
        for name in ("against", "this_one")
    )


def _is_part_of(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether a number is a part of the change before it (`er komen er 80 bij, waarvan 20 in Zeeland`)."""
    same = first.unit == second.unit and first.unit != "euro"
    told = _found("growth", "part_verb", text[second.end :])
    return same and not told and _found("growth", "part_of", _between(text, first, second))


def _aims_again(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether a percentage is what the change before it is to be: `met 20% gedaald; het doel is 30%`."""
    return (
        first.unit == second.unit == "percent"
        and _pattern("growth", "aimed_again").fullmatch(_between(text, first, second)) is not None
        and _found("growth", "aimed_after", text[second.end :])
        and not _found("growth", "aimed_part", text[: first.numeral.start])
    )


#: What makes a number behind a change one that goes the same way, and by which rule.
_AS_FIRST = (
    (_restates, "change.restated"),
    (_is_part_of, "change.part"),
    (_compares, "change.against"),
    (_aims_again, "change.aimed"),
)


def _is_percentage_of(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether a percentage is a change, or a move to a level, once more (`40 minder, bijna een kwart`)."""
    if second.unit != "percent" or first.unit in PERCENT:
        return False
    between = _between(text, first, second)
    apposed = _pattern("growth", "apposed").fullmatch(between)
    ends = apposed is not None and _found("growth", "apposed_after", text[second.end :])
    return ends or _found("growth", "comes_to", between)


def _between(text: str, first: Quantity, second: Quantity) -> str:
    start = first.end if first.end <= second.numeral.start else first.numeral.end
    return text[start : second.numeral.start]


def leads_to(between: str) -> bool:
    """Whether what stands between a change and a level says that the one led to the other."""
    return _found("growth", "led_to", between)


def _pattern(table: str, name: str) -> re.Pattern[str]:
    return named("standing", table, name)


def _found(table: str, name: str, text: str) -> bool:
    return occurs(_pattern(table, name), text)
