"""The period that a figure takes from what was told before it."""

import pytest
from sample_told import UNTIMED, told

from transforms.figures import Level, Memory
from transforms.inheritance import behind, inherited
from transforms.timing import Timing

BEFORE = Memory(period="2016", topic="2016", last="In 2016 waren er 90 boetes.", phrase="boetes")


@pytest.mark.parametrize(
    ("text", "kind", "period"),
    [
        ("Daarvan bleven 30 boetes onbetaald.", "count", "2016"),
        ("De gemeente telt 30 bruggen.", "count", None),
        ("Er is een tekort aan geld, terwijl als norm 80% geldt.", "share", None),
    ],
)
def test_a_figure_of_the_same_data_is_of_their_time(text: str, kind: str, period: str | None) -> None:
    assert inherited(told(text, BEFORE, kind)).period == period


def test_a_stated_period_stays() -> None:
    stated = Timing("2012", None, 1.0, "period.beside")
    figure = told("Daarvan bleven 30 boetes onbetaald.", BEFORE)._replace(stated=stated)

    assert inherited(figure) == stated


def test_below_a_heading_with_a_year_a_figure_is_of_that() -> None:
    assert inherited(told("Er waren 30 boetes.", Memory(section="2014"))).period == "2014"
    assert inherited(told("Er waren 30 boetes.", Memory())) == UNTIMED


def test_a_figure_compared_with_a_time_is_of_none_up_to_that() -> None:
    memory = Memory(period="2015", topic="2017", levels=(Level("cases", "2016", 30),))

    assert behind(memory, "2015") == memory._replace(period="2016")
    assert behind(memory, None) is memory
