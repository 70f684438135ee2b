"""Whom a figure is credited to: by its sentence, a note, or the data that it goes on about."""

from collections.abc import Iterator, Sequence

from transforms import attribution, carrying, constructions, figures
from transforms.counting import Quantity
from transforms.figures import OF_WHOLE, Claim, Letter, Linked, Memory, speaks_of_whole
from transforms.measures import is_people
from transforms.notation import year_of
from transforms.notes import Citation
from transforms.numerals import Numeral
from transforms.sentences import Sentence
from transforms.vocabulary import as_written


def source_of(
    sentence: Sentence, linked: Linked, letter: Letter, memory: Memory, before: Sequence[Claim] = ()
) -> str | None:
    """Whom the sentence credits, else the source of the data that it goes on about.

    What goes on about it `before` in the sentence takes the figures behind it along.
    """
    text, at = attribution.beside_forecast(sentence.text, linked.quantity.numeral.start)
    start, end, hearsay = attribution.beside_hearsay(text, at)
    told = text[start:end], at - start
    return (
        attribution.source(told[0])
        if hearsay
        else _of_sentence(told, sentence, linked, letter, memory, before)
    )


def _of_sentence(
    told: tuple[str, int],
    sentence: Sentence,
    linked: Linked,
    letter: Letter,
    memory: Memory,
    before: Sequence[Claim],
) -> str | None:
    """As `source_of`, by what of the sentence tells it and the figure's place in that."""
    text, at = attribution.without_estimate(*told), told[1]
    clause = attribution.clause(text, at)
    back = attribution.refers_back(text) or (memory.source is None and attribution.calls_by_noun(text))
    named = constructions.named_last(memory.last) if memory.last and back else None
    numeral = linked.quantity.numeral
    if attribution.is_of_several(text, memory.last) or _is_of_maker(sentence.text, numeral):
        return None
    if back and named is None and memory.source is None and memory.series and attribution.is_same(text):
        named = memory.series.source  # in another paragraph
    stated = attribution.source_at(text, at, named or memory.source)
    if (clause != text and _is_nobodys(clause)) or _is_corrected(text, at, linked.status):
        return None
    if clause != text and linked.status == "realised" and _is_outcome(clause, text):
        return None
    asked = attribution.asked_by(text)
    if asked is not None and _is_other(text, at, linked.status):
        return attribution.without(attribution.told(text, memory.source), asked)
    if stated is not None:
        return attribution.researchers(stated, sentence.start, letter.published)
    presumed = _presumed(text[:at], clause, linked)
    if presumed is not None:
        return presumed
    if as_written("sources", "ago").match(sentence.text, linked.quantity.numeral.end) is not None:
        return None  # how long ago something was goes on about nobody's data
    return _carried(sentence, linked, letter, memory, before)


def _presumed(before: str, clause: str, linked: Linked) -> str | None:
    """Whose a figure is in a clause that credits nobody: of false reports, of whom the clause is about."""
    if linked.status == "negated" and as_written("sources", "reports_that").search(before) is not None:
        return attribution.media()
    if linked.status not in ("realised", "expected") or linked.quantity.unit in ("euro", "fte"):
        return None
    return attribution.presumed(clause, lasts=linked.kind == "duration")


def _is_of_maker(text: str, numeral: Numeral) -> bool:
    """Whether a figure tells how somebody made a study or data, and not what came of it."""
    place = numeral.start, numeral.end
    return attribution.is_own_doing(text, *place) or attribution.is_of_study(text, *place)


def _carried(
    sentence: Sentence, linked: Linked, letter: Letter, memory: Memory, before: Sequence[Claim]
) -> str | None:
    """The source of the data that a figure goes on about, where its sentence credits nobody."""
    text = attribution.without_forecast(sentence.text)
    if sentence.place == "footnote":
        if memory.last and (maker := attribution.noted(memory.last)) is not None:
            return maker  # `CBS, Jaarcijfers. In 2020 was dat 12%.`
        return memory.source if carrying.goes_on(text) or _is_noted_on(text, linked, memory) else None
    if sentence.place == "table" and memory.introduced:
        return memory.source  # that of all its cells, aims too
    if (
        linked.status == "target"
        or _is_of_none(text, memory)
        or _came_of_others(text, linked, memory, before)
    ):
        return None
    made = attribution.maker(text, sentence.start, letter.published)
    if made is not None or _is_of_other_study(text, memory):
        return made
    taken = bool(before) and before[-1].source == memory.source and before[-1].status != "target"
    if memory.source is not None and (memory.introduced or taken or _goes_on(text, linked, memory)):
        return memory.source
    described, series = _described(sentence, linked, letter, memory), memory.series
    if described is None and series is not None and _returns_to(series, text, linked, memory):
        return series.source
    return described


def _came_of_others(text: str, linked: Linked, memory: Memory, before: Sequence[Claim]) -> bool:
    """Whether a figure is what came of a forecast, or a change of a level that nobody is credited with."""
    level = before[-1] if linked.kind == "growth" and before else None
    changed = level is not None and level.source is None and level.status == "realised"
    if changed and level is not None and level.kind in ("count", "share", "capacity"):
        return True  # `310 klachten, een verdubbeling`
    return _came_of_forecast(text, linked, memory)


def _is_of_none(text: str, memory: Memory) -> bool:
    """Whether a sentence is its writer’s, of what the data leave out, or of what their maker itself does."""
    if carrying.is_own(text) or carrying.leaves_out(text) or carrying.infers(text):
        return True
    going_on = (memory.source, memory.publication and memory.publication.source)
    told = memory.source if not memory.introduced and memory.source != going_on[1] else None
    if told is not None and carrying.is_of_each(told) and not carrying.goes_on(text):
        return True  # `gemeenten schatten …`: they have no data set in common
    if any(
        body and (carrying.turns_to_other(text, memory.last, body) or carrying.sets_off(text, body))
        for body in going_on
    ):
        return True
    if (memory.source or memory.series) and carrying.is_of_new_study(text):
        return True
    own = text.rpartition(": ")[2]  # `De werving blijft achter: eind 2024 had X 40 man in dienst`
    does = carrying.begins_with(text, memory.source) or carrying.begins_with(own, memory.source)
    return does and not carrying.meets(text)


def _is_of_other_study(text: str, memory: Memory) -> bool:
    """Whether a sentence is from a study whose subject nothing before it speaks of."""
    if memory.series is None:
        return False
    return carrying.is_of_other_study(text, (memory.series.text, memory.last, *memory.around))


def _is_other(text: str, at: int, status: str) -> bool:
    """Whether a figure is the letter's, which denies another: `niet tien, zoals X schrijft, maar vier`."""
    if status == "negated":
        return False
    if as_written("sources", "but").search(text[:at]) is not None:
        return True
    if text.startswith("Anders dan ") and ", " in text[:at]:
        return True  # `Anders dan X stelt, zijn er 12 nodig`
    colon = text.rfind(": ", 0, at)
    return colon > 0 and attribution.asked_by(text[:colon]) is not None


def _is_corrected(text: str, at: int, status: str) -> bool:
    """Whether a figure is the letter's, behind its denial of another (`Dat is onjuist; het zijn er 9`)."""
    parted = max(text.rfind("; ", 0, at), text.rfind(": ", 0, at))
    if status == "negated" or parted < 0 or not carrying.takes_back(text[:at]):
        return False
    return attribution.source(text[parted:]) is None


def _is_outcome(clause: str, text: str) -> bool:
    """Whether a clause tells what came of a forecast in front of it (`X raamde 12, maar het werden er 9`)."""
    before = text[: text.find(clause)]
    return (
        as_written("sources", "came").match(clause) is not None
        and carrying.foretold(before)
        and carrying.names_nobody(clause)
    )


def _came_of_forecast(text: str, linked: Linked, memory: Memory) -> bool:
    """Whether a figure is what came of a forecast in the sentence before."""
    if memory.series is None or linked.status != "realised":
        return False
    return carrying.foretold(memory.series.text) and carrying.is_outcome(text)


def _is_nobodys(clause: str) -> bool:
    """Whether a clause of a sentence states a figure of its writer, or what a norm asks."""
    return carrying.is_norm(clause) or (carrying.is_own(clause) and attribution.source(clause) is None)


def notes_of(sentence: Sentence, letter: Letter) -> Iterator[Citation]:
    """The footnotes cited in a sentence."""
    for citation in letter.citations:
        if sentence.start <= citation.offset <= sentence.start + len(sentence.text):
            yield citation


def noted(sentence: Sentence, end: int, letter: Letter) -> str | None:
    """Whom the next footnote behind a figure credits, else one before it in its sentence.

    The notes of a question say what was asked about.
    """
    if sentence.place == "question":
        return None
    cited = list(notes_of(sentence, letter))
    if not cited:
        return None
    last = sentence.start + _end_of_own(sentence.text, end)
    behind = [each for each in cited if sentence.start + end <= each.offset <= last]
    before = [each for each in reversed(cited) if each.offset < sentence.start + end]
    stated = attribution.source(sentence.text)
    if stated is not None and not attribution.is_title(stated, sentence.text):
        before = []
    if stated is not None:
        behind = [each for each in behind if as_written("sources", "carried_out").search(each.note) is None]
    makers = (attribution.noted(each.note) for each in (*behind[:1], *before))
    return next((maker for maker in makers if maker is not None), None)


def _end_of_own(text: str, end: int) -> int:
    """How far a figure's notes go: not to those of a later clause with a source of its own."""
    own = attribution.clause(text, end)
    behind = text.find(own) + len(own)
    return len(text) if attribution.source(text[behind:]) is None else behind


def _goes_on(text: str, linked: Linked, memory: Memory) -> bool:
    """Whether a figure is of the data that the sentences before it spoke of, by their words or its noun."""
    if carrying.is_policy(text):
        return False
    quantity = linked.quantity
    nouns = memory.series.nouns if memory.series else frozenset()
    last = memory.series.text if memory.series else ""
    if carrying.goes_on(text) or carrying.finds(text) or carrying.mentions(text, memory.source):
        return True
    other = carrying.begins_with_other(text, memory.source)
    if carrying.is_mean(text) and linked.status == "realised" and not other:
        return True
    if _is_of_another_kind(linked, memory) or _is_of_building(linked):
        return False
    if _is_of_acts(text, linked, memory) or (other and (carrying.acts(text) or carrying.deals(text))):
        return False
    return (
        _is_next(text, linked, memory)
        or speaks_of_whole(text, memory)
        or carrying.shares_topic(text, last)
        or (text.startswith(OF_WHOLE) and any(noun in text for noun in nouns))
        or (figures.head(quantity.phrase) in nouns and not _counts_others(text, quantity, last))
        or (_is_of_people(quantity) and bool(nouns) and not other)
    )


def _counts_others(text: str, quantity: Quantity, last: str) -> bool:
    """Whether a sentence says that it counts what wasn’t spoken of (`Het aantal vergunningen: 9 huizen`)."""
    match = as_written("sources", "counted_first").match(text)
    if match is None or is_people(match["noun"]) or figures.head(quantity.phrase) == match["noun"]:
        return False
    return match["noun"] not in last


def _is_of_acts(text: str, linked: Linked, memory: Memory) -> bool:
    """Whether a figure is of those to whom something was done, amid one of others, to whom nothing was."""
    series = memory.series
    if series is None or not carrying.acts(text) or carrying.acts(series.text):
        return False
    return figures.head(linked.quantity.phrase) not in series.nouns


def _is_of_another_kind(linked: Linked, memory: Memory) -> bool:
    """Whether a figure is of room, staff or money with a noun of its own, where none was credited so far."""
    quantity, series = linked.quantity, memory.series
    if series is None or quantity.unit not in _MEANS or quantity.unit == series.unit:
        return False
    return quantity.rule != "unit.carried" and figures.head(quantity.phrase) not in series.nouns


_MEANS = ("places", "fte", "euro")


def _is_of_building(linked: Linked) -> bool:
    """Whether a figure is of places that are to come or to go, whoever told how many there are."""
    return linked.quantity.unit == "places" and linked.kind == "growth" and linked.status == "expected"


def _is_of_plans(text: str, linked: Linked) -> bool:
    """Whether places come or go by what is done (`worden 150 plaatsen gerealiseerd`): no forecast."""
    return _is_of_building(linked) and not carrying.foresees(text)


def _described(sentence: Sentence, linked: Linked, letter: Letter, memory: Memory) -> str | None:
    """Whose publication it is that the letter goes on describing, where the figure can be one of it.

    What it found is told sentence by sentence; a figure `volgens X` leaves its source to the same data alone.
    """
    text, described = sentence.text, memory.publication
    if described is None:
        if memory.headed is None or linked.status != "realised":
            return None
        source = attribution.made(memory.headed, sentence.start, letter.published)
        return None if source is None or _is_anothers(text, source) else source
    if carrying.begins_with_other(text, described.source):
        return None
    same = sentence.paragraph == described.paragraph
    if not _is_told(described, text, linked, same=same) or _is_anothers(text, described.source):
        return None
    if not described.whole and (_is_of_acts(text, linked, memory) or _is_of_plans(text, linked)):
        return None
    if described.whole or same or _is_of(described, text, linked, letter):
        return described.source
    return None


def _is_told(described: figures.Described, text: str, linked: Linked, *, same: bool) -> bool:
    """Whether a figure stands as those of a publication do, or is what the `same` paragraph foresees."""
    if linked.status not in described.statuses:
        return same and linked.status == "expected" and carrying.foresees(text)
    return described.whole or linked.status != "expected" or not carrying.will_be_done(text)


def _is_of(described: figures.Described, text: str, linked: Linked, letter: Letter) -> bool:
    """Whether a later paragraph goes on: for the publication's years, by its words or since they are past."""
    year = year_of(linked.timing.period)
    if year is not None and year not in described.years:
        return False
    if as_written("sources", "reported").search(text) is not None:
        return True
    past = year is not None and letter.letter_date is not None and year < letter.letter_date.year - 1
    return past or not described.words.isdisjoint(figures.subjects(text))


def _is_noted_on(text: str, linked: Linked, memory: Memory) -> bool:
    """Whether a footnote adds a figure to the credited one that it is cited for."""
    return (
        memory.source is not None
        and linked.status == "realised"
        and linked.quantity.unit != "euro"
        and not _is_anothers(text, memory.source)
    )


def is_told_between(text: str, source: str, before: str, after: str) -> bool:
    """Whether a sentence goes on with what a body told, in the one before it and in the one behind it.

    It has a word in common with one of them, and isn't about another body, its writer or what is done.
    """
    if attribution.source(after, source) != source or attribution.source(before) != source:
        return False
    if _is_anothers(text, source) or carrying.is_own(text) or carrying.acts(text):
        return False
    return not figures.subjects(text).isdisjoint(figures.subjects(before) | figures.subjects(after))


def _is_anothers(text: str, source: str) -> bool:
    """Whether a sentence is about another body, what that body does itself, or what the government does."""
    return (
        carrying.is_policy(text)
        or carrying.is_of_other(text, source)
        or carrying.begins_with(text, source)
        or carrying.takes_back(text)
    )


def _is_of_people(quantity: Quantity) -> bool:
    return quantity.unit == "persons" and is_people(quantity.phrase)


def _is_next(text: str, linked: Linked, memory: Memory) -> bool:
    """Whether a figure counts what the credited ones before it did, and no other body is spoken of first."""
    if (
        memory.series is None
        or linked.status != "realised"
        or carrying.begins_with_other(text, memory.source)
    ):
        return False
    unit = linked.quantity.unit
    if unit in ("percent", "percentage_points"):
        return any(noun and noun in text for noun in memory.series.nouns) or not _has_subject(text, linked)
    return unit == memory.series.unit and unit != "other"


def _has_subject(text: str, linked: Linked) -> bool:
    """Whether a sentence has a subject of its own in front of its figure."""
    return as_written("sources", "subject").search(text[: linked.quantity.numeral.start]) is not None


def _returns_to(series: figures.Series, text: str, linked: Linked, memory: Memory) -> bool:
    """Whether a paragraph begins by dividing up the figures of one before it."""
    quantity = linked.quantity
    if memory.has_figures or not carrying.divides(text):
        return False
    whole = text.startswith(("Van ", "Onder "))  # which the noun names, as `Naar leeftijd` doesn't
    same = (linked.kind == "share" and not whole) or is_people(quantity.phrase)
    told = not whole or any(noun and noun in text for noun in series.nouns)
    told = told or not figures.subjects(text).isdisjoint(figures.subjects(series.text))
    same = same or (told and figures.head(quantity.phrase) in {"", *series.nouns})
    return same and (quantity.unit == series.unit or linked.kind == "share")
