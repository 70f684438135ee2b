"""Whether a number without a noun of its own counts something where it stands, and which noun before it."""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from transforms.bodies import agencies
from transforms.nouns import (
    LENGTHS,
    TOLD_BY_NOUN,
    UNCARRIED,
    Noun,
    is_physical,
    is_plural,
    is_verb,
    phrase_at,
    stops,
    unit_of,
    unit_of_any,
    unit_of_singular,
)
from transforms.numerals import Numeral
from transforms.vocabulary import as_written, compiled, named, occurs, words


class Quantity(NamedTuple):
    """A numeral with its unit; `end` is where its noun ends, `confidence` how surely the noun is its own."""

    numeral: Numeral
    unit: str
    phrase: str
    end: int
    confidence: float
    rule: str


def is_measured(quantity: Quantity) -> bool:
    """Lengths, weights, energy, minutes: what is measured, not counted."""
    return quantity.unit == "other" and is_physical(quantity.phrase)


def is_time(quantity: Quantity) -> bool:
    """Whether a length of time is counted."""
    return quantity.unit in LENGTHS or occurs(named("standing", "kind", "minutes"), quantity.phrase)


@cache
def pattern(table: str, name: str) -> re.Pattern[str]:
    """A pattern of the vocabulary for units and what they count."""
    return compiled("units", words("units")[table][name])


def words_before(text: str, end: int) -> str:
    """The words before `end`, as many as matter: a page of numbers mustn't be read anew for each of them.

    They begin with a whole word: of those it is known what they may match.
    """
    if end <= _REACH:
        return text[:end]
    return text[max(text.find(" ", end - _REACH, end), end - _REACH) : end]


_REACH = 200


def is_figure(text: str, quantity: Quantity) -> bool:
    """Small number words without a noun of their own mostly count nothing (`een van de twee`)."""
    numeral = quantity.numeral
    own = quantity.rule not in ("unit.carried", "unit.sibling_left")
    if own or numeral.form != "word" or numeral.value > SMALL or is_elliptic(text, numeral):
        return True
    counts = pattern("left", "small_word").search(words_before(text, numeral.start))
    return counts is not None or is_compared(text, numeral)


#: A count up to this mostly says how many things will be spoken of, when the things are no statistic's.
SMALL = 12


def stands_free(text: str, numeral: Numeral, *, of_length: bool = False) -> bool:
    """Whether a number without a noun stands where it counts what was named before, or tells its length.

    Not so in a name (`Asja 2`), before a noun that the vocabulary doesn't hold, or, when it is small, behind
    anything but a word that a count follows (`waren er 9`): mostly it numbers something then.
    """
    if in_name(text, numeral) or unknown_noun(text, numeral) is not None or _has_more(text, numeral):
        return False
    if not (of_length or float(numeral.value).is_integer() or pattern("left", "mean").search(text)):
        return False
    elliptic = is_elliptic(text, numeral) or is_compared(text, numeral)
    elliptic = elliptic or pattern("left", "lone_adjective").match(text, numeral.end) is not None
    if _names_next(text, numeral) and not elliptic:
        return False
    if numeral.form == "word" and numeral.value <= 1:
        more = as_written("units", "more_than").match(text, numeral.end)
        of_which = as_written("units", "of_which").search(words_before(text, numeral.start))
        return (more or of_which) is not None
    before = words_before(text, numeral.start)
    if pattern("left", "quantitative").search(before) or _is_entry(text, numeral):
        return True
    if pattern("left", "free").search(before) is None and is_numbered(before):
        return is_compared(text, numeral)
    if numeral.value >= 100 or numeral.high is not None:
        return True
    free = "free" if numeral.value > 20 else "free_small"
    behind = pattern("left", free).search(before) is not None
    return behind or elliptic or is_compared(text, numeral)


def is_compared(text: str, numeral: Numeral) -> bool:
    """Whether a number is so many more or less, or so many of what was counted: `150 meer`, `elf daarvan`."""
    return pattern("left", "compared").match(text, numeral.end) is not None


def _has_more(text: str, numeral: Numeral) -> bool:
    """Whether somebody has so many more of something else than others have: `12 meer bussen dan de buren`."""
    more = as_written("units", "more_of").match(text, numeral.end)
    return more is not None and phrase_at(text, more.end(), len(text)) is not None


def is_elliptic(text: str, numeral: Numeral) -> bool:
    """Whether a small number stands for what was counted: before its verb, or behind the time it holds in."""
    before = words_before(text, numeral.start)
    if _is_spoken_of(text, numeral, before) or pattern("left", "dated").search(before):
        return True
    predicated = pattern("left", "predicated").match(text, numeral.end)
    return predicated is not None and pattern("left", "elliptic").search(before) is not None


def _is_spoken_of(text: str, numeral: Numeral, before: str) -> bool:
    """Whether a number alone is as much as one spoken of: `de 40 die …`, `kwam uit op 40.`, `ging naar 0`."""
    if as_written("units", "the").search(before) and as_written("units", "who").match(text, numeral.end):
        return True
    if as_written("units", "comes_to").search(before) and ends_clause(text, numeral.end):
        return True
    return numeral.value == 0 and as_written("units", "goes_to").search(before) is not None


def ends_clause(text: str, start: int) -> bool:
    """Whether a clause ends at `start`."""
    return _STOPS.match(text, start) is not None


_STOPS = re.compile(r"[.;]|$")


def _is_entry(text: str, numeral: Numeral) -> bool:
    """Whether a text is no more than a label, or a time, and a number: `Drenthe: 4`, `2018: 12`."""
    ends = pattern("left", "ends_entry").match(text, numeral.end)
    return ends is not None and pattern("left", "entry").match(text[: numeral.start]) is not None


def is_single_place(text: str, numeral: Numeral) -> bool:
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
    if word in stops() or word in ACTS or is_verb(word):
        return True
    return pattern("left", "predicate").search(word) is not None


def is_numbered(before: str) -> bool:
    """Whether the word before a number is a noun that it numbers (`motie 1617`)."""
    match = pattern("left", "numbers").search(before)
    return match is not None and match[0].strip() not in stops()


def in_name(text: str, numeral: Numeral) -> bool:
    """Whether digits stand in a name: behind one that isn't a body's, or before a capital."""
    if numeral.form != "digits":
        return False
    grouped = "." in text[numeral.start : numeral.end]  # `de IND 8.120 mvv's`
    named = None if grouped else _ABBREVIATION.search(words_before(text, numeral.start))
    if named is not None and named[0].strip().lower() not in agencies():
        return True
    if numeral.value < 100 and _CAPITAL.match(text, numeral.end):
        return True
    return is_named(text, numeral)


_ABBREVIATION = re.compile(r"(?<![\w-])[A-Z]{2,}\w* $")
_CAPITAL = re.compile(r" [A-Z]")


def is_named(text: str, numeral: Numeral) -> bool:
    """Whether a small number follows a name (`Asja 2`)."""
    if numeral.form != "digits" or numeral.value > 20:
        return False
    return _NAME.search(words_before(text, numeral.start)) is not None


#: A word with a capital that begins no sentence.
_NAME = re.compile(r"(?<!^)(?<![.?!:] )\b[A-Z][a-zë]+ $")


def unknown_noun(text: str, numeral: Numeral) -> str | None:
    """The plural noun, not in the vocabulary, that follows the number after at most one adjective."""
    noun = phrase_at(text, numeral.end, len(text))
    if noun is None or noun.phrase.partition(" ")[0] in ACTS:
        return None  # `van wie er 40 aangifte deden`
    return noun.phrase


#: What one does, in the singular: `er deden 40 aangifte`.
ACTS = frozenset(words("units")["acts"]["nouns"])
#: How often they do it, and other things: `40 keer`.
TIMES = frozenset(words("units")["acts"]["times"])


def noun_left(text: str, end: int) -> Noun | None:
    """The noun of the last `het aantal …`, or of the label (`Slachtoffers in 2011:`), before `end`."""
    label = pattern("left", "labelled").search(text, max(0, end - 90), end)
    if label and (unit := unit_of(label["noun"])) and unit not in UNCARRIED:
        return Noun(unit, label["noun"], *label.span("noun"))
    found = [
        noun
        for match in pattern("left", "of_number").finditer(text, 0, end)
        if (noun := _noun_of(text, match, end)) and noun.unit not in UNCARRIED
    ]
    found += _tallies(text, end)
    return max(found, key=lambda noun: noun.start, default=None)


def _tallies(text: str, end: int) -> list[Noun]:
    """The words for a number of something before `end`: `dodental`, `bezoekersaantal`."""
    if "tal" not in text:
        return []
    found = []
    for match in pattern("left", "tally").finditer(text, 0, end):
        of = match["of"]
        unit = next(filter(None, (unit_of(noun) for noun in (of, of.removesuffix("s"), f"{of}en"))), None)
        if unit is not None and unit not in UNCARRIED:
            found.append(Noun(unit, match[0], *match.span()))
    return found


def _noun_of(text: str, match: re.Match[str], end: int) -> Noun | None:
    """The noun behind `aantal`; behind words that part the two (`door de rechter …`) one of the lists."""
    noun = phrase_at(text, match.start("phrase"), end)
    if noun is not None:
        of = pattern("rate", "behind").match(text, noun.end)
        return noun if of is None or not is_of_each(noun, of) else for_each(noun, of)
    start = match.start("phrase")
    for word in re.finditer(r"[\w’-]+", match["phrase"]):
        unit = unit_of(word[0])
        if unit is not None:
            return Noun(unit, match["phrase"][: word.end()], start, start + word.end())
    return None


def is_of_each(noun: Noun, of: re.Match[str], each: bool = False) -> bool:
    """Whether so many for each of something are a rate: of people and staff, or where it says `elke`."""
    if noun.unit not in _COUNTED or is_physical(noun.phrase) or noun.phrase in TIMES:
        return False
    unit = unit_of(of["of"]) or unit_of_singular(of["of"])
    return unit in (_COUNTED if each else ("persons", "fte"))


def for_each(noun: Noun, of: re.Match[str]) -> Noun:
    """So many of a noun for each of what a match tells: `leerlingen per leraar`."""
    return Noun("ratio", f"{noun.phrase} per {of['of']}", noun.start, of.end())


_COUNTED = ("persons", "places", "cases", "fte", "other")


def listed_under(text: str, numeral: Numeral) -> Noun | None:
    """The noun of a label before names with a number each: `Bedden: Vita 12, Domus 8`."""
    if as_written("units", "entry_ends").match(text, numeral.end) is None:
        return None
    return _label(pattern("left", "listed").search(text[: numeral.start]), unit_of)


def topic_of(text: str) -> Noun | None:
    """The plural that a sentence begins with: mostly what it is about; behind an article any of people."""
    match = pattern("left", "topic").match(text)
    known = unit_of if match is None or not match.start("noun") else unit_of_any
    return _label(match, known)


def caption_of(text: str) -> Noun | None:
    """The plural that a heading, above lines with labels, begins with: `Gewonden in 2019`."""
    return _label(as_written("periods", "caption").match(text), unit_of)


def _label(match: re.Match[str] | None, known: Callable[[str], str | None]) -> Noun | None:
    """The plural that a match holds, where `known` tells of it a unit that its noun alone tells."""
    unit = known(match["noun"]) if match and is_plural(match["noun"]) else None
    if match is None or unit not in TOLD_BY_NOUN:
        return None
    return Noun(unit, match["noun"].lower(), *match.span("noun"))
