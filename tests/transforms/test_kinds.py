"""What kind of statistic a figure is."""

import pytest
from sample_quantities import quantity

from transforms.kinds import kind_of, lack


@pytest.mark.parametrize(
    ("text", "growth", "kind"),
    [
        ("Er waren 30 meldingen", False, "count"),
        ("Er waren 30 meldingen meer", True, "growth"),
        ("Dit is 30% van de meldingen", False, "share"),
        ("Dit is 30% meer", True, "growth"),
        ("Er zijn 30 opvangplaatsen", False, "capacity"),
        ("Er zijn 30 opvangplaatsen bezet", False, "count"),
        ("De dienst telt 30 fte", False, "capacity"),
        ("Er staan 30 vrouwen op de wachtlijst", False, "capacity"),
        ("Er verblijven 30 vrouwen in de opvang", False, "count"),
        ("Er is geen tekort aan opvangplaatsen", False, "capacity"),
        ("Dit kost 30 euro", False, "amount"),
        ("Dit kost 30 euro meer", True, "amount"),
        ("Dit duurt 30 dagen", False, "duration"),
    ],
)
def test_a_figure_has_a_kind(text: str, growth: bool, kind: str) -> None:
    assert kind_of(text, quantity(text), growth=growth) == kind


def test_a_lack_of_places_is_named() -> None:
    short, present = "Er is een tekort van 30 plaatsen", "Er zijn 30 plaatsen"

    assert lack(short, quantity(short)) == "tekort"
    assert lack(present, quantity(present)) is None
