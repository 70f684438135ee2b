"""How the numbers of a sentence are changes together."""

import pytest
from sample_quantities import quantities_in

from transforms.joint_changes import changes_of, pairs


def test_a_move_has_two_ends() -> None:
    text = "De opvang groeit van 50 naar 70 plaatsen"
    found = quantities_in(text)

    assert pairs(text, found) == {0: "from", 1: "to"}
    start, end = changes_of(text, found, {0: "from", 1: "to"})
    assert (start.direction, end.direction) == ("none", "increase")


def test_the_ends_of_a_move_are_of_one_sort() -> None:
    text = "Dit is een stijging van 23% naar 1.250 meldingen"

    assert pairs(text, quantities_in(text)) == {}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Er kwamen 40 meldingen minder binnen, oftewel een kwart", "change.restated"),
        ("De omzet groeide met 4%, tegen 3% in 2019", "change.against"),
        ("De kosten stegen in de drie regio's met 3, 4 en 5%", "change.by"),
    ],
)
def test_a_number_behind_a_change_goes_as_that_does(text: str, rule: str) -> None:
    found = changes_of(text, quantities_in(text), {})

    assert (found[-1].rule, found[-1].direction) == (rule, found[0].direction)
