"""Whom a figure is about, by its own words."""

import pytest
from whole_letters import claims_in

from transforms.populations import attributes, is_whole, of_register


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("in totaal 30 slachtoffers", {"population": "total"}),
        ("30 vrouwelijke slachtoffers", {"population": "sex=F", "sex": "F"}),
        ("30 minderjarige slachtoffers", {"population": "age_group=minor", "age_group": "minor"}),
        ("30 Nederlandse slachtoffers", {"population": "nationality=NL", "nationality": "NL"}),
        ("30 slachtoffers met een verblijfsvergunning", {"population": "part"}),
    ],
)
def test_a_population_is_named(words: str, expected: dict[str, str]) -> None:
    attributes = ("population", "sex", "age_group", "nationality", "exploitation")

    (claim,) = claims_in(f"De brief gaat over mensenhandel. In 2011 waren er {words}.")

    assert {name: claim[name] for name in attributes if claim[name]} == expected


def test_whose_sex_is_told_of_both_is_not_told() -> None:
    assert attributes("victims", "jongens") == {"sex": "M"}
    assert "sex" not in attributes("victims", "jongens en meisjes")


@pytest.mark.parametrize(
    ("label", "whole"),
    [("Totaal", True), ("Heel Nederland", True), ("Noord-Holland", False), ("Nederlanders", False)],
)
def test_the_label_of_the_whole(label: str, whole: bool) -> None:
    assert is_whole(label) == whole


def test_a_figure_of_the_register_is_the_whole_unless_it_is_narrowed_down() -> None:
    unspecified, part = {"population": "unspecified"}, {"population": "part"}

    assert of_register("trafficking_victims", unspecified, "CoMensha") == {"population": "total"}
    assert of_register("trafficking_victims", unspecified, "CBS") == unspecified
    assert of_register("trafficking_victims", part, "CoMensha") == part
    assert of_register(None, unspecified, "CoMensha") == unspecified
