"""The noun phrase that a number is tied to by what stands between: `het verbruik bedroeg | 40 kWh`."""

import re

from transforms.clauses import aside_blanked
from transforms.counting import Quantity
from transforms.noun_phrases import Phrase, ending_at
from transforms.nouns import PERCENT, UNCARRIED, is_physical
from transforms.telling import NAME_ALONE, NEAR, is_money, is_other
from transforms.word_forms import is_vague, matches, pattern


def tied_to(text: str, quantity: Quantity) -> str:
    """The noun phrase that a number is tied to: `een budget van € 3`, `het verbruik (40 kWh)`."""
    text, start = _untimed(text, quantity)
    since = max(0, start - NEAR)
    since = text.find(" ", since) if since else 0
    tie = pattern("before", "tied").search(text, since, start)
    if tie is None:
        return ""
    phrase = _nearest(text, since, tie, quantity)
    if phrase is None:
        return _named(text, since, tie)
    if _is_said_by_name(text[start:], quantity, phrase, tie):
        return phrase.text
    if matches("before", "in_time", phrase.led) and matches("noun", "period", phrase.head):
        return ""  # `het aantal leden over een periode van`
    if matches("noun", "limit", phrase.text) and (of := _limited(text, phrase)):
        return of
    if not phrase.sure or is_other(phrase) or _is_aside(phrase, tie, quantity):
        return _named(text, since, tie)
    behind = start + quantity.end - quantity.numeral.start
    return _by_tie(text, phrase, tie, quantity, (since, behind))


def _nearest(text: str, since: int, tie: re.Match[str], quantity: Quantity) -> Phrase | None:
    """The noun phrase before a tie, but for one that only tells when or where something is so."""
    phrase = ending_at(text, tie.start(), since)
    if phrase is None or matches("noun", "period", phrase.head):
        return phrase
    if _is_aside(phrase, tie, quantity):
        led = text.rfind(phrase.led, since, phrase.start)
        phrase = ending_at(text, led, since) if led > since else None
    with_brackets = phrase is not None and tie["mark"] == " (" and phrase.led == "met"
    return phrase._replace(led="") if phrase is not None and with_brackets else phrase


def _named(text: str, since: int, tie: re.Match[str]) -> str:
    """The name before a bracket: `het windpark Hollandse Kust (700 megawatt)`."""
    named = pattern("before", "named").search(text, since, tie.start()) if tie["mark"] == " (" else None
    return named["phrase"] if named else ""


def _by_tie(
    text: str, phrase: Phrase, tie: re.Match[str], quantity: Quantity, around: tuple[int, int]
) -> str:
    """The phrase before a tie, where it is what the number tells; `around`: from where to where."""
    since, behind = around
    if part := pattern("before", "counted").match(phrase.text):
        return phrase.text[part.end() :]
    if not tie["of"] and pattern("before", "governed").search(text, phrase.end, tie.start()):
        return ""  # `die van iedereen de woning kent: 29%`
    if tie["mark"] and " te " in text[phrase.end : tie.start()]:
        return ""  # `om de weg te vinden (44%)`
    if quantity.unit == "euro" and phrase.led == "van" and not tie["of"]:
        return ""
    moved = quantity.numeral.form == "growth"  # `dat de voorraad ruim verdubbelt`
    if (tie["of"] or "").strip() == "voor" and not is_money(quantity) and quantity.unit not in UNCARRIED:
        return ""  # `een grond voor 1,5 meter`
    if (tie["of"] or "").strip() == "van" and is_physical(quantity.phrase):
        return phrase.text.rpartition(" van een ")[2]  # `het tillen van een steen van 90 kilo`
    bare = not (tie["verb"] or tie["of"] or tie["mark"] or moved)
    if not bare or phrase.led == "voor" or pattern("before", "inverted").search(text, since, phrase.start):
        return phrase.text
    final = matches("before", "subordinator", phrase.led) and pattern("behind", "final").match(text, behind)
    return phrase.text if final else ""


def _limited(text: str, limit: Phrase) -> str:
    """What a limit is for by the words before it: `voor reizen een maximum van`."""
    of = ending_at(text, text.rfind(" ", 0, limit.start - 1)) if limit.led not in ("", "van") else None
    return of.text if of is not None and of.sure and of.led == "voor" and not is_vague(of.text) else ""


def _is_said_by_name(behind: str, quantity: Quantity, phrase: Phrase, tie: re.Match[str]) -> bool:
    """Whether a name alone, which mostly acts, is what a sum is or what changes: `de NFG is € 9`."""
    begins = not phrase.led or matches("before", "subordinator", phrase.led)
    if not (phrase.sure and begins) or not NAME_ALONE.fullmatch(phrase.text):
        return False
    at = quantity.end - quantity.numeral.start
    if quantity.numeral.form != "growth" and quantity.unit in PERCENT:
        return pattern("behind", "changed").match(behind, at) is not None
    said = tie["verb"] and not tie["of"] and quantity.unit == "euro"
    return bool(said) and pattern("behind", "ends").match(behind, at) is not None


def _untimed(text: str, quantity: Quantity) -> tuple[str, int]:
    """The text without the asides and times that part a number from its noun, and where that begins."""
    start = quantity.numeral.start
    text = aside_blanked(text, start)
    before = pattern("before", "times").sub("", text[:start])
    before = pattern("before", "from_level").sub("", before)
    return before + text[start:], len(before)


def _is_aside(phrase: Phrase, tie: re.Match[str], quantity: Quantity) -> bool:
    """Whether a phrase tells where, when or by what something is so; money is for what it says it is."""
    if matches("before", "aside", phrase.led):
        return True
    beside = (tie["of"] or tie["mark"]) and not tie["verb"] and phrase.end == tie.start()
    if beside or (quantity.unit == "euro" and phrase.led == "voor"):
        return False
    return matches("before", "away", phrase.led)
