"""What the numbers of a sentence count: by their own words, or by what stands elsewhere."""

import re
from collections.abc import Sequence
from itertools import islice

from transforms.counting import (
    SMALL,
    Quantity,
    ends_clause,
    is_elliptic,
    is_figure,
    is_single_place,
    listed_under,
    noun_left,
    pattern,
    stands_free,
    topic_of,
    unknown_noun,
    words_before,
)
from transforms.nouns import (
    LENGTHS,
    TOLD_BY_NOUN,
    UNCARRIED,
    Noun,
    is_adjective,
    is_physical,
    is_plural,
    noun_in,
    phrase_at,
    unit_of,
    unit_of_any,
)
from transforms.numerals import NONE, Numeral
from transforms.own_quantities import ROOM_FOR, named_before, own_quantity
from transforms.vocabulary import as_written


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
    found: list[Quantity] = []
    last = carried
    for numeral, quantity in zip(numerals, _by_own_words(text, numerals), strict=True):
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
            last = noun if noun.unit in TOLD_BY_NOUN else last
    return [quantity for quantity in found if is_figure(text, quantity)]


def _by_own_words(text: str, numerals: Sequence[Numeral]) -> list[Quantity | None]:
    """The quantities that the words at the numbers make, each with a noun or one shared with the next."""
    limits = [*(numeral.start for numeral in numerals[1:]), len(text)][: len(numerals)]
    own = [own_quantity(text, numeral, limit) for numeral, limit in zip(numerals, limits, strict=True)]
    for index in range(len(numerals) - 2, -1, -1):
        numeral, following = numerals[index], own[index + 1]
        if own[index] is not None or following is None:
            continue
        if _shares(text, numeral, numerals[index + 1], following):
            own[index] = _sibling(text, numeral, following)
    return own


def _without(text: str, lengths: Sequence[tuple[int, int]]) -> str:
    """The text with dots for these stretches of it."""
    for start, end in lengths:
        text = text[:start] + "…" * (end - start) + text[end:]
    return text


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
    alike = text.endswith(" van ", 0, numeral.start) and pattern("between", "parallel").fullmatch(link)
    return bool(alike) or pattern("between", "listed").fullmatch(link) is not None


#: A number above it that shares the unit of a percentage counts something else.
_MOST_PERCENT = 1000


def _sibling(text: str, numeral: Numeral, following: Quantity) -> Quantity:
    """The number with the noun of the next one, and an adjective of its own: `40 vaste en 90 losse`."""
    adjective = as_written("units", "own_adjective").match(text, numeral.end)
    noun = following.phrase.rpartition(" ")[2]
    own = f"{adjective[1]} {noun}" if adjective and is_adjective(adjective[1]) else following.phrase
    return following._replace(numeral=numeral, phrase=own, rule="unit.sibling_right")


def _from_left(text: str, numeral: Numeral, before: list[Quantity]) -> Quantity | None:
    """From `het aantal …` before the number or from the number before it, whichever is nearer."""
    if (told := _told_left(text, numeral)) is not None:
        return told
    named = None if is_single_place(text, numeral) else noun_left(text, numeral.start)
    noun = named or _partitive(text, numeral)
    last = before[-1] if before and (noun is None or noun.start < before[-1].numeral.start) else None
    if last is not None and _is_level_again(text, numeral, last):
        return last._replace(numeral=numeral, end=numeral.end, confidence=0.85, rule="unit.sibling_left")
    sibling = _last_counted(text, before)
    if unknown_noun(text, numeral) is not None:
        return None
    if noun is not None and (sibling is None or noun.start > sibling.numeral.start):
        return Quantity(numeral, noun.unit, noun.phrase, numeral.end, 0.95, "unit.noun_left")
    bracketed = _bracketed(text, numeral)
    if bracketed is not None and (bracketed.unit != "other" or sibling is None):
        return bracketed
    measured = _measured_left(text, numeral, before)
    if measured is not None or sibling is None:
        return measured or _aside(text, numeral)
    if stands_free(text, numeral) or _is_gapped(text, numeral, sibling):
        again = sibling._replace(numeral=numeral, end=numeral.end, confidence=0.85, rule="unit.sibling_left")
        of_people = pattern("left", "people").search(words_before(text, numeral.start))
        return _of_people(again) if of_people else again
    return _aside(text, numeral)


def _of_people(quantity: Quantity) -> Quantity:
    """Those who are in places: `plaats voor 80 kinderen, van wie er nu 64 …`."""
    if not quantity.phrase.startswith(ROOM_FOR):
        return quantity
    return quantity._replace(unit="persons", phrase=quantity.phrase.removeprefix(ROOM_FOR))


def _last_counted(text: str, before: list[Quantity]) -> Quantity | None:
    """The number before that counts something, other than over how many places another one is spread."""
    counted = [each for each in before if each.unit not in UNCARRIED]
    before_last = words_before(text, counted[-1].numeral.start) if len(counted) > 1 else ""
    return counted[-2 if pattern("left", "spread").search(before_last) else -1] if counted else None


def _told_left(text: str, numeral: Numeral) -> Quantity | None:
    """By the label that a list of names stands under, or by what so many for each are told of."""
    if (listed := listed_under(text, numeral)) is not None:
        return Quantity(numeral, listed.unit, listed.phrase, numeral.end, 0.9, "unit.noun_left")
    rate = pattern("left", "per_many").search(words_before(text, numeral.start))
    return Quantity(numeral, "ratio", rate["phrase"], numeral.end, 0.9, "unit.rate") if rate else None


def _partitive(text: str, numeral: Numeral) -> Noun | None:
    """What a number is a part of, by the last `van de …` that begins a clause before it."""
    found = list(pattern("left", "partitive").finditer(text, 0, numeral.start))
    if not found:
        return None
    if not (is_elliptic(text, numeral) or pattern("left", "quantitative").search(text[: numeral.start])):
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


def _measured_left(text: str, numeral: Numeral, before: list[Quantity]) -> Quantity | None:
    """By the measure of the number before (`van 4 procent naar 6`), or by the noun of a percentage."""
    last = before[-1] if before and before[-1].unit in UNCARRIED else None
    if last is not None and (_reaches(text, numeral, last) or _of_next(text, numeral, last)):
        return last._replace(numeral=numeral, end=numeral.end, rule="unit.sibling_left")
    told = words_before(text, numeral.start)
    named = pattern("left", "percentage").search(told) or pattern("left", "percentage_is").search(told)
    if named is None or numeral.value > 100:
        return None
    phrase = named_before(text, numeral) or named["noun"]
    return Quantity(numeral, "percent", phrase, numeral.end, 0.9, "unit.percentage_left")


def _reaches(text: str, numeral: Numeral, stated: Quantity) -> bool:
    """Whether a measure goes to a number without a unit: `van 4 procent naar 6`, not `met 4 procent`."""
    share = stated.unit in ("percent", "percentage_points")
    last = stated.numeral.value
    if share and (numeral.value > max(100, last) or stated.numeral.form == "growth"):
        return False
    if not (share or stated.unit == "euro" or last / 10 < numeral.value < last * 10):
        return False
    before = text[max(0, stated.numeral.start - 30) : stated.numeral.start]
    by = as_written("units", "by").search(before) is not None and stated.unit != "euro"
    return not by and as_written("units", "reached").fullmatch(text, stated.end, numeral.start) is not None


def _of_next(text: str, numeral: Numeral, stated: Quantity) -> bool:
    """Whether a number without a unit is that of the next group, in the measure just stated."""
    alike = stated.numeral.value / _ALIKE < numeral.value < stated.numeral.value * _ALIKE
    measured = stated.unit in ("percent", *LENGTHS)
    if not alike or not measured or stated.numeral.form in ("growth", "fraction"):
        return False
    between = text[stated.end : numeral.start]
    if as_written("units", "part").search(between):
        return True
    return ends_clause(text, numeral.end) and pattern("left", "next_group").fullmatch(between) is not None


def _is_level_again(text: str, numeral: Numeral, last: Quantity) -> bool:
    """Whether a number is the same level at another time or place: `28 procent, tegen 19 in 2021`."""
    share = last.unit == "percent" and last.numeral.form in ("digits", "word")
    if not share and last.unit not in (*LENGTHS, "euro") and not is_physical(last.phrase):
        return False
    if numeral.high is not None or not _alike(numeral, last.numeral.value):
        return False
    by = as_written("units", "by").search(text, 0, last.numeral.start) is not None
    by = by or pattern("again", "more").match(text, last.end) is not None
    if by and not as_written("units", "against").match(text, last.end):
        return False
    if pattern("again", "ends").match(text, numeral.end) is None:
        return False
    return pattern("again", "before").search(text[last.end : numeral.start]) is not None


def _is_gapped(text: str, numeral: Numeral, sibling: Quantity) -> bool:
    """`De KMar telde 212 gevallen, de politie 640 en de Inspectie 58`: a body, and a number of the same.

    A small number is one where nothing but the body, or the group and its preposition, parts it from that.
    """
    in_place = as_written("units", "in_place").match(text, numeral.end) is not None
    if not in_place and as_written("units", "gap_ends").match(text, numeral.end) is None:
        return False
    gap = text[sibling.end : numeral.start]
    if len(gap) > _LONGEST_GAP or numeral.high is not None:
        return False
    listed = ": " not in gap or text.startswith((",", " en "), numeral.end)
    if listed and pattern("left", "gap").fullmatch(gap):
        return True
    if gap.endswith(": ") and in_place:
        return True
    preposition = as_written("units", "preposition").search(gap)
    if preposition and pattern("left", "gap_parallel").fullmatch(gap):
        return words_before(text, sibling.numeral.start).endswith(f" {preposition[1]} ")
    if numeral.form != "digits" or numeral.value <= SMALL:
        return False
    return pattern("left", "gapped").search(words_before(text, numeral.start)) is not None


_LONGEST_GAP = 110


def _aside(text: str, numeral: Numeral) -> Quantity | None:
    """`de crisisgevallen, naar schatting 500, zijn …`: a number of what the clause before it names."""
    if numeral.value < SMALL or pattern("left", "behind_aside").match(text, numeral.end) is None:
        return None
    match = pattern("left", "aside").search(words_before(text, numeral.start))
    noun = noun_in(match["clause"]) if match else None
    return Quantity(numeral, noun[0], noun[1], numeral.end, 0.8, "unit.aside") if noun else None


def _bracketed(text: str, numeral: Numeral) -> Quantity | None:
    """`De aanvragen kwamen uit Iran (724)`: a number in brackets behind a name, and what the clause is of.

    Behind a noun that can be counted it is the number of that: `een derde van de slachtoffers (233)`.
    """
    if numeral.form != "digits" or as_written("units", "closed").match(text, numeral.end) is None:
        return None
    before = words_before(text, numeral.start)
    noun = pattern("left", "noun_bracketed").search(before)
    counted = noun is not None and is_plural(noun["noun"])
    if noun is not None and counted and not pattern("enumeration", "noun").search(noun["noun"]):
        unit = unit_of_any(noun["noun"])
        sure = unit in TOLD_BY_NOUN or numeral.value > 20
        if unit not in UNCARRIED and sure and numeral.value > 1:
            return Quantity(numeral, unit, noun["phrase"], numeral.end, 0.85, "unit.bracketed")
    if pattern("left", "bracketed").search(before) is None or numeral.value < SMALL:
        return None
    named = noun_in(text[: numeral.start]) or _behind_list(text, numeral)
    return Quantity(numeral, named[0], named[1], numeral.end, 0.75, "unit.bracketed") if named else None


def _behind_list(text: str, numeral: Numeral) -> tuple[str, str] | None:
    """`Uit Iran (724) en Irak (310) kwamen aanvragen`: what a clause is of, behind such a list."""
    for match in pattern("left", "places_listed").finditer(text):
        if match.start() < numeral.start < match.end():
            return noun_in(match["clause"])
    return None


def _carried(text: str, numeral: Numeral, noun: Noun | None) -> Quantity | None:
    """`Vorig jaar waren dat er 310`: of what the sentence begins with, or of `noun`, counted last."""
    topic = topic_of(text)
    noun = topic if topic and topic.end < numeral.start else noun or _restated(text, numeral)
    before = words_before(text, numeral.start)
    of_people = as_written("units", "of_people").match(text, numeral.end) or pattern("left", "people").search(
        before
    )
    if of_people and (noun is None or noun.unit not in ("persons", "percent")):
        noun = Noun("persons", "", numeral.start, numeral.start)
    if noun is None or not stands_free(text, numeral, of_length=noun.unit in LENGTHS):
        return None
    is_year = _YEAR.fullmatch(text, numeral.start, numeral.end) is not None
    if is_year and pattern("left", "quantitative").search(before) is None:
        return None
    return Quantity(numeral, noun.unit, noun.phrase, numeral.end, 0.75, "unit.carried")


#: What is mostly a year, where nothing says that it counts something.
_YEAR = re.compile(r"(?:19|20)\d\d")


def _restated(text: str, numeral: Numeral) -> Noun | None:
    """`550.000, ofwel 7 procent van alle huishoudens`: what the share behind a number is of."""
    match = pattern("left", "restated").match(text, numeral.end)
    noun = phrase_at(text, match.end() - 1, len(text)) if match else None
    return noun if noun is not None and noun.unit not in UNCARRIED else None


def _lasts(text: str, numeral: Numeral, lasting: tuple[Noun, float] | None) -> Quantity | None:
    """`Per 1 juni was die bekort tot negen`: the length, without a unit, of what was told before."""
    if lasting is None or numeral.high is not None or not _alike(numeral, lasting[1]):
        return None
    if not ends_clause(text, numeral.end):
        return None
    before = words_before(text, numeral.start)
    again = pattern("again", "was").search(before)
    of_time = lasting[0].unit not in ("percent", "euro")
    if again is None and not (of_time and pattern("left", "lasting").search(before)):
        return None
    return Quantity(numeral, lasting[0].unit, lasting[0].phrase, numeral.end, 0.75, "unit.carried")


def _alike(numeral: Numeral, last: float) -> bool:
    """Whether two numbers can be levels of one thing: these are seldom many times each other."""
    return last / _ALIKE < numeral.value < last * _ALIKE and (numeral.value <= 100 or last > 100)


#: Lengths of one thing are seldom this many times each other.
_ALIKE = 8


def _moved_mark(text: str, numeral: Numeral) -> Quantity | None:
    """One end of a pair of marks that nothing else gives a unit."""
    match = pattern("left", "score_pair").search(text)
    if match is None or numeral.start not in (match.start("from"), match.start("to")):
        return None
    return Quantity(numeral, "other", "score", numeral.end, 0.75, "unit.score")
