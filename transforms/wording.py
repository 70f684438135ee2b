"""What a figure without a code is said to measure: never its unit, nor a word like `bedrag`."""

import re
from functools import cache

from transforms.nouns import UNCARRIED, is_participle, is_unit, is_verb, phrase_at, stops
from transforms.quantities import Quantity
from transforms.vocabulary import compiled, words


def worded(text: str, quantity: Quantity, phrase: str) -> str:
    """The noun that a unit of measure or a sum of money measures; the noun phrase of any other figure.

    What stands right behind it (`20 hectare heide`, `€ 3 miljoen aan boetes`) goes before what it is the size
    of (`een budget van`, `het verbruik bedroeg`); none where neither is said.
    """
    if quantity.unit == "euro":
        whole = _whole_word(text, phrase)
        if whole and not _is_vague(whole) and not _is_where(text, whole, quantity):
            return whole
        return _spent_on(text, quantity) or _named(text, quantity, "sum", _FAR)
    if not _is_bare(phrase):
        return phrase
    return _behind(text, quantity) or _sized(text, quantity)


def goes_on(text: str, start: int, end: int) -> bool:
    """Whether a figure is the other end of the one before it: `van 16 g/m3 in 2016 naar ongeveer 12`."""
    return _matches("to", text[start:end])


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return compiled("units", words("units")["wording"][name])


def _matches(name: str, text: str) -> bool:
    return _pattern(name).search(text) is not None


def _is_bare(phrase: str) -> bool:
    """Whether a phrase is a unit alone."""
    return is_unit(phrase) or _pattern("bare").fullmatch(phrase) is not None


def _is_vague(phrase: str) -> bool:
    """Whether a phrase says no more than that it is money, or doesn't end in a noun."""
    return _matches("vague", phrase) or not _is_noun(phrase)


def _is_noun(phrase: str) -> bool:
    last = phrase.rsplit(maxsplit=1)[-1] if phrase else ""
    wrong = last.lower() in stops() or is_verb(last) or _is_participle(last) or last.endswith("-")
    return last != "" and not wrong and not _is_bare(last)


def _is_participle(word: str) -> bool:
    return is_participle(word) and not _matches("nominal", word)


def _whole_word(text: str, phrase: str) -> str:
    """The phrase with the other half of a compound that it breaks off in: `dak- en thuislozen`."""
    if not phrase.endswith("-"):
        return phrase
    match = re.compile(rf"{re.escape(phrase)} (?:en|of) [^\W\d]{{4,}}").search(text)
    return match[0] if match else ""


def _is_where(text: str, phrase: str, quantity: Quantity) -> bool:
    """Whether a phrase is where the money stands, not what it is: `in de begroting is € 3 miljoen`."""
    before = text[: quantity.numeral.start]
    at = before.rfind(phrase)
    if at < 0 or not _matches("holder", phrase) or _matches("of", before[at + len(phrase) :]):
        return False
    return _matches("within", before[:at])


def _noun_at(text: str, start: int) -> str:
    """The noun phrase that begins at a place, in the singular or the plural."""
    noun = phrase_at(text, start, len(text))
    if noun is None or noun.unit in UNCARRIED:
        match = _pattern("single").match(text, start)
        found = match[0] if match else ""
    else:
        found = noun.phrase
    if not _is_noun(found) or _matches("unnoun", found):
        return ""
    name = _NAME.match(text, start + len(found))
    return f"{found}{name[0]}" if name and found[0].isupper() else found


#: The rest of a name: `Fonds | Schone Vaart`.
_NAME = re.compile(r"(?: [A-Z][\w-]+)+")


def _behind(text: str, quantity: Quantity) -> str:
    """What a unit measures right behind it: `20 hectare heide`, `6 uur aan beelden`."""
    of_time = quantity.unit in UNCARRIED or _matches("time", quantity.phrase)
    link = _pattern("link").match(text, quantity.end)
    if link is None:
        return ""
    noun = _noun_at(text, link.end())
    if _PLACE.fullmatch(noun):
        return ""
    return noun if not of_time or link["of"] or _matches("lasting", noun) else ""


#: What a figure is of by its place alone: `(40 megawatt Vlissingen)`.
_PLACE = re.compile(r"[A-Z][a-zë]+")


def _sized(text: str, quantity: Quantity) -> str:
    """What a figure in a unit is the size of: `een oppervlakte van 40 m2`, `de wachttijd is 6 weken`."""
    of_time = quantity.unit in UNCARRIED or _matches("time", quantity.phrase)
    return _named(text, quantity, "span" if of_time else "size", _NEAR)


def _spent_on(text: str, quantity: Quantity) -> str:
    """What a sum is, or is for, by the words behind it."""
    if direct := _pattern("direct").match(text, quantity.end):
        return direct["noun"]
    if (part := _pattern("part").match(text, quantity.end)) and (noun := _noun_at(text, part.end())):
        return noun
    found = _pattern("purpose").match(text, quantity.end)
    noun = _noun_at(text, found.end()) if found else ""
    if found is None or not noun:
        return ""
    of = _pattern("of_noun").match(text, found.end() + len(noun))
    more = _noun_at(text, of.end()) if of else ""
    return f"{noun}{of[0]}{more}" if of and more else noun


def _named(text: str, quantity: Quantity, name: str, reach: int) -> str:
    """The last noun of a sort in the clause before a number."""
    start = quantity.numeral.start
    first = max(0, start - reach)
    found = list(_pattern(name).finditer(text, text.find(" ", first) if first else 0, start))
    for match in reversed(found):
        noun = match["noun"]
        if not _is_vague(noun) and not _is_where(text, noun, quantity):
            return noun
    return ""


#: Characters before a number in which its noun is looked for.
_NEAR, _FAR = 110, 130
