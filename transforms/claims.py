"""Claims: a number together with what it counts, when, and in what standing."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from transforms import (
    attribution,
    continuing,
    figures,
    lasting_sources,
    lasting_times,
    linking,
    listing,
    remembering,
    scopes,
    standing,
    table_sources,
    timing,
)
from transforms.bodies import short_names
from transforms.counting import Quantity
from transforms.crediting import noted, notes_of, source_of
from transforms.figures import Claim, Letter, Linked, Memory
from transforms.inheritance import Told, behind, between, compared_again, inherited, of_pair
from transforms.kinds import by_turns, in_line, kind_of, of_others
from transforms.levels import foretold, levels_for, levels_of
from transforms.masks import Mask, masks
from transforms.measures import of_register
from transforms.naming import code_of, phrase_of, population_of, went_before, words_of
from transforms.notation import is_closed, is_future, is_past
from transforms.nouns import unit_of
from transforms.numerals import NONE, may_hold_numerals, numerals
from transforms.periods import (
    Before,
    Period,
    is_bare_count,
    is_counted,
    lengths,
    may_hold_time,
    may_name_report,
    periods,
)
from transforms.quantities import quantities
from transforms.scopes import Scope
from transforms.sentences import Sentence
from transforms.standing import Change
from transforms.status import (
    corrects,
    denies,
    denies_question,
    expects_now,
    foretells,
    going_on,
    is_aim,
    is_wished,
    of_cells,
    refuses,
    resumes,
    status,
)
from transforms.table_cells import apart
from transforms.table_lines import Cell, cells
from transforms.tables import (
    Entry,
    Frame,
    cell_entries,
    column_change,
    entries,
    framed,
    framed_cells,
    is_beneath,
    is_header,
    is_occupied,
    why_unread,
)
from transforms.timing import Timing
from transforms.vocabulary import attend, attend_too, gates


class Reading(NamedTuple):
    """What was made of a sentence: the spans masked, the periods and quantities read, the claims linked."""

    sentence: Sentence
    masks: Sequence[Mask]
    periods: Sequence[Period]
    quantities: Sequence[Quantity]
    claims: Sequence[Claim]
    unread: str | None = None  # by which rule a row of a table, or an entry of a list, gives nothing


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
            held = [_taken_back(negated, reading) for negated in held]
        elif asked and not is_question and refuses(sentence.text):
            held = [_refused(question) for question in held]
        short = bool(asked) and len(sentence.text) < _SHORT and not (reading and reading.claims)
        opening += 1
        waits = is_question or short or (opening <= _OPENING and not (reading and reading.claims))
        if not asked or not waits:  # an answer may deny all of its question
            yield from held
            held = []
        stood = _stands_after(reading, before, statuses) if reading is not None else None
        held += [stood] if stood is not None else []
        statuses = {claim.status for claim in stood.claims} if stood is not None else set()
        asked = f"{asked} {sentence.text}" if is_question else asked if waits else ""
        before, asking = sentence.text, is_question
    yield from held


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
    tabulated = table_sources.of_tables(texts, [place == "table" for place in places], asks)
    beneath = table_sources.of_prose(texts, places, [sentence.paragraph for sentence in sentences])
    memory, scope = _opening(letter), Scope()
    cited: dict[str, figures.Cited] = {}
    caption, table, stood = "", _NO_TABLE, False
    for index, (sentence, maker) in enumerate(zip(sentences, tabulated, strict=True)):
        attend(sentence.text)
        in_cell = sentence.role == "prose"
        if sentence.place == "table" and not in_cell:
            table = _table_at(sentences, index, table, caption)
            memory = lasting_sources.settled(memory)
            stood = True
            source = _source_of_table(memory, table.frame.caption, maker)
            around = (f"{table.frame.caption} {table.header}", *scope.texts())
            yield (
                sentence,
                _row(sentence, table, letter, source._replace(around=around, parted=table.frame.parted)),
            )
            continue
        if not in_cell:
            table, caption = _NO_TABLE, _caption(sentence.text, caption)
        if stood and (asks[index] or table_sources.heads_table(sentence.text)):
            # what introduced the table before it is spent
            memory, stood = memory._replace(source=None, introduced=False), False
        scope, inside = _scopes(scope, sentence)
        if sentence.paragraph != memory.paragraph:
            memory = remembering.next_paragraph(memory, sentence, cited)
        if opens[index]:
            memory = remembering.without_time(memory, sentence)
        if not may_hold_numerals(sentence.text):
            times = _times(sentence, (), letter, memory) if may_hold_time(sentence.text) else []
            memory = remembering.introduced(memory, sentence, times)
            yield sentence, None
            continue
        if sentence.place != "footnote":
            memory = memory._replace(around=inside.texts(), ended=inside.earlier)
        reading = _reading(sentence, letter, memory)
        reading = _credited_behind(
            reading, sentences[index + 1 : index + 1 + _BEHIND], letter, beneath[index]
        )
        reading = _dated_behind(reading, sentences[index + 1 : index + 2], letter)
        yield sentence, reading
        if reading.claims:
            cited |= {
                each.note: remembering.cited_for(reading.claims, each.offset)
                for each in notes_of(sentence, letter)
            }
        memory = remembering.remembered(
            memory, sentence.text, reading.periods, reading.claims, letter.letter_date
        )


def _source_of_table(memory: Memory, caption: str, maker: str | None) -> Memory:
    """The memory with whom a table's cells are from: as its title says, what leads to it, a line beneath.

    What the sentence before it goes on about is the table's where that says so (`Dit verloopt zo: tabel 2`).
    """
    if (stated := table_sources.of_caption(caption)) is not None:
        return Memory(source=stated, introduced=True)
    if memory.introduced:
        return memory
    if maker is None and memory.source is not None and table_sources.leads_to_table(memory.last):
        return memory._replace(introduced=True)
    if maker is None and memory.publication is not None and memory.publication.whole:
        return Memory(source=memory.publication.source, introduced=True)
    return Memory(source=maker, introduced=True)


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
            or (not position and not may_hold_numerals(_DATE.sub("", after.text)))
        )
        maker = attribution.credited_behind(after.text, reading.sentence.text) if speaks else None
        if maker is not None:
            return _credited_to(maker, reading, open_, letter)
    if beneath is None:
        return reading
    credited = _credited_to(beneath, reading, open_, letter)
    return _of_register(credited, beneath) if continuing.is_of_time(reading.sentence.text) else credited


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


def _figures(sentence: Sentence) -> int:
    """How many numbers a sentence holds, its dates left out."""
    return len(numerals(_DATE.sub("", sentence.text), lambda _start, _end: False))


def _dated_behind(reading: Reading, behind: Sequence[Sentence], letter: Letter) -> Reading:
    """The figures without a time, with the one that the sentence `behind` says they are of."""
    claims = reading.claims
    if not claims or not behind or any(claim.timing.rule != "period.none" for claim in claims):
        return reading
    after = behind[0]
    if after.paragraph != reading.sentence.paragraph or _DATE.search(after.text) is None:
        return reading
    nouns = {figures.head(claim.phrase) for claim in claims}
    gates(after.text)  # it is read next: noted here is what it may match
    if not continuing.dates_figures(after.text, nouns) or may_hold_numerals(_DATE.sub("", after.text)):
        return reading
    times = [each for each in periods(after.text, letter.letter_date) if each.role == "time"]
    if len(times) != 1 or times[0].value is None or not is_closed(times[0].value):
        return reading
    when = Timing(times[0].value, None, 0.85, "period.behind")
    return reading._replace(
        claims=[claim._replace(timing=when) if _may_be_of_then(claim) else claim for claim in claims]
    )


def _may_be_of_then(claim: Claim) -> bool:
    return claim.kind in ("count", "share", "capacity", "other") and claim.status == "realised"


#: Sentences over which one that speaks of all figures reaches back.
_BEHIND = 4
_DATE = re.compile(
    r"\b(?:\d{1,2} )?(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober"
    r"|november|december)\b"
    r"|\b(?:19|20)\d\d\b"
)


def _caption(text: str, before: str) -> str:
    """What may be a table's caption; the head of its first column stands behind it as a line of its own."""
    is_head = len(text) < _SHORT and text[-1:].isalpha()
    return f"{before[-_LONGEST_CAPTION:]}\n{text}" if is_head else text


_LONGEST_CAPTION = 400


class _Table(NamedTuple):
    """The table that a row stands in: its heads, what stands around it, the line that the row is under."""

    header: str
    frame: Frame
    section: str = ""


_NO_TABLE = _Table("", framed("", (), ""))


def _table_at(sentences: Sequence[Sentence], index: int, table: _Table, caption: str) -> _Table:
    """The table that the line at `index` begins or goes on with."""
    sentence = sentences[index]
    if sentence.cells and _begins(sentences, index):
        table = _framed_cells(sentences, index, caption)
    elif not sentence.cells and (sentence.role == "head" or (not sentence.role and is_header(sentence.text))):
        return _framed(sentences, index, "" if table.header else caption)  # another table
    if sentence.role == "section":
        return table._replace(section=sentence.text.rstrip(": "))
    return table if table.header or sentence.cells else _Table("", framed("", (), caption))


def _framed(sentences: Sequence[Sentence], index: int, caption: str) -> _Table:
    """The table whose heads are the sentence at `index`."""
    header = sentences[index].text
    end = index + 1
    while end < len(sentences) and sentences[end].place == "table" and sentences[end].role != "head":
        end += 1
    rows = [each.text for each in sentences[index + 1 : end] if each.role != "section"]
    return _Table(header, framed(header, rows, caption, _beneath(sentences[end : end + _BENEATH])))


def _begins(sentences: Sequence[Sentence], index: int) -> bool:
    """Whether the row at `index` is the first of a table, or of one that heads within it begin."""
    sentence = sentences[index]
    before = next((each for each in reversed(sentences[:index]) if each.role != "prose"), None)
    if before is None or before.table != sentence.table:
        return True
    return sentence.role == "head" and before.role not in ("head", "caption")


def _framed_cells(sentences: Sequence[Sentence], index: int, caption: str) -> _Table:
    """The table whose cells are known that begins with the row at `index`."""
    end = index + 1
    while (
        end < len(sentences)
        and sentences[end].table == sentences[index].table
        and not (sentences[end].cells and _begins(sentences, end))
    ):
        end += 1
    found = sentences[index:end]
    titles = [each.text for each in found if each.role == "caption"]
    frame = framed_cells(
        [each.cells for each in found if each.role == "head"],
        [each.cells for each in found if each.role == "row"],
        "\n".join(filter(None, (caption, *titles))),
        _beneath(sentences[end : end + _BENEATH]),
    )
    return _Table(frame.header, frame)


def _beneath(sentences: Sequence[Sentence]) -> str:
    """What stands beneath a table and tells of it."""
    return "\n".join(takewhile(is_beneath, (each.text for each in sentences if each.place != "table")))


#: Sentences beneath a table that may tell of it.
_BENEATH = 2


def _row(sentence: Sentence, table: _Table, letter: Letter, memory: Memory) -> Reading:
    """The cells of a table's row; one whose unit nothing tells is passed over."""
    frame, read, found = table.frame, [], []
    for quantity, period, named, base, heads in _entries(sentence, table):
        made = next(filter(None, map(table_sources.of_head, heads)), None)
        credited = memory if made is None else memory._replace(source=made, introduced=True)
        change = column_change(quantity, named)
        kind = kind_of(sentence.text, quantity, growth=change.growth)
        if kind == "count" and in_line(quantity):
            kind = "capacity"
        used = quantity.unit != "fte" and is_occupied(named, frame.caption)
        kind = "count" if kind == "capacity" and used else kind
        column = Timing(period, base, 1.0, "period.column" if period else "period.none")
        read.append(quantity)
        past, future = is_past(period, letter.letter_date), is_future(period, letter.letter_date)
        stands = of_cells(named, f"{frame.caption} {table.header}", past=past, future=future)
        found.append(_claim(sentence, Linked(quantity, change, column, kind, stands), letter, credited, ()))
    unread = (
        None if read or sentence.role not in ("", "row") else why_unread(sentence.text, sentence.cells, frame)
    )
    return Reading(sentence, (), (), read, found, unread)


def _entries(sentence: Sentence, table: _Table) -> Iterator[Entry]:
    """What the cells of a row count."""
    if not sentence.cells:
        return entries(sentence.text, table.frame, table.section)
    return cell_entries(sentence.cells if sentence.role == "row" else (), table.frame, table.section)


# Reading a sentence


def _reading(sentence: Sentence, letter: Letter, memory: Memory) -> Reading:
    masked = masks(sentence.text)
    times = _times(sentence, masked, letter, memory)
    counted = _counted(sentence.text, masked, times, memory)
    found = _linked(sentence, counted, times, letter, lasting_sources.settled(memory)) if counted else []
    alone = not counted and not masked and memory.noun is None and continuing.is_labelled(sentence.text)
    return Reading(sentence, masked, times, counted, found, "list.no_noun" if alone else None)


def _times(sentence: Sentence, masked: Sequence[Mask], letter: Letter, memory: Memory) -> list[Period]:
    """The sentence's periods, but for masked ones, counts that look like years, and the `nu` of who asks."""
    text = sentence.text
    before = Before(memory.spoken, memory.told, memory.mentioned, memory.reported, memory.stretch)
    dated = [mask for mask in masked if mask.rule != "mask.short_date"]
    asks = sentence.place == "question" or text.endswith("?")
    return [
        period._replace(value=None) if asks and _is_asked_from(period, letter.letter_date) else period
        for period in periods(text, letter.letter_date, before)
        if (period.value is None or not _overlaps(period, dated))
        and not (is_bare_count(text, period) and _counts(text, period.end))
        and not is_counted(text, period)
    ]


def _is_asked_from(period: Period, day: date | None) -> bool:
    """Whether a time in a question counts from the day that it was asked, which isn't that of the letter.

    Full years before it are the same ones, unless a year began between the two.
    """
    same = is_past(period.value, day) and day is not None and day.month > _SOON_ANSWERED
    return period.rule == "period.now" or (period.rule == "period.last_years" and not same)


#: Months within which a question is mostly answered.
_SOON_ANSWERED = 2


def _overlaps(period: Period, masked: Sequence[Mask]) -> bool:
    return any(mask.start < period.end and period.start < mask.end for mask in masked)


def _counts(text: str, end: int) -> bool:
    """Whether a noun that can be counted follows (`2000 plaatsen`)."""
    following = _FOLLOWING.match(text, end)
    return following is not None and unit_of(following[1]) is not None


_FOLLOWING = re.compile(r" (?:[\w-]+e )?([\w’-]+)")


def _counted(text: str, masked: Sequence[Mask], times: Sequence[Period], memory: Memory) -> list[Quantity]:
    taken = bytearray(len(text))
    for start, end in [*(mask[:2] for mask in masked), *(period[:2] for period in times)]:
        taken[start:end] = b"\x01" * (end - start)
    found = numerals(text, lambda start, end: taken.find(1, start, end) >= 0)
    if len(found) > _MOST:
        return []
    return [
        quantity
        for quantity in quantities(text, found, memory.noun, memory.lasting, lengths(times))
        if not standing.is_hypothetical(text, quantity)
    ]


#: Numbers of a sentence; what holds more is a list of them, of which no sentence says what they count.
_MOST = 40


# Linking


def _linked(
    sentence: Sentence, counted: Sequence[Quantity], times: Sequence[Period], letter: Letter, memory: Memory
) -> list[Claim]:
    text = sentence.text
    paired = standing.pairs(text, list(counted))
    plain = standing.undotted(text)
    changes = _changes(plain, counted, paired)
    timed = linking.timings(text, counted, times, [change.growth for change in changes])
    levels = list(memory.levels)
    timed = listing.year_by_year(text, counted, timed, memory.period or memory.asked)
    memory = behind(memory, continuing.compared_with(times))
    found: list[Claim] = []
    for index, (quantity, stated_change, stated) in enumerate(zip(counted, changes, timed, strict=True)):
        attend_too(plain)
        kind = _kind(plain, quantity, stated_change, found, memory)
        if kind == "capacity" and _is_of_those_in_use(text, quantity, paired.get(index), found):
            kind = "count"
        own = inherited(Told(text, sentence.place, quantity, kind, stated, memory, letter, found))
        after_pair = paired.get(index - 1) == "to"
        same = levels_for(quantity.unit, levels)
        change, when = between(text, quantity, stated_change, own, found, same, behind_pair=after_pair)
        when = compared_again(change, when, memory)
        when = _at_end(text, counted, changes, index, when)
        if kind == "duration" and _is_until(when, quantity, times):
            when = when._replace(period=None, rule="period.none")
        stands = _status(text, quantity, kind, when, paired.get(index), letter)
        if index in paired:
            planned = "expected" in (stands, _status_of_pair(text, counted, index, paired, when, letter))
            alike = [level for level in levels if level.unit == quantity.unit] or same
            others = [found[at].timing for at in range(index) if paired.get(at) == paired[index]]
            when = of_pair(text, when, paired[index], alike, expected=planned, before=others)
        claim = _claim(
            sentence,
            Linked(quantity, change, when, kind, stands, paired.get(index) == "to", _next_of(counted, index)),
            letter,
            memory,
            found,
        )
        found.append(claim)
        levels += levels_of(claim)
    return _rejected(foretold(found, counted, paired), letter)


def _at_end(
    text: str, counted: Sequence[Quantity], changes: Sequence[Change], index: int, when: Timing
) -> Timing:
    """The time of a level that a change led to: `daalde tussen 2015 en 2020 met 9% tot 400` is of 2020."""
    if index == 0 or changes[index].rule != "level.reached" or not changes[index - 1].growth:
        return when
    led = text[counted[index - 1].end : counted[index].numeral.start].startswith((" tot ", " naar "))
    return (
        timing.of_pair(when, "to", expected=False, since=False)
        if led and _YEARS.fullmatch(when.period or "")
        else when
    )


_YEARS = re.compile(r"\d{4}/\d{4}")


def _is_until(when: Timing, quantity: Quantity, times: Sequence[Period]) -> bool:
    """Whether a time is that by which what lasts so long is over (`drie jaar geld, tot uiterlijk 2027`)."""
    ends = [each for each in times if each.value == when.period and each.start > quantity.end]
    return any(each.role == "deadline" or (each.value or "").startswith("/") for each in ends)


def _next_of(counted: Sequence[Quantity], index: int) -> int | None:
    """Where the number behind one begins."""
    return counted[index + 1].numeral.start if index + 1 < len(counted) else None


_CARRIED = ("unit.carried", "unit.sibling_left")


def _kind(text: str, quantity: Quantity, change: Change, before: Sequence[Claim], memory: Memory) -> str:
    """What kind a quantity is; one without a noun of its own is what was counted last (`waren dat er 18`)."""
    kind = kind_of(text, quantity, growth=change.growth)
    if quantity.unit == "percent" and quantity.rule in _CARRIED and kind in ("share", "other"):
        last = before[-1].kind if before else memory.kind
        return last if last in ("share", "other") else kind
    if kind == "capacity" and quantity.rule in _CARRIED and quantity.unit == "places":
        return _kind_of_places(text, before, memory) or kind
    if kind != "count" or quantity.unit == "places" or quantity.rule not in _CARRIED:
        return kind
    same = [claim.kind for claim in before if claim.unit == quantity.unit and claim.kind != "growth"]
    last = same[-1] if same else memory.kind if quantity.rule == "unit.carried" and not before else kind
    return last if last == "capacity" else kind


def _is_of_those_in_use(text: str, quantity: Quantity, end: str | None, before: Sequence[Claim]) -> bool:
    """Whether places are those in use at another time: `de bezetting ging van 90 naar 70`, `90, tegen 70`."""
    if not before or quantity.unit != "places" or before[-1].unit != "places" or before[-1].kind != "count":
        return False
    against = quantity.rule in _CARRIED and _AGAINST.search(text, 0, quantity.numeral.start)
    return end == "to" or against is not None


_AGAINST = re.compile(r"\b(?:tegen|tegenover)(?: (?:nog|ruim|bijna|circa|ongeveer|zo.n))* \Z")


def _kind_of_places(text: str, before: Sequence[Claim], memory: Memory) -> str | None:
    """That of places without a noun: those in use go on, and `respectievelijk` those told by turns."""
    if len(memory.turns) > len(before) and by_turns(text):
        return memory.turns[len(before)][0]
    in_use = (memory.measure_code or "").endswith("_occupied") and not memory.stale
    return "count" if in_use and not before and not of_others(text) else None


def _rejected(found: list[Claim], letter: Letter) -> list[Claim]:
    """`niet 60 maar 75 in 2020`: a figure that is denied has the time of the one that stands for it."""
    stated = [claim for claim in found if claim.status != "negated" and claim.timing.period]
    for index, claim in enumerate(found):
        right = next((each for each in stated if each.unit == claim.unit), None)
        open_ = claim.timing.rule in ("period.none", "period.inherited")
        if claim.status == "negated" and open_ and right is not None:
            when = claim.timing._replace(period=right.timing.period, rule="period.corrected")
            found[index] = claim._replace(timing=when)
        elif claim.status != "negated" and claim.timing.period is None:
            wrong = next((each for each in found[:index] if each.status == "negated"), None)
            if wrong is not None and wrong.unit == claim.unit and wrong.timing.period:
                when = claim.timing._replace(period=wrong.timing.period, rule="period.corrected")
                comes = claim.status == "realised" and is_future(when.period, letter.letter_date)
                found[index] = claim._replace(timing=when, status="expected" if comes else claim.status)
    return found


def _changes(text: str, counted: Sequence[Quantity], paired: dict[int, str]) -> list[Change]:
    """The change of each quantity; the end of a pair goes the way that another number tells, or the two."""
    found: list[Change] = []
    for index, quantity in enumerate(counted):
        change = standing.change(text, quantity, paired=paired.get(index))
        if quantity.numeral.rule == NONE:  # `geen enkel slachtoffer meer` is a level
            change = Change(False, "none", "level")
        # `een toename van 90 kg in 5 jaar, oftewel 18 kg`
        between = index > 1 and standing.is_time(counted[index - 1]) and not standing.is_time(quantity)
        last = index - 2 if between else index - 1
        found.append(_follows(text, counted[last], found[last], quantity, change) if index else change)
    found = _before_last(text, counted, found, paired)
    way = next((change.direction for change in found if change.growth), "none")
    found = [
        change._replace(direction=_way_of_pair(text, counted[index - 1], counted[index], change, way))
        if paired.get(index) == "to"
        else change
        for index, change in enumerate(found)
    ]
    for index in range(1, len(found)):
        first, again = found[index - 1], standing.is_percentage_of(text, counted[index - 1], counted[index])
        if again and not found[index].growth and (first.growth or first.direction != "none"):
            found[index] = Change(True, first.direction, "change.restated")
    return found


def _way_of_pair(text: str, first: Quantity, second: Quantity, change: Change, way: str) -> str:
    """The way that the end of a pair goes: the two of one unit tell it whatever words stand around them.

    `De groei is bijgesteld van 3% naar 2%`.
    """
    told = change.direction if change.direction != "none" else way
    moves = standing.moves(text, first, second)
    alike = first.unit == second.unit and (first.unit != "other" or first.phrase == second.phrase)
    return moves if told == "none" or (alike and moves != "none") else told


def _before_last(
    text: str, counted: Sequence[Quantity], found: list[Change], paired: dict[int, str]
) -> list[Change]:
    """The changes with those whose size is told of the last of a list (`12% en 4% minder dan in 2011`)."""
    for index in range(len(found) - 1, 0, -1):
        last, first = found[index], index - 1
        shared = last.rule in ("change.after", "change.listed") and not found[first].growth
        if shared and first not in paired and standing.shares_end(text, counted[first], counted[index]):
            found[first] = last._replace(rule="change.listed")
    return found


def _follows(text: str, before: Quantity, first: Change, quantity: Quantity, change: Change) -> Change:
    """The change of a number behind another: said again (`oftewel een kwart`), or the next of a list."""
    if first.growth and not change.growth and standing.restates(text, before.end, quantity.numeral.start):
        return first._replace(rule="change.restated")
    if first.growth and not change.growth and standing.is_part_of(text, before, quantity):
        return first._replace(rule="change.part")
    if first.growth and not change.growth and standing.compares(text, before, quantity):
        return first._replace(rule="change.against")
    if first.growth and not change.growth and standing.aims_again(text, before, quantity):
        return first._replace(rule="change.aimed")
    reached = first.rule == "level.reached" and before.unit == quantity.unit and change.direction == "none"
    listed = reached or (first.rule in _LISTS and not change.growth)
    return first if listed and standing.lists_on(text, before, quantity) else change


#: Changes that can be the first of a list under one verb or noun.
_LISTS = ("change.by", "change.noun_before", "change.noun_near", "change.object")


def _statistic_of_last(
    sentence: Sentence, quantity: Quantity, phrase: str, before: Sequence[Claim]
) -> str | None:
    """`gemiddeld 94%, tegen 90% in 2018`: both are a mean; not `gemiddeld 30 ritten, tegen 40 bussen`."""
    if not before or before[-1].unit != quantity.unit or (phrase and before[-1].phrase not in ("", phrase)):
        return None
    between = sentence.text[before[-1].end - sentence.start : quantity.numeral.start]
    return before[-1].statistic if standing.is_set_against(between) else None


# Standing


def _status(text: str, quantity: Quantity, kind: str, when: Timing, which: str | None, letter: Letter) -> str:
    past = is_past(when.period, letter.letter_date)
    past = past and not (when.rule == "period.inherited" and expects_now(text))
    future = is_future(when.period, letter.letter_date)
    if kind == "growth" and when.period is not None:  # a change comes about until the end of its stretch
        future = future or is_future(when.period.rsplit("/", 1)[-1] or None, letter.letter_date)
    undated = letter.letter_date is None and when.period is not None and kind != "duration"
    year = when.period.strip("/")[:4] if undated and when.period else None
    if which == "from" and when.rule.endswith(".beside") and (future or (undated and foretells(text))):
        which = None  # it holds when it says
    return status(text, quantity, paired=which, kind=kind, past=past, future=future, year=year)


def _status_of_pair(
    text: str, counted: Sequence[Quantity], index: int, paired: dict[int, str], when: Timing, letter: Letter
) -> str:
    partner = counted[index + 1] if paired[index] == "from" else counted[index]
    return _status(text, partner, "capacity", when, "to", letter)


# Putting it together


def _cells_of(sentence: Sentence) -> Sequence[Cell]:
    """The cells of a sentence that is the row of a table."""
    return sentence.cells or (cells(sentence.text) if sentence.role == "row" else ())


def _claim(
    sentence: Sentence, linked: Linked, letter: Letter, memory: Memory, before: Sequence[Claim]
) -> Claim:
    text, quantity, when = sentence.text, linked.quantity, linked.timing
    numeral = quantity.numeral
    phrase = phrase_of(text, quantity, linked.kind, before)
    code = code_of(phrase, linked, text, letter, memory, before)
    counted = code or phrase or went_before(text, linked, memory, before)
    stated = noted(sentence, numeral.end, letter) or source_of(sentence, linked, letter, memory, before)
    credited = attribution.shortened(stated, letter.short_names)
    return Claim(
        start=sentence.start + numeral.start,
        end=sentence.start + numeral.end,
        numeral=numeral,
        unit=quantity.unit,
        kind=linked.kind,
        phrase=phrase,
        counted=counted,
        measure=code or words_of(text, linked, phrase, counted, memory, before),
        measure_code=code,
        timing=when,
        direction=linked.change.direction,
        status=linked.status,
        precision=standing.precision(apart(text, _cells_of(sentence), numeral.start), quantity),
        source=credited,
        per=standing.per(text, quantity),
        statistic=standing.statistic(text, quantity)
        or _statistic_of_last(sentence, quantity, phrase, before),
        population=population_of(linked, text, phrase, code, memory, before, credited),
        sentence=sentence,
        confidence=round(quantity.confidence * when.confidence, 4),
        rule="+".join((numeral.rule, quantity.rule, linked.change.rule, when.rule)),
    )
