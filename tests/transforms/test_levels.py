"""Figures told before, as the levels that a change is one of."""

import pytest
from sample_claims import only_claim

from transforms.counting import Quantity
from transforms.figures import Level, Memory, Stated
from transforms.levels import apart_by, is_near_step, last_two, levels_of, said_before, whole_stretch
from transforms.numerals import numerals

EARLIER, LATER = Level("cases", "2011", 40), Level("cases", "2012", 50)


def change(text: str, unit: str) -> Quantity:
    (numeral,) = numerals(text, lambda _start, _end: False)
    return Quantity(numeral, unit, "", numeral.end, 1.0, "unit.noun")


def test_a_count_at_one_time_is_a_level() -> None:
    assert levels_of(only_claim("In 2011 waren er 30 zaken.")) == [Level("cases", "2011", 30)]
    assert levels_of(only_claim("Er zijn 30 zaken.")) == []
    assert levels_of(only_claim("Sinds 2011 waren er 30 zaken.")) == []
    assert levels_of(only_claim("In 2011 was er een stijging van 30%.")) == []


def test_the_last_two_levels_come_in_the_order_of_their_periods() -> None:
    earlier, later = Level("cases", "2011", 30), Level("cases", "2012", 40)
    people = Level("persons", "2010", 5)

    assert last_two([earlier, later]) == (earlier, later)
    assert last_two([later, people, earlier]) == (earlier, later)
    assert last_two([people, later]) is None
    assert last_two([later]) is None
    assert last_two([]) is None


@pytest.mark.parametrize(
    ("text", "unit", "direction", "found"),
    [
        ("10", "cases", "increase", True),
        ("10", "cases", "decrease", False),
        ("25", "percent", "none", True),
        ("10", "percent", "none", False),
        ("10", "persons", "none", False),
    ],
)
def test_a_change_is_one_between_two_levels_that_are_so_far_apart(
    text: str, unit: str, direction: str, found: bool
) -> None:
    pair = apart_by(change(text, unit), [LATER, EARLIER], direction)

    assert pair == ((EARLIER, LATER) if found else None)


def test_a_change_of_another_size_may_be_meant_for_two_levels() -> None:
    assert is_near_step(change("30", "percent"), EARLIER, LATER)
    assert not is_near_step(change("60", "percent"), EARLIER, LATER)
    assert not is_near_step(change("10", "persons"), EARLIER, LATER)


def test_the_stretch_of_all_levels_of_a_unit() -> None:
    assert whole_stretch([EARLIER, Level("persons", "2009", 8), LATER]) == "2011/2012"
    assert whole_stretch([LATER]) is None


def test_a_small_number_is_said_again_of_the_same_thing_only() -> None:
    memory = Memory(stated=(Stated("cases", 40, "2011", "zaken", None, {}),))

    assert said_before(40, {"zaken"}, memory) == "2011"
    assert said_before(40, {"boten"}, memory) is None
    assert said_before(40, {"zaken"}, memory, unit="persons") is None
