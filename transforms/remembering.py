"""What a letter's sentences leave to the next one: noun, times, source and figures, put together."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from transforms import attribution, continuing
from transforms.counting import caption_of, noun_left, pattern, topic_of
from transforms.figures import Cited, Claim, Memory, noun_of, subjects, whole_of, words_left
from transforms.lasting_sources import longer, new_paragraph, with_sources
from transforms.lasting_times import left_to_next, with_times, with_times_named
from transforms.levels import levels_of, stated_of
from transforms.measures import says
from transforms.nouns import TOLD_BY_NOUN, UNCARRIED, Noun, is_sex, phrase_at, unit_of
from transforms.periods import Period
from transforms.sentences import Sentence, is_entry, is_heading
from transforms.vocabulary import as_written


def next_paragraph(memory: Memory, sentence: Sentence, cited: Mapping[str, Cited] | None = None) -> Memory:
    """What lasts: an introduced source, the section's period and subjects, a list's period.

    A footnote's source and time are those of the figures that it is cited for, `cited`.
    """
    text, note = sentence.text, sentence.place == "footnote"
    begins = note or is_heading(sentence)
    kept = _for_note(sentence, cited or {}) if note else new_paragraph(memory, sentence)
    lasting: dict[str, Any] = {
        "inquired": memory.inquired,
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
            "left": left_to_next(memory),
            "listed": memory.listed if is_entry(sentence) else None,
        }
        if memory.listing is not None and continuing.is_entry(text):
            lasting |= {"listing": memory.listing, "lead": memory.lead}
            lasting |= {"noun": memory.listing} if continuing.is_labelled(text) else {}
        if memory.bracketed is not None and continuing.is_labelled(text):
            lasting |= {"bracketed": memory.bracketed}
        if continuing.is_entry(text) and continuing.counts_same(text):
            lasting |= {"noun": memory.noun}
    return kept._replace(**lasting)


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


def without_time(memory: Memory, sentence: Sentence) -> Memory:
    """The memory where a question or an answer begins: what was told goes on, its time doesn't.

    An answer that says no more than how many (`Dat waren er 310`) is about what one question asked.
    """
    kept = Memory(memory.paragraph)
    if sentence.place == "question" or continuing.opens_question(sentence.text):
        memory = memory._replace(asked=None, subjects=frozenset())
    else:
        asked, memory = memory.inquired, memory._replace(inquired=())
        if len(asked) == 1 and memory.noun is None and continuing.answers_number(sentence.text):
            listing = asked[0] if continuing.is_labelled(sentence.text) else memory.listing
            memory = memory._replace(noun=asked[0], listing=listing)
    times = (
        "period", "spoken", "mentioned", "stretch", "topic", "peak", "total", "left", "listed", "levels",
        "by_turns",
    )  # fmt: skip
    return memory._replace(told=memory.asked, **{name: getattr(kept, name) for name in times})


def introduced(memory: Memory, sentence: Sentence, times: Sequence[Period] = ()) -> Memory:
    """A sentence without figures leaves its noun, its time, and what it says of sources."""
    text, heads = sentence.text, is_heading(sentence)
    named = noun_left(text, len(text)) or _in_unit(text) or _brought_up(text)
    named = named or (None if memory.noun else topic_of(text))
    return with_times_named(memory, text, times, heads=heads)._replace(
        noun=named or memory.noun,
        stale=memory.stale or named is not None,
        subjects=memory.subjects | subjects(text) if text.endswith("?") else memory.subjects,
        headed=text if heads and attribution.has_data_noun(text) else memory.headed,
        inquired=memory.inquired + _inquired(text),
        listing=_in_length(text) or caption_of(text) or _listing(text, named, memory),
        lead=_lead(text, named, memory),
        trail=longer(memory.trail, text),
        last=text,
    )


def _brought_up(text: str) -> Noun | None:
    """What a sentence says there is, too, and the next one counts: `Er kwamen ook nieuwe bedrijven bij`."""
    match = as_written("periods", "brought_up").match(text)
    noun = phrase_at(text, match.end(), len(text)) if match else None
    if noun is None or noun.unit in UNCARRIED or pattern("enumeration", "noun").search(noun.phrase):
        return None
    return noun


def _inquired(text: str) -> tuple[Noun, ...]:
    """What a question asks the number of (`Hoeveel boten zijn er gezonken?`), each time that it does."""
    asks = continuing.asks_numbers(text)
    noun = noun_left(text, len(text)) if asks else None
    return (noun,) * asks if noun is not None else ()


def _listing(text: str, named: Noun | None, memory: Memory) -> Noun | None:
    """What the entries of a list count, by the sentence with a colon that opens it."""
    if not continuing.opens_list(text):
        return memory.listing
    if named is None and continuing.leads_to_numbers(text):
        return memory.noun
    if named is None or named.unit in (*TOLD_BY_NOUN, "fte"):
        return named
    return named if named == noun_left(text, len(text)) else None


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


def _in_length(text: str) -> Noun | None:
    """The length of time that a list is in, as the end of its lead says (`wachttijd (in weken)`)."""
    match = as_written("periods", "listed_length").search(text)
    unit = unit_of(match["unit"]) if match else None
    return Noun(unit, match["unit"], *match.span("unit")) if match and unit else None


def remembered(
    memory: Memory, text: str, times: Sequence[Period], found: Sequence[Claim], day: date | None
) -> Memory:
    """What a sentence with figures, `text`, leaves: the noun, period, source and levels it spoke of."""
    aside = None if found else continuing.year_in_brackets(text)
    times = [each for each in times if aside is None or each.value != aside]
    memory = with_times(memory, text, times, found, day)
    memory = with_sources(memory, text, found)
    memory = _with_counted(memory, text, found)
    if not found and (caption := caption_of(text)) is not None:
        lead = _ASIDE.split(text[caption.start :], maxsplit=1)[0]
        memory = memory._replace(listing=caption, lead=lead, listed=memory.spoken, bracketed=aside)
    return memory._replace(
        lasting=_lasting(found),
        inquired=memory.inquired + (() if found else _inquired(text)),
        stated=(*memory.stated, *stated_of(found))[-_STATED:],
        subjects=memory.subjects | subjects(text) if found or text.endswith("?") else memory.subjects,
        has_figures=memory.has_figures or bool(found),
        last=text,
        worded=words_left(found[-1]) if found else None,
        levels=(*memory.levels, *(level for claim in found for level in levels_of(claim))),
    )


_STATED = 200  # figures that a letter remembers


def _with_counted(memory: Memory, text: str, found: Sequence[Claim]) -> Memory:
    """What a sentence with figures, `text`, leaves of what it counts: noun, code, whole and population."""
    counted = [claim for claim in found if claim.kind in ("count", "capacity")]
    last = _without_where(text, counted) or _changed(found)
    named = _noun(text, last)
    whole = next((claim for claim in last if claim.measure_code == last[-1].measure_code), None)
    part = whole is not None and whole.measure_code == memory.measure_code and _is_part(text, whole)
    return memory._replace(
        noun=named or memory.noun,
        stale=not last and (memory.stale or named is not None),
        listing=_listing(text, named or memory.noun, memory),
        lead=_lead(text, named, memory),
        phrase=_named_last(last) or memory.phrase,
        whole=whole_of(text, last) if _named_last(last) else memory.whole,
        measure_code=last[-1].measure_code if last else memory.measure_code,
        kind=counted[-1].kind if counted else memory.kind,
        turns=_turns(counted) or memory.turns,
        population=_of_all(last, whole) if whole and not part else memory.population,
        room=_room(memory, found),
        counted_in=whole.timing.period if whole and not part else memory.counted_in,
    )


def _room(memory: Memory, found: Sequence[Claim]) -> Mapping[str, str] | None:
    """The population of the first places that a sentence counts; of the last ones where it counts none."""
    places = [claim for claim in found if claim.unit == "places"]
    if not places:
        return memory.room
    return places[0].population if "setting" in places[0].population else None


def _without_where(text: str, counted: Sequence[Claim]) -> Sequence[Claim]:
    """The figures of a sentence without those that tell at the end in how many places the others are.

    `Er zijn 90 plaatsen, verdeeld over zes huizen`: what goes on is about the places.
    """
    while len(counted) > 1 and counted[-1].unit == "other" and counted[-2].unit != "other":
        if as_written("units", "in_so_many").search(text, 0, counted[-1].numeral.start) is None:
            break
        counted = counted[:-1]
    return counted


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


def _turns(counted: Sequence[Claim]) -> tuple[tuple[str, str | None], ...]:
    """The kinds and codes of two figures of a sentence that are of two measures."""
    turns = tuple((claim.kind, claim.measure_code) for claim in counted)
    return turns if len(turns) == len(set(turns)) == _PAIR else ()


_PAIR = 2


def _lasting(found: Sequence[Claim]) -> tuple[Noun, float] | None:
    """The length of time, the share or the sum, and its unit, that the last figure is."""
    if not found or not (found[-1].kind == "duration" or _is_share(found[-1]) or found[-1].unit == "euro"):
        return None
    return noun_of(found[-1]), found[-1].numeral.value


def _is_share(claim: Claim) -> bool:
    """A percentage that is no change, in digits: what such a one was before is told without its sign."""
    return claim.unit == "percent" and claim.kind != "growth" and claim.numeral.form in ("digits", "word")


def _is_part(text: str, claim: Claim) -> bool:
    """Whether a figure is a part of what the sentence before counted, which goes on being the whole."""
    start, end = claim.numeral.start, claim.numeral.end
    return says("part", text[:start]) or as_written("periods", "of_them").match(text, end) is not None


def _changed(found: Sequence[Claim]) -> list[Claim]:
    """The changes in what can be counted: a number after them may be of the same things."""
    return [claim for claim in found if claim.kind == "growth" and claim.unit not in UNCARRIED]


def _noun(text: str, counted: Sequence[Claim]) -> Noun | None:
    """What is counted last in a sentence, by its figures or by a noun without one."""
    return noun_of(counted[-1]) if counted else noun_left(text, len(text))


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
        None if near.unit in UNCARRIED else noun_of(near),
    )
