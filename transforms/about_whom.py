"""Whom or what a figure is about: by its words, its table or list, or as the figures before it."""

import re
from collections.abc import Callable, Mapping, Sequence

from transforms import figures
from transforms.clauses import clause
from transforms.continuing import is_in_brackets, is_labelled, is_of_time
from transforms.counting import Quantity
from transforms.figures import Claim, Linked, Memory
from transforms.measures import (
    family,
    says,
)
from transforms.naming import BORROWED
from transforms.numerals import Numeral
from transforms.populations import (
    WordsOf,
    attributes,
    is_apart,
    is_whole,
    names_no_more,
    of_title,
    population,
)
from transforms.qualifiers import per
from transforms.tables import goes_by_places
from transforms.vocabulary import as_written


def population_of(
    linked: Linked,
    text: str,
    phrase: str,
    code: str | None,
    memory: Memory,
    before: Sequence[Claim],
    credited: str | None,
) -> dict[str, str]:
    """Whom the figure is about; the setting of the same measure's figure before it holds on."""
    start = linked.quantity.numeral.start
    same = [claim for claim in before if claim.measure_code == code]
    follows = bool(same) and before[-1] is same[-1]
    if linked.end_of_pair and before:
        return before[-1].population
    then = before[-1].timing.period if before else None
    told = _said_before(linked, text, code, memory)
    if compared := told or _compared(linked, text, phrase, code, memory, before):
        return compared
    noun = "" if says("whole", figures.head(phrase)) else phrase
    around = _words_of(text, linked.quantity, noun, code, memory, before, credited)
    found = _in_list(population(family(code), around), linked, text, code, memory)
    local = found["population"] == "part" and not attributes_of(found) and is_apart(family(code), around)
    if code is None or local:
        return {"population": "part"} if _is_told_part(text, linked, code) else found
    if attributes_of(found):
        whole = _whole(text, start, linked.quantity.numeral.end, code, memory, before)
        whole = whole or (_setting(text, start, same[-1], found) if follows else None)
        return _joined(whole, found) if whole else found
    if follows and _is_change_of(linked, text, phrase, same[-1]):
        return same[-1].population
    elliptic = not phrase.strip() or linked.quantity.rule == "unit.carried"
    carried = _is_kin(memory.measure_code, code) and elliptic
    carried = carried or (
        _is_kin(memory.measure_code, code) and _is_aim_for_same(linked, text, memory, found)
    )
    last = same[-1].population if same else memory.population if carried else found
    if carried and not same and linked.status == "target" and not attributes_of(last) and memory.room:
        last = memory.room  # `80 plaatsen voor …`, how many wait for one, and then what is aimed at
    borrowed = elliptic or linked.quantity.rule in BORROWED
    if borrowed and not same and before and _is_kin(before[-1].measure_code, code):
        last = before[-1].population
    if last["population"].startswith("setting="):
        beside = follows and _is_beside(linked, same[-1])
        return {"population": "part"} if beside else dict(last)
    if follows and linked.quantity.rule == "unit.sibling_left" and then == linked.timing.period:
        return _of_same_time(linked, text, same[-1], found, family(code))
    of_total = found["population"] == "total" and any(map(_is_whole_of(linked), same))
    another = None if of_total else _of_another_time(linked, text, code, memory, same)
    return {"population": "part"} if of_total else another or found


def _is_told_part(text: str, linked: Linked, code: str | None) -> bool:
    """Whether a number of what has no code is told to be a part: `310 meldingen, waarvan er 45 …`."""
    counts = linked.kind in ("count", "capacity") and linked.quantity.rule != "unit.caption"
    return code is None and counts and says("part_of", text[: linked.quantity.numeral.start])


def _setting(text: str, start: int, last: Claim, found: Mapping[str, str]) -> dict[str, str] | None:
    """The setting of the figure before in a list, which is that of both: `140 vrouwen en 60 kinderen`."""
    setting = last.population.get("setting")
    if (
        not setting
        or "setting" in found
        or as_written("populations", "list_gap").fullmatch(text, last.numeral.end, start) is None
    ):
        return None
    return {"setting": setting, "population": f"setting={setting}"}


def _said_before(linked: Linked, text: str, code: str | None, memory: Memory) -> dict[str, str] | None:
    """The population of a number that was told before, in words that say so: `van deze 640 slachtoffers`."""
    numeral = linked.quantity.numeral
    if code is None or as_written("populations", "of_these").search(text, 0, numeral.start) is None:
        return None
    said = ((each.measure_code, each.value, each.population) for each in reversed(memory.stated))
    return next(
        (dict(whose) for measure, value, whose in said if (measure, value) == (code, numeral.value)), None
    )


def _before_when_told(text: str, numeral: Numeral, memory: Memory) -> str:
    """What stands before a number where it was told, in the last sentence, if it is named again as all of it.

    `CoMensha ontving 80 meldingen. Van die 80 slachtoffers …`: it is no part, unless it was one there.
    """
    if as_written("populations", "of_these").search(text, 0, numeral.start) is None:
        return ""
    number = rf"(?<![\d.,]){re.escape(text[numeral.start : numeral.end])}(?![\d%]|[.,]\d)"
    told = re.search(number, memory.last)
    return memory.last[: told.start()] if told is not None else ""


def _in_list(
    found: dict[str, str], linked: Linked, text: str, code: str | None, memory: Memory
) -> dict[str, str]:
    """The population with what the lead-in of a list says that its entries are: room for whom, or by places.

    `Bedden voor vrouwen:`, `Slachtoffers per regio:`.
    """
    if linked.timing.period is None and is_in_brackets(text, linked.quantity.numeral.start):
        return found if attributes_of(found) else {"population": "unspecified"}  # of another time, if at all
    if attributes_of(found) or memory.listing is None or linked.quantity.rule != "unit.carried":
        return found
    if is_of_time(text):
        of_room = linked.quantity.unit in _OF_A_SETTING
        of_list = attributes(family(code), memory.lead) if of_room else {}
        return _joined({"population": "unspecified"}, of_list | {"population": ""}) if of_list else found
    of_place = code is not None and is_labelled(text) and goes_by_places(memory.lead) and not is_whole(text)
    return {"population": "part"} if of_place else found


def _compared(
    linked: Linked, text: str, phrase: str, code: str | None, memory: Memory, before: Sequence[Claim]
) -> dict[str, str] | None:
    """The population of the figure that one of another time is compared with, if its own noun names no other.

    That is the one before it in its sentence, or else the one that the paragraph speaks of.
    """
    now = linked.timing.period
    if not as_written("populations", "compared_with").search(text, 0, linked.quantity.numeral.start):
        return None
    if before:
        whole, then, other = before[-1].population, before[-1].timing.period, before[-1].measure_code
        is_another_time = now != then
    else:
        whole, then, other = dict(memory.population), memory.counted_in, memory.measure_code
        is_another_time = not memory.stale and None not in (now, then) and now != then
    if other != code or not is_another_time:
        return None
    return whole if attributes(family(code), phrase).items() <= whole.items() else None


def _is_aim_for_same(linked: Linked, text: str, memory: Memory, found: Mapping[str, str]) -> bool:
    """Whether an aim that names nobody is for the room told of just before (`Het streven is 90 bedden`)."""
    aim = linked.status == "target" and found["population"] == "unspecified"
    return aim and not memory.stale and as_written("populations", "for_whom").search(text) is None


def _is_kin(code: str | None, other: str) -> bool:
    """Whether two codes are of the same rooms: those there are, those in use, those that lack."""
    return code is not None and code.partition("_")[0] == other.partition("_")[0]


def _of_same_time(
    linked: Linked, text: str, before: Claim, found: dict[str, str], kin: str | None
) -> dict[str, str]:
    """That of a figure behind another one of its time, without a noun: mostly a part, as that may be.

    Not where it is how much that grew or what to (`nam toe met 40, tot 200`), how many more or less it is
    (`dat zijn er 14 minder`), how many a year, or what is right (`niet 160, maar 200`); victims of the same
    time that are more are no part of the others.
    """
    changed = (before.kind == "growth") != (linked.kind == "growth") or linked.change.rule == "change.after"
    if changed or before.status == "negated" or per(text, linked.quantity) is not None:
        return before.population
    more = linked.quantity.numeral.value > before.numeral.value and linked.kind == before.kind == "count"
    if kin == "victims" and more and before.population["population"] in _WHOLES:
        return {"population": "unspecified"}
    return {"population": "part"} if found["population"] != "total" or kin == "victims" else found


_EXTENTS = ("total", "unspecified", "part")
_WHOLES = ("total", "unspecified")


def _is_whole_of(linked: Linked) -> Callable[[Claim], bool]:
    """Whether a figure of the same sentence is the total of which another one of that time must be a part."""
    value, period = linked.quantity.numeral.value, linked.timing.period
    return lambda claim: (
        claim.population["population"] == "total"
        and claim.kind == linked.kind == "count"
        and claim.timing.period == period
        and claim.numeral.value > value
    )


def _is_change_of(linked: Linked, text: str, phrase: str, other: Claim) -> bool:
    """Whether one of two figures without a noun between them is how the other one changed, or what to.

    `verdubbelde: van 41 naar 82`; `van 41 naar 79, een stijging van 93%`.
    """
    if (linked.kind == "growth") == (other.kind == "growth") or other.status == "negated":
        return False
    own = bool(phrase) and text.find(phrase, other.numeral.end) >= 0
    return not own and not says("part", text[: linked.quantity.numeral.start])


def _is_beside(linked: Linked, other: Claim) -> bool:
    """Whether a figure is of the same time and kind as another one, so that it can't be of the same whole.

    `90 plaatsen, waarvan 40 voor crises`; `30 bij de vrouwenopvang en 12 elders`.
    """
    here = (linked.kind, linked.status, linked.timing.period)
    return linked.kind != "growth" and here == (other.kind, other.status, other.timing.period)


def attributes_of(population: Mapping[str, str]) -> dict[str, str]:
    """What tells whom a figure is about, but for how many of them it is."""
    return {name: value for name, value in population.items() if name != "population"}


def _whole(
    text: str, start: int, end: int, code: str, memory: Memory, before: Sequence[Claim]
) -> Mapping[str, str] | None:
    """The population of what a number [start, end) is told to be a part of: `van wie`, `Van de 90`."""
    same = [claim for claim in before if claim.measure_code == code]
    for claim in reversed(same):
        if as_written("wording", "of_which").fullmatch(text, claim.numeral.end, start):
            return claim.population
        if as_written("populations", "list_gap").fullmatch(text, claim.numeral.end, start) is None:
            break
        start = claim.numeral.start
    if same and as_written("populations", "of_all").search(text, 0, same[0].numeral.start):
        return same[0].population
    if same and start == same[0].numeral.start and text.startswith(figures.OF_WHOLE):
        # `Onder de meisjes waren 9 Polen en 4 Turken`
        return same[0].population | attributes(family(code), text[:start])
    told = says("part", text[:start]) or as_written("populations", "of_them").match(text, end)
    return memory.population if told and memory.measure_code == code and not memory.stale else None


def _joined(whole: Mapping[str, str], part: dict[str, str]) -> dict[str, str]:
    """The attributes of a part, with those of the whole that it is a part of; a part of a part is one."""
    found = attributes_of(whole) | attributes_of(part)
    within = attributes_of(whole).get("setting"), attributes_of(part).get("setting")
    if within[0] == "trafficking" and within[1] in _SEX_OF_ROOM:
        # `80 plaatsen voor slachtoffers van mensenhandel, waarvan 20 voor mannen` are for those victims too
        found |= {"sex": _SEX_OF_ROOM[within[1]], "setting": within[0]}
    if "part" in (whole["population"], part["population"]):
        return found | {"population": "part"}
    return found | {"population": ";".join(f"{name}={found[name]}" for name in sorted(found))}


def titled(claim: Claim, title: str, heads: str) -> Claim:
    """The cell with whom the title of its table is about; what its own heads say otherwise goes before that.

    A row that is a part is one of those: `Noord` of `Plaatsen in de vrouwenopvang`.
    """
    if claim.kind not in ("count", "capacity"):
        return claim
    whole, own = of_title(family(claim.measure_code), title, heads), attributes_of(claim.population)
    others = {name for name in whole if name in own and own[name] != whole[name]}
    rooms = whole.get("setting"), own.get("setting")
    if not whole or (others and not (rooms[0] == "trafficking" and rooms[1] in _SEX_OF_ROOM)):
        return claim
    part = {**claim.population, "population": ""} if names_no_more(heads) else claim.population
    return claim._replace(population=_joined(whole | {"population": ""}, part))


def _of_another_time(
    linked: Linked, text: str, code: str, memory: Memory, same: Sequence[Claim]
) -> dict[str, str] | None:
    """The population of the figure before, of which one without a noun tells what it was at another time."""
    elliptic = linked.quantity.rule in ("unit.carried", "unit.sibling_left")
    if not elliptic or says("part", text[: linked.quantity.numeral.start]):
        return None
    if same:
        whole, then = same[-1].population, same[-1].timing.period
    elif memory.measure_code == code and not memory.stale:
        whole, then = dict(memory.population), memory.counted_in
    else:
        return None
    now = linked.timing.period
    return whole if now is not None and then is not None and now != then else None


def _words_of(
    text: str,
    quantity: Quantity,
    phrase: str,
    code: str | None,
    memory: Memory,
    before: Sequence[Claim],
    credited: str | None,
) -> WordsOf:
    """A number with a noun of its own has its words around it; another one those since the number before."""
    numeral = quantity.numeral
    start, end = clause(text, numeral.start, quantity.end)
    since = max(start, before[-1].numeral.end) if before else start
    tail = as_written("wording", "tail").match(text, quantity.end)
    borrows = quantity.rule in BORROWED or quantity.unit in _OF_A_SETTING or family(code) == "capacity"
    if (
        before
        and borrows
        and since > start
        and (listed := as_written("populations", "separator").match(text, since, numeral.start))
    ):
        since = listed.end()  # what stands before it belongs to the number before
    own = text[since if borrows else numeral.start : tail.end() if tail else quantity.end]
    if quantity.rule == "unit.sibling_right" and (
        adjective := as_written("populations", "adjective").match(text, numeral.end)
    ):
        behind = as_written("wording", "tail").match(text, quantity.end)
        own = f"{adjective[0]} {figures.head(phrase)}{behind[0] if behind else ''}"
    elif quantity.rule == "unit.aside" and phrase in text[: numeral.start]:
        own = text[text.rfind(phrase, 0, numeral.start) : numeral.end]
    elif phrase in text:
        own = f"{own}\n{phrase}"
    named = text.rfind(phrase, start, numeral.start) if phrase else -1
    of_noun = named >= 0 and quantity.rule != "unit.sibling_left"
    after = text[
        named + len(phrase)
        if of_noun
        else numeral.end
        if as_written("populations", "of_them").match(text, numeral.end)
        else quantity.end : _relative_end(text, end)
    ]
    goes_on = quantity.rule in ("unit.carried", "unit.percent", "unit.sign", "unit.noun") and not phrase
    whole = (before[-1].population if before else memory.population)["population"]
    if quantity.rule == "unit.noun_left" and named >= 0:
        determiners = list(as_written("populations", "determiner").finditer(text, start, named))
        start = determiners[-1].start() if determiners else start
    return WordsOf(
        phrase=phrase,
        own=own,
        before=_before_when_told(text, numeral, memory) or text[start : numeral.start],
        after=as_written("populations", "ends_own").split(after, maxsplit=1)[0],
        sentence=text,
        whole=whole if goes_on or quantity.rule == "unit.carried" else "total",
        source=credited,
        start=numeral.start,
        led=_led(text, start, since, numeral.start),
        predicate=_predicate(text, quantity),
        of_table=quantity.rule == "unit.caption",
        parted=memory.parted and quantity.rule == "unit.caption",
        place=_place(before, numeral.start, text),
    )


def _led(text: str, start: int, since: int, end: int) -> str:
    """The words of its clause before a number, without those that belong to the number before it."""
    parted = as_written("populations", "parted").search(text, since, end) if since > start else None
    return text[parted.end() if parted else since : end]


def _predicate(text: str, quantity: Quantity) -> str:
    """What is said of a number in apposition: `, 40 slachtoffers, is vrouw`, `(40) was …`, `te weten 40`."""
    if (named := as_written("populations", "to_wit").search(text, 0, quantity.numeral.start)) is not None:
        return named["said"]
    aside = text.endswith((", ", "("), 0, quantity.numeral.start)
    match = as_written("wording", "said_of_aside").match(text, quantity.end) if aside else None
    return match["said"] if match else ""


def _relative_end(text: str, end: int) -> int:
    """Where a relative clause ends that begins at the end of a clause: it narrows down the noun before."""
    relative = as_written("wording", "relative").match(text, end)
    return relative.end() if relative else end


def _place(before: Sequence[Claim], start: int, text: str) -> int:
    """How many numbers of the same list stand before one: `129, 103 en 89 personen`."""
    count, following = 0, start
    for claim in reversed(before):
        if as_written("populations", "linked").fullmatch(text, claim.numeral.end, following) is None:
            break
        count, following = count + 1, claim.numeral.start
    return count


#: Places and staff are those of the institution that the clause speaks of, as are those who wait for it.
_OF_A_SETTING = ("places", "fte")


_SEX_OF_ROOM = {"women": "F", "men": "M"}
