"""Claims: a number together with what it counts, when, and in what standing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import zip_longest
from typing import Any, NamedTuple

from transforms import attribution, figures, standing, timing
from transforms.bodies import short_names
from transforms.figures import Claim, Letter, Level, Memory
from transforms.kinds import kind_of, lack, waits
from transforms.masks import Mask, masks
from transforms.measures import WordsOf, family, fits, is_people, measure_of, population
from transforms.notes import Citation
from transforms.nouns import is_unit, unit_of
from transforms.numerals import digits_value, may_hold_numerals, numerals
from transforms.periods import Period, is_bare_count, is_closed, is_future, is_past, may_hold_time, periods
from transforms.quantities import Quantity, noun_left, quantities
from transforms.sentences import Sentence
from transforms.standing import Change
from transforms.status import denies, denies_question, expects_now, foretells, is_aim, resumes, status
from transforms.tables import Cell, row_quantities, year_header
from transforms.timing import Timing
from transforms.vocabulary import attend


class Linked(NamedTuple):
    """A quantity with all that its sentence says of it."""

    quantity: Quantity
    change: Change
    timing: Timing
    kind: str
    status: str
    end_of_pair: bool = False


class Reading(NamedTuple):
    """What was made of a sentence: the spans masked, the periods and quantities read, the claims linked."""

    sentence: Sentence
    masks: Sequence[Mask]
    periods: Sequence[Period]
    quantities: Sequence[Quantity]
    claims: Sequence[Claim]


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
    asking, opening = False, 0
    for sentence, reading in _single(sentences, letter):
        is_question = sentence.place == "question"
        if is_question:
            asked, opening = asked if asking else "", 0
        denied = denies(sentence.text) or bool(asked and denies_question(sentence.text, asked))
        if denied and not is_question:
            held = [_standing_as(negated, "negated") for negated in held]
        short = bool(asked) and len(sentence.text) < _SHORT and not (reading and reading.claims)
        opening += 1
        waits = is_question or short or (opening <= _OPENING and not (reading and reading.claims))
        if not asked or not waits:  # an answer may deny all of its question
            yield from held
            held = []
        if reading is not None:
            aimed = resumes(sentence.text) and is_aim(before)
            held.append(_standing_as(reading, "target", only="realised") if aimed else reading)
        asked = f"{asked} {sentence.text}" if is_question else asked if waits else ""
        before, asking = sentence.text, is_question
    yield from held


def _standing_as(reading: Reading, stands: str, *, only: str | None = None) -> Reading:
    """The reading with its claims, or those of one status, in another one."""
    changed = [
        claim._replace(status=stands) if only in (None, claim.status) else claim for claim in reading.claims
    ]
    return reading._replace(claims=changed)


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
    tabulated = Memory(source=attribution.of_tables(texts), introduced=True)
    memory = Memory()
    cited: dict[str, figures.Cited] = {}
    header: list[Cell] = []
    caption = ""
    for sentence, after in zip_longest(sentences, sentences[1:]):
        attend(sentence.text)
        if sentence.place == "table":
            if years := year_header(sentence.text):
                header, caption = years, f"{caption} {sentence.text[: years[0].start]}"
            settled = figures.settled(memory)
            yield (
                sentence,
                _row(sentence, header, caption, letter, settled if settled.introduced else tabulated),
            )
            continue
        header, caption = [], _caption(sentence.text, caption)
        if sentence.paragraph != memory.paragraph:
            memory = figures.next_paragraph(memory, sentence, cited)
        if timing.opens_anew(sentence.text):
            memory = figures.without_time(memory, sentence.text)
        if not may_hold_numerals(sentence.text):
            times = _times(sentence, (), letter, memory) if may_hold_time(sentence.text) else []
            memory = figures.introduced(memory, sentence, times)
            yield sentence, None
            continue
        reading = _reading(sentence, letter, memory)
        if after is not None and after.paragraph == sentence.paragraph:
            reading = _credited_behind(reading, after.text, letter)
        yield sentence, reading
        if reading.claims:
            cited |= {
                each.note: figures.cited_for(reading.claims, each.offset) for each in _notes(sentence, letter)
            }
        memory = figures.remembered(memory, sentence.text, reading.periods, reading.claims)


def _credited_behind(reading: Reading, after: str, letter: Letter) -> Reading:
    """The figures that nobody is credited with, with the source that the next sentence says they are from."""
    open_ = [claim for claim in reading.claims if claim.source is None and claim.status != "target"]
    if not open_ or may_hold_numerals(after) or (behind := attribution.credited_behind(after)) is None:
        return reading
    source = attribution.shortened(behind, letter.short_names)
    return reading._replace(
        claims=[claim._replace(source=source) if claim in open_ else claim for claim in reading.claims]
    )


def _caption(text: str, before: str) -> str:
    """What may be a table's caption; the head of its first column stands behind it as a line of its own."""
    is_head = len(text) < _SHORT and text[-1:].isalpha()
    return f"{before[-_LONGEST_CAPTION:]} {text}" if is_head else text


_LONGEST_CAPTION = 400


def _row(sentence: Sentence, header: Sequence[Cell], caption: str, letter: Letter, memory: Memory) -> Reading:
    """The cells of a table's row under a header of years; another table is passed over."""
    level = Change(False, "none", "level")
    cells, found = [], []
    for quantity, year in row_quantities(sentence.text, header, caption):
        kind = kind_of(sentence.text, quantity, growth=False)
        column = Timing(year, None, 1.0, "period.column")
        cells.append(quantity)
        found.append(_claim(sentence, Linked(quantity, level, column, kind, "realised"), letter, memory, ()))
    return Reading(sentence, (), (), cells, found)


# Reading a sentence


def _reading(sentence: Sentence, letter: Letter, memory: Memory) -> Reading:
    masked = masks(sentence.text)
    times = _times(sentence, masked, letter, memory)
    counted = _counted(sentence.text, masked, times, memory)
    found = _linked(sentence, counted, times, letter, figures.settled(memory)) if counted else []
    return Reading(sentence, masked, times, counted, found)


def _times(sentence: Sentence, masked: Sequence[Mask], letter: Letter, memory: Memory) -> list[Period]:
    """The sentence's periods, but for masked ones, counts that look like years, and the `nu` of who asks."""
    text = sentence.text
    return [
        period
        for period in periods(text, letter.letter_date, memory.spoken, memory.latter)
        if not _overlaps(period, [mask for mask in masked if mask.rule != "mask.short_date"])
        and not (is_bare_count(text, period) and _counts(text, period.end))
        and not (period.rule in _ASKED and (sentence.place == "question" or text.endswith("?")))
    ]


#: What counts from the day of speaking: in a question, that isn't the day of the letter.
_ASKED = ("period.now", "period.last_years")


def _overlaps(period: Period, masked: Sequence[Mask]) -> bool:
    return any(mask.start < period.end and period.start < mask.end for mask in masked)


def _counts(text: str, end: int) -> bool:
    """Whether a noun that can be counted follows (`2000 plaatsen`)."""
    following = re.compile(r" (?:[\w-]+e )?([\w’-]+)").match(text, end)
    return following is not None and unit_of(following[1]) is not None


def _counted(text: str, masked: Sequence[Mask], times: Sequence[Period], memory: Memory) -> list[Quantity]:
    taken = [*((mask.start, mask.end) for mask in masked), *((period.start, period.end) for period in times)]
    found = numerals(text, lambda start, end: any(first < end and start < last for first, last in taken))
    return [
        quantity
        for quantity in quantities(text, found, memory.noun)
        if _is_figure(text, quantity) and not standing.is_hypothetical(text, quantity)
    ]


def _is_figure(text: str, quantity: Quantity) -> bool:
    """Small number words without a noun of their own mostly count nothing (`een van de twee`)."""
    own = quantity.rule not in ("unit.carried", "unit.sibling_left")
    listed = _LISTED.search(text[: quantity.numeral.start]) or _COMPARED.match(text[quantity.numeral.end :])
    return quantity.numeral.form != "word" or own or quantity.numeral.value > 12 or listed is not None


_LISTED = re.compile(
    r"\b(?:(?:en|tegen|tot|naar)(?: \w+)?"
    r"|(?:waarvan|daarvan|hiervan|van wie|onder wie|waaronder|waren dat)(?: er)?(?: \w+)?) $"
)
_COMPARED = re.compile(r" (?:meer|minder|hoger|lager|daarvan|hiervan|ervan)\b")


# Linking


def _linked(
    sentence: Sentence, counted: Sequence[Quantity], times: Sequence[Period], letter: Letter, memory: Memory
) -> list[Claim]:
    text = sentence.text
    paired = standing.pairs(text, list(counted))
    changes = _changes(text, counted, paired)
    timed = timing.timings(text, counted, times, [change.growth for change in changes])
    levels = list(memory.levels)
    timed = timing.year_by_year(text, counted, timed, memory.period or memory.asked)
    memory = _behind(memory, timing.compared_with(times))
    found: list[Claim] = []
    for index, (quantity, stated_change, stated) in enumerate(zip(counted, changes, timed, strict=True)):
        kind = kind_of(text, quantity, growth=stated_change.growth)
        own = _inherited(sentence, quantity, kind, stated, memory, letter)
        after_pair = paired.get(index - 1) == "to"
        same = figures.levels_for(quantity.unit, levels)
        change, when = _between(text, stated_change, own, found, same, behind_pair=after_pair)
        stands = _status(text, quantity, kind, when, paired.get(index), letter)
        if index in paired:
            planned = "expected" in (stands, _status_of_pair(text, counted, index, paired, when, letter))
            when = _of_pair(text, when, paired[index], same, expected=planned)
        claim = _claim(
            sentence,
            Linked(quantity, change, when, kind, stands, paired.get(index) == "to"),
            letter,
            memory,
            found,
        )
        found.append(claim)
        levels += figures.levels_of(claim)
    return _rejected(figures.foretold(found))


def _rejected(found: list[Claim]) -> list[Claim]:
    """`niet 60 maar 75 in 2020`: a figure that is denied has the time of the one that stands for it."""
    stated = [claim for claim in found if claim.status != "negated" and claim.timing.period]
    for index, claim in enumerate(found):
        right = next((each for each in stated if each.unit == claim.unit), None)
        if claim.status == "negated" and claim.timing.rule == "period.none" and right is not None:
            when = claim.timing._replace(period=right.timing.period, rule="period.corrected")
            found[index] = claim._replace(timing=when)
    return found


def _behind(memory: Memory, base: str | None) -> Memory:
    """The memory for a sentence that compares with `base`: it isn't about that time, nor one before it."""
    if base is None:
        return memory
    names = ("period", "topic", "asked", "earlier", "section", "listed")
    ahead = figures.later_than(base, memory.levels)
    passed: dict[str, Any] = {name: None for name in names if timing.is_over(getattr(memory, name), base)}
    if "period" in passed:
        passed["period"] = ahead
    return memory._replace(**passed)


def _changes(text: str, counted: Sequence[Quantity], paired: dict[int, str]) -> list[Change]:
    """The change of each quantity; the end of a pair goes the way that another number tells."""
    found: list[Change] = []
    for index, quantity in enumerate(counted):
        change = standing.change(text, quantity, paired=paired.get(index))
        found.append(_follows(text, counted[index - 1], found[-1], quantity, change) if index else change)
    way = next((change.direction for change in found if change.growth), "none")
    return [
        change._replace(direction=way) if paired.get(index) == "to" and change.direction == "none" else change
        for index, change in enumerate(found)
    ]


def _follows(text: str, before: Quantity, first: Change, quantity: Quantity, change: Change) -> Change:
    """The change of a number behind another: said again (`oftewel een kwart`), or the next of a list."""
    if first.growth and not change.growth and standing.restates(text, before.end, quantity.numeral.start):
        return first._replace(rule="change.restated")
    reached = first.rule == "level.reached" and before.unit == quantity.unit and change.direction == "none"
    listed = reached or (first.rule in _LISTS and not change.growth)
    return first if listed and standing.lists_on(text, before, quantity) else change


#: Changes that can be the first of a list under one verb or noun.
_LISTS = ("change.by", "change.noun_before", "change.noun_near", "change.object")


def _inherited(
    sentence: Sentence, quantity: Quantity, kind: str, stated: Timing, memory: Memory, letter: Letter
) -> Timing:
    """The period of the data that the sentence goes on about: by its words, noun, tense or whole."""
    text = sentence.text
    if sentence.place == "footnote":
        return timing.inherited(stated, memory.period) if timing.is_of_cited(text) else stated
    goes_on = attribution.goes_on(text) or timing.goes_on(text)
    if not goes_on and attribution.source(text) is not None:
        return stated  # another source is another set of data
    again = _again(text, quantity, stated, memory)
    if again is not None:
        return again
    if timing.is_total(text) and memory.total is not None:
        return timing.inherited(stated, memory.total)
    same = (
        (goes_on and (kind != "amount" or (timing.points_back(text) and not timing.is_yearly(text))))
        or _speaks_of_whole(text, memory)
        or quantity.rule == "unit.carried"
        or (kind == "share" and not timing.is_planned(text) and _is_cohesive(text, memory))
        or (quantity.unit == "persons" and is_people(quantity.phrase) and memory.measure_code is not None)
    )
    if same and not timing.points_back(text) and not _lasts(text, quantity, memory, letter):
        same = False
    whole = memory.period or memory.asked
    if memory.topic is not None and whole is not None and memory.topic != whole:
        whole = memory.topic if goes_on else None  # another time was spoken of since
    whole = whole if same else None
    then = _told(text, kind, memory, letter)
    found = timing.inherited(stated, whole or then or memory.listed)
    if found.period is not None:
        return found
    return _of_section(text, kind, found, memory, letter)


def _told(text: str, kind: str, memory: Memory, letter: Letter) -> str | None:
    """The time spoken of, where the sentence tells of it in a past tense and goes on about the same."""
    topic = memory.topic or memory.asked
    if not is_closed(topic) or topic == _today(letter) or is_future(topic, letter.letter_date):
        return None
    known = memory.here if memory.topic else memory.subjects
    cohesive = not known.isdisjoint(figures.subjects(text)) or timing.whole_number(text) is not None
    if kind in ("capacity", "duration") or timing.is_planned(text):
        return None
    perfect = cohesive and topic in (memory.period, memory.asked)
    told = (cohesive or memory.fresh) and timing.tells_of_then(text, perfect=perfect)
    return topic if told else None


def _again(text: str, quantity: Quantity, stated: Timing, memory: Memory) -> Timing | None:
    """The period of a figure said again (`van de 409 zaken`), for that and for its parts behind it."""
    said = figures.said_before(quantity.unit, quantity.numeral.value, memory)
    if said is None and (match := timing.whole_number(text[: quantity.numeral.start])):
        said = next(
            (each.period for each in reversed(memory.stated) if each.value == digits_value(match)), None
        )
    return timing.inherited(stated, said, 0.9) if said is not None and stated.rule == "period.none" else None


def _is_cohesive(text: str, memory: Memory) -> bool:
    """Whether a share is one of what was spoken of: it is told of in the past, or shares a word with that."""
    return timing.tells_of_then(text, perfect=True) or not memory.here.isdisjoint(figures.subjects(text))


def _lasts(text: str, quantity: Quantity, memory: Memory, letter: Letter) -> bool:
    """Whether the period spoken of is one that the next figure may hold in too.

    What went on since a year isn't it, nor, for a plan, the day of the letter.
    """
    now = memory.period is not None and memory.period == _today(letter)
    open_end = memory.period is not None and not is_closed(memory.period)
    return quantity.rule == "unit.carried" or not (open_end or (now and timing.is_planned(text)))


def _today(letter: Letter) -> str | None:
    return letter.letter_date.isoformat() if letter.letter_date else None


def _of_section(text: str, kind: str, stated: Timing, memory: Memory, letter: Letter) -> Timing:
    """The period of the heading, or that of the paragraphs before on the same subject."""
    if memory.section is not None and not timing.is_planned(text):
        return timing.inherited(stated, memory.section, 0.75)
    told = memory.period or memory.topic
    if told is not None or memory.subjects.isdisjoint(figures.subjects(text)):
        return stated
    if letter.letter_date is not None and not is_past(memory.earlier, letter.letter_date):
        return stated
    past = kind == "share" or (kind != "capacity" and timing.tells_of_then(text, perfect=True))
    return timing.inherited(stated, memory.earlier, 0.65) if past else stated


def _speaks_of_whole(text: str, memory: Memory) -> bool:
    """`Van de slachtoffers …`, after a figure of slachtoffers."""
    whole = memory.noun.phrase.split()[-1:] if memory.noun else []
    return text.startswith(_OF_WHOLE) and any(word in text for word in whole)


_OF_WHOLE = ("Van de ", "Onder de ", "Bij de ")


def _between(
    text: str,
    change: Change,
    when: Timing,
    before: Sequence[Claim],
    levels: Sequence[Level],
    *,
    behind_pair: bool,
) -> tuple[Change, Timing]:
    """A change without comparison of its own is the one between the last two levels stated.

    Behind `van A in 2011 naar B in 2014`, both ends are named: the change holds for the stretch.
    """
    if not change.growth:
        return change, when
    if change.rule == "change.restated":
        return change._replace(direction=before[-1].direction), before[-1].timing
    stated = _over(text, when, before, levels)
    if stated is not None:
        return change, stated
    interval = standing.takes_years(text)
    stretch = interval or (behind_pair and when.rule.endswith((".shared", ".none", ".inherited", ".lent")))
    lent = when.rule.endswith(".shared") and figures.last_two(levels) is not None
    lent = lent or _of_earlier(when, before, levels)
    own = when.period is not None and when.rule != "period.inherited" and not (stretch or lent)
    if own and when.base_period is None and levels and timing.is_multiple_of_level(text, when):
        return change, when._replace(base_period=levels[-1].period)
    pair = figures.last_two(levels)
    if pair is not None and when.rule == "period.compared" and when.base_period == pair[0].period:
        return change, when._replace(period=pair[1].period)
    if when.base_period is not None or own or pair is None or (timing.is_planned(text) and not behind_pair):
        return change, when
    earlier, later = pair
    direction = change.direction
    if direction == "none" and earlier.value != later.value:
        direction = "increase" if later.value > earlier.value else "decrease"
    timed = timing.between_levels(when, earlier.period, later.period, interval=stretch)
    return change._replace(direction=direction), timed


def _over(text: str, when: Timing, before: Sequence[Claim], levels: Sequence[Level]) -> Timing | None:
    """The time of a change by how long its sentence says it took, or by the level that it stands behind."""
    if timing.over_all(text) and not when.base_period and (whole := figures.whole_stretch(levels)):
        return when._replace(period=whole, confidence=when.confidence * 0.9, rule="period.levels")
    if before and when.period is None and when.base_period is not None and before[-1].kind != "growth":
        told = before[-1].timing.period  # `kwam uit op 80%, 2 procentpunt lager dan in 2017`
        if told is not None and not timing.is_over(told, when.base_period):
            return when._replace(period=told, confidence=0.85, rule="period.appended")
    if years := timing.years_of_change(text):
        return timing.over_years(when, years, [level.period for level in levels])
    return None


def _of_earlier(when: Timing, before: Sequence[Claim], levels: Sequence[Level]) -> bool:
    """`In 2018 waren het er 80, een groei van 5%`, behind the level of 2019: the growth is up to that."""
    pair = figures.last_two(levels)
    return (
        pair is not None
        and bool(before)
        and before[-1].kind != "growth"
        and when.rule == before[-1].timing.rule
        and when.period == before[-1].timing.period == pair[0].period == levels[-1].period
    )


def _of_pair(text: str, when: Timing, which: str, levels: Sequence[Level], *, expected: bool) -> Timing:
    """The periods of `van A naar B` without any of their own are those of the two levels stated before."""
    if when.rule == "period.inherited" and (pair := figures.last_two(levels)):
        return when._replace(period=pair[0 if which == "from" else 1].period, rule="period.levels")
    return timing.of_pair(when, which, expected=expected, since=timing.is_since(text))


# Standing


def _status(text: str, quantity: Quantity, kind: str, when: Timing, which: str | None, letter: Letter) -> str:
    past = is_past(when.period, letter.letter_date)
    past = past and not (when.rule == "period.inherited" and expects_now(text))
    last = when.period.rsplit("/", 1)[-1] if when.period else None  # a stretch lasts until its end
    future = is_future(when.period, letter.letter_date) or is_future(last or None, letter.letter_date)
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


def _claim(
    sentence: Sentence, linked: Linked, letter: Letter, memory: Memory, before: Sequence[Claim]
) -> Claim:
    text, quantity, when = sentence.text, linked.quantity, linked.timing
    numeral = quantity.numeral
    phrase = _phrase(text, quantity, linked.kind)
    code = _code(phrase, linked, text, letter, _last(memory, before))
    stated = _noted(sentence, numeral.end, letter) or _source(sentence, linked, letter, memory)
    credited = attribution.shortened(stated, letter.short_names)
    return Claim(
        start=sentence.start + numeral.start,
        end=sentence.start + numeral.end,
        numeral=numeral,
        unit=quantity.unit,
        kind=linked.kind,
        phrase=phrase,
        measure=code or phrase or _went_before(quantity, memory, before),
        measure_code=code,
        timing=when,
        direction=linked.change.direction,
        status=linked.status,
        precision=standing.precision(text, quantity),
        source=credited,
        per=standing.per(text, quantity),
        statistic=standing.statistic(text, quantity),
        population=_population(linked, text, phrase, code, memory, before, credited),
        sentence=sentence,
        confidence=round(quantity.confidence * when.confidence, 4),
        rule="+".join((numeral.rule, quantity.rule, linked.change.rule, when.rule)),
    )


def _phrase(text: str, quantity: Quantity, kind: str) -> str:
    """The noun phrase of what is counted; a change is one of the count named before it."""
    waiting = kind == "capacity" and quantity.unit == "persons" and waits(text, quantity)
    if waiting and "wachtlijst" not in quantity.phrase:
        return f"wachtlijst {quantity.phrase}"
    if kind == "capacity" and (lacking := lack(text, quantity)):
        return f"{lacking} aan {quantity.phrase}"
    if kind == "growth" and quantity.unit in ("percent", "percentage_points"):
        noun = noun_left(text, quantity.numeral.start)
        return noun.phrase if noun else quantity.phrase
    return quantity.phrase


def _went_before(quantity: Quantity, memory: Memory, before: Sequence[Claim]) -> str:
    """What was counted last: a figure without a noun goes on about it, but for money."""
    phrase = before[-1].phrase if before else memory.phrase
    if quantity.unit == "euro":
        return "bedrag"
    return "" if is_unit(phrase) else phrase


def _last(memory: Memory, before: Sequence[Claim]) -> tuple[str | None, str]:
    """The measure's code of the figure before, and what it counted."""
    return (before[-1].measure_code, before[-1].phrase) if before else (memory.measure_code, memory.phrase)


def _code(phrase: str, linked: Linked, text: str, letter: Letter, last: tuple[str | None, str]) -> str | None:
    """The measure's code by the noun; without one, by the figure before, which this one goes on about."""
    unit, kind = linked.quantity.unit, linked.kind
    code = measure_of(phrase, unit, kind, text, letter.topic)
    before, counted = last
    if code is not None or before is None:
        return code
    of_people = is_people(phrase) and (family(before) == "victims" or before == "trafficking_suspects")
    same = figures.head(phrase) in (figures.head(counted), "capaciteit") and kind == "growth"
    goes_on = kind == "growth" and (not phrase.strip() or of_people or (same and fits(before, unit, kind)))
    part = kind == "count" and of_people
    return before if goes_on or part else None


def _population(
    linked: Linked,
    text: str,
    phrase: str,
    code: str | None,
    memory: Memory,
    before: Sequence[Claim],
    credited: str | None,
) -> dict[str, str]:
    """Whom the figure is about; the setting of the same measure's figure before it holds on."""
    if linked.end_of_pair and before:
        return before[-1].population
    if (
        before
        and code == before[-1].measure_code
        and _COMPARED_WITH.search(text, 0, linked.quantity.numeral.start)
    ):
        return before[-1].population
    found = population(family(code), _words_of(text, linked.quantity, phrase, memory, before, credited))
    if found["population"] not in ("total", "unspecified") or code is None:
        return found
    same = [claim.population for claim in before if claim.measure_code == code]
    carried = (
        [{"population": memory.population}] if memory.measure_code == code and not phrase.strip() else []
    )
    last = next(iter([*reversed(same), *carried]), found)
    return last if last["population"].startswith("setting=") else found


def _words_of(
    text: str, quantity: Quantity, phrase: str, memory: Memory, before: Sequence[Claim], credited: str | None
) -> WordsOf:
    """A number with a noun of its own has its words around it; another one those since the number before."""
    numeral = quantity.numeral
    start, end = standing.clause(text, numeral.start, quantity.end)
    since = max(start, before[-1].numeral.end) if before else start
    tail = _TAIL.match(text, quantity.end)
    borrows = quantity.rule in _BORROWED or quantity.unit in _OF_A_SETTING
    if before and borrows and since > start and (listed := _SEPARATOR.match(text, since, numeral.start)):
        since = listed.end()  # what stands before it belongs to the number before
    own = text[since if borrows else numeral.start : tail.end() if tail else quantity.end]
    named = text.rfind(phrase, start, numeral.start) if phrase else -1
    of_noun = named >= 0 and quantity.rule != "unit.sibling_left"
    after = text[named + len(phrase) if of_noun else quantity.end : end]
    goes_on = quantity.rule in ("unit.carried", "unit.percent", "unit.sign", "unit.noun") and not phrase
    whole = before[-1].population["population"] if before else memory.population
    return WordsOf(
        phrase=phrase,
        own=f"{own}; {phrase}" if phrase in text else own,
        before=text[start : numeral.start],
        after=after,
        sentence=text,
        whole=whole if goes_on or quantity.rule == "unit.carried" else "total",
        credited=credited is not None,
    )


#: Up to the last sign or word between the members of a list.
_SEPARATOR = re.compile(r".*(?:,| en| of) ")
#: What stands between a figure and the same figure of another time.
_COMPARED_WITH = re.compile(r"\b(?:tegen|tegenover)(?: \w+)? \Z")
#: Places and staff are those of the institution that the clause speaks of.
_OF_A_SETTING = ("places", "fte")
_BORROWED = ("unit.carried", "unit.sibling_left", "unit.noun_left")
#: What follows a noun and still belongs to it: up to a sign, a number or the next member of a list.
_TAIL = re.compile(r"(?:\d{1,2} jaar(?: (?:en|of) \w+)?|(?! en | of )[^,;.\d]){0,60}")


def _source(sentence: Sentence, linked: Linked, letter: Letter, memory: Memory) -> str | None:
    """Whom the sentence credits, else the source of the data that it goes on about."""
    text = sentence.text
    at = linked.quantity.numeral.start
    clause = attribution.clause(text, at)
    stated = attribution.source_at(text, at, memory.source)
    if clause != text and _is_nobodys(clause):
        return None
    if attribution.asked_by(text) is not None and " maar " in text and linked.status != "negated":
        return None  # `niet tien, zoals uw Kamer schrijft, maar vier`: the other figure is the letter's
    if stated is not None:
        return stated
    if sentence.place == "footnote":
        return memory.source if attribution.goes_on(text) else None
    if linked.status == "target" or attribution.is_own(text) or attribution.begins_with(text, memory.source):
        return None
    if (made := attribution.maker(text, sentence.start, letter.published)) is not None:
        return made
    if memory.source is not None and (memory.introduced or _goes_on(text, linked, memory)):
        return memory.source
    series = memory.series
    return series.source if series and _returns_to(series, text, linked, memory) else None


def _is_nobodys(clause: str) -> bool:
    """Whether a clause of a sentence states a figure of its writer, or what a norm asks."""
    return attribution.is_norm(clause) or (attribution.is_own(clause) and attribution.source(clause) is None)


def _notes(sentence: Sentence, letter: Letter, since: int = 0) -> Iterator[Citation]:
    """The footnotes cited in a sentence behind `since`."""
    for citation in letter.citations:
        if sentence.start + since <= citation.offset <= sentence.start + len(sentence.text):
            yield citation


def _noted(sentence: Sentence, end: int, letter: Letter) -> str | None:
    """Whom the next footnote behind a figure credits; the notes of a question say what was asked about."""
    if sentence.place == "question":
        return None
    note = next(_notes(sentence, letter, end), None)
    return attribution.noted(note.note) if note is not None else None


def _goes_on(text: str, linked: Linked, memory: Memory) -> bool:
    """Whether a figure is of the data that the sentences before it spoke of, by their words or its noun."""
    quantity = linked.quantity
    nouns = memory.series.nouns if memory.series else frozenset()
    last = memory.series.text if memory.series else ""
    return (
        attribution.goes_on(text)
        or attribution.finds(text)
        or linked.timing.rule == "period.levels"
        or _is_next(text, linked, memory)
        or quantity.rule == "unit.carried"
        or _speaks_of_whole(text, memory)
        or attribution.shares_topic(text, last)
        or (text.startswith(_OF_WHOLE) and any(noun in text for noun in nouns))
        or figures.head(quantity.phrase) in nouns
        or (
            _is_of_people(quantity) and bool(nouns) and not attribution.begins_with_other(text, memory.source)
        )
    )


def _is_of_people(quantity: Quantity) -> bool:
    return quantity.unit == "persons" and is_people(quantity.phrase)


def _is_next(text: str, linked: Linked, memory: Memory) -> bool:
    """Whether a figure counts what the credited ones before it did, and no other body is spoken of first."""
    if (
        memory.series is None
        or linked.status != "realised"
        or attribution.begins_with_other(text, memory.source)
    ):
        return False
    unit = linked.quantity.unit
    if unit in ("percent", "percentage_points"):
        return any(noun and noun in text for noun in memory.series.nouns) or not _has_subject(text, linked)
    return unit == memory.series.unit and unit != "other"


def _has_subject(text: str, linked: Linked) -> bool:
    """Whether a sentence has a subject of its own in front of its figure."""
    return _SUBJECT.search(text[: linked.quantity.numeral.start]) is not None


_SUBJECT = re.compile(r"^(?:De|Het|Een) (?!aantal|\w*aandeel|\w*percentage|meeste)[\w-]+")


def _returns_to(series: figures.Series, text: str, linked: Linked, memory: Memory) -> bool:
    """Whether a paragraph begins by dividing up the figures of one before it."""
    quantity = linked.quantity
    if memory.has_figures or not attribution.divides(text):
        return False
    whole = text.startswith(("Van ", "Onder "))  # which the noun names, as `Naar leeftijd` doesn't
    same = (linked.kind == "share" and not whole) or is_people(quantity.phrase)
    same = same or figures.head(quantity.phrase) in {"", *series.nouns}
    return same and (quantity.unit == series.unit or linked.kind == "share")
