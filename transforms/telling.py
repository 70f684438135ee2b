"""What the ways of finding a figure’s words share: which words tell what it measures, which say no more."""

import re

from transforms.counting import Quantity
from transforms.noun_phrases import Phrase, ending_at, following
from transforms.nouns import (
    UNCARRIED,
    is_adjective,
    phrase_at,
    unit_of_any,
)
from transforms.vocabulary import as_written
from transforms.word_forms import is_noun, is_vague, matches, pattern

#: Characters before a number in which what it measures is looked for, and in which its clause begins.
NEAR, FAR = 150, 250
#: Characters behind a number in which its verb stands.
SAID = 30


def is_money(quantity: Quantity) -> bool:
    """Whether money is counted, in whatever currency."""
    other = quantity.rule == "unit.sign" or matches("noun", "currency", quantity.phrase)
    return quantity.unit == "euro" or (quantity.unit == "other" and other)


def is_time(quantity: Quantity) -> bool:
    """Whether a length of time is counted, be it one that isn't carried on (`40 minuten`)."""
    return quantity.unit in UNCARRIED or matches("noun", "time", quantity.phrase)


def told_behind(text: str, lead: re.Match[str] | None, limit: int | None = None) -> str:
    """The noun phrase behind what leads to it; none where it says no more than that it is so much."""
    phrase = following(text, lead.end(), len(text) if limit is None else limit) if lead else None
    return phrase.text if phrase is not None and not is_vague(phrase.text) else ""


def noun_at(text: str, start: int) -> str:
    """The noun phrase that begins at a place, in the singular or the plural."""
    noun = phrase_at(text, start, len(text))
    if noun is None or noun.unit in UNCARRIED:
        match = pattern("behind", "single").match(text, start)
        found = match[0] if match else ""
        if found.endswith("e") and is_adjective(found):  # `45 hectare droge | heide`
            phrase = following(text, start, len(text))
            found = phrase.text if phrase is not None and phrase.head != found else found
    else:
        found = noun.phrase
    if not found or not is_noun(found.rsplit(maxsplit=1)[-1]):
        return ""
    name = _NAME.match(text, start + len(found))
    return f"{found}{name[0]}" if name and found[0].isupper() else found


#: The rest of a name: `Fonds | Schone Vaart`.
_NAME = re.compile(r"(?: [A-Z][\w-]+)+")


def says_nothing(phrase: str) -> bool:
    """Whether a phrase says no more than that it is so much, or doesn't end in a noun."""
    return is_vague(as_written("wording", "where").split(phrase, maxsplit=1)[0]) or not is_noun(
        phrase.rsplit(maxsplit=1)[-1] if phrase else ""
    )


def is_other(phrase: Phrase) -> bool:
    """Whether a phrase is none of what is measured: who does something, where money stands, a mere amount."""
    head = phrase.head.lower()
    if is_vague(phrase.text) or matches("noun", "change", phrase.text) or matches("noun", "agent", head):
        return True
    if matches("before", "holder", head) and matches("before", "within", phrase.led):
        return True
    named_for = phrase.led == "voor" or matches("before", "supports", phrase.led)
    if not named_for and NAME_ALONE.fullmatch(phrase.head):
        return True
    return unit_of_any(head) == "persons"


#: A name, not what is someone’s (`CO2-uitstoot`).
NAME_ALONE = re.compile(r"[A-Z][\w&]*(?:-[A-Z0-9]\w*)*")


def is_where(text: str, phrase: str, quantity: Quantity) -> bool:
    """Whether a phrase is where the money stands, not what it is: `in de begroting is € 3 miljoen`."""
    led = _led_by(text, phrase, quantity)
    return matches("before", "holder", phrase) and matches("before", "within", led)


def is_when(text: str, phrase: str, quantity: Quantity) -> bool:
    """Whether a phrase tells when or why something is so: `in het jaar na de brand (72%)`."""
    at = text.rfind(phrase, 0, quantity.numeral.start) if phrase else -1
    whole = ending_at(text, at + len(phrase)) if at >= 0 else None
    return whole is not None and matches("before", "aside", whole.led)


def _led_by(text: str, phrase: str, quantity: Quantity) -> str:
    """The word before the phrase and its article, where that stands before a number."""
    at = text.rfind(phrase, 0, quantity.numeral.start) if phrase else -1
    led = as_written("wording", "led").search(text, 0, at) if at >= 0 else None
    return led[1] if led is not None else ""
