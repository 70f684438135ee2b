"""The clause of a figure, and the noun phrase that is its subject."""

from transforms.clauses import aside_blanked
from transforms.counting import Quantity
from transforms.noun_phrases import Phrase, ending_at, following
from transforms.nouns import UNCARRIED, phrase_at, unit_of_any
from transforms.telling import FAR, NEAR, is_other
from transforms.vocabulary import as_written
from transforms.word_forms import is_noun, is_vague, matches, pattern


def clause_start(text: str, quantity: Quantity) -> int:
    """Where the clause of a number begins."""
    return _clauses(text, quantity)[-1]


def _clauses(text: str, quantity: Quantity) -> list[int]:
    """Where the clauses before a number begin."""
    start = quantity.numeral.start
    since = max(0, start - FAR)
    found = [match.end() for match in pattern("before", "clause").finditer(text, since, start)]
    between = as_written("wording", "between")
    return [since, *(at for at in found if between.search(text, max(since, at - NEAR), at) is None)]


def subject(text: str, quantity: Quantity) -> str:
    """The first noun phrase of a clause that isn't led by a preposition, nor is who does something."""
    start = quantity.numeral.start
    text = aside_blanked(text, start)
    clauses = _clauses(text, quantity)
    if _tells_which(text, clauses[-1]):
        return ""
    found = _first_noun(text, clauses[-1], start)
    lasting = quantity.unit in UNCARRIED
    if not found and (whose := _antecedent(text, clauses[-1], lasting=lasting)):
        return whose
    if not found and len(clauses) > 1 and text.endswith(" en ", 0, clauses[-1]):
        # `de handel van de stad en het land is gegroeid (2%)`
        found = _first_noun(text, clauses[-2], start)
        return found or _antecedent(text, clauses[-2], lasting=lasting)
    return found


def _tells_which(text: str, first: int) -> bool:
    """Whether a clause only tells which amount is meant: `het bedrag dat een school krijgt`."""
    before = text[:first].removesuffix(" dat ")
    return len(before) < first and is_vague(before.rpartition(" ")[2])


def told_more(text: str, quantity: Quantity) -> str:
    """Of what a clause with no other noun before its number tells: `de pacht, die in 2014 nog € 30 was`."""
    start = quantity.numeral.start
    opened = pattern("before", "told_more").search(text, max(0, start - FAR), start)
    if opened is None or pattern("behind", "final").match(text, quantity.end) is None:
        return ""
    phrase = ending_at(text, opened.start())
    if phrase is None or not phrase.sure or phrase.end != opened.start():
        return ""
    return "" if is_other(phrase._replace(led="")) else phrase.text


def _antecedent(text: str, first: int, *, lasting: bool) -> str:
    """Of what a clause tells that begins with `die`: `rederijen die al vijftig jaar bestaan`.

    With `dat`, which begins other clauses too, of what a number is told: `het aantal plassen dat`.
    """
    if not text.endswith((" die ", " dat "), 0, first):
        return ""
    phrase = ending_at(text, first - len(" die "))
    if phrase is None or not phrase.sure or not phrase.text.endswith(phrase.head):
        return ""
    if text.endswith(" dat ", 0, first):
        return phrase.text if text.endswith("aantal ", 0, phrase.start) else ""
    agent = lasting and matches("noun", "agent", phrase.head) and unit_of_any(phrase.head) != "persons"
    return "" if not agent and is_other(phrase._replace(led="")) else phrase.text


def _first_noun(text: str, first: int, start: int) -> str:
    led = text[first : first + 1].isupper() or pattern("before", "subordinated").search(text, 0, first)
    plural = phrase_at(text, first - 1 if first else 0, start) if led else None
    if plural is not None and plural.start <= first:
        head = plural.phrase.rsplit(maxsplit=1)[-1]
        if is_noun(head) and not is_other(Phrase(plural.phrase, plural.start, plural.end, head)):
            return plural.phrase
    if led and (bare := as_written("wording", "first_noun").match(text, first)):
        lowered = bare["noun"].lower()
        if any(matches("noun", name, lowered) for name in ("formed", "nominal")) and is_noun(lowered):
            return bare["noun"]
    for match in as_written("wording", "determined").finditer(text, first, start):
        of_some = as_written("wording", "some_of").search(text, first, match.end("led"))
        if match["led"] and not of_some and _is_preposition(match["led"].strip().lower()):
            continue
        if text.endswith(". ", first, match.start()):  # `grondstof voor o.a. de chemie`
            continue
        phrase = following(text, match.end(), start)
        if phrase is None:
            continue
        much = phrase.start > match.end() and not is_vague(phrase.text)  # `de hoeveelheid XY`
        if much or not is_other(phrase):
            return phrase.text
    return ""


def _is_preposition(word: str) -> bool:
    return any(matches("before", name, word) for name in ("preposition", "aside", "away"))
