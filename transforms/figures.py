"""A claim, what those so far leave to the next sentence, and what all sentences of a letter share."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple

from transforms import attribution, continuing
from transforms.changes import Change
from transforms.counting import Quantity
from transforms.notes import Citation
from transforms.nouns import Noun, is_sex
from transforms.numerals import Numeral
from transforms.sentences import Sentence
from transforms.timing import Timing
from transforms.vocabulary import as_written, words


class Claim(NamedTuple):
    """A figure of a sentence; offsets are into the reading text."""

    start: int
    end: int
    numeral: Numeral
    unit: str
    kind: str
    phrase: str
    counted: str  # as what it is told apart from others: its code or noun, or that of the figure before
    measure: str  # its code or the words of what it counts, empty where the letter has none
    measure_code: str | None
    timing: Timing
    direction: str
    status: str
    precision: str
    source: str | None
    per: str | None
    statistic: str | None
    population: dict[str, str]
    sentence: Sentence
    confidence: float
    rule: str


class Linked(NamedTuple):
    """A quantity with all that its sentence says of it."""

    quantity: Quantity
    change: Change
    timing: Timing
    kind: str
    status: str
    end_of_pair: bool = False
    until: int | None = None  # where the next number of the sentence begins


class Level(NamedTuple):
    """A level stated in the paragraph: what a change that follows is a change of."""

    unit: str
    period: str
    value: float


class Stated(NamedTuple):
    """A figure by which a later sentence may go on about the same data: it says its number again."""

    unit: str
    value: float
    period: str
    noun: str  # what it counts
    measure_code: str | None
    population: Mapping[str, str]


class Series(NamedTuple):
    """Figures that a body was credited with: what they counted, in which words, and in which paragraph."""

    source: str
    unit: str
    nouns: frozenset[str]
    text: str
    paragraph: int


class Described(NamedTuple):
    """A publication that the letter goes on describing: whose it is, and its figures so far."""

    source: str
    statuses: frozenset[str]
    years: frozenset[int]
    paragraph: int
    words: frozenset[str]  # the long ones of the sentences with its figures
    whole: bool = False  # all of the section is from it, as the letter says
    letter: bool = False  # all of the letter is


class Cited(NamedTuple):
    """Source and period of the figures that a footnote is cited for, their sentence, and noun."""

    source: str | None
    period: str | None
    text: str = ""
    phrase: str = ""
    measure_code: str | None = None
    noun: Noun | None = None


class Left(NamedTuple):
    """What a paragraph leaves to those behind it: the period that it ended in, if one, and its long words."""

    period: str | None
    words: frozenset[str]


@dataclass(frozen=True)
class Memory:
    """What the sentences of a paragraph so far leave to the next one."""

    paragraph: int = -1
    noun: Noun | None = None
    lasting: tuple[Noun, float] | None = None  # the time that the last sentence ended with
    period: str | None = None
    spoken: str | None = None  # the period last spoken of, whether or not a figure has it
    told: str | None = None  # that, or one before it to compare with, in this paragraph or before
    aside: str | None = None  # the period of the last sentence, where it went back in time to compare
    planned: str | None = None  # the period of the last figures, where they are all to come
    mentioned: tuple[str, ...] = ()  # the periods last mentioned, be it to compare with
    stretch: str | None = None  # from one level to another that was led to last
    reported: str | None = None  # the year of the report that the letter named last
    described: str | None = None  # that, as long as no other time was spoken of
    topic: str | None = None  # the period that the last sentence with one tells of
    framed: str | None = None  # the period that a sentence without figures set for those to come
    by_turns: tuple[str, ...] = ()  # the periods of the last sentence's figures, where each has its own
    peak: int = 0  # the last year of the paragraph's figures
    total: str | None = None  # the stretch of the periods of the last sentence's figures
    section: str | None = None  # the period of the heading
    left: tuple[Left, ...] = ()  # by the paragraphs before, in this section, that told of a time
    subjects: frozenset[str] = frozenset()  # the long words of the section's sentences with figures
    fresh: bool = False  # the last sentence stated or went on about the topic
    here: frozenset[str] = frozenset()  # those of the paragraph's sentences with a figure or a time
    timeless: bool = False  # the last sentence had figures, and none of them a period
    stated: tuple[Stated, ...] = ()  # the figures of the letter so far that have a period
    asked: str | None = None  # the period of the question that is answered
    inquired: tuple[Noun, ...] = ()  # whose number the questions ask that are not answered yet
    listed: str | None = None  # the period of the list that a sentence with a colon opened
    listing: Noun | None = None  # what that list counts
    bracketed: str | None = None  # the year of the numbers in brackets below its heading
    parted: bool = False  # the rows of the table are parts of a whole
    lead: str = ""  # what its lead-in says of that, from the noun on
    source: str | None = None
    last: str = ""  # the last sentence of the paragraph
    introduced: bool = False  # the source was named for the figures to come
    lister: str | None = None  # whose the entries are of the list that a sentence with a colon opened
    series: Series | None = None  # what was credited last, in this paragraph or one before
    publication: Described | None = None  # the publication that the section goes on about
    headed: str | None = None  # the section's heading, where it may name a publication
    trail: tuple[str, ...] = ()  # sentences without figures since then, a paragraph's end as an empty one
    has_figures: bool = False
    phrase: str = ""  # of what was counted last
    whole: str = ""  # what all figures of the last sentence that counted are of
    worded: tuple[str, bool, str] | None = None  # the last figure's unit, whether it is a change, its words
    measure_code: str | None = None
    kind: str = "count"  # of that
    turns: tuple[tuple[str, str | None], ...] = ()  # kind and code of the two measures told in one breath
    # of the last whole
    population: Mapping[str, str] = field(default_factory=lambda: {"population": "total"})
    counted_in: str | None = None  # its period
    room: Mapping[str, str] | None = None  # of the last places, while it is told whom they are for
    stale: bool = False  # something else was named since
    around: tuple[str, ...] = ()  # what was said around the sentence, the nearest first
    ended: str = ""  # the end of the section before
    levels: tuple[Level, ...] = ()
    compared: Timing | None = None  # the time of the last change that was compared with another

    def _replace(self, **changes: Any) -> "Memory":
        """The memory with some changes: every sentence has some, so it isn't made anew field by field."""
        changed = object.__new__(Memory)
        changed.__dict__.update(self.__dict__, **changes)
        return changed


class Letter(NamedTuple):
    """What all sentences of a letter share: its dates, what it is about, its short names, its footnotes."""

    letter_date: date | None
    topics: tuple[str, ...]  # its subject, its first lines, its dossier's title
    short_names: Callable[[], Mapping[str, str]] = dict
    citations: Sequence[Citation] = ()
    published: Callable[[], list[attribution.Published]] = list
    asked_on: date | None = None  # when the questions were sent that it answers
    askers: str | None = None  # the members who ask them


def head(phrase: str) -> str:
    """The last word of a noun phrase, which says what is counted."""
    return phrase.lower().split()[-1] if phrase.strip() else ""


def noun_of(claim: Claim) -> Noun:
    """What a figure counts, as the noun that the next one may go on about."""
    return Noun(claim.unit, claim.phrase, claim.numeral.start, claim.numeral.end)


def words_left(claim: Claim) -> tuple[str, bool, str] | None:
    """What a figure leaves to one that goes on about it without words of its own."""
    if claim.measure_code or not claim.measure:
        return None
    return claim.unit, claim.kind == "growth", claim.measure


def whole_of(text: str, claims: Sequence[Claim]) -> str:
    """What the figures of a sentence are of: the noun of the whole if they are parts, none of several."""
    claims = [claim for claim in claims if not is_sex(claim.phrase)]
    if not claims or text[: claims[0].numeral.start] in OF_WHOLE:
        return claims[0].phrase if claims else ""
    phrase, joined = claims[-1].phrase, False
    for claim, following in zip(reversed(claims[:-1]), reversed(claims), strict=False):
        gap = text[claim.numeral.end : following.numeral.start]
        if continuing.is_part(gap, text[following.numeral.end :]) or gap.endswith(": "):
            phrase, joined = claim.phrase, False
        elif claim.phrase != phrase and as_written("periods", "joint").search(gap):
            joined = True
    return "" if joined else phrase


def speaks_of_whole(text: str, memory: Memory) -> bool:
    """`Van de slachtoffers …`, after a figure of slachtoffers."""
    whole = memory.noun.phrase.split()[-1:] if memory.noun else []
    return text.startswith(OF_WHOLE) and any(word in text for word in whole)


#: What a sentence begins with that is about a part of what was told.
OF_WHOLE: tuple[str, ...] = tuple(words("periods")["words"]["of_whole"])


@lru_cache(maxsize=256)  # asked for each figure of a sentence
def subjects(text: str) -> frozenset[str]:
    """The long words of a sentence that may be what it is about."""
    return frozenset().union(*map(_long_words, text.split()))


@lru_cache(maxsize=100_000)  # the words of a language are soon known
def _long_words(token: str) -> Sequence[str]:
    return [word for word in re.findall(r"[^\W\d_]{7,}", token.lower()) if word not in _idle()]


@cache
def _idle() -> frozenset[str]:
    return frozenset(words("periods")["subject"]["idle"])
