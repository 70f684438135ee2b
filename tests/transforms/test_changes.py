"""Whether a number is a change or a level, and which way it goes."""

import pytest
from sample_quantities import quantity

from transforms.changes import change_of


@pytest.mark.parametrize(
    ("text", "growth", "direction"),
    [
        ("Er waren 300 zaken", False, "none"),
        ("Dit is een stijging van 12%", True, "increase"),
        ("Dit is een daling van ruim 12%", True, "decrease"),
        ("Het aantal zaken nam met 12% toe", True, "increase"),
        ("Het aantal zaken nam met 12% af", True, "decrease"),
        ("Het aantal is verdubbeld", True, "increase"),
        ("Er waren 150 zaken meer", True, "increase"),
        ("Het aandeel (–1,4%) viel mee", True, "decrease"),
        ("Het aandeel (+0,2%) viel mee", True, "increase"),
        ("Het aantal daalde tot 150 zaken", False, "decrease"),
        ("Het aantal komt op 150 zaken", False, "none"),
    ],
)
def test_a_change_is_told_from_a_level(text: str, growth: bool, direction: str) -> None:
    change = change_of(text, quantity(text), paired=None)

    assert (change.growth, change.direction) == (growth, direction)


@pytest.mark.parametrize(
    ("text", "rule", "direction"),
    [
        ("Er zijn 40 opvangplaatsen bijgekomen", "change.joined", "increase"),
        ("Er zijn twaalf kazernes gesloten", "change.removed", "decrease"),
        ("Vier kazernes die zijn gesloten, staan leeg", "change.removed", "decrease"),
        ("Twee van de acht kazernes zijn gesloten", "level", "none"),
    ],
)
def test_what_comes_or_goes_is_a_change(text: str, rule: str, direction: str) -> None:
    change = change_of(text, quantity(text), paired=None)

    assert (change.rule, change.direction) == (rule, direction)
