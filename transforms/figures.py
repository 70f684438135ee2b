"""A claim, and what the claims of a paragraph so far leave to its next sentence."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from transforms import attribution
from transforms.nouns import Noun
from transforms.numerals import Numeral
from transforms.periods import Period, year_of
from transforms.quantities import noun_left
from transforms.sentences import Sentence
from transforms.timing import Timing


class Claim(NamedTuple):
    """A figure of a sentence; offsets are into the reading text."""

    start: int
    end: int
    numeral: Numeral
    unit: str
    kind: str
    phrase: str
    measure: str
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


class Level(NamedTuple):
    """A level stated in the paragraph: what a change that follows is a change of."""

    unit: str
    period: str
    value: float


class Memory(NamedTuple):
    """What the sentences of a paragraph so far leave to the next one."""

    paragraph: int = -1
    noun: Noun | None = None
    period: str | None = None
    year: int | None = None
    source: str | None = None
    introduced: bool = False  # the source was named for the figures to come
    has_figures: bool = False
    phrase: str = ""  # of what was counted last
    measure_code: str | None = None
    population: str = "total"
    levels: tuple[Level, ...] = ()


class Letter(NamedTuple):
    """What all sentences of a letter share: its date, and what it is about."""

    letter_date: date | None
    topic: str


def next_paragraph(memory: Memory, sentence: Sentence) -> Memory:
    """A source that the end of a paragraph without figures introduced holds for the next one too."""
    lasts = memory.introduced and not memory.has_figures and sentence.place != "footnote"
    return Memory(sentence.paragraph, source=memory.source if lasts else None, introduced=lasts)


def introduced(memory: Memory, sentence: Sentence) -> Memory:
    """A sentence without figures leaves its noun, and the source of the data that it introduces."""
    text = sentence.text
    stated = attribution.source(text, memory.source) if attribution.introduces(text) else None
    return memory._replace(
        noun=noun_left(text, len(text)) or memory.noun,
        source=stated or memory.source,
        introduced=stated is not None,
    )


def remembered(memory: Memory, text: str, times: Sequence[Period], found: Sequence[Claim]) -> Memory:
    """What a sentence with figures, `text`, leaves: the noun, period, source and levels it spoke of."""
    counted = [claim for claim in found if claim.kind in ("count", "capacity")]
    years = [year for period in times if period.role == "time" and (year := year_of(period.value))]
    stated = attribution.source(text, memory.source)
    introduces = stated is not None and not found and attribution.introduces(text)
    return memory._replace(
        noun=_noun(text, counted) or memory.noun,
        period=_spoken_of(found) or memory.period,
        year=years[-1] if years else memory.year,
        source=stated or memory.source,
        introduced=introduces or (memory.introduced and stated is None),
        has_figures=memory.has_figures or bool(found),
        phrase=counted[-1].phrase if counted else memory.phrase,
        measure_code=counted[-1].measure_code if counted else memory.measure_code,
        population=counted[-1].population["population"] if counted else memory.population,
        levels=(*memory.levels, *(level for claim in found for level in levels_of(claim))),
    )


def _noun(text: str, counted: Sequence[Claim]) -> Noun | None:
    if counted:
        last = counted[-1]
        return Noun(last.unit, last.phrase, last.numeral.start, last.numeral.end)
    return noun_left(text, len(text))


def _spoken_of(found: Sequence[Claim]) -> str | None:
    """The period that the figures are about; an earlier one that they are compared with isn't it."""
    spoken = [claim for claim in found if claim.timing.period and "year_before" not in claim.timing.rule]
    levels = [claim for claim in spoken if claim.kind != "growth"]
    stated = [claim.timing.period for claim in levels or spoken if claim.timing.period]
    return max(stated, key=lambda period: year_of(period) or 0, default=None)


def levels_of(claim: Claim) -> list[Level]:
    """The claim as a level, where it is one that holds at a single point in time."""
    period = claim.timing.period
    if period is None or "/" in period or claim.kind not in ("count", "capacity"):
        return []
    return [Level(claim.unit, period, claim.numeral.value)]


def last_two(levels: Sequence[Level]) -> tuple[Level, Level] | None:
    """The last level and the one before it of the same unit, in the order of their periods."""
    if not levels:
        return None
    last = levels[-1]
    earlier = [level for level in levels[:-1] if level.unit == last.unit and level.period != last.period]
    if not earlier:
        return None
    other = earlier[-1]
    return (other, last) if other.period < last.period else (last, other)
