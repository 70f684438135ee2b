"""What the numbers of a sentence count."""

import pytest

from transforms.counting import Quantity
from transforms.nouns import Noun
from transforms.numerals import numerals
from transforms.quantities import quantities


def counted(text: str, carried: Noun | None = None) -> list[Quantity]:
    return quantities(text, numerals(text, lambda _start, _end: False), carried)


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
