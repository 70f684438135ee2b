"""What a number counts: its unit and its noun, from the words around it."""

import re
from collections.abc import Sequence
from functools import cache
from itertools import islice
from typing import NamedTuple

from transforms.bodies import agencies
from transforms.nouns import (
    UNCARRIED,
    Noun,
    is_adjective,
    is_participle,
    is_physical,
    is_plural,
    is_sex,
    is_verb,
    noun_in,
    phrase_at,
    singular_at,
    stops,
    unit_of,
    unit_of_any,
    unit_of_singular,
)
from transforms.numerals import NONE, Numeral
from transforms.vocabulary import as_written, compiled, words

__all__ = ["Noun", "Quantity", "is_compared", "is_elliptic", "noun_left", "quantities", "topic_of"]


class Quantity(NamedTuple):
    """A numeral with its unit; `end` is where its noun ends, `confidence` how surely the noun is its own."""

    numeral: Numeral
    unit: str
    phrase: str
    end: int
    confidence: float
    rule: str


def quantities(
    text: str,
    numerals: Sequence[Numeral],
    carried: Noun | None = None,
    lasting: tuple[Noun, float] | None = None,
    lengths: Sequence[tuple[int, int]] = (),
) -> list[Quantity]:
    """The quantities of a sentence; a number that nothing gives a unit is none.

    `carried` is the noun of the figure before, which a number without a noun of its own goes on about, and
    `lasting` the unit and length of the time that the sentence before ended with. The nouns of times told by
    their `lengths` count nothing (`van 40 drie jaar later`).
    """
    text = _without(text, lengths)
    own = [_own(text, numeral, _limit(text, numerals, index)) for index, numeral in enumerate(numerals)]
    for index in range(len(numerals) - 2, -1, -1):
        following = own[index + 1]
        if (
            own[index] is None
            and following is not None
            and _shares(text, numerals[index], numerals[index + 1], following)
        ):
            own[index] = _sibling(text, numerals[index], following)
    found: list[Quantity] = []
    last = carried
    for numeral, quantity in zip(numerals, own, strict=True):
        settled = quantity or _from_left(text, numeral, found) or _lasts(text, numeral, lasting)
        settled = settled or _carried(text, numeral, last) or _moved_mark(text, numeral)
        if settled is None or (numeral.rule == NONE and quantity is None):
            continue
        if settled.phrase == "stuks":
            settled = _pieces(text, settled, last)
        if as_written("units", "groups").search(settled.phrase):
            last = _of_groups(text, numeral.end) or last
            if settled.rule == "unit.sibling_left" and last is not None and last.unit == "persons":
                settled = settled._replace(unit=last.unit, phrase=last.phrase, rule="unit.carried")
            found.append(settled)
            continue
        found.append(settled)
        if settled.unit not in UNCARRIED:
            last = Noun(settled.unit, settled.phrase, numeral.start, settled.end)
        elif numeral.form == "growth" and (noun := phrase_at(text, numeral.end, len(text))):
            last = noun if noun.unit in ("persons", "places", "cases") else last
    return [quantity for quantity in found if _is_figure(text, quantity)]


def _sibling(text: str, numeral: Numeral, following: Quantity) -> Quantity:
    """The number with the noun of the next one, and an adjective of its own: `40 vaste en 90 losse`."""
    adjective = _ADJECTIVE.match(text, numeral.end)
    noun = following.phrase.rpartition(" ")[2]
    own = f"{adjective[1]} {noun}" if adjective and is_adjective(adjective[1]) else following.phrase
    return following._replace(numeral=numeral, phrase=own, rule="unit.sibling_right")


_ADJECTIVE = re.compile(r" ([^\W\d_]+e)(?=,| en | of )")


def _without(text: str, lengths: Sequence[tuple[int, int]]) -> str:
    """The text with dots for these stretches of it."""
    for start, end in lengths:
        text = text[:start] + "…" * (end - start) + text[end:]
    return text


def _is_figure(text: str, quantity: Quantity) -> bool:
    """Small number words without a noun of their own mostly count nothing (`een van de twee`)."""
    numeral = quantity.numeral
    own = quantity.rule not in ("unit.carried", "unit.sibling_left")
    if own or numeral.form != "word" or numeral.value > _SMALL or is_elliptic(text, numeral):
        return True
    counts = _pattern("left", "small_word").search(_before(text, numeral.start))
    return counts is not None or is_compared(text, numeral)


def _of_groups(text: str, start: int) -> Noun | None:
    """The people that fall into groups: `de vijf nationaliteiten onder slachtoffers`."""
    match = as_written("units", "whose").match(text, start)
    noun = phrase_at(text, match.end(), len(text)) if match else None
    return noun if noun is not None and noun.unit == "persons" else None


def _pieces(text: str, quantity: Quantity, noun: Noun | None) -> Quantity:
    """`tot 9.300 stuks`: of what was counted last, or of what the sentence names."""
    named = (noun.unit, noun.phrase) if noun else noun_in(text[: quantity.numeral.start])
    unit, phrase = named or (quantity.unit, quantity.phrase)
    return quantity._replace(unit=unit, phrase=phrase, rule="unit.carried" if named else quantity.rule)


def _limit(text: str, numerals: Sequence[Numeral], index: int) -> int:
    return numerals[index + 1].start if index + 1 < len(numerals) else len(text)


@cache
def _pattern(table: str, name: str) -> re.Pattern[str]:
    return compiled("units", words("units")[table][name])


def _before(text: str, end: int) -> str:
    """The words before `end`, as many as matter: a page of numbers mustn't be read anew for each of them.

    They begin with a whole word: of those it is known what they may match.
    """
    if end <= _REACH:
        return text[:end]
    return text[max(text.find(" ", end - _REACH, end), end - _REACH) : end]


_REACH = 200


# Right of the number


def _own(text: str, numeral: Numeral, limit: int) -> Quantity | None:
    """The quantity that the words at the number itself make."""
    if numeral.form == "rate":
        return _rate(text, numeral, limit)
    if numeral.form == "zero":
        return _absent(numeral)
    if numeral.form in ("fraction", "growth"):
        return _percent(text, numeral, "percent", numeral.end, "unit.percent")
    if "%" in text[numeral.start : numeral.end]:
        return _in_points_or_percent(text, numeral, numeral.end, "unit.sign")
    return _in_currency(text, numeral) or _of_noun(text, numeral, limit)


def _in_points_or_percent(text: str, numeral: Numeral, end: int, rule: str) -> Quantity:
    """The percentage whose sign ends at `end`, or so many percentage points (`0,4%-punt`)."""
    points = _POINTS.match(text, end)
    unit = "percentage_points" if points else "percent"
    return _percent(text, numeral, unit, points.end() if points else end, rule)


_POINTS = re.compile(r"[ -]?punt(?:en)?\b")


def _rate(text: str, numeral: Numeral, limit: int) -> Quantity:
    """So many per so many; where the denominator stands before it, what is counted stands behind."""
    if numeral.of is None:
        of = phrase_at(text, numeral.end, limit)
        told = _NUMBER_OF_RATE.sub("", text[numeral.start : numeral.end])
        phrase = f"{told} {of.phrase}" if of else told
        return Quantity(numeral, "ratio", phrase, numeral.end, 1.0, "unit.rate")
    noun = _noun_right(text, numeral, limit)
    phrase = f"{noun.phrase if noun else ''} {numeral.of}".strip()
    return Quantity(numeral, "ratio", phrase, noun.end if noun else numeral.end, 1.0, "unit.rate")


#: What a rate begins with: `12 gevallen per 1.000`.
_NUMBER_OF_RATE = re.compile(r"^\S+ ")


def _moved_mark(text: str, numeral: Numeral) -> Quantity | None:
    """One end of a pair of marks that nothing else gives a unit."""
    match = _pattern("left", "score_pair").search(text)
    if match is None or numeral.start not in (match.start("from"), match.start("to")):
        return None
    return Quantity(numeral, "other", "score", numeral.end, 0.75, "unit.score")


def _is_score(text: str, numeral: Numeral) -> bool:
    """A mark or a magnitude: `een rapportcijfer van 7,2`, `3,4 op de schaal van Richter`."""
    if _pattern("left", "scored").match(text, numeral.end):
        return True
    fraction = numeral.value <= _TEN and numeral.high is None and text.endswith(" ", 0, numeral.start)
    alone = as_written("units", "ends").match(text, numeral.end) is not None
    return fraction and alone and _pattern("left", "score").search(_before(text, numeral.start)) is not None


_TEN = 10


def _in_currency(text: str, numeral: Numeral) -> Quantity | None:
    if tons := _TONS.match(text, numeral.end):
        noun = Noun("other", "ton", *tons.span())
        if _pattern("money", "before").search(_before(text, numeral.start)):
            return _sum(text, _in_euro(numeral, noun), "euro", numeral.start - 2, tons.end())
    if currency := _pattern("money", "before").search(_before(text, numeral.start)):
        return _sum(text, numeral, "euro" if currency["euro"] else "other", numeral.start - len(currency[0]))
    if _pattern("money", "behind").match(text, numeral.end):
        return _sum(text, numeral, "other", numeral.start)
    if text[numeral.start] in "€$£":
        return _sum(text, numeral, "euro" if text[numeral.start] == "€" else "other", numeral.start)
    return None


_TONS = re.compile(r" ton\b")


def _of_noun(text: str, numeral: Numeral, limit: int) -> Quantity | None:
    if _opens_note(text, numeral):
        return None
    if numeral.form == "digits" and numeral.value < _HUNDRED and _is_score(text, numeral):
        return Quantity(numeral, "other", "score", numeral.end, 0.8, "unit.score")
    if text.endswith("maal", numeral.start, numeral.end):
        return Quantity(numeral, "cases", "maal", numeral.end, 1.0, "unit.noun")
    noun = _noun_right(text, numeral, limit)
    return _money(text, numeral) if noun is None else _with_noun(text, numeral, noun)


def _with_noun(text: str, numeral: Numeral, noun: Noun) -> Quantity | None:
    """The number with the noun behind it; what it measures, the money, or so many of that."""
    if noun.unit == "percent":
        return _in_points_or_percent(text, numeral, noun.end, "unit.noun")
    if noun.unit == "percentage_points":
        return _percent(text, numeral, noun.unit, noun.end, "unit.noun")
    if noun.unit == "euro" or _is_tons_of_money(text, noun):
        return _sum(text, _in_euro(numeral, noun), "euro", numeral.start, noun.end)
    if numeral.value != 1 and noun.phrase in _ACTS:
        return None
    return _count(text, numeral, _counted_as(text, noun))


def _counted_as(text: str, noun: Noun) -> Noun:
    """What a noun counts by the words behind it: acts by how often (`40 keer aangifte`), staff in fte."""
    if times := _pattern("scan", "times").match(text, noun.end):
        unit = unit_of(times["noun"])
        noun = Noun(unit, times["noun"], noun.start, times.end()) if unit == "cases" else noun
    return noun._replace(unit="fte") if as_written("units", "in_fte").match(text, noun.end) else noun


def _count(text: str, numeral: Numeral, noun: Noun) -> Quantity | None:
    """So many of what a noun names, or so many for each of something; None where it only enumerates."""
    known = unit_of(noun.phrase.split()[-1]) is not None
    named = _in_name(text, numeral) if noun.unit == "other" else _is_named(text, numeral)
    if _enumerates(text, numeral, noun) or (named and not known):
        return None
    if (of := _of_each(text, numeral, noun)) is not None:
        return Quantity(numeral, of.unit, of.phrase, of.end, 1.0, "unit.rate")
    rule, confidence = ("unit.noun", 1.0) if known else ("unit.guessed", 0.8)
    noun = _housed(text, numeral, noun)
    if _is_where(text, noun) and _pattern("enumeration", "where").search(_before(text, numeral.start)):
        noun = noun._replace(unit="other")
    return Quantity(numeral, _unit_of_phrase(noun), noun.phrase, noun.end, confidence, rule)


#: What one does, in the singular: `er deden 40 aangifte`.
_ACTS = frozenset(words("units")["acts"]["nouns"])


def _of_each(text: str, numeral: Numeral, noun: Noun) -> Noun | None:
    """So many for each: `24 leerlingen per leraar`, `op elke melding zes gevallen`."""
    of = _pattern("rate", "behind").match(text, noun.end)
    if of is not None:
        return _for_each(noun, of) if _is_of_each(noun, of) else None
    of = _pattern("rate", "before").search(_before(text, numeral.start))
    if of is None or not _is_of_each(noun, of, of["each"] is not None):
        return None
    return _for_each(noun, of)._replace(end=noun.end)


def _is_of_each(noun: Noun, of: re.Match[str], each: bool = False) -> bool:
    """Whether so many for each of something are a rate: of people and staff, or where it says `elke`."""
    if noun.unit not in _COUNTED or is_physical(noun.phrase) or noun.phrase in ("keer", "maal"):
        return False
    unit = unit_of(of["of"]) or unit_of_singular(of["of"])
    return unit in (_COUNTED if each else ("persons", "fte"))


def _for_each(noun: Noun, of: re.Match[str]) -> Noun:
    return Noun("ratio", f"{noun.phrase} per {of['of']}", noun.start, of.end())


_COUNTED = ("persons", "places", "cases", "fte", "other")


def _opens_note(text: str, numeral: Numeral) -> bool:
    """Whether a sentence begins with a number and a capital: a note and its mark, or a list."""
    small = numeral.form == "digits" and numeral.value < 200 and numeral.high is None
    return (
        small
        and re.fullmatch(r"\W*", _before(text, numeral.start)) is not None
        and _CAPITAL.match(text, numeral.end) is not None
    )


_CAPITAL = re.compile(r" ?[A-Z][a-zë]+(?!se\b)\b|https?:|www\.")


def _enumerates(text: str, numeral: Numeral, noun: Noun) -> bool:
    """Whether a small count is no statistic: `deze twee zaken`, `drie redenen`, `op twee plekken`."""
    if numeral.value > _SMALL or numeral.high is not None or noun.unit in _MEASURED:
        return False
    before, word = _before(text, numeral.start), numeral.form == "word"
    if _pattern("enumeration", "noun").search(noun.phrase) or _pattern("enumeration", "deictic").search(
        before
    ):
        return True
    if word and _pattern("enumeration", "several").match(noun.phrase):
        return True
    if noun.phrase in ("keer", "maal") and _pattern("enumeration", "factor").match(text, noun.end):
        return True
    definite = _pattern("enumeration", "definite").search(before)
    apart = _pattern("enumeration", "apart").match(text, noun.end)
    if word and noun.unit != "persons" and definite and not apart:
        return True
    if noun.unit == "places" and _pattern("enumeration", "where").search(before):
        return word or not _is_where(text, noun)
    single = word and numeral.value == 1
    return single and _pattern("enumeration", "existing").search(before) is None


def _is_where(text: str, noun: Noun) -> bool:
    """Whether something is done or had in so many places: `wordt op 7 plekken aangeboden`."""
    done = _pattern("enumeration", "done_there").match(text, noun.end)
    return done is not None and (done["done"] is None or is_participle(done["done"]))


#: A count up to this mostly says how many things will be spoken of, when the things are no statistic's.
_SMALL = 12
_MEASURED = ("hours", "days", "weeks", "months", "years", "fte")


def _housed(text: str, numeral: Numeral, noun: Noun) -> Noun:
    """`plek voor 40 gezinnen`: what is counted is the room for them."""
    of_people = noun.unit == "persons" or _pattern("left", "housed").search(noun.phrase)
    if of_people and _pattern("left", "room").search(_before(text, numeral.start)):
        return noun._replace(unit="places", phrase=f"plekken voor {noun.phrase}")
    return noun


def _unit_of_phrase(noun: Noun) -> str:
    """The noun's unit, or that of the phrase as a whole (`criminele organisaties` are cases)."""
    for unit, pattern in words("units")["phrases"].items():
        if compiled("units", pattern).search(noun.phrase):
            return str(unit)
    return noun.unit


def _is_tons_of_money(text: str, noun: Noun) -> bool:
    """Whether a `ton` is a hundred thousand euro: the clause is about money, and nothing is weighed."""
    if noun.phrase.lower() != "ton" or _pattern("money", "weighed").match(text, noun.end):
        return False
    clause = re.split(r"[;:]|(?<!\d),|,(?!\d)", _before(text, noun.start))[-1]
    about = f"{clause} {text[noun.end : noun.end + _NEAR]}"
    return _pattern("money", "tons").search(about) is not None


#: Characters behind a sum that tell what it is spent on.
_NEAR = 60


def _in_euro(numeral: Numeral, noun: Noun) -> Numeral:
    """Cents and tons are kept in euro; a ton belongs to the number, as a million does."""
    factor = {"cent": 0.01, "ton": 1e5}.get(noun.phrase.lower())
    if factor is None:
        return numeral
    high = round(numeral.high * factor, 6) if numeral.high else None
    end = noun.end if noun.phrase == "ton" else numeral.end
    return numeral._replace(value=round(numeral.value * factor, 6), high=high, end=end)


def _absent(numeral: Numeral) -> Quantity:
    noun, of = numeral.noun or "", numeral.of or ""
    noun = "tekort" if noun in ("kort", "weinig") else noun
    unit = unit_of(of.split()[0]) if of else None
    if noun.lower().startswith("wachtlijst"):
        unit = "persons"
    phrase = f"{noun} aan {of}" if of else noun
    return Quantity(numeral, unit or "places", phrase, numeral.end, 1.0 if unit else 0.7, "unit.absence")


def _money(text: str, numeral: Numeral) -> Quantity | None:
    """`een bedrag van 1,2 miljoen`: money without its sign."""
    large = _pattern("money", "large").search(text[numeral.start : numeral.end])
    signed = "€" in text[: numeral.start] and noun_left(text, numeral.start) is None
    if large and (signed or _pattern("money", "spoken_of").search(text)):
        return _sum(text, numeral, "euro", numeral.start)._replace(confidence=0.8, rule="unit.money")
    named = _pattern("money", "noun_before").search(_before(text, numeral.start))
    if named and (numeral.value >= 100 or numeral.high):
        return Quantity(numeral, "euro", named["noun"], numeral.end, 0.8, "unit.money")
    return None


def _sum(text: str, numeral: Numeral, unit: str, start: int, end: int = 0) -> Quantity:
    """An amount of money and what it is: a budget, a fine, what it is spent on."""
    end = end or numeral.end
    what = _found("money", "what_before", _before(text, start)) or _found("money", "what_after", text[end:])
    what = (
        what or _subject(_before(text, start)) or _found("money", "named", text[max(0, start - 120) : start])
    )
    return Quantity(numeral, unit, what, end, 1.0, "unit.sign")


def _found(table: str, name: str, text: str) -> str:
    """The noun phrase that a pattern finds; one that ends in a function word is none."""
    match = _pattern(table, name).search(text)
    groups = match.groupdict() if match else {}
    noun = groups.get("noun") or groups.get("direct") or ""
    return noun if noun and _names(noun) else ""


def _names(phrase: str) -> bool:
    """Whether a phrase ends in a noun, not in a function word, a verb or a participle."""
    last = phrase.rsplit(maxsplit=1)[-1].lower()
    if last in stops() or is_verb(last):
        return False
    known = unit_of(last) not in (None, *UNCARRIED)
    return known or _pattern("whole", "unnaming").search(last) is None


def _subject(before: str) -> str:
    """The subject of the clause that a sum or a percentage is said of."""
    return _found("whole", "subject", before) or _found("whole", "inverted", before)


def _noun_right(text: str, numeral: Numeral, limit: int) -> Noun | None:
    """The noun that the number stands before, adjectives between them passed over."""
    bridge = _pattern("scan", "bridge").match(text, numeral.end)
    if bridge and bridge[0].strip() and _is_numbered(_before(text, numeral.start)):
        return None
    start = bridge.end() if bridge else numeral.end
    small = numeral.form == "digits" and numeral.value <= _TWENTY
    noun = phrase_at(text, start, limit, small=small)
    if noun is None and (aside := _pattern("scan", "aside").match(text, numeral.end)):
        noun = phrase_at(text, aside.end(), len(text), small=small)
    if noun is None and "lijst" in text and _pattern("scan", "names").match(text, start):
        return Noun("persons", "namen", start, text.index("namen", start) + len("namen"))
    if numeral.rule == NONE:
        noun = singular_at(text, start, limit)
        return noun if noun is not None and noun.unit == "persons" else None
    return singular_at(text, start, limit) if noun is None and numeral.value == 1 else noun


_TWENTY = 20


def _percent(text: str, numeral: Numeral, unit: str, end: int, rule: str) -> Quantity:
    phrase = numeral.of or _whole(text, end) or _named_before(text, numeral)
    return Quantity(numeral, unit, phrase, end, 1.0, rule)


def _whole(text: str, end: int) -> str:
    """What a percentage is of: `van de slachtoffers`, `reizigersherstel`."""
    match = _pattern("whole", "of").match(text, end)
    if match is None:
        return ""
    noun = phrase_at(text, match.end(), len(text))
    alone = noun is not None and not match[0].strip()
    if noun is not None and alone and (_is_done_by(text, noun) or is_sex(noun.phrase)):
        return ""
    if noun is not None:
        return noun.phrase if noun.unit not in UNCARRIED else ""
    if match[0].strip():
        return _single(text, match.end())
    behind = _pattern("whole", "behind").match(text, end)
    return behind[0].strip() if behind and behind[0].strip().split()[0] not in stops() else ""


def _is_done_by(text: str, noun: Noun) -> bool:
    """Whether what looks like a noun is a verb (`de dienstregeling met 13% afschalen`)."""
    by = as_written("units", "by_share").search(text, 0, noun.start) is not None
    return (
        by
        and noun.phrase.endswith("en")
        and as_written("units", "verb_ends").match(text, noun.end) is not None
    )


def _single(text: str, start: int) -> str:
    """A noun that is no plural: `totale capaciteit`."""
    match = _pattern("whole", "single").match(text, start)
    return match[0] if match and _names(match[0]) else ""


def _named_before(text: str, numeral: Numeral) -> str:
    """What a percentage is, by the words before it: `de korting van 5%`, `de werkloosheid is 4%`."""
    before = _before(text, numeral.start)
    shares = list(_pattern("whole", "share").finditer(before))
    if shares:
        noun = phrase_at(before, shares[-1].end(), len(before))
        return noun.phrase if noun else _single(before, shares[-1].end())
    if changed := _found("whole", "changed", before):
        return changed
    if bracketed := _found("whole", "bracketed", before):
        return bracketed
    match = _pattern("whole", "before").search(before)
    if match is None or not _names(match["noun"]):
        return _subject(before)
    whole = match["noun"].rsplit(" van ", 1)[-1] if match["link"] == "van" else match["noun"]
    return re.sub(r"^(?:de|het|een) ", "", whole)


# From elsewhere


def _shares(text: str, numeral: Numeral, following: Numeral, quantity: Quantity) -> bool:
    """Two numbers in a list or a pair, the noun behind the last (`129, 103 en 89 personen`).

    A comma alone joins them only where the list goes on: `op 1.250, 15 procent hoger` is none.
    """
    if following.form == "growth":
        return False  # `400 in 2021, en in 2022 het dubbele`
    link = text[numeral.end : following.start]
    apart = link.strip() == "," and quantity.rule != "unit.sibling_right"
    of_percent = quantity.unit in ("percent", "percentage_points")
    if of_percent and (apart or link.startswith(")") or numeral.value > _MOST_PERCENT):
        return False
    alike = text.endswith(" van ", 0, numeral.start) and _pattern("between", "parallel").fullmatch(link)
    return bool(alike) or _pattern("between", "listed").fullmatch(link) is not None


#: A number above it that shares the unit of a percentage counts something else.
_MOST_PERCENT = 1000


def noun_left(text: str, end: int) -> Noun | None:
    """The noun of the last `het aantal …`, or of the label (`Slachtoffers in 2011:`), before `end`."""
    label = _pattern("left", "labelled").search(text, max(0, end - 90), end)
    if label and (unit := unit_of(label["noun"])) and unit not in UNCARRIED:
        return Noun(unit, label["noun"], *label.span("noun"))
    found = [
        noun
        for match in _pattern("left", "of_number").finditer(text, 0, end)
        if (noun := _noun_of(text, match, end)) and noun.unit not in UNCARRIED
    ]
    found += _tallies(text, end)
    return max(found, key=lambda noun: noun.start, default=None)


def _partitive(text: str, numeral: Numeral) -> Noun | None:
    """What a number is a part of, by the last `van de …` that begins a clause before it."""
    found = list(_pattern("left", "partitive").finditer(text, 0, numeral.start))
    if not found or not (
        is_elliptic(text, numeral) or _pattern("left", "quantitative").search(text[: numeral.start])
    ):
        return None
    start = found[-1].end()
    for match in islice(re.finditer(r"[\w’-]+", text[start : numeral.start]), _FAR):
        plural = unit_of_any(match[0]) if is_plural(match[0]) else None
        unit = unit_of(match[0]) or plural
        if unit is not None and unit not in UNCARRIED:
            return Noun(unit, text[start : start + match.end()], start, start + match.end())
    return None


#: Words that may stand between `van de` and the noun.
_FAR = 7


def _tallies(text: str, end: int) -> list[Noun]:
    """The words for a number of something before `end`: `dodental`, `bezoekersaantal`."""
    if "tal" not in text:
        return []
    found = []
    for match in _pattern("left", "tally").finditer(text, 0, end):
        of = match["of"]
        unit = next(filter(None, (unit_of(noun) for noun in (of, of.removesuffix("s"), f"{of}en"))), None)
        if unit is not None and unit not in UNCARRIED:
            found.append(Noun(unit, match[0], *match.span()))
    return found


def _noun_of(text: str, match: re.Match[str], end: int) -> Noun | None:
    """The noun behind `aantal`; behind words that part the two (`door de rechter …`) one of the lists."""
    noun = phrase_at(text, match.start("phrase"), end)
    if noun is not None:
        of = _pattern("rate", "behind").match(text, noun.end)
        return noun if of is None or not _is_of_each(noun, of) else _for_each(noun, of)
    start = match.start("phrase")
    for word in re.finditer(r"[\w’-]+", match["phrase"]):
        unit = unit_of(word[0])
        if unit is not None:
            return Noun(unit, match["phrase"][: word.end()], start, start + word.end())
    return None


def _from_left(text: str, numeral: Numeral, before: list[Quantity]) -> Quantity | None:
    """From `het aantal …` before the number or from the number before it, whichever is nearer."""
    if (told := _told_left(text, numeral)) is not None:
        return told
    named = None if _is_single_place(text, numeral) else noun_left(text, numeral.start)
    noun = named or _partitive(text, numeral)
    last = before[-1] if before and (noun is None or noun.start < before[-1].numeral.start) else None
    if last is not None and _is_level_again(text, numeral, last):
        return last._replace(numeral=numeral, end=numeral.end, confidence=0.85, rule="unit.sibling_left")
    sibling = next((q for q in reversed(before) if q.unit not in UNCARRIED), None)
    if _unknown_noun(text, numeral) is not None:
        return None
    if noun is not None and (sibling is None or noun.start > sibling.numeral.start):
        return Quantity(numeral, noun.unit, noun.phrase, numeral.end, 0.95, "unit.noun_left")
    bracketed = _bracketed(text, numeral)
    if bracketed is not None and (bracketed.unit != "other" or sibling is None):
        return bracketed
    measured = _measured_left(text, numeral, before)
    if measured is not None or sibling is None:
        return measured or _aside(text, numeral)
    if _stands_free(text, numeral) or _is_gapped(text, numeral, sibling):
        return sibling._replace(numeral=numeral, end=numeral.end, confidence=0.85, rule="unit.sibling_left")
    return _aside(text, numeral)


def _told_left(text: str, numeral: Numeral) -> Quantity | None:
    """By the label that a list of names stands under, or by what so many for each are told of."""
    if (listed := _listed_under(text, numeral)) is not None:
        return Quantity(numeral, listed.unit, listed.phrase, numeral.end, 0.9, "unit.noun_left")
    rate = _pattern("left", "per_many").search(_before(text, numeral.start))
    return Quantity(numeral, "ratio", rate["phrase"], numeral.end, 0.9, "unit.rate") if rate else None


def _measured_left(text: str, numeral: Numeral, before: list[Quantity]) -> Quantity | None:
    """By the measure of the number before (`van 4 procent naar 6`), or by the noun of a percentage."""
    last = before[-1] if before and before[-1].unit in UNCARRIED else None
    if last is not None and (_reaches(text, numeral, last) or _of_next(text, numeral, last)):
        return last._replace(numeral=numeral, end=numeral.end, rule="unit.sibling_left")
    told = _before(text, numeral.start)
    named = _pattern("left", "percentage").search(told) or _pattern("left", "percentage_is").search(told)
    if named is None or numeral.value > _HUNDRED:
        return None
    phrase = _named_before(text, numeral) or named["noun"]
    return Quantity(numeral, "percent", phrase, numeral.end, 0.9, "unit.percentage_left")


def _listed_under(text: str, numeral: Numeral) -> Noun | None:
    """The noun of a label before names with a number each: `Bedden: Vita 12, Domus 8`."""
    if _ENTRY_ENDS.match(text, numeral.end) is None:
        return None
    match = _pattern("left", "listed").search(text[: numeral.start])
    unit = unit_of(match["noun"]) if match and is_plural(match["noun"]) else None
    if match is None or unit not in ("persons", "places", "cases"):
        return None
    return Noun(unit, match["noun"].lower(), *match.span("noun"))


_ENTRY_ENDS = re.compile(r"(?: \([^)]*\))?(?:[,;] [A-Z]|,? en [A-Z]|\.?$)")


def _is_gapped(text: str, numeral: Numeral, sibling: Quantity) -> bool:
    """`De KMar telde 212 gevallen, de politie 640 en de Inspectie 58`: a body, and a number of the same.

    A small number is one where nothing but the body, or the group and its preposition, parts it from that.
    """
    if _GAP_ENDS.match(text, numeral.end) is None and _IN_PLACE.match(text, numeral.end) is None:
        return False
    gap = text[sibling.end : numeral.start]
    if len(gap) > _LONGEST_GAP or numeral.high is not None:
        return False
    listed = ": " not in gap or text.startswith((",", " en "), numeral.end)
    if listed and _pattern("left", "gap").fullmatch(gap):
        return True
    if gap.endswith(": ") and _IN_PLACE.match(text, numeral.end):
        return True
    preposition = as_written("units", "preposition").search(gap)
    if preposition and _pattern("left", "gap_parallel").fullmatch(gap):
        return _before(text, sibling.numeral.start).endswith(f" {preposition[1]} ")
    if numeral.form != "digits" or numeral.value <= _SMALL:
        return False
    return _pattern("left", "gapped").search(_before(text, numeral.start)) is not None


_GAP_ENDS = re.compile(r"[.;]|,(?! \d)|$| en (?:de |het |in |bij |van |uit |te )?[A-Za-z]")
_IN_PLACE = re.compile(r" (?:bij|in|uit|voor) (?:de |het )?[A-Z]")
_LONGEST_GAP = 110


def _aside(text: str, numeral: Numeral) -> Quantity | None:
    """`de crisisgevallen, naar schatting 500, zijn …`: a number of what the clause before it names."""
    if numeral.value < _SMALL or _pattern("left", "behind_aside").match(text, numeral.end) is None:
        return None
    match = _pattern("left", "aside").search(_before(text, numeral.start))
    noun = noun_in(match["clause"]) if match else None
    return Quantity(numeral, noun[0], noun[1], numeral.end, 0.8, "unit.aside") if noun else None


def _bracketed(text: str, numeral: Numeral) -> Quantity | None:
    """`De aanvragen kwamen uit Iran (724)`: a number in brackets behind a name, and what the clause is of.

    Behind a noun that can be counted it is the number of that: `een derde van de slachtoffers (233)`.
    """
    if numeral.form != "digits" or _CLOSED.match(text, numeral.end) is None:
        return None
    before = _before(text, numeral.start)
    noun = _pattern("left", "noun_bracketed").search(before)
    if (
        noun is not None
        and is_plural(noun["noun"])
        and not _pattern("enumeration", "noun").search(noun["noun"])
    ):
        unit = unit_of_any(noun["noun"])
        sure = unit in ("persons", "cases", "places") or numeral.value > _TWENTY
        if unit not in UNCARRIED and sure and numeral.value > 1:
            return Quantity(numeral, unit, noun["phrase"], numeral.end, 0.85, "unit.bracketed")
    if _pattern("left", "bracketed").search(before) is None or numeral.value < _SMALL:
        return None
    named = noun_in(text[: numeral.start]) or _behind_list(text, numeral)
    return Quantity(numeral, named[0], named[1], numeral.end, 0.75, "unit.bracketed") if named else None


def _behind_list(text: str, numeral: Numeral) -> tuple[str, str] | None:
    """`Uit Iran (724) en Irak (310) kwamen aanvragen`: what a clause is of, behind such a list."""
    for match in _pattern("left", "places_listed").finditer(text):
        if match.start() < numeral.start < match.end():
            return noun_in(match["clause"])
    return None


#: A bracket that closes behind a number and the time it holds in.
_CLOSED = re.compile(r"(?: in \d{4})?\)")


def _is_level_again(text: str, numeral: Numeral, last: Quantity) -> bool:
    """Whether a number is the same level at another time or place: `28 procent, tegen 19 in 2021`."""
    share = last.unit == "percent" and last.numeral.form in ("digits", "word")
    if not share and last.unit not in (*_LENGTHS, "euro") and not is_physical(last.phrase):
        return False
    if numeral.high is not None or not _alike(numeral, last.numeral.value):
        return False
    by = as_written("units", "by").search(text, 0, last.numeral.start) is not None or _pattern(
        "again", "more"
    ).match(text, last.end)
    if by and not as_written("units", "against").match(text, last.end):
        return False
    if _pattern("again", "ends").match(text, numeral.end) is None:
        return False
    return _pattern("again", "before").search(text[last.end : numeral.start]) is not None


def _alike(numeral: Numeral, last: float) -> bool:
    """Whether two numbers can be levels of one thing: these are seldom many times each other."""
    return last / _ALIKE < numeral.value < last * _ALIKE and (numeral.value <= _HUNDRED or last > _HUNDRED)


_LENGTHS = ("hours", "days", "weeks", "months", "years")


def _reaches(text: str, numeral: Numeral, stated: Quantity) -> bool:
    """Whether a measure goes to a number without a unit: `van 4 procent naar 6`, not `met 4 procent`."""
    share = stated.unit in ("percent", "percentage_points")
    last = stated.numeral.value
    if share and (numeral.value > max(_HUNDRED, last) or stated.numeral.form == "growth"):
        return False
    if not (share or stated.unit == "euro" or last / 10 < numeral.value < last * 10):
        return False
    before = text[max(0, stated.numeral.start - 30) : stated.numeral.start]
    by = as_written("units", "by").search(before) is not None and stated.unit != "euro"
    return not by and as_written("units", "reached").fullmatch(text, stated.end, numeral.start) is not None


def _of_next(text: str, numeral: Numeral, stated: Quantity) -> bool:
    """Whether a number without a unit is that of the next group, in the measure just stated."""
    alike = stated.numeral.value / _ALIKE < numeral.value < stated.numeral.value * _ALIKE
    measured = stated.unit in ("percent", "hours", "days", "weeks", "months", "years")
    if not alike or not measured or stated.numeral.form in ("growth", "fraction"):
        return False
    between = text[stated.end : numeral.start]
    if _PART.search(between):
        return True
    ends = _STOPS.match(text, numeral.end) is not None
    return ends and _pattern("left", "next_group").fullmatch(between) is not None


_PART = re.compile(r"^[^\d.;]{0,40}\b(?:waarvan|daarvan|hiervan)(?: er)? $")


def _carried(text: str, numeral: Numeral, noun: Noun | None) -> Quantity | None:
    topic = topic_of(text)
    noun = topic if topic and topic.end < numeral.start else noun or _restated(text, numeral)
    of_people = as_written("units", "of_people").match(text, numeral.end) is not None
    of_people = of_people or _pattern("left", "people").search(_before(text, numeral.start)) is not None
    if of_people and (noun is None or noun.unit not in ("persons", "percent")):
        noun = Noun("persons", "", numeral.start, numeral.start)
    if noun is None or not _stands_free(text, numeral):
        return None
    if _YEAR.fullmatch(text, numeral.start, numeral.end) and not _pattern("left", "quantitative").search(
        _before(text, numeral.start)
    ):
        return None
    return Quantity(numeral, noun.unit, noun.phrase, numeral.end, 0.75, "unit.carried")


#: What is mostly a year, where nothing says that it counts something.
_YEAR = re.compile(r"(?:19|20)\d\d")


def _lasts(text: str, numeral: Numeral, lasting: tuple[Noun, float] | None) -> Quantity | None:
    """`Per 1 juni was die bekort tot negen`: the length, without a unit, of what was told before."""
    if lasting is None or numeral.high is not None or not _alike(numeral, lasting[1]):
        return None
    if _STOPS.match(text, numeral.end) is None:
        return None
    before = _before(text, numeral.start)
    again = _pattern("again", "was").search(before)
    of_time = lasting[0].unit not in ("percent", "euro")
    if again is None and not (of_time and _pattern("left", "lasting").search(before)):
        return None
    return Quantity(numeral, lasting[0].unit, lasting[0].phrase, numeral.end, 0.75, "unit.carried")


#: Lengths of one thing are seldom this many times each other.
_ALIKE = 8


def topic_of(text: str) -> Noun | None:
    """The plural that a sentence begins with: mostly what it is about; behind an article any of people."""
    match = _pattern("left", "topic").match(text)
    known = unit_of if match is None or not match.start("noun") else unit_of_any
    unit = known(match["noun"]) if match and is_plural(match["noun"]) else None
    if match is None or unit not in ("persons", "places", "cases"):
        return None
    return Noun(unit, match["noun"].lower(), *match.span("noun"))


def _restated(text: str, numeral: Numeral) -> Noun | None:
    """`550.000, ofwel 7 procent van alle huishoudens`: what the share behind a number is of."""
    match = _pattern("left", "restated").match(text, numeral.end)
    noun = phrase_at(text, match.end() - 1, len(text)) if match else None
    return noun if noun is not None and noun.unit not in UNCARRIED else None


def _is_entry(text: str, numeral: Numeral) -> bool:
    """Whether a text is no more than a label, or a time, and a number: `Drenthe: 4`, `2018: 12`."""
    ends = _pattern("left", "ends_entry").match(text, numeral.end)
    return ends is not None and _pattern("left", "entry").match(text[: numeral.start]) is not None


def _stands_free(text: str, numeral: Numeral) -> bool:
    """Whether a number without a noun stands where it counts what was named before.

    Not so in a name (`Asja 2`), before a noun that the vocabulary doesn't hold, or, when it is small, behind
    anything but a word that a count follows (`waren er 9`): mostly it numbers something then.
    """
    if _in_name(text, numeral) or _unknown_noun(text, numeral) is not None or _has_more(text, numeral):
        return False
    if not float(numeral.value).is_integer() and not _pattern("left", "mean").search(text):
        return False
    elliptic = (
        is_elliptic(text, numeral) or _pattern("left", "lone_adjective").match(text, numeral.end) is not None
    )
    elliptic = elliptic or is_compared(text, numeral)
    if _names_next(text, numeral) and not elliptic:
        return False
    if numeral.form == "word" and numeral.value <= 1:
        more = _MORE.match(text, numeral.end)
        return (more or _OF_WHICH.search(_before(text, numeral.start))) is not None
    before = _before(text, numeral.start)
    if _pattern("left", "quantitative").search(before) or _is_entry(text, numeral):
        return True
    if _pattern("left", "free").search(before) is None and _is_numbered(before):
        return is_compared(text, numeral)
    if numeral.value >= _HUNDRED or numeral.high is not None:
        return True
    free = "free" if numeral.value > _TWENTY else "free_small"
    behind = _pattern("left", free).search(before) is not None
    return behind or elliptic or is_compared(text, numeral)


_HUNDRED = 100
#: `waarvan één`, `één meer dan in 2009`.
_OF_WHICH = re.compile(r"\b(?:waarvan|daarvan|hiervan)(?: er)? $")
_MORE = re.compile(r" (?:meer|minder) dan\b")

_STOPS = re.compile(r"[.;]|$")


def is_compared(text: str, numeral: Numeral) -> bool:
    """Whether a number is so many more or less, or so many of what was counted: `150 meer`, `elf daarvan`."""
    return _pattern("left", "compared").match(text, numeral.end) is not None


def _has_more(text: str, numeral: Numeral) -> bool:
    """Whether somebody has so many more of something else than others have: `12 meer bussen dan de buren`."""
    more = _MORE_OF.match(text, numeral.end)
    return more is not None and phrase_at(text, more.end(), len(text)) is not None


_MORE_OF = re.compile(r" (?:meer|minder)(?= [a-zë])")


def is_elliptic(text: str, numeral: Numeral) -> bool:
    """Whether a small number stands for what was counted: before its verb, or behind the time it holds in."""
    before = _before(text, numeral.start)
    spoken_of = before.endswith("de ") and text.startswith(" die ", numeral.end)
    spoken_of = spoken_of or (before.endswith(" op ") and _STOPS.match(text, numeral.end) is not None)
    spoken_of = spoken_of or (numeral.value == 0 and before.endswith((" op ", " naar ", " tot ")))
    if spoken_of or _pattern("left", "dated").search(before):
        return True
    predicated = _pattern("left", "predicated").match(text, numeral.end)
    return predicated is not None and _pattern("left", "elliptic").search(before) is not None


def _is_single_place(text: str, numeral: Numeral) -> bool:
    """Whether `één` says where, or of what thing (`hoeveel bedrijven op één adres`)."""
    if numeral.form != "word" or numeral.value != 1:
        return False
    where = as_written("units", "where").search(text, max(0, numeral.start - 6), numeral.start) is not None
    return (where and _WORD_BEHIND.match(text, numeral.end) is not None) or _names_next(text, numeral)


def _names_next(text: str, numeral: Numeral) -> bool:
    """Whether the word behind a number may be a noun."""
    match = _WORD_BEHIND.match(text, numeral.end)
    return match is not None and not _may_follow(match[1])


_WORD_BEHIND = re.compile(r" ([a-zë]{4,})")


def _may_follow(word: str) -> bool:
    """Whether a word behind a number can be a verb, an adverb or a predicate; a noun would be counted."""
    if word in stops() or is_verb(word):
        return True
    return _pattern("left", "predicate").search(word) is not None


def _is_numbered(before: str) -> bool:
    """Whether the word before a number is a noun that it numbers (`motie 1617`)."""
    match = _pattern("left", "numbers").search(before)
    return match is not None and match[0].strip() not in stops()


def _in_name(text: str, numeral: Numeral) -> bool:
    if numeral.form != "digits":
        return False
    grouped = "." in text[numeral.start : numeral.end]  # `de IND 8.120 mvv's`
    named = None if grouped else re.search(r"(?<![\w-])[A-Z]{2,}\w* $", _before(text, numeral.start))
    if named is not None and named[0].strip().lower() not in agencies():
        return True
    if numeral.value < 100 and re.compile(r" [A-Z]").match(text, numeral.end):
        return True
    return _is_named(text, numeral)


def _is_named(text: str, numeral: Numeral) -> bool:
    """Whether a small number follows a name (`Asja 2`)."""
    name = re.search(r"(?<!^)(?<![.?!:] )\b[A-Z][a-zë]+ $", _before(text, numeral.start))
    return numeral.form == "digits" and numeral.value <= 20 and name is not None


def _unknown_noun(text: str, numeral: Numeral) -> str | None:
    """The plural noun, not in the vocabulary, that follows the number after at most one adjective."""
    noun = phrase_at(text, numeral.end, len(text))
    return noun.phrase if noun and noun.phrase not in _ACTS else None
