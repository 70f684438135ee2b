"""What a number counts by the words at it."""

import pytest

from transforms.counting import Quantity
from transforms.numerals import numerals
from transforms.own_quantities import own_quantity


def own(text: str) -> Quantity | None:
    """The quantity of the last number."""
    return own_quantity(text, numerals(text, lambda _start, _end: False)[-1], len(text))


@pytest.mark.parametrize(
    ("text", "unit", "phrase"),
    [
        ("Er waren 12 slachtoffers", "persons", "slachtoffers"),
        ("Er waren 12 minderjarige slachtoffers", "persons", "minderjarige slachtoffers"),
        ("Er zijn 40 opvangplaatsen", "places", "opvangplaatsen"),
        ("Er zijn 40 noodbedden", "places", "noodbedden"),
        ("Er liepen 9 strafzaken", "cases", "strafzaken"),
        ("De dienst telt 320 fte", "fte", "fte"),
        ("Het kostte 12 euro", "euro", ""),
        ("Het kostte €12", "euro", ""),
        ("Dit is 23%", "percent", ""),
        ("Dit is 23 procent van de meldingen", "percent", "meldingen"),
        ("Dit is 3 procentpunten", "percentage_points", ""),
        ("De gemiddelde korting is 4%", "percent", "gemiddelde korting"),
        ("Het aandeel windmolens is 4%", "percent", "windmolens"),
        ("Dit is een daling van de uitstoot van 4%", "percent", "uitstoot"),
        ("Dit is een daling van 4%", "percent", ""),
        ("De boete bedroeg in 2018 € 40", "euro", "boete"),
        ("Er is € 40 uitgetrokken voor betere lampen", "euro", "betere lampen"),
        ("Het duurde 6 weken", "weeks", "weken"),
        ("Het duurde 6 maanden", "months", "maanden"),
        ("Het duurde 36 uur", "hours", "uur"),
        ("Er zijn 35 gemeenten", "other", "gemeenten"),
        ("Er zijn 900 werkplaatsen", "other", "werkplaatsen"),
        ("Er werkten 30 metselaars", "persons", "metselaars"),
        ("Er kwamen 30 Portugezen", "persons", "Portugezen"),
        ("Er liggen 30 kotters", "other", "kotters"),
        ("Er zijn 30 criminele organisaties", "cases", "criminele organisaties"),
        ("Er zijn 30 natuurorganisaties", "other", "natuurorganisaties"),
        ("Er staan 30 gouden koetsen", "other", "gouden koetsen"),
        ("Er vertrok 2,5 g/m2 stof", "other", "g/m2"),
        ("Er werd 40 keer aangifte gedaan", "cases", "aangifte"),
        ("Er was $ 5 miljoen", "other", ""),
    ],
)
def test_a_number_has_the_unit_of_its_noun(text: str, unit: str, phrase: str) -> None:
    found = own(text)

    assert found is not None
    assert found.unit == unit
    assert found.phrase.startswith(phrase)


def test_cents_are_kept_in_euro() -> None:
    found = own("Het tarief is 95 cent")

    assert found is not None
    assert found.numeral.value == 0.95
