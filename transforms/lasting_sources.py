"""Whose the figures to come are: of a source that was introduced or credited, of what is described."""

from collections.abc import Sequence

from transforms import attribution, carrying, continuing
from transforms.figures import Claim, Described, Memory, Series, head, subjects
from transforms.notation import year_of
from transforms.sentences import Sentence, is_entry
from transforms.vocabulary import as_written


def new_paragraph(memory: Memory, sentence: Sentence) -> Memory:
    """The memory that a paragraph begins with, but for its time and noun.

    A source that the end of a paragraph without figures introduced holds for the next one too.
    """
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
        trail=longer(memory.trail, ""),
    )


#: Paragraphs, headings among them, over which a letter may come back to a series of figures.
_SERIES_LASTS = 3


def longer(trail: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The trail with another sentence without figures, or the end of a paragraph, which is empty."""
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
        return as_written("periods", "listed").search(text) is None  # what it is a list tells
    return len(text) < _HEADING and text.count(" ") < 3 and text.endswith(".")


#: Characters: what is shorter may be a heading before a text.
_HEADING = 40


def with_sources(memory: Memory, text: str, found: Sequence[Claim]) -> Memory:
    """What a sentence with figures, `text`, leaves of sources: who is credited, and what is described."""
    credited = _credited(text, found)
    memory = _with_description(memory, text, found, credited)
    memory = _with_credit(memory, text, found, credited)
    return memory._replace(series=_series(memory.series, credited))


def _credited(text: str, found: Sequence[Claim]) -> list[Claim]:
    """The figures that somebody is credited with; what somebody supposes is no set of data."""
    credited = [claim for claim in found if claim.source is not None]
    asked = attribution.asked_by(text) if credited else None
    if asked is None:
        return credited
    if attribution.asked_by(attribution.without_hearsay(text)) is not None:
        return []
    return [claim for claim in credited if claim.source != asked]


def _with_credit(memory: Memory, text: str, found: Sequence[Claim], credited: Sequence[Claim]) -> Memory:
    """A figure of nobody's begins another set of data, unless it is about who looked into something."""
    if not found:
        return memory._replace(trail=longer(memory.trail, text))
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
