"""Whom a figure is about, as the figures before it."""

import pytest
from whole_letters import claims_in

OPENING = "De brief gaat over mensenhandel. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 2016 waren er in totaal 310 slachtoffers, van wie 120 mannen.", ["total", "sex=M"]),
        ("In 2016 waren er 120 vrouwelijke slachtoffers, tegen 90 in 2015.", ["sex=F", "sex=F"]),
        ("In 2016 waren er 40 vrouwelijke en 30 mannelijke slachtoffers.", ["sex=F", "sex=M"]),
    ],
    ids=["a part of the whole", "the same of another time", "an adjective each"],
)
def test_a_figure_is_about_whom_its_words_or_those_before_it_say(text: str, expected: list[str]) -> None:
    assert [claim["population"] for claim in claims_in(OPENING + text)] == expected
