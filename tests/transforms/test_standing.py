"""How a figure stands: change or level, direction, bound, status, statistic."""

import pytest

from transforms import standing
from transforms.counting import Quantity
from transforms.numerals import numerals
from transforms.quantities import quantities
from transforms.status import status


def quantity(text: str, index: int = 0) -> Quantity:
    return quantities(text, numerals(text, lambda _start, _end: False))[index]


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
    assert standing.precision(text, quantity(text)) == precision


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
    change = standing.change(text, quantity(text), paired=None)

    assert (change.growth, change.direction) == (growth, direction)


def test_a_move_has_two_ends() -> None:
    text = "De opvang groeit van 50 naar 70 plaatsen"
    found = quantities(text, numerals(text, lambda _start, _end: False))

    assert standing.pairs(text, found) == {0: "from", 1: "to"}
    assert standing.change(text, found[0], paired="from").direction == "none"
    assert standing.change(text, found[1], paired="to").direction == "increase"


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


@pytest.mark.parametrize(
    ("text", "statistic"),
    [
        ("Er wachtten gemiddeld 13 personen", "mean"),
        ("De mediaan was 13 weken", "median"),
        ("Er wachtten 13 personen", None),
    ],
)
def test_a_statistic_is_named(text: str, statistic: str | None) -> None:
    assert standing.statistic(text, quantity(text)) == statistic


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
    assert standing.per(text, quantity(text)) == per


def test_a_relative_clause_is_a_clause_of_its_own() -> None:
    text = "Er waren 300 zaken, waarvan 20 in hoger beroep"
    start = text.index("20")

    left, right = standing.clause(text, start, start + 2)

    assert text[left:right] == ", waarvan 20 in hoger beroep"
