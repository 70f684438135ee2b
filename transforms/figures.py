"""A claim, and what the claims of a paragraph so far leave to its next sentence."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from transforms import attribution, carrying, continuing, listing, notation, timing
from transforms.counting import Quantity, noun_left, topic_of
from transforms.measures import says
from transforms.notation import is_closed, is_past, year_of
from transforms.notes import Citation
from transforms.nouns import UNCARRIED, Noun, is_sex
from transforms.numerals import Numeral
from transforms.periods import Period, reported_in
from transforms.sentences import Sentence, is_entry, is_heading
from transforms.standing import Change
from transforms.timing import Timing
from transforms.vocabulary import words


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
    listed: str | None = None  # the period of the list that a sentence with a colon opened
    listing: Noun | None = None  # what that list counts
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
    population: Mapping[str, str] = field(
        default_factory=lambda: {"population": "total"}
    )  # of the last whole
    counted_in: str | None = None  # its period
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
    """What all sentences of a letter share: its date, what it is about, its short names, its footnotes."""

    letter_date: date | None
    topics: tuple[str, ...]  # its subject, its first lines, its dossier's title
    short_names: Callable[[], Mapping[str, str]] = dict
    citations: Sequence[Citation] = ()
    published: Callable[[], list[attribution.Published]] = list


def next_paragraph(memory: Memory, sentence: Sentence, cited: Mapping[str, Cited] | None = None) -> Memory:
    """What lasts: an introduced source, the section's period and subjects, a list's period.

    A footnote's source and time are those of the figures that it is cited for, `cited`.
    """
    text, note = sentence.text, sentence.place == "footnote"
    begins = note or is_heading(sentence)
    kept = _for_note(sentence, cited or {}) if note else _with_source(memory, sentence)
    lasting: dict[str, Any] = {
        "stated": memory.stated,
        "reported": memory.reported,
        "described": None if note else memory.described,
    }
    if not begins:
        lasting |= {"publication": memory.publication, "headed": memory.headed}
    elif memory.publication is not None and memory.publication.letter:
        lasting |= {"publication": memory.publication}
    if continuing.opens_question(text):
        return kept._replace(**lasting)
    lasting |= {
        "asked": memory.asked,
        "subjects": memory.subjects if memory.asked or not begins else frozenset(),
        "told": kept.period or memory.told,
        "mentioned": memory.mentioned,
    }
    if not begins:
        lasting |= {
            "section": memory.section,
            "left": _left_to_next(memory),
            "listed": memory.listed if is_entry(sentence) else None,
        }
        if memory.listing is not None and continuing.is_entry(text):
            lasting |= {"listing": memory.listing, "lead": memory.lead}
            lasting |= {"noun": memory.listing} if continuing.is_labelled(text) else {}
        if continuing.is_entry(text) and continuing.counts_same(text):
            lasting |= {"noun": memory.noun}
    return kept._replace(**lasting)


def _left_to_next(memory: Memory) -> tuple[Left, ...]:
    """What the paragraphs so far leave to the next; a question between them asks about the one before it."""
    period, before = memory.period, memory.left
    if period is None and memory.planned is None:
        if not before or not memory.last.endswith("?"):
            return before
        return (*before[:-1], before[-1]._replace(words=before[-1].words | subjects(memory.last)))
    closed = period is not None and is_closed(period) and year_of(period) == memory.peak
    return (*before, Left(period if closed and memory.aside is None else None, memory.here))


def without_time(memory: Memory, sentence: Sentence) -> Memory:
    """The memory where a question or an answer begins: what was told goes on, its time doesn't."""
    kept = Memory(memory.paragraph)
    if sentence.place == "question" or continuing.opens_question(sentence.text):
        memory = memory._replace(asked=None, subjects=frozenset())
    times = (
        "period", "spoken", "mentioned", "stretch", "topic", "peak", "total", "left", "listed", "levels",
    )  # fmt: skip
    return memory._replace(told=memory.asked, **{name: getattr(kept, name) for name in times})


def _for_note(sentence: Sentence, cited: Mapping[str, Cited]) -> Memory:
    told = next((each for note, each in cited.items() if note.startswith(sentence.text)), Cited(None, None))
    return Memory(
        sentence.paragraph,
        source=told.source,
        period=told.period,
        around=(told.text,) if told.text else (),
        phrase=told.phrase,
        measure_code=told.measure_code,
        noun=told.noun,
    )


def _with_source(memory: Memory, sentence: Sentence) -> Memory:
    """A source that the end of a paragraph without figures introduced holds for the next one too."""
    series = memory.series
    if series is not None and sentence.paragraph - series.paragraph > _SERIES_LASTS:
        series = None
    if memory.lister is not None and is_entry(sentence):
        return Memory(
            sentence.paragraph, source=memory.lister, introduced=True, lister=memory.lister, series=series
        )
    if memory.has_figures:
        announced = memory.trail[-1:] if memory.trail and carrying.announces(memory.trail[-1]) else ()
        return Memory(sentence.paragraph, series=series, trail=announced)
    return Memory(
        sentence.paragraph,
        source=memory.source,
        introduced=memory.introduced,
        series=series,
        trail=_longer(memory.trail, ""),
    )


#: Paragraphs, headings among them, over which a letter may come back to a series of figures.
_SERIES_LASTS = 3


def introduced(memory: Memory, sentence: Sentence, times: Sequence[Period] = ()) -> Memory:
    """A sentence without figures leaves its noun, its time, and what it says of sources."""
    text, heads = sentence.text, is_heading(sentence)
    told = _last_spoken(listing.joined(text, times))
    spoken = None if _goes_back(text, told, memory) else told
    told = told or _last_told(times)
    memory = with_report(memory, text, times)
    named = noun_left(text, len(text)) or _in_unit(text) or (None if memory.noun else topic_of(text))
    return memory._replace(
        noun=named or memory.noun,
        stale=memory.stale or named is not None,
        spoken=spoken or memory.spoken,
        told=told or memory.told,
        mentioned=_mentioned(memory, times),
        topic=spoken or memory.topic,
        framed=_set_by(text, spoken, times) or memory.framed,
        fresh=spoken is not None,
        timeless=False,
        here=memory.here | subjects(text) if spoken else memory.here,
        asked=_asked(text, spoken, memory),
        subjects=memory.subjects | subjects(text) if text.endswith("?") else memory.subjects,
        section=spoken if heads else memory.section,
        headed=text if heads and attribution.has_data_noun(text) else memory.headed,
        listed=spoken if text.endswith(":") else memory.listed,
        listing=_listing(text, named, memory),
        lead=_lead(text, named, memory),
        trail=_longer(memory.trail, text),
        last=text,
    )


def _listing(text: str, named: Noun | None, memory: Memory) -> Noun | None:
    """What the entries of a list count, by the sentence with a colon that opens it."""
    if not continuing.opens_list(text):
        return memory.listing
    counted = named is not None and (
        named.unit in ("persons", "places", "cases", "fte") or named == noun_left(text, len(text))
    )
    return named if counted else None


def _lead(text: str, named: Noun | None, memory: Memory) -> str:
    """What the words that open a list say of what its entries count, up to a comma or a bracket."""
    if not continuing.opens_list(text):
        return memory.lead
    return _ASIDE.split(text[named.start :], maxsplit=1)[0] if named is not None else ""


_ASIDE = re.compile(r"[,;(]")


def _in_unit(text: str) -> Noun | None:
    """What a list counts whose lead-in only tells its unit, as one does of staff (`als volgt (in fte):`)."""
    unit = continuing.listed_in(text)
    return Noun("fte", unit.lower(), 0, 0) if unit else None


def _longer(trail: tuple[str, ...], text: str) -> tuple[str, ...]:
    return trail if text == "" and trail[-1:] == ("",) else (*trail[1 - _TRAIL :], text)


#: Sentences, and ends of paragraphs, over which a source can be named for the figures to come.
_TRAIL = 6


def settled(memory: Memory) -> Memory:
    """The memory with the source that the sentences of its trail leave: only a figure asks for it."""
    if not memory.trail:
        return memory
    last = 0 if memory.series is not None and memory.has_figures else _last_end(memory.trail)
    if last:
        memory = _without_source(memory, memory.trail[:last])
    for text in memory.trail[last:]:
        memory = _led(memory, text)
    return memory._replace(trail=())


def _last_end(trail: Sequence[str]) -> int:
    """How many of the sentences are behind us once the last that leaves no source has been read."""
    return next((at for at in range(len(trail), 0, -1) if _leaves_none(trail[at - 1])), 0)


def _leaves_none(text: str) -> bool:
    """Whether a sentence without figures leaves no source, whichever was named before it."""
    return (
        text != ""
        and not _is_heading(text)
        and not carrying.goes_on(text)
        and not carrying.finds(text)
        and not carrying.is_about_letter(text)
        and not attribution.refers_back(text)
        and attribution.of_section(text) is None
        and attribution.introduced(text) is None
        and attribution.looked_into(text) is None
    )


def _without_source(memory: Memory, before: Sequence[str]) -> Memory:
    """The memory behind sentences of which the last leaves no source."""
    kept = memory._replace(source=None, introduced=False)
    if (memory.series or memory.publication or memory.headed) and any(map(_ends_series, before)):
        return kept._replace(series=None, publication=None, headed=None)
    return kept


def _ends_series(text: str) -> bool:
    """Whether a sentence ends what was said of a body's data: it denies it, or the government decides."""
    return carrying.takes_back(text) or carrying.decides(text)


def _led(memory: Memory, text: str) -> Memory:
    """What a sentence without figures leaves of sources: data that it introduces, else who told or looked."""
    if memory.introduced and text and (_is_heading(text) or carrying.is_about_letter(text)):
        # a heading that names a publication tells which one of those introduced follows
        return memory._replace(source=None, introduced=False) if text == memory.headed else memory
    if _ends_series(text):
        return memory._replace(source=None, introduced=False, series=None, publication=None, headed=None)
    if not text:  # the end of a paragraph
        return memory if memory.introduced else memory._replace(source=None)
    if (stated := attribution.of_section(text)) is not None:
        return memory._replace(source=stated, introduced=True)
    credited = memory.series.text if memory.series is not None else ""
    if memory.has_figures and attribution.credited_behind(text, credited) is not None:
        return memory._replace(introduced=False)  # it speaks of the figures before it
    return _with_data(memory, text)


def _with_data(memory: Memory, text: str) -> Memory:
    """What a sentence leaves that may name data, or who told or looked into something."""
    if (stated := attribution.introduced(text, memory.source)) is not None:
        return memory._replace(source=stated, introduced=True)
    if (stated := attribution.looked_into(text, memory.source)) is not None:
        return memory._replace(
            source=stated,
            introduced=text.endswith(":") or carrying.tells_of_figures(text) or carrying.has_inquired(text),
        )
    if memory.source is not None and carrying.finds(text):
        return memory._replace(introduced=True)
    # a remark between figures of one source; what somebody only told doesn't outlast it
    lasts = carrying.goes_on(text) or (
        memory.series is not None
        and memory.has_figures
        and not carrying.begins_with_other(text, memory.source)
    )
    return memory if lasts else memory._replace(source=None, introduced=False)


def _is_heading(text: str) -> bool:
    """Whether a sentence is a heading, in a line of its own or before a text (`Wonen. Het tekort …`)."""
    if text[-1] not in ".?!:;":
        return not text.endswith((" zijn", " is", " waren", " was"))  # what it is a list tells
    return len(text) < _HEADING and text.count(" ") < 3 and text.endswith(".")


#: Characters: what is shorter may be a heading before a text.
_HEADING = 40


def remembered(
    memory: Memory, text: str, times: Sequence[Period], found: Sequence[Claim], day: date | None
) -> Memory:
    """What a sentence with figures, `text`, leaves: the noun, period, source and levels it spoke of."""
    counted = [claim for claim in found if claim.kind in ("count", "capacity")]
    told, spoken = _spoken_of(found), _last_spoken(listing.joined(text, times))
    memory = with_report(memory, text, times)
    if not found:
        memory = memory._replace(framed=_set_by(text, spoken, times) or memory.framed)
        spoken = spoken or memory.framed
    if memory.period is not None and (told or "").endswith(f"/{memory.period}"):
        told = memory.period  # a change up to the level spoken of
    frame = _frame(listing.joined(text, times))
    if frame is not None and told is not None and notation.holds(frame, told):
        told = frame  # `in 2018 nam het toe, van 30 in januari tot 40 in december`
    if found and all(claim.timing.rule == "period.each" for claim in found):
        told = memory.period  # a figure for each of its years
    credited = _credited(text, found)
    memory = _with_description(memory, text, found, credited)
    memory = _with_credit(memory, text, found, credited)
    lately = (told if spoken else None) or spoken or _last_told(times) or memory.told
    memory = memory._replace(told=lately, aside=None)
    year = memory.period if "/" not in (memory.period or "/") else None
    within = told is not None and year is not None and _is_within(year, told, found)
    if within or _goes_back(text, told or spoken, memory):
        memory, told, spoken = memory._replace(aside=told), None, None
    elif told is not None and _is_of_plans(found, told, day):
        memory, told, spoken = memory._replace(planned=told), None, None
    elif told is not None or spoken is not None:
        memory = memory._replace(planned=None)
    last = _without_where(text, counted) or _changed(found)
    named = _noun(text, last)
    whole = next((claim for claim in last if claim.measure_code == last[-1].measure_code), None)
    part = whole is not None and whole.measure_code == memory.measure_code and _is_part(text, whole)
    return memory._replace(
        noun=named or memory.noun,
        stale=not last and (memory.stale or named is not None),
        lasting=_lasting(found),
        period=told or memory.period,
        spoken=lately if memory.planned else (told if spoken else None) or spoken or memory.spoken,
        mentioned=_mentioned(memory, times),
        stretch=_led_through(found) if times else memory.stretch,
        topic=told or spoken or memory.topic,
        fresh=told is not None or spoken is not None or (memory.aside is not None and not memory.planned),
        here=memory.here | subjects(text) if found or spoken else memory.here,
        timeless=bool(found) and all(claim.timing.period is None for claim in found),
        stated=(*memory.stated, *stated_of(found))[-_STATED:],
        peak=max([memory.peak, *(year_of(claim.timing.period) or 0 for claim in found)]),
        total=_total(found),
        asked=_asked(text, told or spoken, memory),
        section=spoken if not found and continuing.is_heading(text) else memory.section,
        subjects=memory.subjects | subjects(text) if found or text.endswith("?") else memory.subjects,
        listed=spoken if text.endswith(":") else memory.listed,
        listing=_listing(text, named or memory.noun, memory),
        lead=_lead(text, named, memory),
        series=_series(memory.series, credited),
        has_figures=memory.has_figures or bool(found),
        last=text,
        phrase=_named_last(last) or memory.phrase,
        whole=whole_of(text, last) if _named_last(last) else memory.whole,
        worded=words_left(found[-1]) if found else None,
        measure_code=last[-1].measure_code if last else memory.measure_code,
        kind=counted[-1].kind if counted else memory.kind,
        turns=_turns(counted) or memory.turns,
        population=_of_all(last, whole) if whole and not part else memory.population,
        counted_in=whole.timing.period if whole and not part else memory.counted_in,
        compared=next(
            (claim.timing for claim in reversed(found) if claim.timing.base_period), memory.compared
        ),
        levels=(*memory.levels, *(level for claim in found for level in levels_of(claim))),
    )


def _without_where(text: str, counted: Sequence[Claim]) -> Sequence[Claim]:
    """The figures of a sentence without those that tell at the end in how many places the others are.

    `Er zijn 90 plaatsen, verdeeld over zes huizen`: what goes on is about the places.
    """
    while len(counted) > 1 and counted[-1].unit == "other" and counted[-2].unit != "other":
        if _WHERE.search(text, 0, counted[-1].numeral.start) is None:
            break
        counted = counted[:-1]
    return counted


_WHERE = re.compile(r"\b(?:in|bij|over|binnen|op)(?: (?:de|in totaal|ruim|bijna|circa|ongeveer|zo.n))* \Z")


def _named_last(counted: Sequence[Claim]) -> str:
    """What was counted last, not what those counted are (`521 waren vrouw`)."""
    return next((claim.phrase for claim in reversed(counted) if not is_sex(claim.phrase)), "")


def _of_all(counted: Sequence[Claim], first: Claim) -> dict[str, str]:
    """The population of what a sentence counts: of two side by side (`610 vrouwen en 402 mannen`) neither."""
    told = [
        set(claim.population["population"].split(";"))
        for claim in counted
        if claim.measure_code == first.measure_code
    ]
    others = any(not told[0] <= other for other in told[1:])
    sided = others and "=" in first.population["population"]
    return {"population": "unspecified"} if sided else first.population


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
        elif claim.phrase != phrase and _JOINT.search(gap):
            joined = True
    return "" if joined else phrase


#: What joins two things that are counted.
_JOINT = re.compile(r"(?:,| en| of| respectievelijk) $")


def _turns(counted: Sequence[Claim]) -> tuple[tuple[str, str | None], ...]:
    """The kinds and codes of two figures of a sentence that are of two measures."""
    turns = tuple((claim.kind, claim.measure_code) for claim in counted)
    return turns if len(turns) == len(set(turns)) == _PAIR else ()


_PAIR = 2


def with_report(memory: Memory, text: str, times: Sequence[Period]) -> Memory:
    """The memory with the year of a report that a sentence names; another time ends what it describes."""
    if not times:
        return memory
    year = reported_in(text, times)
    if year is not None:
        return memory._replace(reported=year, described=year)
    others = {each.value for each in times if each.role == "time" and each.rule != "period.now"}
    return memory if others <= {memory.described, None} else memory._replace(described=None)


def _lasting(found: Sequence[Claim]) -> tuple[Noun, float] | None:
    """The length of time, the share or the sum, and its unit, that the last figure is."""
    if not found or not (found[-1].kind == "duration" or _is_share(found[-1]) or found[-1].unit == "euro"):
        return None
    last = found[-1]
    return Noun(last.unit, last.phrase, last.numeral.start, last.numeral.end), last.numeral.value


def _is_share(claim: Claim) -> bool:
    """A percentage that is no change, in digits: what such a one was before is told without its sign."""
    return claim.unit == "percent" and claim.kind != "growth" and claim.numeral.form in ("digits", "word")


def _is_part(text: str, claim: Claim) -> bool:
    """Whether a figure is a part of what the sentence before counted, which goes on being the whole."""
    start, end = claim.numeral.start, claim.numeral.end
    return says("part", text[:start]) or _OF_THEM.match(text, end) is not None


#: `118 van hen`
_OF_THEM = re.compile(r" van (?:hen|deze|die)\b")


def _changed(found: Sequence[Claim]) -> list[Claim]:
    """The changes in what can be counted: a number after them may be of the same things."""
    return [claim for claim in found if claim.kind == "growth" and claim.unit not in UNCARRIED]


def _credited(text: str, found: Sequence[Claim]) -> list[Claim]:
    """The figures that somebody is credited with; what somebody supposes is no set of data."""
    credited = [claim for claim in found if claim.source is not None]
    return credited if credited and attribution.asked_by(text) is None else []


def _with_credit(memory: Memory, text: str, found: Sequence[Claim], credited: Sequence[Claim]) -> Memory:
    """A figure of nobody's begins another set of data, unless it is about who looked into something."""
    if not found:
        return memory._replace(trail=_longer(memory.trail, text))
    if credited:
        source, entry = credited[-1].source, is_entry(found[0].sentence)
        lister = source if entry and (memory.lister is not None or _opens_list(memory)) else None
        return memory._replace(source=source, introduced=False, lister=lister, trail=())
    counted = any(carrying.is_report(head(claim.phrase)) for claim in found)  # what an inspectorate does
    told = None
    if attribution.asked_by(text) is None and not counted:
        told = attribution.looked_into(attribution.without_forecast(text))
    return memory._replace(source=told, introduced=False, lister=None, trail=())


def _opens_list(memory: Memory) -> bool:
    """Whether the last sentence without figures opens a list."""
    return continuing.opens_list(next(filter(None, reversed(memory.trail)), ""))


def _with_description(memory: Memory, text: str, found: Sequence[Claim], credited: Sequence[Claim]) -> Memory:
    """The publication that the letter goes on describing, until a figure that isn't of it."""
    if not found or attribution.asked_by(text) is not None:
        return memory
    for said in filter(None, memory.trail):
        if (whole := attribution.of_section(said)) is not None:
            of_letter = attribution.is_of_letter(said)
            described = Described(
                whole, _TOLD, frozenset(), memory.paragraph, frozenset(), whole=True, letter=of_letter
            )
            return memory._replace(publication=described)
    last, before = credited[-1] if credited else None, memory.publication
    if before is not None and (before.whole or (last is None and _is_aim(found))):
        return memory
    if last is None:
        return memory._replace(publication=None, headed=None)
    same = before if before is not None and before.source == last.source else None
    if same is None and not _begins_description(memory, text):
        return memory._replace(publication=None)
    years = {year_of(claim.timing.period) for claim in credited}
    return memory._replace(
        publication=Described(
            last.source or "",
            frozenset(claim.status for claim in credited) | (same.statuses if same else frozenset()),
            frozenset(filter(None, years)) | (same.years if same else frozenset()),
            last.sentence.paragraph,
            subjects(text) | (same.words if same else frozenset()),
        )
    )


#: The standing of what a section can be said to be from somebody.
_TOLD = frozenset({"realised", "expected"})


def _is_aim(found: Sequence[Claim]) -> bool:
    """Whether a sentence amid a description says what is aimed at, or denies what isn't so."""
    return all(claim.status in ("target", "negated") for claim in found)


def _begins_description(memory: Memory, text: str) -> bool:
    """Whether a publication is described from here on, by the sentence, those before it, or the heading."""
    if memory.headed is not None and memory.publication is None:
        return True
    return any(map(attribution.describes, (text, *filter(None, memory.trail))))


def _series(before: Series | None, credited: Sequence[Claim]) -> Series | None:
    """What is credited now; nouns of the same source's figures before it stand for the same data."""
    if not credited or (source := credited[-1].source) is None:
        return before
    nouns = frozenset(head(claim.phrase) for claim in credited) - {""}
    same = before if before is not None and before.source == source else None
    counted = [claim.unit for claim in credited if claim.kind == "count"]
    unit = counted[-1] if counted else same.unit if same else credited[-1].unit
    nouns |= same.nouns if same else frozenset()
    sentence = credited[-1].sentence
    return Series(source, unit, nouns, sentence.text, sentence.paragraph)


def head(phrase: str) -> str:
    """The last word of a noun phrase, which says what is counted."""
    return phrase.lower().split()[-1] if phrase.strip() else ""


def _noun(text: str, counted: Sequence[Claim]) -> Noun | None:
    if counted:
        last = counted[-1]
        return Noun(last.unit, last.phrase, last.numeral.start, last.numeral.end)
    return noun_left(text, len(text))


def _mentioned(memory: Memory, times: Sequence[Period]) -> tuple[str, ...]:
    """The periods mentioned last, in whatever role."""
    return (*memory.mentioned, *(each.value for each in times if each.value))[-_MENTIONED:]


_MENTIONED = 8  # periods that a word such as `die datum` can point back to


def _led_through(found: Sequence[Claim]) -> str | None:
    """The stretch of a change: from one level to the other (`van 40 in 2014 naar 50 in 2019`).

    Or of those told before (`80 in 2019, zodat het aantal in één jaar met 5% groeide`).
    """
    for first, last in pairwise(found):
        start, end = first.timing.period, last.timing.period
        if "level.reached" not in last.rule or first.unit != last.unit or not start or not end:
            continue
        if "/" not in start + end and len(start) == len(end) and start < end:
            return f"{start}/{end}"
    over = (claim.timing for claim in reversed(found) if claim.kind == "growth")
    return next((each.period for each in over if each.rule == "period.levels" and not each.base_period), None)


def _last_spoken(times: Sequence[Period]) -> str | None:
    values = [period.value for period in times if period.role == "time" and period.rule != "period.now"]
    return next(filter(None, reversed(values)), None)


def _last_told(times: Sequence[Period]) -> str | None:
    """The period that `dat jaar` can mean in the next sentence: the last one, be it that of a plan."""
    values = [
        period.value
        for period in times
        if period.role in ("time", "deadline") and period.rule != "period.now"
    ]
    return next(filter(None, reversed(values)), None)


def _set_by(text: str, spoken: str | None, times: Sequence[Period]) -> str | None:
    """The time that a sentence without figures sets for those to come: of a survey, or `voor 2019`."""
    if spoken is not None:
        return spoken if continuing.is_measured(text) else None
    if text.endswith("?"):
        return None  # what is asked of one time is asked of nothing else
    return next((each.value for each in times if each.role == "deadline"), None)


def _frame(times: Sequence[Period]) -> str | None:
    """The year, or the years in a row, that a sentence begins with."""
    first = next((period for period in times if period.role != "base"), None)
    if first is None or first.role != "time":
        return None
    return first.value if first.rule in ("period.year", "period.relative_year", "period.joined") else None


def _goes_back(text: str, told: str | None, memory: Memory) -> bool:
    """Whether a sentence only compares with a time before the paragraph's (`in 2017 waren dat er 30`)."""
    scene = memory.period or memory.topic
    if told is None or scene is None or scene.startswith("/"):
        return False
    year, now = year_of(told) or 9999, year_of(scene) or 0
    within = year == now and len(told) == len(scene) and told < scene
    return (year < now or within) and continuing.is_aside(text)


def _is_of_plans(found: Sequence[Claim], told: str, day: date | None) -> bool:
    """Whether all figures of a period are plans or forecasts, and it isn't over: nothing else is of then."""
    then = [claim for claim in found if claim.timing.period == told]
    went_on = "/" in told and told[:4].isdigit() and day is not None and int(told[:4]) < day.year
    return (
        all(claim.status in ("target", "expected") for claim in then)
        and not went_on
        and not is_past(told, day)
    )


def _is_within(scene: str, told: str, found: Sequence[Claim]) -> bool:
    """Whether figures are of a part of the time told of: of that of a half year, only what it counts, too."""
    same = len(scene) == len("2018") or "unit.carried" in found[0].rule
    return same and notation.holds(scene, told)


def _spoken_of(found: Sequence[Claim]) -> str | None:
    """The period that the figures are about; an earlier one that they are compared with isn't it."""
    spoken = [claim for claim in found if claim.timing.period and "year_before" not in claim.timing.rule]
    bases = {claim.timing.base_period for claim in spoken if claim.kind == "growth"}
    levels = [claim for claim in spoken if claim.kind != "growth" and claim.timing.period not in bases]
    if all(claim.timing.rule.startswith("period.now.") for claim in levels):
        levels = spoken  # `in 2025 komen er 20 bij; het zijn er nu 50`: the plan is spoken of as well
    stated = [claim.timing.period for claim in levels or spoken if claim.timing.period]
    latest = max((year_of(period) or 0 for period in stated), default=0)
    last = [period for period in stated if (year_of(period) or 0) == latest]
    by_month = all("-" in period and "/" not in period for period in last)
    return (max(last) if by_month else last[-1]) if last else None


def _asked(text: str, spoken: str | None, memory: Memory) -> str | None:
    """The period that a question speaks of holds for its answer."""
    return (
        spoken or memory.asked if text.endswith("?") and is_closed(spoken or memory.asked) else memory.asked
    )


def cited_for(found: Sequence[Claim], offset: int) -> Cited:
    """What a footnote goes on about that is cited at `offset`: the last figure before it, else the first."""
    stated = [claim for claim in found if claim.timing.period and claim.kind != "growth"]
    before = [claim for claim in stated if claim.end <= offset][-1:] or stated[:1]
    credited = [claim.source for claim in found if claim.source]
    near = ([claim for claim in found if claim.end <= offset][-1:] or found[:1])[0]
    return Cited(
        credited[-1] if credited else None,
        before[0].timing.period if before else None,
        near.sentence.text,
        near.phrase,
        near.measure_code,
        _noun("", [] if near.unit in UNCARRIED else [near]),
    )


def _total(found: Sequence[Claim]) -> str | None:
    """The stretch from the first to the last of the years, one after the other, that figures hold in."""
    stated = {claim.timing.period for claim in found if claim.timing.period and claim.kind != "growth"}
    years = sorted(int(period) for period in stated if period.isdigit())
    if len(years) < 2 or len(years) != len(stated) or years[-1] - years[0] != len(years) - 1:
        return None
    return f"{years[0]}/{years[-1]}"


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


def levels_of(claim: Claim) -> list[Level]:
    """The claim as a level, where it is one that holds at a single point in time."""
    period = claim.timing.period
    if period is None or claim.kind not in ("count", "capacity", "share", "amount"):
        return []
    if "/" in period and not (timing.is_school_year(claim.timing) or notation.is_part_of_year(period)):
        return []
    return [Level(claim.unit, period, claim.numeral.value)]


def levels_for(unit: str, levels: Sequence[Level]) -> list[Level]:
    """The levels that a change in a unit can be one of: percentage points are the change of a percentage."""
    of_share = unit == "percentage_points"
    return [level for level in levels if (level.unit == "percent") == of_share]


def whole_stretch(levels: Sequence[Level]) -> str | None:
    """From the first to the last of the levels of one unit."""
    times = [level.period for level in levels if level.unit == levels[-1].unit]
    return f"{min(times)}/{max(times)}" if len(set(times)) > 1 else None


def later_than(base: str, levels: Sequence[Level]) -> str | None:
    """The period of the last level that holds behind `base`."""
    return next((level.period for level in reversed(levels) if level.period > base), None)


_STATED = 200  # figures that a letter remembers


def stated_of(found: Sequence[Claim]) -> list[Stated]:
    """The figures, but for small and round ones, that a later sentence can say again."""
    return [
        Stated(
            claim.unit,
            claim.numeral.value,
            claim.timing.period,
            head(claim.phrase),
            claim.measure_code,
            claim.population,
        )
        for claim in found
        if claim.timing.period and claim.kind != "growth" and claim.numeral.value > 12
    ]


def said_before(
    value: float, nouns: Collection[str], memory: Memory, *, unit: str | None = None
) -> str | None:
    """The period of the last figure that was the same number, of the same thing if it is a small one."""
    same = (
        each.period
        for each in reversed(memory.stated)
        if each.value == value and unit in (None, each.unit) and (value >= _TELLING or each.noun in nouns)
    )
    return next(same, None)


#: Numbers from here on are seldom the same by chance.
_TELLING = 100


def last_two(levels: Sequence[Level]) -> tuple[Level, Level] | None:
    """The last level and the one before it of the same unit, in the order of their periods.

    None where a still later one was told: the two may be no more than what that is compared with.
    """
    if not levels:
        return None
    last = levels[-1]
    alike = [level for level in levels[:-1] if level.unit == last.unit and level.period != last.period]
    if not alike:
        return None
    pair = sorted((alike[-1], last), key=lambda level: level.period)
    if any(level.period > pair[1].period for level in alike):
        return None
    return pair[0], pair[1]


def apart_by(
    quantity: Quantity, levels: Sequence[Level], direction: str = "none"
) -> tuple[Level, Level] | None:
    """The last two levels that a change is just as large as the step between, the earlier one first.

    The step goes the way of the change, where the change says which.
    """
    for index in range(len(levels) - 1, 0, -1):
        last = levels[index]
        for other in reversed(levels[:index]):
            if other.unit == last.unit and other.period != last.period:
                pair = (other, last) if other.period < last.period else (last, other)
                if _is_step(quantity, *pair) and direction in ("none", _way(*pair)):
                    return pair
    return None


def _way(earlier: Level, later: Level) -> str:
    return "increase" if later.value > earlier.value else "decrease"


def _is_step(quantity: Quantity, earlier: Level, later: Level) -> bool:
    """Whether a change is as large as the step between two levels, as far as it is rounded."""
    value, step = quantity.numeral.value, abs(later.value - earlier.value)
    if quantity.unit == "percent":
        step = 100 * step / earlier.value if earlier.value else 0.0
    elif quantity.unit not in (earlier.unit, "percentage_points"):
        return False
    about = _IN_WORDS if quantity.numeral.form in ("fraction", "growth") else _ABOUT
    return abs(step - value) <= max(_ROUNDED * (1 if value == int(value) else 0.1), about * value)


def is_near_step(quantity: Quantity, earlier: Level, later: Level) -> bool:
    """Whether a change may be meant for the step between two levels, though it is another than theirs.

    So is the rise by 40% that somebody spoke of, where the letter's figures give 30%.
    """
    value, step = quantity.numeral.value, abs(later.value - earlier.value)
    if quantity.unit == "percent":
        step = 100 * step / earlier.value if earlier.value else 0.0
    elif quantity.unit not in (earlier.unit, "percentage_points"):
        return False
    return step / _NEAR <= value <= step * _NEAR


_NEAR = 1.6
_ROUNDED, _ABOUT, _IN_WORDS = (
    0.6,
    0.04,
    0.12,
)  # of a unit, or of the change itself (`een kwart`)


def foretold(found: list[Claim], quantities: Sequence[Quantity], paired: Mapping[int, str]) -> list[Claim]:
    """`is verdubbeld: in 2018 waren het er 60, in 2019 120`: the change between the two to come.

    From the one of a pair to the other (`is verdubbeld van 60 in 2018 tot 120 in 2019`) it takes it all.
    """
    for index, change in enumerate(found[:-2]):
        if change.kind != "growth" or change.timing.rule not in ("period.none", "period.inherited"):
            continue
        levels = [level for claim in found[index + 1 : index + 3] for level in levels_of(claim)]
        pair = apart_by(quantities[index], levels)
        if pair is not None and change.timing.base_period is None:
            both = index + 1 in paired and index + 2 in paired
            timed = timing.between_levels(change.timing, pair[0].period, pair[1].period, interval=both)
            found[index] = change._replace(timing=timed)
    return found


def speaks_of_whole(text: str, memory: Memory) -> bool:
    """`Van de slachtoffers …`, after a figure of slachtoffers."""
    whole = memory.noun.phrase.split()[-1:] if memory.noun else []
    return text.startswith(OF_WHOLE) and any(word in text for word in whole)


OF_WHOLE = ("Van de ", "Onder de ", "Bij de ")
