"""What a figure counts: its noun phrase, the code of its measure, and its population."""

import re
from collections.abc import Sequence

from transforms import figures, standing
from transforms.figures import Claim, Letter, Linked, Memory
from transforms.kinds import lack, waits
from transforms.measures import WordsOf, family, fits, is_people, measure_of, population
from transforms.nouns import is_unit
from transforms.quantities import Quantity, noun_left


def phrase_of(text: str, quantity: Quantity, kind: str) -> str:
    """The noun phrase of what is counted; a change is one of the count named before it."""
    waiting = kind == "capacity" and quantity.unit == "persons" and waits(text, quantity)
    if waiting and "wachtlijst" not in quantity.phrase:
        return f"wachtlijst {quantity.phrase}"
    if kind == "capacity" and (lacking := lack(text, quantity)):
        return f"{lacking} aan {quantity.phrase}"
    if kind == "growth" and quantity.unit in ("percent", "percentage_points"):
        noun = noun_left(text, quantity.numeral.start)
        return noun.phrase if noun else quantity.phrase
    return quantity.phrase


def went_before(quantity: Quantity, memory: Memory, before: Sequence[Claim]) -> str:
    """What was counted last: a figure without a noun goes on about it, but for money."""
    phrase = before[-1].phrase if before else memory.phrase
    if quantity.unit == "euro":
        return "bedrag"
    return "" if is_unit(phrase) else phrase


def last_code(memory: Memory, before: Sequence[Claim]) -> tuple[str | None, str]:
    """The measure's code of the figure before, and what it counted."""
    return (before[-1].measure_code, before[-1].phrase) if before else (memory.measure_code, memory.phrase)


def code_of(
    phrase: str, linked: Linked, text: str, letter: Letter, last: tuple[str | None, str]
) -> str | None:
    """The measure's code by the noun; without one, by the figure before, which this one goes on about."""
    unit, kind = linked.quantity.unit, linked.kind
    code = measure_of(phrase, unit, kind, text, letter.topic)
    before, counted = last
    if code is not None or before is None:
        return code
    of_people = is_people(phrase) and (family(before) == "victims" or before == "trafficking_suspects")
    same = figures.head(phrase) in (figures.head(counted), "capaciteit") and kind == "growth"
    goes_on = kind == "growth" and (not phrase.strip() or of_people or (same and fits(before, unit, kind)))
    part = kind == "count" and of_people
    return before if goes_on or part else None


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
    if linked.end_of_pair and before:
        return before[-1].population
    if (
        before
        and code == before[-1].measure_code
        and _COMPARED_WITH.search(text, 0, linked.quantity.numeral.start)
    ):
        return before[-1].population
    found = population(family(code), _words_of(text, linked.quantity, phrase, memory, before, credited))
    if found["population"] not in ("total", "unspecified") or code is None:
        return found
    same = [claim.population for claim in before if claim.measure_code == code]
    carried = (
        [{"population": memory.population}] if memory.measure_code == code and not phrase.strip() else []
    )
    last = next(iter([*reversed(same), *carried]), found)
    return last if last["population"].startswith("setting=") else found


def _words_of(
    text: str, quantity: Quantity, phrase: str, memory: Memory, before: Sequence[Claim], credited: str | None
) -> WordsOf:
    """A number with a noun of its own has its words around it; another one those since the number before."""
    numeral = quantity.numeral
    start, end = standing.clause(text, numeral.start, quantity.end)
    since = max(start, before[-1].numeral.end) if before else start
    tail = _TAIL.match(text, quantity.end)
    borrows = quantity.rule in _BORROWED or quantity.unit in _OF_A_SETTING
    if before and borrows and since > start and (listed := _SEPARATOR.match(text, since, numeral.start)):
        since = listed.end()  # what stands before it belongs to the number before
    own = text[since if borrows else numeral.start : tail.end() if tail else quantity.end]
    named = text.rfind(phrase, start, numeral.start) if phrase else -1
    of_noun = named >= 0 and quantity.rule != "unit.sibling_left"
    after = text[named + len(phrase) if of_noun else quantity.end : end]
    goes_on = quantity.rule in ("unit.carried", "unit.percent", "unit.sign", "unit.noun") and not phrase
    whole = before[-1].population["population"] if before else memory.population
    return WordsOf(
        phrase=phrase,
        own=f"{own}; {phrase}" if phrase in text else own,
        before=text[start : numeral.start],
        after=after,
        sentence=text,
        whole=whole if goes_on or quantity.rule == "unit.carried" else "total",
        credited=credited is not None,
    )


#: Up to the last sign or word between the members of a list.
_SEPARATOR = re.compile(r".*(?:,| en| of) ")
#: What stands between a figure and the same figure of another time.
_COMPARED_WITH = re.compile(r"\b(?:tegen|tegenover)(?: \w+)? \Z")
#: Places and staff are those of the institution that the clause speaks of.
_OF_A_SETTING = ("places", "fte")
_BORROWED = ("unit.carried", "unit.sibling_left", "unit.noun_left")
#: What follows a noun and still belongs to it: up to a sign, a number or the next member of a list.
_TAIL = re.compile(r"(?:\d{1,2} jaar(?: (?:en|of) \w+)?|(?! en | of )[^,;.\d]){0,60}")
