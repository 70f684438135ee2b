"""What a figure counts: its noun phrase, the code of its measure, and its population."""

import re
from collections.abc import Callable, Mapping, Sequence

from transforms import figures, standing
from transforms.continuing import is_labelled, is_of_time
from transforms.counting import Quantity, noun_left
from transforms.figures import Claim, Letter, Linked, Memory
from transforms.kinds import by_turns, lack, waits
from transforms.measures import (
    Said,
    WordsOf,
    attributes,
    changed,
    family,
    fits,
    grown,
    is_apart,
    is_named,
    is_people,
    is_whole,
    keeps,
    measure_of,
    people_named,
    population,
    says,
)
from transforms.noun_phrases import Phrase, following, is_vague
from transforms.nouns import is_unit, is_verb, phrase_at, stops
from transforms.tables import goes_by_places
from transforms.vocabulary import as_written
from transforms.wording import contained, goes_on, guessed, says_again, subject, worded


def phrase_of(text: str, quantity: Quantity, kind: str, before: Sequence[Claim] = ()) -> str:
    """The noun phrase of what is counted; a change is one of the count named before it."""
    waiting = kind == "capacity" and quantity.unit == "persons" and waits(text, quantity)
    if waiting and "wachtlijst" not in quantity.phrase:
        return f"wachtlijst {quantity.phrase}"
    if kind == "capacity" and (lacking := lack(text, quantity)):
        return f"{lacking} aan {quantity.phrase}"
    if kind == "capacity" and quantity.unit == "places" and says("lacks", text[: quantity.numeral.start]):
        return f"tekort aan {quantity.phrase}"
    start = quantity.numeral.start
    if kind == "count" and (
        short := as_written("wording", "short_of").search(text, max(0, start - _CLOSE), start)
    ):
        return f"{short[1]} aan {quantity.phrase}"
    if (
        kind == "capacity"
        and quantity.rule in _BORROWED
        and before
        and as_written("wording", "lack").match(before[-1].phrase)
    ):
        return before[-1].phrase
    if kind == "growth" and quantity.unit in ("percent", "percentage_points"):
        return _changing(text, quantity)
    return quantity.phrase


def _changing(text: str, quantity: Quantity) -> str:
    """What a change in percent is of: said with it, behind its verb, or before it."""
    if quantity.phrase and _OF.match(text, quantity.end) and quantity.phrase in text[quantity.end :]:
        return quantity.phrase  # `een halvering van de armoede`
    if inverted := _behind_verb(text, quantity):
        return inverted
    more = as_written("wording", "more").match(text, quantity.numeral.end)
    noun = phrase_at(text, more.end(), len(text)) if more else noun_left(text, quantity.numeral.start)
    named = noun.phrase if noun else (_single(text, more.end()) if more else "") or quantity.phrase
    return named or changed(text[: quantity.numeral.start])


def _behind_verb(text: str, quantity: Quantity) -> str:
    """What a verb says the change of that stands behind it: `In 2018 verdubbelde het aantal zaken`.

    So it is of a number that stands between the verb and that (`nam met 12% het aantal zaken af`).
    """
    if quantity.numeral.form == "growth":
        verb = as_written("wording", "inverted").match(text, quantity.numeral.start)
    else:
        verb = as_written("wording", "changing").match(text, quantity.end)
    if verb is None or subject(text, quantity):
        return ""
    noun = phrase_at(text, verb.end(), len(text)) or following(text, verb.end(), len(text))
    if noun is None:
        return ""
    found = noun.text if isinstance(noun, Phrase) else noun.phrase
    return "" if is_vague(found) else found  # `verdubbelde dit aantal`


def _single(text: str, start: int) -> str:
    """What there is more or less of, in the singular: `12% minder gas verbruikt`."""
    match = as_written("wording", "single").match(text, start)
    return match[1] if match and not is_verb(match[1]) and match[1] not in stops() else ""


#: Characters.
_CLOSE = 50
_OF = re.compile(r" van\b")


def went_before(text: str, linked: Linked, memory: Memory, before: Sequence[Claim]) -> str:
    """What was counted last: a figure without a noun goes on about it, but for money.

    A change is of what its sentence says has changed.
    """
    quantity = linked.quantity
    if linked.kind == "growth" and (subject := grown(text)) and subject.lower() not in stops():
        return subject
    of_all = linked.kind == "growth" and as_written("wording", "that_is").search(
        text, 0, quantity.numeral.start
    )
    if of_all or (not before and quantity.unit in ("percent", "percentage_points")):
        return figures.whole_of(text, before) if before else memory.whole
    phrase = before[-1].phrase if before else memory.phrase
    if quantity.unit == "euro":
        return "bedrag"
    return "" if is_unit(phrase) else phrase


def words_of(
    text: str, linked: Linked, phrase: str, counted: str, memory: Memory, before: Sequence[Claim]
) -> str:
    """The words of what a figure without a code counts: its own, else those of the one it goes on about."""
    quantity, growth = linked.quantity, linked.kind == "growth"
    own = worded(text, quantity, phrase)
    if own:
        return own
    if of := as_written("wording", "of_cases").match(text, quantity.end):
        return of[1]
    alike = [claim for claim in before if (claim.unit, claim.kind == "growth") == (quantity.unit, growth)]
    alike_or_level = bool(before) and growth <= (before[-1].kind == "growth")  # a change restates none
    again = alike_or_level and says_again(text, quantity, before[-1].numeral.end)
    if again and (same := figures.words_left(before[-1])) is not None:
        return same[2]
    told = figures.words_left(alike[-1]) if alike else None if before else memory.worded
    if told is not None and told[:2] == (quantity.unit, growth) and (alike or goes_on(text, quantity)):
        return contained(told[2]) if standing.is_measured(quantity) else told[2]
    return guessed(text, quantity, counted, growth=growth)


def last_code(memory: Memory, before: Sequence[Claim]) -> tuple[str | None, str | None]:
    """The code of the figure before, and what it counted; None where something else was named since."""
    counted = [claim for claim in before if claim.kind != "share"]
    if counted:
        return counted[-1].measure_code, counted[-1].phrase
    return memory.measure_code, None if memory.stale else memory.phrase


def _codes(memory: Memory, before: Sequence[Claim]) -> list[str | None]:
    """The codes of the figures before, the last one first."""
    return [*(claim.measure_code for claim in reversed(before)), memory.measure_code]


def said_of(
    phrase: str, linked: Linked, text: str, memory: Memory, letter: Letter, before: Sequence[Claim]
) -> Said:
    """The words of a figure, from the nearest on; its clause ends where that of another figure begins."""
    quantity = linked.quantity
    start, end = standing.clause(text, quantity.numeral.start, quantity.end)
    start = max(start, before[-1].numeral.end) if before else start
    if linked.until and quantity.rule != "unit.sibling_right":
        # … but what is said behind the noun of two numbers is said of both
        end = min(end, max(quantity.end, linked.until))
    other = _NUMBER.search(text, quantity.end, end)
    at = text.rfind(phrase, 0, quantity.end) if phrase else -1
    if before and at < before[-1].numeral.start:
        at = -1  # what belongs to the noun there is that of the figure before
    tail = as_written("wording", "tail").match(text, at + len(phrase) if at >= 0 else quantity.end)
    own = f"{phrase}{tail[0] if tail else ''}"
    clause = text[start : other.start() if other else end]
    around = (*memory.around, *letter.topics[:1], memory.ended, *letter.topics[1:])
    return Said(phrase, own, clause, text, around)


#: A number that is no year.
_NUMBER = re.compile(r"\b(?!(?:19|20)\d\d\b)\d")


def code_of(
    phrase: str, linked: Linked, text: str, letter: Letter, memory: Memory, before: Sequence[Claim]
) -> str | None:
    """The measure's code, but for what isn't what it counts: an estimate, or places that can't be used."""
    said = said_of(phrase, linked, text, memory, letter, before)
    code = _code_of(said, linked, text, memory, before)
    if family(code) == "victims" and says("estimated", said.clause):
        return None
    return None if linked.kind == "capacity" and says("unusable", said.clause) else code


def _code_of(said: Said, linked: Linked, text: str, memory: Memory, before: Sequence[Claim]) -> str | None:
    """The measure's code by the noun; that of the figure before where this one goes on about it."""
    phrase, quantity = said.phrase, linked.quantity
    unit, kind = quantity.unit, linked.kind
    last, counted = last_code(memory, before)
    if quantity.rule == "unit.carried" and len(memory.turns) > len(before) and by_turns(text):
        last = memory.turns[len(before)][1]
    if kind == "growth" and says("whole", figures.head(phrase)):
        last = next((each for each in _codes(memory, before) if fits(each, unit, kind)), last)
    if _goes_on(said, linked, counted) and fits(last, unit, kind) and keeps(last, said):
        return last
    alike = kind == (before[-1].kind if before else memory.kind)
    elliptic = quantity.rule in ("unit.carried", "unit.sibling_left") and alike
    if elliptic and last is None and _goes_on(said, linked, counted) and not _is_told(said, unit, kind):
        return None  # as what it goes on about
    if says("accused", said.clause) and family(last) == "victims":
        last = None
    if is_people(phrase):
        others = bool(before) and before[-1].measure_code is None and is_people(before[-1].phrase)
        return measure_of(said, unit, kind) if others else _of_people(said, linked, last)
    code = measure_of(said, unit, kind)
    part = code is None and unit == "persons" and says("part", text[: quantity.numeral.start])
    return last if part and fits(last, unit, kind) and keeps(last, said) else code


def _is_told(said: Said, unit: str, kind: str) -> bool:
    """Whether a clause tells itself of what a figure is: of ours, or people as those of a measure."""
    return says("ours", said.clause) or is_named(said, unit, kind)


def _goes_on(said: Said, linked: Linked, counted: str | None) -> bool:
    """Whether a figure is about what the one before it counted: without a noun of its own, or with that."""
    if counted is None:
        return False
    if linked.quantity.rule in ("unit.carried", "unit.sibling_left") and said.phrase == counted:
        return True
    own, other = figures.head(said.phrase), figures.head(counted)
    if linked.kind == "growth":
        return own in ("", other) or own.isdigit() or says("whole", own)
    return own == other and says("again", said.clause)


def _of_people(said: Said, linked: Linked, last: str | None) -> str | None:
    """The code of people in general: that of what the sentence says they are, or of whom it goes on about."""
    unit, kind = linked.quantity.unit, linked.kind
    code = measure_of(said, unit, kind)
    if code is not None:
        return code
    if says("accused", said.clause):
        return None
    named = people_named(said.sentence[: linked.quantity.numeral.start])
    if named is None and says("otherwise", said.clause):
        return None
    if named is None and fits(last, unit, kind) and family(last) in _OF_PEOPLE and keeps(last, said):
        return last
    around = said.around[:-1] if says("plainly", said.clause) else said.around[:_NEAR]
    named = named or next(filter(None, map(people_named, around)), None)
    if named is None and says("plainly", said.clause):
        named = "slachtoffers"  # of what the letter is about
    code = measure_of(said._replace(phrase=named), unit, kind) if named else None
    return code if family(code) in _OF_PEOPLE else None


#: Families whose figures later ones can call people.
_OF_PEOPLE = ("victims", "enforcement")
#: Texts around a sentence whose people are still spoken of, whatever is said of them.
_NEAR = 2


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
    borrowed = elliptic or linked.quantity.rule in _BORROWED
    if borrowed and not same and before and _is_kin(before[-1].measure_code, code):
        last = before[-1].population
    if last["population"].startswith("setting="):
        beside = follows and _is_beside(linked, same[-1])
        return {"population": "part"} if beside else dict(last)
    if follows and linked.quantity.rule == "unit.sibling_left" and then == linked.timing.period:
        return _of_same_time(linked, same[-1], found, family(code))
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
    if not setting or "setting" in found or _LIST_GAP.fullmatch(text, last.numeral.end, start) is None:
        return None
    return {"setting": setting, "population": f"setting={setting}"}


def _said_before(linked: Linked, text: str, code: str | None, memory: Memory) -> dict[str, str] | None:
    """The population of a number that was told before, in words that say so: `van deze 640 slachtoffers`."""
    numeral = linked.quantity.numeral
    if code is None or _OF_THESE.search(text, 0, numeral.start) is None:
        return None
    said = ((each.measure_code, each.value, each.population) for each in reversed(memory.stated))
    return next(
        (dict(whose) for measure, value, whose in said if (measure, value) == (code, numeral.value)), None
    )


def _in_list(
    found: dict[str, str], linked: Linked, text: str, code: str | None, memory: Memory
) -> dict[str, str]:
    """The population with what the lead-in of a list says that its entries are: room for whom, or by places.

    `Bedden voor vrouwen:`, `Slachtoffers per regio:`.
    """
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
    if not _COMPARED_WITH.search(text, 0, linked.quantity.numeral.start):
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
    return aim and not memory.stale and _FOR_WHOM.search(text) is None


#: What says for whom room is.
_FOR_WHOM = re.compile(r"\b[Vv]oor (?!(?:19|20)\d\d\b)")


def _is_kin(code: str | None, other: str) -> bool:
    """Whether two codes are of the same rooms: those there are, those in use, those that lack."""
    return code is not None and code.partition("_")[0] == other.partition("_")[0]


def _of_same_time(linked: Linked, before: Claim, found: dict[str, str], kin: str | None) -> dict[str, str]:
    """That of a figure behind another one of its time, without a noun: mostly a part, as that may be.

    Not where it is how much that grew or what to (`nam toe met 40, tot 200`), or what is right (`niet 160,
    maar 200`); victims of the same time that are more are no part of the others.
    """
    changed = (before.kind == "growth") != (linked.kind == "growth")
    if changed or before.status == "negated":
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
        if _LIST_GAP.fullmatch(text, claim.numeral.end, start) is None:
            break
        start = claim.numeral.start
    if same and _OF_ALL.search(text, 0, same[0].numeral.start):
        return same[0].population
    if same and start == same[0].numeral.start and text.startswith(figures.OF_WHOLE):
        # `Onder de meisjes waren 9 Polen en 4 Turken`
        return same[0].population | attributes(family(code), text[:start])
    told = says("part", text[:start]) or _OF_THEM.match(text, end)
    return memory.population if told and memory.measure_code == code and not memory.stale else None


def _joined(whole: Mapping[str, str], part: dict[str, str]) -> dict[str, str]:
    """The attributes of a part, with those of the whole that it is a part of; a part of a part is one."""
    found = attributes_of(whole) | attributes_of(part)
    if "part" in (whole["population"], part["population"]):
        return found | {"population": "part"}
    return found | {"population": ";".join(f"{name}={found[name]}" for name in sorted(found))}


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
    start, end = standing.clause(text, numeral.start, quantity.end)
    since = max(start, before[-1].numeral.end) if before else start
    tail = as_written("wording", "tail").match(text, quantity.end)
    borrows = quantity.rule in _BORROWED or quantity.unit in _OF_A_SETTING or family(code) == "capacity"
    if before and borrows and since > start and (listed := _SEPARATOR.match(text, since, numeral.start)):
        since = listed.end()  # what stands before it belongs to the number before
    own = text[since if borrows else numeral.start : tail.end() if tail else quantity.end]
    if quantity.rule == "unit.sibling_right" and (adjective := _ADJECTIVE.match(text, numeral.end)):
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
        if _OF_THEM.match(text, numeral.end)
        else quantity.end : _relative_end(text, end)
    ]
    goes_on = quantity.rule in ("unit.carried", "unit.percent", "unit.sign", "unit.noun") and not phrase
    whole = (before[-1].population if before else memory.population)["population"]
    if quantity.rule == "unit.noun_left" and named >= 0:
        determiners = list(_DETERMINER.finditer(text, start, named))
        start = determiners[-1].start() if determiners else start
    return WordsOf(
        phrase=phrase,
        own=own,
        before=text[start : numeral.start],
        after=after,
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
    parted = _PARTED.search(text, since, end) if since > start else None
    return text[parted.end() if parted else since : end]


def _predicate(text: str, quantity: Quantity) -> str:
    """What is said behind a number in apposition, `, 40 slachtoffers, is vrouw` or `(40) was vrouw`."""
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
        if _LINKED.fullmatch(text, claim.numeral.end, following) is None:
            break
        count, following = count + 1, claim.numeral.start
    return count


#: What parts a number and its noun from what goes before the next one.
_PARTED = re.compile(r"[,;:] |\b(?:en|of|waarvan|waaronder) ")
#: What the number of something begins with: `het door de politie gemelde aantal`.
_DETERMINER = re.compile(r"\b(?:[Hh]et|[Dd]it|[Dd]at|[Ee]en|[Hh]un) ")
_LINKED = re.compile(r"(?:,| en|, en) (?:\w+ )?")
#: From a number to the next one of its list: `71 Roemenen en 29 Bulgaren`.
_LIST_GAP = re.compile(r"[^.;\d]*(?:, en|,| en) (?:\w+ )?(?:\w+ )?")
#: What begins with all of them: `Van de in 2016 geregistreerde 950 slachtoffers waren er 700 vrouw`.
_OF_ALL = re.compile(
    r"\b(?:[Vv]an|[Oo]nder) (?:de|alle|deze|die) (?:[^,;.()\d]{0,60}(?:de|en) )?"
    r"(?:in totaal |ruim |bijna |circa )?\Z"
)
#: What a number stands behind that was told before, of all of which something is said.
_OF_THESE = re.compile(r"\b(?:[Vv]an|[Oo]nder) (?:al )?(?:deze|die) \Z")
#: `118 van de slachtoffers`
_OF_THEM = re.compile(r" van (?:hen|de|deze|die)\b")
#: `40 vrouwelijke en 30 mannelijke slachtoffers`: the first has an adjective of its own.
_ADJECTIVE = re.compile(r" [^\W\d_]+e(?=,| en | of )")
#: Up to the last sign or word between the members of a list.
_SEPARATOR = re.compile(r".*(?:[,;]| en| of) ")
#: What stands between a figure and the same figure of another time; `meer dan 100` is a bound.
_COMPARED_WITH = re.compile(
    r"\b(?:(?:tegen|tegenover)(?: \w+)?|toen er(?: \w+)?"
    r"|(?:dan|ten opzichte van|vergeleken (?:met|bij)|in vergelijking met) (?:de|het))(?: \w+)? \Z"
)
#: Places and staff are those of the institution that the clause speaks of, as are those who wait for it.
_OF_A_SETTING = ("places", "fte")
_BORROWED = ("unit.carried", "unit.sibling_left", "unit.noun_left")
