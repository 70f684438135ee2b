"""Claims: sentence by sentence, a number together with what it counts, when, and in what standing."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache

from transforms import (
    attribution,
    continuing,
    figures,
    lasting_sources,
    lasting_times,
    remembering,
    scopes,
    table_sources,
)
from transforms.bodies import short_names
from transforms.carrying import announces, goes_on
from transforms.crediting import is_told_between, notes_of
from transforms.figures import Claim, Letter, Memory
from transforms.notation import is_closed
from transforms.numerals import may_hold_numerals, numerals
from transforms.periods import may_hold_time, may_name_report, periods
from transforms.populations import of_register
from transforms.qualifiers import is_hearsay
from transforms.scopes import Scope
from transforms.sentence_claims import Reading, reading_of, times_of
from transforms.sentences import Sentence
from transforms.status import (
    corrects,
    denies,
    denies_question,
    going_on,
    is_aim,
    is_wished,
    refuses,
    resumes,
)
from transforms.table_claims import NO_TABLE, caption_of, row_of, source_of_table, table_at
from transforms.timing import Timing
from transforms.vocabulary import as_written, attend, gates


def claims(sentences: Iterable[Sentence], letter: Letter) -> Iterator[Claim]:
    """The claims of a letter's sentences, in their order."""
    for reading in readings(sentences, letter):
        yield from reading.claims


def readings(sentences: Iterable[Sentence], letter: Letter) -> Iterator[Reading]:
    """What was made of each of a letter's sentences that may hold a number, in their order.

    Claims are negated where the next sentence, or the answer to a question, takes them back.
    """
    held: list[Reading] = []
    asked = before = ""
    statuses: set[str] = set()
    asking, opening = False, 0
    for sentence, read in _single(sentences, letter):
        is_question = sentence.place == "question"
        if is_question:
            asked, opening = asked if asking else "", 0
        right = read is not None and corrects(sentence.text, before)
        reading = _standing_as(read, "realised", only="target") if read and right else read
        denied = right or denies(sentence.text) or bool(asked and denies_question(sentence.text, asked))
        if denied and not is_question:
            held = [_as_asked(_taken_back(negated, reading), letter) for negated in held]
        elif asked and not is_question and refuses(sentence.text):
            held = [_refused(question) for question in held]
        short = bool(asked) and len(sentence.text) < _SHORT and not (reading and reading.claims)
        opening += 1
        waits = is_question or short or (opening <= _OPENING and not (reading and reading.claims))
        if not asked or not waits:  # an answer may deny all of its question
            yield from map(_without_hearsay, held)
            held = []
        stood = _stands_after(reading, before, statuses) if reading is not None else None
        held += [stood] if stood is not None else []
        statuses = {claim.status for claim in stood.claims} if stood is not None else set()
        asked = f"{asked} {sentence.text}" if is_question else asked if waits else ""
        before, asking = sentence.text, is_question
    yield from map(_without_hearsay, held)


def _without_hearsay(reading: Reading) -> Reading:
    """The reading without the figures that nobody answers for, the letter neither (`naar verluidt`)."""
    text, start = reading.sentence.text, reading.sentence.start
    stated = [
        claim
        for claim in reading.claims
        if claim.status == "negated" or not is_hearsay(text, claim.start - start, claim.end - start)
    ]
    return reading._replace(claims=stated) if len(stated) < len(reading.claims) else reading


#: Characters of an answer that says no more than yes or no (`Antwoord op vraag 12 Ja.`).
_SHORT = 40
#: Sentences without figures of their own, with which an answer may deny what was asked.
_OPENING = 2


def _single(sentences: Iterable[Sentence], letter: Letter) -> Iterator[tuple[Sentence, Reading | None]]:
    """What each sentence says by itself and by what came before it; None where it may hold no number."""
    sentences = list(sentences)
    texts = [sentence.text for sentence in sentences]
    letter = letter._replace(
        short_names=cache(lambda: short_names(texts)),
        published=cache(lambda: attribution.published((each.start, each.text) for each in sentences)),
    )
    opens = [_opens(each, before) for each, before in zip(sentences, [None, *sentences], strict=False)]
    asks = [each.place == "question" and opened for each, opened in zip(sentences, opens, strict=True)]
    places = [sentence.place for sentence in sentences]
    of_tables = _without_notes_of_prose(sentences, letter)
    tabulated = table_sources.of_tables(of_tables, [place == "table" for place in places], asks)
    beneath = table_sources.of_prose(texts, places, [sentence.paragraph for sentence in sentences])
    memory, scope = _opening(letter), Scope()
    cited: dict[str, figures.Cited] = {}
    caption, table, stood = "", NO_TABLE, False
    for index, (sentence, maker) in enumerate(zip(sentences, tabulated, strict=True)):
        attend(sentence.text)
        in_cell = sentence.role == "prose"
        if sentence.place == "table" and not in_cell:
            table = table_at(sentences, index, table, caption)
            memory = lasting_sources.settled(memory)
            stood = True
            source = source_of_table(memory, table.frame.caption, maker)
            around = (f"{table.frame.caption} {table.header}", *scope.texts())
            source = source._replace(around=around, parted=table.frame.parted)
            yield sentence, row_of(sentence, table, letter, source)
            continue
        if not in_cell:
            table, caption = NO_TABLE, _caption(sentences, index, caption)
        if stood and (asks[index] or table_sources.heads_table(sentence.text)):
            # what introduced the table before it is spent
            memory, stood = memory._replace(source=None, introduced=False), False
        scope, inside = _scopes(scope, sentence)
        if sentence.paragraph != memory.paragraph:
            memory = remembering.next_paragraph(memory, sentence, cited)
        if opens[index]:
            memory = remembering.without_time(memory, sentence)
        if not may_hold_numerals(sentence.text):
            times = times_of(sentence, (), letter, memory) if may_hold_time(sentence.text) else []
            memory = remembering.introduced(memory, sentence, times)
            yield sentence, None
            continue
        if sentence.place != "footnote":
            memory = memory._replace(around=inside.texts(), ended=inside.earlier)
        reading = reading_of(sentence, letter, memory)
        reading = _credited_behind(
            reading, sentences[index + 1 : index + 1 + _BEHIND], letter, beneath[index]
        )
        reading = _told_around(reading, memory, sentences[index + 1 : index + 2], letter)
        reading = _dated_behind(reading, sentences[index + 1 : index + 2], letter)
        yield sentence, reading
        if reading.claims:
            cited |= {
                each.note: remembering.cited_for(reading.claims, each.offset)
                for each in notes_of(sentence, letter)
            }
        memory = _remembered(memory, reading, letter, sentences[index + 1 : index + 2])


def _caption(sentences: Sequence[Sentence], index: int, before: str) -> str:
    """What may be the caption of a table behind a sentence; none where that says what one above is from."""
    sentence, above = sentences[index], sentences[max(index - 1, 0)]
    ends_table = above.place == "table" and table_sources.is_source_line(sentence.text)
    return "" if ends_table else caption_of(sentence.text, before)


def _remembered(memory: Memory, reading: Reading, letter: Letter, behind: Sequence[Sentence]) -> Memory:
    """What a sentence leaves to the next ones; a table's numbered title, nothing: its time is the table's."""
    text = reading.sentence.text
    is_title = table_sources.heads_table(text) and not text.endswith((".", "?", "!", ":"))
    if is_title and [each.place for each in behind] == ["table"]:
        return memory
    return remembering.remembered(memory, text, reading.periods, reading.claims, letter.letter_date)


def _without_notes_of_prose(sentences: Sequence[Sentence], letter: Letter) -> list[str]:
    """The texts of a letter, empty for notes that are cited where no table is, or is led to."""
    of_prose, of_tables = set[str](), set[str]()
    for sentence, behind in zip(sentences, [*sentences[1:], None], strict=False):
        tells = sentence.text.endswith((".", "?", "!")) and not announces(sentence.text)
        beside_table = "table" in (sentence.place, behind and behind.place)
        is_prose = tells and not beside_table and not table_sources.heads_table(sentence.text)
        (of_prose if is_prose else of_tables).update(each.note for each in notes_of(sentence, letter))
    of_prose -= of_tables
    return [
        "" if each.place == "footnote" and any(note.startswith(each.text) for note in of_prose) else each.text
        for each in sentences
    ]


def _opens(sentence: Sentence, before: Sentence | None) -> bool:
    """Whether a question or an answer begins with a sentence, by its place or its words.

    Behind a question, one of another paragraph is the next; behind a table, an answer goes on.
    """
    if continuing.opens_anew(sentence.text):
        return True
    if before is None or sentence.place not in ("question", "answer"):
        return before is None and sentence.place == "question"
    if before.place == "table" and sentence.place == "answer":
        return False
    return sentence.place != before.place or (
        sentence.place == "question" and sentence.paragraph != before.paragraph
    )


def _opening(letter: Letter) -> Memory:
    """What the subject of a letter leaves to its sentences: the year of the report that it is about."""
    about = next(iter(letter.topics), "")
    if not may_name_report(about):
        return Memory()
    return lasting_times.with_report(Memory(), about, periods(about, letter.letter_date))


def _scopes(scope: Scope, sentence: Sentence) -> tuple[Scope, Scope]:
    """The scope that a sentence leaves, and the one that it stands in."""
    inside = scopes.entered(scope, sentence)
    return scopes.left(inside, sentence), inside


def _stands_after(reading: Reading, before: str, statuses: set[str]) -> Reading:
    """The reading as the sentence `before` lets it stand: its aim has a size, or its forecast goes on."""
    text = reading.sentence.text
    if resumes(text) and is_aim(before):
        return _standing_as(reading, "target", only="realised")
    if len(statuses) != 1 or statuses.isdisjoint(("target", "expected")):
        return reading
    return _standing_as(reading, *statuses, only="realised", kinds=going_on(text))


def _standing_as(
    reading: Reading, stands: str, *, only: str | None = None, kinds: Collection[str] | None = None
) -> Reading:
    """The reading with its claims, or those of one status or some kinds, in another status."""
    changed = [
        claim._replace(status=stands)
        if only in (None, claim.status) and (kinds is None or claim.kind in kinds)
        else claim
        for claim in reading.claims
    ]
    return reading._replace(claims=changed)


def _taken_back(reading: Reading, behind: Reading | None) -> Reading:
    """The reading with its claims denied: each has its own time, else that of the one that stands for it."""
    right = [claim for claim in (behind.claims if behind else ()) if claim.timing.period]
    denied = []
    for claim in _standing_as(reading, "negated").claims:
        if claim.timing.rule in ("period.none", "period.inherited") and claim.kind != "growth":
            stated = next((each.timing.period for each in right if each.unit == claim.unit), None)
            when = claim.timing._replace(period=stated, rule="period.corrected")
            denied.append(claim._replace(timing=when))
        else:
            denied.append(claim)
    return reading._replace(claims=denied)


def _as_asked(reading: Reading, letter: Letter) -> Reading:
    """The reading of a question that is denied: its figures are of the members who ask it, else of nobody."""
    if reading.sentence.place != "question" or letter.askers is None:
        return reading
    return reading._replace(
        claims=[claim._replace(source=claim.source or letter.askers) for claim in reading.claims]
    )


def _refused(reading: Reading) -> Reading:
    """The reading with the claims denied that are of what the answer doesn't want to do."""
    text, start = reading.sentence.text, reading.sentence.start
    asked = [is_wished(text[: claim.start - start]) for claim in reading.claims]
    return reading._replace(
        claims=[
            claim._replace(status="negated") if wished else claim
            for claim, wished in zip(reading.claims, asked, strict=True)
        ]
    )


# By the sentences behind


def _credited_behind(
    reading: Reading, behind: Sequence[Sentence], letter: Letter, beneath: str | None
) -> Reading:
    """The figures that nobody is credited with, with the source that a sentence `behind` says they are from.

    That is the next sentence, or one that speaks of all figures of the paragraph; else a line `beneath` it.
    """
    open_ = [claim for claim in reading.claims if claim.source is None and claim.status != "target"]
    if not open_:
        return reading
    for position, after in enumerate(behind):
        if after.paragraph != reading.sentence.paragraph:
            break
        gates(after.text)  # it is read next: noted here is what it may match
        if attribution.is_behind_both(after.text) and sum(map(_figures, behind[:position])) > 1:
            break
        speaks = (
            attribution.is_behind_all(after.text)
            or table_sources.is_source_line(after.text)
            or (
                all(goes_on(between.text) for between in behind[:position])
                and not may_hold_numerals(_undated(after.text))
            )
        )
        maker = attribution.credited_behind(after.text, reading.sentence.text) if speaks else None
        if maker is not None:
            return _credited_to(maker, reading, open_, letter)
    if beneath is None:
        return reading
    credited = _credited_to(beneath, reading, open_, letter)
    return _of_register(credited, beneath) if continuing.is_of_time(reading.sentence.text) else credited


def _told_around(reading: Reading, memory: Memory, behind: Sequence[Sentence], letter: Letter) -> Reading:
    """The figures that nobody is credited with, with whom the sentences before and `behind` them tell of."""
    text = reading.sentence.text
    open_ = [claim for claim in reading.claims if claim.source is None and claim.unit not in _MEANS]
    if len(open_) < len(reading.claims) or any(claim.status != "realised" for claim in open_):
        return reading
    if not open_ or not behind or behind[0].paragraph != reading.sentence.paragraph or not memory.last:
        return reading
    gates(behind[0].text)  # it is read next: noted here is what it may match
    told = attribution.source(memory.last)
    if told is None or not is_told_between(text, told, memory.last, behind[0].text):
        return reading
    return _credited_to(told, reading, open_, letter)


#: What is spent, employed or offered is nobody's finding.
_MEANS = ("euro", "fte", "places")


def _of_register(reading: Reading, maker: str) -> Reading:
    """The entry of a list with the population that it has as a figure of `maker`."""
    return reading._replace(
        claims=[
            claim._replace(population=of_register(claim.measure_code, claim.population, maker))
            for claim in reading.claims
        ]
    )


def _credited_to(maker: str, reading: Reading, open_: Sequence[Claim], letter: Letter) -> Reading:
    source = attribution.shortened(maker, letter.short_names)
    return reading._replace(
        claims=[claim._replace(source=source) if claim in open_ else claim for claim in reading.claims]
    )


def _undated(text: str) -> str:
    """A text without its dates."""
    return as_written("periods", "date").sub("", text)


def _figures(sentence: Sentence) -> int:
    """How many numbers a sentence holds, its dates left out."""
    return len(numerals(_undated(sentence.text), lambda _start, _end: False))


def _dated_behind(reading: Reading, behind: Sequence[Sentence], letter: Letter) -> Reading:
    """The figures without a time, with the one that the sentence `behind` says they are of."""
    claims = reading.claims
    if not claims or not behind or any(claim.timing.rule not in _UNTOLD for claim in claims):
        return reading
    after = behind[0]
    if after.paragraph != reading.sentence.paragraph or _undated(after.text) == after.text:
        return reading
    nouns = {figures.head(claim.phrase) for claim in claims}
    gates(after.text)  # it is read next: noted here is what it may match
    if not continuing.dates_figures(after.text, nouns) or may_hold_numerals(_undated(after.text)):
        return reading
    times = [
        each
        for each in periods(after.text, letter.letter_date)
        if each.role == "time" or continuing.is_from(after.text, each.start, nouns)
    ]
    if len(times) != 1 or times[0].value is None or not is_closed(times[0].value):
        return reading
    when = Timing(times[0].value, None, 0.85, "period.behind")
    return reading._replace(
        claims=[claim._replace(timing=when) if _may_be_of_then(claim) else claim for claim in claims]
    )


#: Rules of figures that state no time, be it that they took one from what was told before.
_UNTOLD = ("period.none", "period.inherited")


def _may_be_of_then(claim: Claim) -> bool:
    return claim.kind in ("count", "share", "capacity", "other") and claim.status == "realised"


#: Sentences over which one that speaks of all figures reaches back.
_BEHIND = 4
