"""Whether a figure is a fact, an aim, a forecast or denied."""

import pytest
from sample_quantities import quantity

from transforms.status import status


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("Er waren 300 zaken", "realised"),
        ("Het streven is 300 zaken per jaar", "target"),
        ("De doelstelling is 300 zaken", "target"),
        ("Er moeten 300 zaken worden afgedaan", "target"),
        ("Naar verwachting komen er 300 zaken", "expected"),
        ("Er zullen 300 zaken volgen", "expected"),
        ("Het budget is niet met 300 euro verhoogd", "negated"),
        ("Er is geen tekort aan plaatsen", "negated"),
    ],
)
def test_the_words_around_a_number_say_how_it_stands(text: str, stands: str) -> None:
    found = status(text, quantity(text), paired=None, kind="count", past=False, future=False)

    assert found == stands


def test_a_figure_of_the_future_is_expected() -> None:
    text = "In dat jaar zijn er 300 plaatsen"

    assert status(text, quantity(text), paired=None, kind="capacity", past=False, future=True) == "expected"


def test_money_set_aside_is_realised() -> None:
    text = "Voor de opvang is 300 euro uitgetrokken"

    assert status(text, quantity(text), paired=None, kind="amount", past=False, future=True) == "realised"
