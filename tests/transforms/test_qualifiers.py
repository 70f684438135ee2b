"""What the words around a number say it is."""

import pytest
from sample_quantities import quantity

from transforms import qualifiers


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("Er waren 300 zaken", "exact"),
        ("Er waren circa 300 zaken", "approx"),
        ("Er waren naar schatting 300 zaken", "approx"),
        ("Er waren rond de 300 zaken", "approx"),
        ("Er waren ruim 300 zaken", "at_least"),
        ("Er waren meer dan 300 zaken", "at_least"),
        ("Er waren ten minste 300 zaken", "at_least"),
        ("Er waren bijna 300 zaken", "at_most"),
        ("Er waren maximaal 300 zaken", "at_most"),
        ("Er waren minder dan 300 zaken", "at_most"),
        ("Er waren 300 à 350 zaken", "range"),
    ],
)
def test_the_words_before_a_number_bound_it(text: str, precision: str) -> None:
    assert qualifiers.precision(text, quantity(text)) == precision


@pytest.mark.parametrize(
    ("text", "statistic"),
    [
        ("Er wachtten gemiddeld 13 personen", "mean"),
        ("De mediaan was 13 weken", "median"),
        ("Er wachtten 13 personen", None),
    ],
)
def test_a_statistic_is_named(text: str, statistic: str | None) -> None:
    assert qualifiers.statistic(text, quantity(text)) == statistic


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("13 personen per maand", "month"),
        ("€ 95 per dag", "day"),
        ("Er zijn jaarlijks 13 personen", "year"),
        ("13 personen", None),
    ],
)
def test_a_rate_has_its_unit_of_time(text: str, per: str | None) -> None:
    assert qualifiers.per(text, quantity(text)) == per


def test_what_would_have_been_is_supposed() -> None:
    supposed = "Stel dat er 300 zaken zouden zijn"
    text = "Er waren 300 zaken"

    assert qualifiers.is_hypothetical(supposed, quantity(supposed))
    assert not qualifiers.is_hypothetical(text, quantity(text))


def test_what_is_only_heard_is_hearsay() -> None:
    text = "Naar verluidt waren er 300 zaken"

    assert qualifiers.is_hearsay(text, text.index("300"), text.index(" zaken"))
    assert not qualifiers.is_hearsay("Er waren 300 zaken", 10, 13)
