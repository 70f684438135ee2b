"""Nouns, and what they count."""

import pytest

from transforms.nouns import noun_in, unit_of


@pytest.mark.parametrize(
    ("word", "unit"), [("celplaatsen", "places"), ("Slachtoffers", "persons"), ("opvang", None), ("en", None)]
)
def test_a_noun_is_known_by_its_ending(word: str, unit: str | None) -> None:
    assert unit_of(word) == unit


def test_the_noun_of_a_caption() -> None:
    assert noun_in("Tabel: aantal meldingen per regio") == ("cases", "meldingen")
    assert noun_in("Tabel zonder eenheid") is None
