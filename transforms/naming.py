"""What a figure counts: its noun phrase, its words, and the code of its measure."""

import re
from collections.abc import Sequence

from transforms import clauses, figures
from transforms.clause_subjects import subject
from transforms.counting import Quantity, is_measured, noun_left
from transforms.figures import Claim, Letter, Linked, Memory
from transforms.kinds import by_turns, lack, waits
from transforms.measures import (
    Said,
    changed,
    family,
    fits,
    grown,
    is_named,
    is_people,
    keeps,
    measure_of,
    people_named,
    says,
)
from transforms.noun_phrases import Phrase, ending_at, following
from transforms.nouns import is_plural, is_unit, is_verb, phrase_at, stops
from transforms.telling import is_other
from transforms.unit_words import contained
from transforms.vocabulary import as_written
from transforms.word_forms import is_vague, matches
from transforms.wording import goes_on, guessed, is_apart, says_again, worded


def phrase_of(text: str, quantity: Quantity, kind: str, before: Sequence[Claim] = ()) -> str:
    """The noun phrase of what is counted; a change is one of the count named before it."""
    waiting = kind == "capacity" and quantity.unit == "persons" and waits(text, quantity)
    if waiting and "wachtlijst" not in quantity.phrase:
        return f"wachtlijst {quantity.phrase}"
    if quantity.numeral.form == "zero":
        return quantity.phrase
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
        and quantity.rule in BORROWED
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
    found = named or changed(text[: quantity.numeral.start])
    return _with_aim(text, found, quantity.numeral.start) or found


def _with_aim(text: str, phrase: str, start: int) -> str:
    """What changes that has an aim: `de inspanningen om de dijk te herstellen moeten worden verdubbeld`."""
    at = text.rfind(phrase, 0, start) if phrase else -1
    aim = as_written("wording", "done").match(text, at + len(phrase)) if at >= 0 else None
    whose = ending_at(text, aim.end()) if aim else None
    return whose.text if whose is not None and whose.sure and whose.start < at else ""


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


#: By what rules a number has the unit of another.
BORROWED = ("unit.carried", "unit.sibling_left", "unit.noun_left")
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
    if growth and (apposed := _apposed(text, quantity, before)):
        return apposed
    if own := worded(text, quantity, phrase):
        return own
    if not before and (whose := _pointed_at(text[: quantity.numeral.start], memory)):
        return whose
    if of := as_written("wording", "of_cases").match(text, quantity.end):
        return of[1]
    told = _told_before(text, linked, memory, before)
    return guessed(text, quantity, counted, growth=growth) if told is None else told


def _told_before(text: str, linked: Linked, memory: Memory, before: Sequence[Claim]) -> str | None:
    """The words of the figure before, where one goes on about it: `""` where nothing else tells them."""
    quantity, growth = linked.quantity, linked.kind == "growth"
    alike = [claim for claim in before if (claim.unit, claim.kind == "growth") == (quantity.unit, growth)]
    alike_or_level = bool(before) and growth <= (before[-1].kind == "growth")  # a change restates none
    again = alike_or_level and says_again(text, quantity, before[-1].numeral.end)
    if again and (same := figures.words_left(_said_before(quantity, before))) is not None:
        return same[2]
    if before and is_apart(text, quantity, before[-1].numeral.end):
        return ""
    if before and linked.kind == before[-1].kind == "duration":
        gap = text[before[-1].numeral.end : quantity.numeral.start]
        if as_written("wording", "up_to").match(gap):  # `van drie maanden tot twee jaar`
            alike = [*alike, before[-1]]
    told = figures.words_left(alike[-1]) if alike else None if before else memory.worded
    if told is None or (told[0] != quantity.unit and not alike) or told[1] != growth:
        return None
    if not alike and not goes_on(text, quantity):
        return None
    return contained(told[2]) if is_measured(quantity) else told[2]


def _pointed_at(before: str, memory: Memory) -> str:
    """What `die` begins a sentence about: the noun at the end of the one before, if of its number.

    `Dit vergt een goede veerdienst. Die kost € 3 miljoen.` Not where something known is.
    """
    pointing = as_written("wording", "pointing").match(before)
    last = memory.around[0].rstrip(" .!?") if pointing and memory.around else ""
    phrase = ending_at(last, len(last)) if last and memory.around[0].endswith(".") else None
    if pointing is None or phrase is None or not phrase.sure or phrase.end != len(last):
        return ""
    if matches("before", "within", phrase.led) and as_written("wording", "known").search(
        last, 0, phrase.start
    ):
        return ""  # `De brug ligt in de polder. Die is …`
    plural = pointing["verb"].endswith("n")
    return phrase.text if plural == is_plural(phrase.head) and not is_other(phrase._replace(led="")) else ""


def _apposed(text: str, quantity: Quantity, before: Sequence[Claim]) -> str:
    """What a change is of that tells more of the figure before: `40 klachten, een daling van 4%`."""
    if not before or quantity.unit != "percent" or before[-1].kind == "growth":
        return ""
    gap = text[before[-1].numeral.end : quantity.numeral.end]
    apposed = as_written("wording", "apposed").match(gap)
    at = quantity.numeral.start - before[-1].numeral.end
    if apposed is None or apposed.end() != at or _OF.match(text, quantity.end):
        return ""
    same = figures.words_left(before[-1])
    return same[2] if same is not None else ""


def _said_before(quantity: Quantity, before: Sequence[Claim]) -> Claim:
    """The figure that one says again: a share is none of a length of time (`na 6 weken, ofwel 23%`)."""
    lasting = quantity.unit in ("percent", "percentage_points") and before[-1].kind == "duration"
    return next((claim for claim in reversed(before) if claim.kind != "duration" or not lasting), before[-1])


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
    start, end = clauses.clause(text, quantity.numeral.start, quantity.end)
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
    # what the letter's first lines say behind the sentence tells nothing of it
    topics = [topic.partition(text)[0] for topic in letter.topics]
    around = (*memory.around, *topics[:1], memory.ended, *topics[1:])
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
