"""A figure that states no period, and whether it goes on about the data told before it, and of their time."""

from collections.abc import Sequence
from typing import NamedTuple

from transforms import carrying, continuing, figures
from transforms.counting import Quantity
from transforms.figures import Claim, Letter, Memory, speaks_of_whole
from transforms.measures import is_people
from transforms.notation import is_closed, is_day, is_future, is_past
from transforms.tenses import clause, is_past_tense, tense
from transforms.timing import Timing
from transforms.vocabulary import as_written


class Told(NamedTuple):
    """A figure that states no period, and what its sentence and those before it tell of one."""

    text: str
    place: str
    quantity: Quantity
    kind: str
    stated: Timing
    memory: Memory
    letter: Letter
    before: Sequence[Claim]  # the figures before it in its sentence

    @property
    def clause(self) -> str:
        """What of the sentence stands between semicolons or colons around the figure."""
        return clause(self.text, self.quantity.numeral.start, self.quantity.numeral.end).strip()

    @property
    def is_planned(self) -> bool:
        """Whether the figure's clause tells of what is to come."""
        return continuing.is_planned(self.clause)

    @property
    def goes_on(self) -> bool:
        """Whether the figure's clause goes on about the data before, by its words."""
        return carrying.goes_on(self.clause) or continuing.goes_on(self.clause)


def is_so(told: Told) -> bool:
    """Whether a clause tells of what has come about or is."""
    return tense(told.clause) != "future" and (
        is_past_tense(told.clause) or continuing.tells_of_now(told.clause)
    )


def is_of_plan(told: Told) -> bool:
    """Whether a figure behind a plan is of that, being planned, too, or by a word that points back to it."""
    if told.is_planned or continuing.points_back(told.text):
        return True
    return told.quantity.rule == "unit.carried" and not is_so(told)


def tells_of_other_now(told: Told) -> bool:
    """Whether a clause in the present tells of what has a noun of its own, which wasn't spoken of before."""
    quantity, memory = told.quantity, told.memory
    own = quantity.rule in _OWN_NOUN and not is_people(quantity.phrase)
    if not own or told.is_planned or framed(told) or not continuing.tells_of_now(told.clause):
        return False
    if is_past_tense(told.clause) and memory.period != _today(told.letter):
        return False  # but what has come about isn't of the day on which something else is so
    if told.kind == "duration":
        return True  # how long something takes is of no time that was spoken of
    if continuing.points_back(told.text) or continuing.tells_what(told.text):
        return False
    return figures.head(quantity.phrase) not in {figures.head(memory.phrase), *memory.here}


#: Rules by which a number has a noun of its own.
_OWN_NOUN = ("unit.noun", "unit.noun_left", "unit.guessed")


def narrated(told: Told) -> str | None:
    """The time spoken of, where the sentence tells of it in a past tense and goes on about the same."""
    text, kind, memory, letter = told.text, told.kind, told.memory, told.letter
    topic = memory.topic or memory.asked
    if (
        topic is None
        or not is_closed(topic)
        or (topic.startswith("/") and not told.goes_on)
        or topic == _today(letter)
        or is_future(topic, letter.letter_date)
    ):
        return None
    known = memory.here if memory.topic else memory.subjects
    turns = continuing.turns_to(text)
    cohesive = (
        not (turns or known.isdisjoint(figures.subjects(text))) or continuing.whole_said(text) is not None
    )
    # how long isn't of a day, but for a wait, which is measured on one
    on_a_day = kind == "duration" and is_day(topic) and not continuing.tells_of_wait(text)
    if told.is_planned or on_a_day:
        return None
    ahead = memory.topic is not None and tense(memory.last) == "future"
    fresh = memory.fresh and not turns and not ahead
    perfect = cohesive and topic in (memory.period, memory.asked) and kind not in ("capacity", "duration")
    tells = (cohesive or fresh) and continuing.tells_of_then(text, perfect=perfect)
    return topic if tells else None


def framed(told: Told) -> str | None:
    """The time that a sentence without figures has set for those to come.

    It is one to come (`Voor 2016 is het beeld als volgt.`), or that of a survey whose outcome is told as now.
    """
    memory = told.memory
    if not memory.fresh or memory.framed is None or memory.topic != memory.framed:
        return None
    if is_future(memory.framed, told.letter.letter_date):
        return memory.framed
    return memory.framed if tense(told.text) is None and not told.is_planned else None


def is_of_same_data(told: Told) -> bool:
    """Whether a figure goes on about the data of those before, and may be of their time."""
    text, quantity, kind, memory = told.text, told.quantity, told.kind, told.memory
    points_back = continuing.points_back(text)
    if not continuing.is_of_that(text) and not _lasts(told):
        return False
    return (
        (told.goes_on and (kind != "amount" or (points_back and not continuing.is_yearly(text))))
        or speaks_of_whole(text, memory)
        or quantity.rule == "unit.carried"
        or (kind == "share" and not told.is_planned and not continuing.turns_to(text) and _is_cohesive(told))
        or (quantity.unit == "persons" and is_people(quantity.phrase) and memory.measure_code is not None)
    )


def _lasts(told: Told) -> bool:
    """Whether the period spoken of is one that the next figure may hold in too.

    What went on since a year isn't it, nor, for a plan, what is past.
    """
    period, day = told.memory.planned or told.memory.period, told.letter.letter_date
    if told.is_planned and continuing.is_yearly(told.text):
        return False
    if told.quantity.rule == "unit.carried" or period is None:
        return True
    if period.startswith("/") and not told.goes_on:
        return False
    if period == _today(told.letter) and continuing.is_planned(told.text):
        return False
    if is_future(period, day) and not (told.is_planned or continuing.points_back(told.text)):
        return False
    if not is_closed(period):  # what went on since then, and what came of it
        return continuing.is_within(told.text) and not told.is_planned
    return not (told.is_planned and (day is None or is_past(period, day)))


def _is_cohesive(told: Told) -> bool:
    """Whether a share is one of what was spoken of.

    It is told of in the past, shares a word with that, or says nothing of what it is a share of.
    """
    text, memory, numeral = told.text, told.memory, told.quantity.numeral
    if continuing.tells_of_then(text, perfect=True):
        return True
    if told.place == "question" or text.endswith("?"):
        return False  # what is asked for is mostly something else
    if not memory.here.isdisjoint(figures.subjects(text)):
        return True
    counted = as_written("periods", "counted_of").search(text, numeral.start, numeral.end)  # `52 van de 60`
    opens = text.startswith(figures.OF_WHOLE) and not speaks_of_whole(text, memory)
    own_whole = opens or counted is not None or continuing.names_whole(text[numeral.end :])
    if own_whole or _has_own_subject(told):
        return False
    return memory.fresh and not is_future(memory.period, told.letter.letter_date)


def _has_own_subject(told: Told) -> bool:
    """Whether a sentence tells as now of what was not spoken of (`De kosten zijn voor 60% gedekt`)."""
    subject = as_written("periods", "own_subject").match(told.text)
    if subject is None or subject.end() > told.quantity.numeral.start:
        return False
    known = f"{told.memory.last} {told.memory.phrase}".lower()
    now = continuing.tells_of_now(told.text) and not is_past_tense(told.text, perfect=False)
    return now and subject[1] not in known and not told.goes_on


def _today(letter: Letter) -> str | None:
    return letter.letter_date.isoformat() if letter.letter_date else None
