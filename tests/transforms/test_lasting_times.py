"""The times that a sentence leaves to those behind it."""

from datetime import date

from sample_claims import claims_of_sentence

from transforms.figures import Memory
from transforms.lasting_times import left_to_next, with_report, with_times, with_times_named
from transforms.periods import Period, periods

DAY = date(2019, 3, 12)


def told(text: str, memory: Memory) -> Memory:
    """What a sentence with figures leaves."""
    return with_times(memory, text, periods(text, DAY), claims_of_sentence(text), DAY)


def test_figures_leave_their_period() -> None:
    memory = told("In 2016 waren er 30 zaken.", Memory())

    assert (memory.period, memory.told, memory.topic, memory.peak) == ("2016", "2016", "2016", 2016)


def test_what_only_goes_back_to_compare_leaves_the_period_as_it_was() -> None:
    memory = told("In 2014 waren het nog 20 zaken.", told("In 2016 waren er 30 zaken.", Memory()))

    assert (memory.period, memory.aside, memory.told) == ("2016", "2014", "2014")


def test_a_sentence_without_figures_leaves_the_time_that_it_speaks_of() -> None:
    text = "In 2016 veranderde veel:"

    memory = with_times_named(Memory(), text, periods(text, DAY), heads=False)

    assert (memory.period, memory.spoken, memory.listed, memory.section) == (None, "2016", "2016", None)
    assert with_times_named(Memory(), text, periods(text, DAY), heads=True).section == "2016"


def test_a_report_lasts_until_another_time_is_spoken_of() -> None:
    text = "In het jaarverslag 2016 staat meer."
    memory = with_report(Memory(), text, periods(text, DAY))
    other = with_report(memory, "In 2011", [Period(0, 7, "2011", "time", "period.year")])

    assert (memory.reported, memory.described) == ("2016", "2016")
    assert (other.reported, other.described) == ("2016", None)


def test_a_paragraph_leaves_the_period_that_it_ended_in() -> None:
    (left,) = left_to_next(told("In 2016 waren er 30 zaken.", Memory()))

    assert left.period == "2016"
    assert left_to_next(Memory()) == ()
