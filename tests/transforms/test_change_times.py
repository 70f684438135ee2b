"""When a change is, and the two ends of one."""

import pytest
from sample_quantities import quantity
from sample_told import UNTIMED

from transforms.change_times import between, compared_again, end_of_pair
from transforms.changes import Change
from transforms.figures import Level, Memory
from transforms.timing import Timing

LEVELS = [Level("cases", "2015", 40), Level("cases", "2016", 50)]
GROWTH = Change(True, "none", "change.points")
INHERITED = Timing("2016", None, 0.8, "period.inherited")


@pytest.mark.parametrize(
    ("text", "period", "base", "direction"),
    [
        ("Dat zijn tien zaken meer.", "2016", "2015", "increase"),
        ("Dat scheelt zeventig zaken.", "2016", None, "none"),
    ],
)
def test_a_change_as_large_as_the_step_between_two_levels_is_theirs(
    text: str, period: str, base: str | None, direction: str
) -> None:
    change, when = between(text, quantity(text), GROWTH, INHERITED, [], LEVELS, behind_pair=False)

    assert (when.period, when.base_period, change.direction) == (period, base, direction)


def test_a_level_keeps_its_time() -> None:
    text, level = "Er waren tien zaken.", Change(False, "none", "level")

    assert between(text, quantity(text), level, INHERITED, [], LEVELS, behind_pair=False) == (
        level,
        INHERITED,
    )


def test_a_change_of_the_same_time_is_compared_with_the_same() -> None:
    memory = Memory(compared=Timing("2016", "2015", 1.0, "period.compared"))

    assert compared_again(GROWTH, INHERITED, memory).base_period == "2015"
    assert compared_again(GROWTH, INHERITED._replace(period="2014"), memory).base_period is None


def test_the_ends_of_a_pair_are_of_the_two_levels_before_it() -> None:
    text = "Het aantal ging van 40 naar 50."
    ends = [
        end_of_pair(text, INHERITED, which, LEVELS, expected=False, before=[]).period
        for which in ("from", "to")
    ]

    assert ends == ["2015", "2016"]
    assert end_of_pair(text, UNTIMED, "to", [], expected=False, before=[]).period is None
