"""Whether a figure goes on about the data told before it, and of their time."""

import pytest
from sample_told import told

from transforms.figures import Memory
from transforms.same_data import framed, is_of_plan, is_of_same_data, narrated, tells_of_other_now

BEFORE = Memory(period="2016", topic="2016", last="In 2016 waren er 90 boetes.", phrase="boetes")


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("Daarvan bleven 30 boetes onbetaald.", True),
        ("De gemeente telt 30 bruggen.", False),
    ],
)
def test_what_points_back_is_of_the_same_data(text: str, same: bool) -> None:
    assert is_of_same_data(told(text, BEFORE)) == same


def test_a_plan_is_not_of_what_is_over() -> None:
    assert not is_of_same_data(told("Daarmee zullen er 30 bruggen worden hersteld.", BEFORE))
    assert is_of_plan(told("Er zullen 30 bruggen worden hersteld.", BEFORE))
    assert not is_of_plan(told("Er zijn 30 bruggen hersteld.", BEFORE))


def test_what_a_body_has_now_is_of_other_data() -> None:
    assert tells_of_other_now(told("Er zijn 30 bruggen.", BEFORE))
    assert not tells_of_other_now(told("Er zijn 30 boetes.", BEFORE))


def test_a_past_tense_tells_of_the_time_spoken_of() -> None:
    spoken = BEFORE._replace(fresh=True)

    assert narrated(told("Er waren 30 boetes.", spoken)) == "2016"
    assert narrated(told("Er waren 30 boetes.", Memory())) is None


def test_a_time_to_come_frames_the_figures_behind_it() -> None:
    ahead = Memory(topic="2025", framed="2025", fresh=True)

    assert framed(told("Er zijn 30 bruggen.", ahead)) == "2025"
    assert framed(told("Er zijn 30 bruggen.", ahead._replace(fresh=False))) is None
