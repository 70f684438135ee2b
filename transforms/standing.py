"""How a figure stands: growth or level, direction, bound, status, statistic."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.counting import Quantity
from transforms.nouns import LENGTHS, is_physical
from transforms.numerals import TALLY
from transforms.vocabulary import as_written, attend_too, compiled, occurs, spans, words


class Change(NamedTuple):
    """Whether the figure is a change, and which way it goes."""

    growth: bool
    direction: str
    rule: str


@cache
def _pattern(table: str, name: str) -> re.Pattern[str]:
    return compiled("standing", words("standing")[table][name])


@cache
def _towards(way: str, name: str) -> re.Pattern[str]:
    """A pattern of growth with the words for one way, up or down, filled in."""
    return compiled("standing", words("standing")["growth"][name].replace("{way_", f"{{{way}_"))


def _goes(way: str, name: str, text: str) -> bool:
    return occurs(_towards(way, name), text)


def is_measured(quantity: Quantity) -> bool:
    """Lengths, weights, energy, minutes: what is measured, not counted."""
    return quantity.unit == "other" and is_physical(quantity.phrase)


def is_time(quantity: Quantity) -> bool:
    """Whether a length of time is counted."""
    return quantity.unit in LENGTHS or _found("kind", "minutes", quantity.phrase)


def _found(table: str, name: str, text: str) -> bool:
    return occurs(_pattern(table, name), text)


# Clauses


def undotted(text: str) -> str:
    """The text with other signs for the dots and commas within numbers, so that they end no clause."""
    plain = _WITHIN_NUMBER.sub("·", text)
    if plain != text:
        attend_too(plain)
    return plain


_WITHIN_NUMBER = re.compile(r"(?<=\d)[.,](?=\d)")


@lru_cache(maxsize=256)
def aside_blanked(text: str, start: int) -> str:
    """The text with blanks for asides, unless `start` is within: an aside ends no clause."""
    if "(" not in text and text.count(",") < 2:
        return text
    return as_written("standing", "aside").sub(
        lambda match: match[0] if match.start() <= start < match.end() else " " * len(match[0]), text
    )


@lru_cache(maxsize=256)
def _breaks(text: str) -> tuple[list[int], list[int]]:
    """Where a clause of its own begins, and where one begins behind a number."""
    own, behind = (
        [start for start, _ in spans(_pattern("status", name), text)] for name in ("relative", "behind")
    )
    behind += coordinated(text)
    for start, _ in spans(_pattern("status", "joined"), text):
        since = max((at for at in (*own, *behind) if at < start), default=0)
        if _found("status", "finite", text[since:start]):  # else both are subjects of the verb
            own.append(start)
    return own, behind


@lru_cache(maxsize=256)  # asked some ten times for each figure
def clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around [start, end): from the nearest break before to the nearest behind."""
    breaks, behind = _breaks(aside_blanked(text, start))
    left = max((at for at in breaks if at < start), default=0)
    right = min((at for at in (*breaks, *behind) if at >= end), default=len(text))
    return left, min(right, inset_end(text, start, end) or right)


@lru_cache(maxsize=256)
def coordinated(text: str) -> list[int]:
    """Where another predicate begins behind `en`: it tells nothing of a number in front of that."""
    return [start for start, _ in spans(_pattern("status", "coordinated"), text)]


def inset_end(text: str, start: int, end: int) -> int | None:
    """Where the relative clause around [start, end) ends that stands within another: at the comma behind it.

    `Het huis, dat 30 bedden telt, krijgt er tien bij.`
    """
    if text.count(",") < 2 or not _found("status", "inset", text[:start]):
        return None
    told = "inset_after_prep" if _found("status", "inset_prep", text[:start]) else "inset_after"
    match = _pattern("status", told).match(text, end)
    return match.end() if match is not None else None


# Precision


@cache
def _bounds(name: str) -> list[tuple[re.Pattern[str], str]]:
    return [(compiled("standing", entry["pattern"]), entry["value"]) for entry in words("standing")[name]]


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
    return _may_amount(text, quantity) or _way_of(text, quantity) == "none"


def _may_amount(text: str, quantity: Quantity) -> bool:
    """Whether the number is what something may amount to: `kan tot 30 weken bedragen`."""
    return _found("upto", "before", text[: quantity.numeral.start][-40:]) and _found(
        "upto", "amounts", text[quantity.end :]
    )


# Growth and direction

_WAYS = (("up", "increase"), ("down", "decrease"))
_RELATIVE = ("percent", "percentage_points")
LEVEL = Change(False, "none", "level")


def change(text: str, quantity: Quantity, *, paired: str | None) -> Change:
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
    if _may_amount(text, quantity):
        return LEVEL
    if quantity.unit != "percentage_points" and _found("growth", "level", before):
        return _reached(text, quantity, paired=False)
    return _come_or_gone(text, quantity) or _by_verb(text, quantity)


def _reached(text: str, quantity: Quantity, *, paired: bool) -> Change:
    """A level that is moved to: the way by the verb of its clause, for a pair by that of the sentence."""
    before = text[: quantity.numeral.start]
    for name, direction in _WAYS:
        if _goes(name, "brought", before[-40:]):
            return Change(False, direction, "level.reached")
    way = _way_of(text, quantity)
    if way == "none" and paired:
        way = _way(text, quantity.numeral.start, quantity.end, time=is_time(quantity))
    return Change(False, way, "level.reached")


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
            if first < start
            and not _found("growth", "led", text[last:start])
            and not _is_denied(text, first, last)
        ]
        behind = _towards(way, verbs).search(text, end)
        if (
            behind
            and not (level and _NUMBER.search(text[end : behind.start()]))
            and not _is_denied(text, *behind.span())
        ):
            found.append((behind.start() - end, direction))
    return min(found, default=(0, "none"))[1]


#: A number that may be another level: no year.
_NUMBER = re.compile(r"(?!\b(?:19|20)\d\d\b(?! [a-z]+en\b))(?<!\d)\d")


def _is_denied(text: str, start: int, end: int) -> bool:
    """Whether the change that [start, end) tells is said not to be, or to be kept small.

    `is niet uitgebreid`; `de stijging wordt beperkt tot`.
    """
    return (
        _found("growth", "not_before", text[:start])
        or _found("growth", "not_within", text[start:end])
        or _found("growth", "kept_before", text[:end])
        or _found("growth", "kept_behind", text[start:])
    )


def _way_of(text: str, quantity: Quantity, *, level: bool = True) -> str:
    """The way that the clause of a number tells."""
    start, end = clause(text, quantity.numeral.start, quantity.end)
    time = is_time(quantity)
    return _way(text[start:end], quantity.numeral.start - start, quantity.end - start, level=level, time=time)


def _signed(before: str, quantity: Quantity) -> Change | None:
    """`(+0,2%)`, `(–1,4%)`: the sign is the direction."""
    if is_measured(quantity):  # `(–12 graden)` is a level
        return None
    kind = "sign" if quantity.unit == "percent" else "bracketed"
    for way, direction in _WAYS:
        if _found("growth", f"{kind}_{way}", before[-8:]):
            return Change(True, direction, "change.sign")
    return None


def _compared(before: str, after_number: str, quantity: Quantity, after: str) -> Change | None:
    """`150 meer dan`, `10% hoger`, `40% reductie`; a multiple (`3 keer hoger`) is no size of a change."""
    if _found("growth", "times", quantity.phrase):
        return None
    if _found("growth", "lasting", after[:90]) and not _can_be_longer(quantity):
        return None
    if quantity.unit == "percent" and is_longer(after):
        return LEVEL
    if is_compared(before, after) or _has_more(quantity, after):
        return LEVEL
    if quantity.unit in LENGTHS:
        for name, direction in (("sooner", "decrease"), ("later", "increase")):
            if _found("growth", name, after[:40]):
                return Change(True, direction, "change.after")
    behind = {after[:90], after_number[:90]}
    for way, direction in _WAYS:
        if any(_goes(way, "after", each) for each in behind):
            return Change(True, direction, "change.after")
    return None


def _of_then(before: str, quantity: Quantity) -> Change | None:
    """The level that another is compared with is none itself: `een stijging ten opzichte van de 1.222`."""
    counted = quantity.numeral.form not in ("fraction", "growth")
    return LEVEL if counted and is_level_of_then(before) else None


def is_level_of_then(before: str) -> bool:
    """Whether a number behind these words is what another one is compared with (`meer dan de 1.222`)."""
    return _found("growth", "compared_with", before[-60:])


def _has_more(quantity: Quantity, after: str) -> bool:
    """Whether the comparative belongs to what the counted have (`20 scholen kregen minder subsidie`)."""
    counted = quantity.unit in ("persons", "cases", "other") and quantity.end > quantity.numeral.end
    return counted and not is_measured(quantity) and _found("growth", "had", after[:90])


def is_compared(before: str, after: str) -> bool:
    """Whether a level between these is compared with another (`lag met 45 net iets hoger`)."""
    return _found("growth", "level_with", before[-120:]) and _found("growth", "compared_after", after)


def is_longer(after: str) -> bool:
    """Whether a part is told by what it lasts or how old it is: `14% korter dan een jaar in dienst`."""
    return _found("growth", "lasting_than", after[:90])


def _can_be_longer(quantity: Quantity) -> bool:
    """Whether the number can be by how much something lasts longer: people and places can't."""
    return quantity.unit in (*LENGTHS, *_RELATIVE) or is_measured(quantity)


def _by_noun(before: str, quantity: Quantity, after: str) -> Change | None:
    """A number that is the size of a noun of change; a percentage also further off."""
    if quantity.unit in LENGTHS and not _found("growth", "by_time", before[-90:]):
        return None
    near = quantity.unit in _RELATIVE or is_measured(quantity)
    for way, direction in _WAYS:
        if _goes(way, "before", before[-120:]):
            return Change(True, direction, "change.noun_before")
        told = near and _found("growth", "which_is", after) and _goes(way, "of_which", before[-160:])
        if told or (near and _goes(way, "near", before[-160:])):
            return Change(True, direction, "change.noun_near")
    if _found("growth", "cut_to", before[-120:]):
        return Change(True, "decrease", "change.noun_before")
    if _found("growth", "extra", before[-24:]):
        return Change(True, "increase", "change.extra")
    return None


def _aside(text: str, quantity: Quantity) -> Change | None:
    """`lager dan een jaar eerder (11%)`: the percentage in brackets is the size of what is told before it."""
    before = text[: quantity.numeral.start]
    bracket = _pattern("growth", "aside_before").search(before)
    if (
        quantity.unit not in _RELATIVE
        or bracket is None
        or not _found("growth", "aside_after", text[quantity.end :])
    ):
        return None
    at = bracket.start() - 1
    start, _ = clause(text, at, at)
    told = text[start:at]
    if _found("growth", "aside_restates", text[: at + 1]) or _found("growth", "aside_level", told + " "):
        return None
    way = _way(told, len(told), len(told))
    for name, direction in (("up", "increase"), ("down", "decrease")):
        if way == "none" and _goes(name, "compared", told):
            way = direction
    return Change(True, way, "change.aside") if way != "none" else None


def _come_or_gone(text: str, quantity: Quantity) -> Change | None:
    """Places and staff that come or go."""
    start, end = clause(text, quantity.numeral.start, quantity.end)
    part = quantity.unit in _RELATIVE and _found("growth", "joined_behind", text[quantity.end : end])
    part = part and _found("growth", "joined_part", text[start : quantity.numeral.start])
    if part or _found("growth", "joined", text[start:end]):
        return Change(True, "increase", "change.joined")
    if quantity.unit in _RELATIVE or _found("growth", "of_whole", text[: quantity.numeral.start]):
        return None  # a share or the whole of them: `drie van de vijf locaties zijn gesloten`
    if quantity.unit not in ("places", "fte") and not _found("growth", "closable", quantity.phrase):
        return None
    if text.startswith((" die ", " dat "), quantity.end):
        end = clause(text, quantity.end + 4, quantity.end + 4)[1]  # `vier locaties die sluiten`
    before = text[: quantity.numeral.start]
    if _is_whole_or_new(before, text[quantity.end :]) or _found("growth", "room_for", before):
        return None
    told, at = text[start:end], (quantity.numeral.start - start, quantity.end - start)
    left_out: tuple[str, ...] = ("added",) if _found("growth", "sized", told[: at[0]]) else ()
    left_out += ("yielded",) if quantity.unit not in ("places", "fte") else ()
    found = [
        (_reach(told, at, match.span()), Change(True, direction, f"change.{name}"))
        for name, direction in _COME_OR_GONE
        if name not in left_out
        for match in _pattern("growth", name).finditer(told)
        if name == "yielded" or not _is_denied(told, *match.span())
    ]
    if len({change.direction for _, change in found}) > 1:
        return min(found, key=lambda each: each[0])[1]
    return found[0][1] if found else None


def _is_whole_or_new(before: str, after: str) -> bool:
    """Whether what comes or goes is a part of the number, or what it comes in place of."""
    whole = _found("growth", "whole_before", before) and _found("growth", "whole_behind", after)
    return whole or _found("growth", "replaces", before)


_COME_OR_GONE = (("yielded", "increase"), ("added", "increase"), ("removed", "decrease"))


def _reach(text: str, number: tuple[int, int], verb: tuple[int, int]) -> tuple[int, int]:
    """How far a verb is from a number, of those in its clause: one that ends its predicate is nearest.

    `Er zijn 30 plaatsen geopend en 12 plaatsen in Ede gesloten.`
    """
    if verb[0] < number[1]:
        return 1, number[0] - verb[1]
    between = text[number[1] : verb[0]]
    ends = not _NUMBER.search(between) and " en " not in between and "," not in between
    return 0 if ends else 2, verb[0] - number[1]


def on_top(change: Change, quantity: Quantity, told: str) -> Change:
    """A part more of what fell, by the words `told` before it, may be a further fall: its way isn't said."""
    joined = change.rule == "change.joined" and quantity.unit in _RELATIVE
    return change._replace(direction="none") if joined and _goes("down", "clause", told) else change


def _by_verb(text: str, quantity: Quantity) -> Change:
    """`met 20 uitgebreid`, `steeg in dat jaar 5%`: the number says by how much something changed."""
    before, after = text[: quantity.numeral.start], text[quantity.end :]
    difference = _found("growth", "difference", before[-60:])
    by = _found("growth", "by", before[-80:]) and not _found("growth", "not_by", after)
    asked = difference or by or quantity.unit in _RELATIVE
    way = _way_of(text, quantity, level=False) if asked else "none"
    if difference:
        return Change(True, way, "change.difference")
    if (
        by
        and quantity.unit in ("places", "fte", "persons")
        and _found("growth", "reinforced", text[slice(*clause(text, quantity.numeral.start, quantity.end))])
    ):
        return Change(True, "increase", "change.by")
    if way != "none" and by and (quantity.unit not in LENGTHS or _is_at_once(before, after)):
        return Change(True, way, "change.by")
    if quantity.unit in _RELATIVE and way != "none" and _is_object(text, quantity):
        return Change(True, way, "change.object")
    if quantity.unit in _RELATIVE and _found("growth", "gone", after):
        return Change(True, "decrease", "change.gone")
    if quantity.unit == "euro" and _found("growth", "saved", after):
        return Change(True, "decrease", "change.object")
    if quantity.unit == "percentage_points":
        return Change(True, way, "change.points")
    return LEVEL


def _is_at_once(before: str, after: str) -> bool:
    """Whether a length of time can be by how much something changed, not how long that took."""
    return _found("growth", "by_at_once", after) or _found("growth", "by_verb", before[-90:])


def _is_object(text: str, quantity: Quantity) -> bool:
    """Whether a verb of change has the percentage as its measure, and nothing between them another sense."""
    before, after = text[: quantity.numeral.start], text[quantity.end :]
    if _found("growth", "part", after) or _found("growth", "object_no", before[-60:]):
        return False
    for way, _ in _WAYS:
        verb = _towards(way, "verb")
        behind = verb.search(after[:40])
        if behind and _found("growth", "object_after", after[: behind.start()].rstrip() + " "):
            return True
        if any(
            _pattern("growth", "object_before").fullmatch(before, match.end())
            for match in verb.finditer(before, max(0, len(before) - 80))
        ):
            return True
    return False


def is_hypothetical(text: str, quantity: Quantity) -> bool:
    """Whether the number is of what would have been, or of an example: not what somebody only reports."""
    if _found("status", "supposition", text):
        return True
    start, end = clause(text, quantity.numeral.start, quantity.end)
    return _found("status", "hypothetical", text[start:end]) and not _found("status", "reported", text)


def is_hearsay(text: str, start: int, end: int) -> bool:
    """Whether a number is only heard to be so, of nobody who answers for it (`naar verluidt`)."""
    return _found("status", "hearsay", text[:start]) or _found("status", "hearsay_after", text[end:])


def restates(text: str, start: int, end: int) -> bool:
    """Whether the number at `end` says again, in other terms, what the one that ends at `start` says."""
    return _found("growth", "restated", text[start:end])


def lists_on(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether a number is the next of a list of changes (`met 3, 4 en 5%`), and no part of a whole."""
    between = _between(text, first, second)
    each = _pattern("growth", "listed_for").fullmatch(between)
    listed = _pattern("growth", "listed").fullmatch(between) is not None
    return (
        (second.unit in _RELATIVE) == (first.unit in _RELATIVE)
        and (listed or (each is not None and text.startswith(f" {each['for']} ", second.end)))
        and not _found("growth", "part", text[second.end :])
    )


def shares_end(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether what is said behind the second of two percentages is said of both (`12% en 4% minder`)."""
    return (
        first.unit in _RELATIVE
        and first.unit == second.unit
        and _pattern("growth", "listed").fullmatch(_between(text, first, second)) is not None
    )


def compares(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether a change is told beside that of another time or place: `groeide met 4%, tegen 3% in 2019`."""
    return first.unit == second.unit and any(
        _pattern("growth", name).fullmatch(_between(text, first, second)) is not None
        for name in ("against", "this_one")
    )


def is_part_of(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether a number is a part of the change before it (`er komen er 80 bij, waarvan 20 in Zeeland`)."""
    same = first.unit == second.unit and first.unit != "euro"
    told = _found("growth", "part_verb", text[second.end :])
    return same and not told and _found("growth", "part_of", _between(text, first, second))


def aims_again(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether a percentage is what the change before it is to be: `met 20% gedaald; het doel is 30%`."""
    return (
        first.unit == second.unit == "percent"
        and _pattern("growth", "aimed_again").fullmatch(_between(text, first, second)) is not None
        and _found("growth", "aimed_after", text[second.end :])
        and not _found("growth", "aimed_part", text[: first.numeral.start])
    )


def is_percentage_of(text: str, first: Quantity, second: Quantity) -> bool:
    """Whether a percentage is a change, or a move to a level, once more (`40 minder, bijna een kwart`)."""
    if second.unit != "percent" or first.unit in _RELATIVE:
        return False
    between = _between(text, first, second)
    apposed = _pattern("growth", "apposed").fullmatch(between)
    ends = apposed is not None and _found("growth", "apposed_after", text[second.end :])
    return ends or _found("growth", "comes_to", between)


def _between(text: str, first: Quantity, second: Quantity) -> str:
    start = first.end if first.end <= second.numeral.start else first.numeral.end
    return text[start : second.numeral.start]


def pairs(text: str, quantities: list[Quantity]) -> dict[int, str]:
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


def moves(text: str, first: Quantity, second: Quantity) -> str:
    """The way from one level to another (`ging van 200 naar 260`), where no word tells it."""
    if not _found("pair", "moved", text[first.end : second.numeral.start]) and not _found(
        "pair", "adjusted", text
    ):
        return "none"
    change = second.numeral.value - first.numeral.value
    return "increase" if change > 0 else "decrease" if change < 0 else "none"


def _sort(quantity: Quantity) -> str:
    """What sort of number it is: `een stijging van 23% naar 1.222 meldingen` has no two ends of a move."""
    if quantity.unit in _RELATIVE:
        return "relative"
    return "euro" if quantity.unit == "euro" else "number"


def takes_years(text: str) -> bool:
    """Whether a sentence says over how many years a change came about (`in vier jaar tijd`)."""
    return _found("kind", "in_years", text)


# Statistic


def statistic(text: str, quantity: Quantity) -> str | None:
    """Mean or median, where the number is one."""
    start, _ = clause(text, quantity.numeral.start, quantity.end)
    before = text[start : quantity.numeral.start][-60:]
    return next((name for name in ("median", "mean") if _found("statistic", name, before)), None)


def leads_to(between: str) -> bool:
    """Whether what stands between a change and a level says that the one led to the other."""
    return _found("growth", "led_to", between)


def is_set_against(between: str) -> bool:
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
