"""What a number counts: its unit and its noun, from the words around it."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.numerals import Numeral
from transforms.vocabulary import compiled, words


class Noun(NamedTuple):
    """A noun phrase with the unit of what it names; [start, end) in the sentence."""

    unit: str
    phrase: str
    start: int
    end: int


class Quantity(NamedTuple):
    """A numeral with its unit; `end` is where its noun ends, `confidence` how surely the noun is its own."""

    numeral: Numeral
    unit: str
    phrase: str
    end: int
    confidence: float
    rule: str


def quantities(text: str, numerals: Sequence[Numeral], carried: Noun | None = None) -> list[Quantity]:
    """The quantities of a sentence; a number that nothing gives a unit is none.

    `carried` is the noun of the figure before, which a number without a noun of its own goes on about.
    """
    own = [_own(text, numeral, _limit(text, numerals, index)) for index, numeral in enumerate(numerals)]
    for index in range(len(numerals) - 2, -1, -1):
        following = own[index + 1]
        if (
            own[index] is None
            and following is not None
            and _shares(text, numerals[index], numerals[index + 1])
        ):
            own[index] = following._replace(numeral=numerals[index], rule="unit.sibling_right")
    found: list[Quantity] = []
    last = carried
    for numeral, quantity in zip(numerals, own, strict=True):
        settled = (
            quantity
            or _from_left(text, numeral, found)
            or _carried(text, numeral, last)
            or _guessed(text, numeral)
        )
        if settled is None:
            continue
        found.append(settled)
        if settled.unit not in _UNCARRIED:
            last = Noun(settled.unit, settled.phrase, numeral.start, settled.end)
    return found


#: Units that a number must state itself: nobody leaves them to the sentence before.
_UNCARRIED = ("percent", "percentage_points", "euro", "hours", "days", "weeks", "months", "years")


def _limit(text: str, numerals: Sequence[Numeral], index: int) -> int:
    return numerals[index + 1].start if index + 1 < len(numerals) else len(text)


# The words of the vocabulary


@cache
def _endings() -> dict[str, str]:
    table: dict[str, list[str]] = words("units")["nouns"]
    found = {noun.lower(): unit for unit, nouns in table.items() for noun in nouns}
    return found | {noun: unit for unit, nouns in words("units")["exceptions"].items() for noun in nouns}


@lru_cache(maxsize=100_000)
def unit_of(word: str) -> str | None:
    """The unit of a noun by its longest known ending (`celplaatsen` is places); None for another word."""
    endings, lowered = _endings(), word.lower()
    if lowered in endings:
        return endings[lowered]
    cuts = range(1, len(lowered) - 4)
    unit = next((endings[lowered[cut:]] for cut in cuts if lowered[cut:] in endings), None)
    return None if unit in _UNCARRIED else unit


def noun_in(text: str) -> tuple[str, str] | None:
    """The unit and the word of the first noun of the vocabulary in a label or caption."""
    for word in re.findall(r"[^\W\d_][\w’-]*", text):
        unit = unit_of(word)
        if unit is not None and unit not in _UNCARRIED:
            return unit, word
    return None


@cache
def _stops() -> frozenset[str]:
    return frozenset(words("units")["scan"]["stop"])


@cache
def _pattern(table: str, name: str) -> re.Pattern[str]:
    return compiled("units", words("units")[table][name])


# Right of the number


def _own(text: str, numeral: Numeral, limit: int) -> Quantity | None:
    if numeral.form in ("fraction", "growth"):
        return Quantity(numeral, "percent", _whole(text, numeral.end), numeral.end, 1.0, "unit.percent")
    if numeral.form == "rate":
        return Quantity(numeral, "ratio", text[numeral.start : numeral.end], numeral.end, 1.0, "unit.rate")
    if numeral.form == "zero":
        return _absent(numeral)
    if "%" in text[numeral.start : numeral.end]:
        return Quantity(numeral, "percent", _whole(text, numeral.end), numeral.end, 1.0, "unit.sign")
    if re.search(r"(?:€|\bEUR|\beuro) ?$", text[: numeral.start]) or text[numeral.start] == "€":
        return Quantity(numeral, "euro", "", numeral.end, 1.0, "unit.sign")
    noun = _noun_right(text, numeral.end, limit)
    if noun is None:
        return _money(text, numeral)
    if noun.unit in ("percent", "percentage_points"):
        return Quantity(numeral, noun.unit, _whole(text, noun.end), noun.end, 1.0, "unit.noun")
    return Quantity(_in_euro(numeral, noun), noun.unit, noun.phrase, noun.end, 1.0, "unit.noun")


def _in_euro(numeral: Numeral, noun: Noun) -> Numeral:
    """Cents are kept in euro."""
    return numeral._replace(value=numeral.value / 100) if noun.phrase.lower() == "cent" else numeral


def _absent(numeral: Numeral) -> Quantity:
    noun, of = numeral.noun or "", numeral.of or ""
    unit = unit_of(of.split()[0]) if of else None
    if noun.lower().startswith("wachtlijst"):
        unit = "persons"
    phrase = f"{noun} aan {of}" if of else noun
    return Quantity(numeral, unit or "places", phrase, numeral.end, 1.0 if unit else 0.7, "unit.absence")


def _money(text: str, numeral: Numeral) -> Quantity | None:
    """`een bedrag van 1,2 miljoen`: money without its sign."""
    large = re.search(r"(?:miljoen|miljard|mln|mld|mrd)\.?$", text[numeral.start : numeral.end])
    if large and re.search(
        r"\b(?:bedrag\w*|budget\w*|kosten|\w*middelen|begroting|€|euro|subsidie\w*|uitgaven)", text, re.I
    ):
        return Quantity(numeral, "euro", "", numeral.end, 0.8, "unit.money")
    return None


def _noun_right(text: str, start: int, limit: int) -> Noun | None:
    """The noun that the number stands before, adjectives between them passed over."""
    bridge = _pattern("scan", "bridge").match(text, start)
    position = first = bridge.end() if bridge else start
    best: Noun | None = None
    for _ in range(words("units")["scan"]["max_words"]):
        word = re.compile(r"(?: |(?<=\S)(?=[€%])|^)?\(?([^\W\d_][\w’'-]*|%)").match(text, position)
        if word is None or word.end() > limit:
            break
        lowered = word[1].lower()
        unit = unit_of(word[1])
        if unit is not None:
            best = Noun(unit, text[first : word.end()].strip(" ("), first, word.end())
            if unit != "persons" or not _heads_on(text, word.end()):
                break
        elif best is not None or lowered in _stops():
            break
        position = word.end()
        if text[position : position + 1] in (",", ";", ":", ".", ")", "?"):
            break
    return best


def _heads_on(text: str, end: int) -> bool:
    """Whether the word is an adjective to another noun of the vocabulary ("minderjarige slachtoffers")."""
    following = re.compile(r" ([^\W\d_][\w’'-]*)").match(text, end)
    return (
        following is not None
        and unit_of(following[1]) is not None
        and text[end - 2 : end] in ("ge", "ke", "te", "de")
    )


def _whole(text: str, end: int) -> str:
    """What a percentage is of: `van de slachtoffers`, `slachtoffers`."""
    match = re.compile(
        r"\s?(?:van (?:de |het |alle |deze |hun )?|daarvan |hiervan )?((?:[\w’-]+ ){0,2}[\w’-]+)"
    ).match(text, end)
    return match[1] if match and match[0].lstrip().startswith("van ") else ""


# From elsewhere


def _shares(text: str, numeral: Numeral, following: Numeral) -> bool:
    """Two numbers in a list or a pair, the noun behind the last (`129, 103 en 89 personen`)."""
    link = text[numeral.end : following.start]
    return _pattern("between", "listed").fullmatch(link) is not None


def noun_left(text: str, end: int) -> Noun | None:
    """The noun of the last `aantal …`, or of the label (`Slachtoffers in 2011:`), before `end`."""
    label = _pattern("left", "labelled").search(text, max(0, end - 90), end)
    if label and (unit := unit_of(label["noun"])) and unit not in _UNCARRIED:
        return Noun(unit, label["noun"], *label.span("noun"))
    found = [
        noun for match in _pattern("left", "of_number").finditer(text, 0, end) if (noun := _first_noun(match))
    ]
    return found[-1] if found else None


def _first_noun(match: re.Match[str]) -> Noun | None:
    """The phrase up to the first noun of the vocabulary among the words behind `aantal`."""
    for word in re.finditer(r"[\w’-]+", match["phrase"]):
        unit = unit_of(word[0])
        if unit is not None and unit not in _UNCARRIED:
            start = match.start("phrase")
            return Noun(unit, match["phrase"][: word.end()], start, start + word.end())
    return None


def _from_left(text: str, numeral: Numeral, before: list[Quantity]) -> Quantity | None:
    """From `het aantal …` before the number or from the number before it, whichever is nearer."""
    noun = noun_left(text, numeral.start)
    sibling = next((q for q in reversed(before) if q.unit not in _UNCARRIED), None)
    if _unknown_noun(text, numeral) is not None:
        return None
    if noun is not None and (sibling is None or noun.start > sibling.numeral.start):
        return Quantity(numeral, noun.unit, noun.phrase, numeral.end, 0.95, "unit.noun_left")
    percent = before[-1] if before and before[-1].unit in ("percent", "euro") else None
    if percent is not None and re.fullmatch(
        r"[^.;:]{0,40}\b(?:naar|tot|op)\b [^.;:]{0,12}", text[percent.end : numeral.start]
    ):
        return percent._replace(numeral=numeral, end=numeral.end, rule="unit.sibling_left")
    named = _pattern("left", "percentage").search(text[: numeral.start])
    if named is not None and numeral.value <= 100:
        return Quantity(numeral, "percent", named["noun"], numeral.end, 0.9, "unit.percentage_left")
    if sibling is not None and _stands_free(text, numeral):
        return sibling._replace(numeral=numeral, end=numeral.end, confidence=0.85, rule="unit.sibling_left")
    return None


def _carried(text: str, numeral: Numeral, noun: Noun | None) -> Quantity | None:
    if noun is None or not _stands_free(text, numeral):
        return None
    return Quantity(numeral, noun.unit, noun.phrase, numeral.end, 0.75, "unit.carried")


def _stands_free(text: str, numeral: Numeral) -> bool:
    """Whether a number without a noun stands where it counts what was named before.

    Not so in a name (`Asja 2`), before a noun that the vocabulary doesn't hold, or, when it is small, behind
    anything but a word that a count follows (`waren er 9`): mostly it numbers something then.
    """
    if _in_name(text, numeral) or _unknown_noun(text, numeral) is not None:
        return False
    compared = re.compile(r" (?:meer|minder|hoger|lager)\b").match(text, numeral.end)
    if numeral.value >= 100 or numeral.high is not None or compared:
        return True
    before = "free" if numeral.value > 20 else "free_small"
    return _pattern("left", before).search(text[: numeral.start]) is not None


def _in_name(text: str, numeral: Numeral) -> bool:
    if numeral.form != "digits":
        return False
    if re.search(r"(?<![\w-])[A-Z]{2,}\w* $", text[: numeral.start]):
        return True
    if numeral.value < 100 and re.compile(r" [A-Z]").match(text, numeral.end):
        return True
    return (
        numeral.value <= 20
        and re.search(r"(?<!^)(?<![.?!:] )\b[A-Z][a-zë]+ $", text[: numeral.start]) is not None
    )


def _unknown_noun(text: str, numeral: Numeral) -> str | None:
    """The plural noun, not in the vocabulary, that follows the number after at most one adjective."""
    follows = re.compile(r" ([a-zë’-]{3,})(?![\w-])(?: ([a-zë’-]{4,})(?![\w-]))?").match(text, numeral.end)
    if follows is None or follows[1] in _stops():
        return None
    if follows[2] and (follows[1].endswith("e") or _pattern("guess", "participle").search(follows[1])):
        return f"{follows[1]} {follows[2]}" if _is_unknown_noun(follows[2]) else None
    return follows[1] if _is_unknown_noun(follows[1]) else None


def _is_unknown_noun(word: str) -> bool:
    refused = word in _stops() or _pattern("guess", "not_noun").search(word)
    return (
        not refused
        and not _pattern("guess", "participle").search(word)
        and bool(_pattern("guess", "noun").search(word))
    )


def _guessed(text: str, numeral: Numeral) -> Quantity | None:
    """A number with a noun that the vocabulary doesn't hold; a small number word mostly only enumerates."""
    noun = _unknown_noun(text, numeral)
    if noun is None or _in_name(text, numeral) or (numeral.form == "word" and numeral.value <= 12):
        return None
    people = _pattern("guess", "persons").search(noun) and not _pattern("guess", "not_persons").search(noun)
    end = numeral.end + 1 + len(noun)
    return Quantity(numeral, "persons" if people else "other", noun, end, 0.6, "unit.guessed")
