"""Whether a number counts where it stands, and the nouns before it."""

import pytest

from transforms.counting import is_compared, is_elliptic, noun_left, stands_free, topic_of
from transforms.numerals import Numeral, numerals


def last(text: str) -> Numeral:
    return numerals(text, lambda _start, _end: False)[-1]


@pytest.mark.parametrize(
    ("text", "free"),
    [
        ("Vorig jaar waren dat er 9", True),
        ("Er was één meer dan in het voorjaar", True),
        ("Zutphen: 14", True),
        ("De motie 1617 is aangenomen", False),
        ("Het schip Marga 3 voer uit", False),
        ("Zij hebben 14 meer kranen dan de haven", False),
    ],
)
def test_a_number_stands_free_where_it_counts_what_was_named_before(text: str, free: bool) -> None:
    assert stands_free(text, last(text)) is free


def test_a_number_alone_is_as_much_as_one_spoken_of() -> None:
    for text in ("Dat zijn de 14 die wij zagen", "Het totaal kwam uit op 14.", "Wij gaan naar nul"):
        assert is_elliptic(text, last(text)), text
    assert not is_elliptic("Wij gaan naar 14", last("Wij gaan naar 14"))


def test_a_number_is_compared_by_the_word_behind_it() -> None:
    assert is_compared("Dat is 14 minder", last("Dat is 14 minder"))
    assert not is_compared("Dat is 14 waard", last("Dat is 14 waard"))


def test_a_sentence_is_about_the_plural_that_it_begins_with() -> None:
    noun = topic_of("De meldingen namen toe")

    assert noun is not None
    assert (noun.unit, noun.phrase) == ("cases", "meldingen")
    assert topic_of("De haven groeide") is None


def test_the_last_noun_before_an_offset_counts() -> None:
    text = "Het aantal zaken daalde in het hele land, maar het aantal personen steeg"

    noun = noun_left(text, len(text))

    assert noun is not None
    assert (noun.unit, text[noun.start : noun.end]) == ("persons", "personen")
