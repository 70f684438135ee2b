"""Digits that are no figures."""

import pytest
from case_files import CASES, Case, cases, entries

from transforms.masks import masks
from transforms.vocabulary import words


def digits_of(text: str, part: str) -> set[int]:
    """The offsets of the digits of `part`, or of all its characters where it holds none."""
    start = text.index(part)
    found = {start + offset for offset, character in enumerate(part) if character.isdigit()}
    return found or set(range(start, start + len(part)))


def masked(text: str) -> set[int]:
    return {offset for mask in masks(text) for offset in range(mask.start, mask.end)}


@pytest.mark.parametrize("case", cases("masks"))
def test_only_these_digits_are_masked(case: Case) -> None:
    covered = masked(case["text"])

    for part in case.get("masked", []):
        assert digits_of(case["text"], part) <= covered, part
    for part in case.get("free", []):
        assert not digits_of(case["text"], part) & covered, part


def test_every_mask_has_a_case() -> None:
    used = {mask.rule for case in entries(CASES / "masks.toml") for mask in masks(case["text"])}

    assert used == {f"mask.{entry['name']}" for entry in words("masks")["mask"]}


def test_a_sentence_without_numbers_has_no_mask() -> None:
    assert masks("De opvang is voldoende.") == []
