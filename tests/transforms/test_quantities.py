"""What a number counts."""

import pytest

from transforms.nouns import Noun, noun_in, unit_of
from transforms.numerals import numerals
from transforms.quantities import Quantity, noun_left, quantities


def counted(text: str, carried: Noun | None = None) -> list[Quantity]:
    return quantities(text, numerals(text, lambda _start, _end: False), carried)


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
    found = counted(text)[-1]

    assert found.unit == unit
    assert found.phrase.startswith(phrase)


def test_numbers_of_a_list_share_the_last_noun() -> None:
    assert [each.unit for each in counted("Het waren 12, 15 en 19 meldingen")] == ["cases"] * 3


def test_a_noun_may_stand_before_its_number() -> None:
    (found,) = counted("Het aantal aangiften bedroeg 615")

    assert (found.unit, found.phrase) == ("cases", "aangiften")


def test_a_number_goes_on_about_the_noun_of_the_sentence_before() -> None:
    (found,) = counted("Vorig jaar waren dat er 310", Noun("cases", "meldingen", 0, 9))

    assert (found.unit, found.phrase) == ("cases", "meldingen")


@pytest.mark.parametrize(
    "text",
    [
        "Ik noem drie redenen",
        "Deze vier dijken zijn hoog",
        "Het geldt op twee plekken",
        "Er komt één loket",
        "De motie 1617 is aangenomen",
    ],
)
def test_what_only_enumerates_or_numbers_is_no_quantity(text: str) -> None:
    assert counted(text, Noun("cases", "meldingen", 0, 9)) == []


def test_a_number_without_a_noun_is_no_quantity() -> None:
    assert counted("Dat zijn er 310") == []


def test_money_isnt_carried_to_the_next_number() -> None:
    assert [each.unit for each in counted("Het kostte 12 euro, en dat waren er 15")] == ["euro"]


def test_cents_are_kept_in_euro() -> None:
    assert [each.numeral.value for each in counted("Het tarief is 95 cent")] == [0.95]


@pytest.mark.parametrize(
    ("word", "unit"), [("celplaatsen", "places"), ("Slachtoffers", "persons"), ("opvang", None), ("en", None)]
)
def test_a_noun_is_known_by_its_ending(word: str, unit: str | None) -> None:
    assert unit_of(word) == unit


def test_the_noun_of_a_caption() -> None:
    assert noun_in("Tabel: aantal meldingen per regio") == ("cases", "meldingen")
    assert noun_in("Tabel zonder eenheid") is None


def test_the_last_noun_before_an_offset_counts() -> None:
    text = "Het aantal zaken daalde in het hele land, maar het aantal personen steeg"

    noun = noun_left(text, len(text))

    assert noun is not None
    assert (noun.unit, text[noun.start : noun.end]) == ("persons", "personen")
