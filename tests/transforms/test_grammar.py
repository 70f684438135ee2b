"""Whole small letters: what a sentence states, and sentences that state nothing."""

import pytest
from case_files import CASES, Case, entries, letter_cases, stated
from whole_letters import DATE, claims_in


@pytest.mark.parametrize("case", letter_cases("stated"))
def test_a_sentence_gives_its_claims(case: Case) -> None:
    found = claims_in(case["text"], case.get("date", DATE))
    expected = case["claims"]

    assert [claim["quote"] for claim in found] == [claim["quote"] for claim in expected]
    for claim, wanted in zip(found, expected, strict=True):
        assert {field: stated(claim[field]) for field in wanted} == wanted


@pytest.mark.parametrize("case", letter_cases("nothing"))
def test_a_sentence_without_figures_gives_no_claim(case: Case) -> None:
    assert claims_in(case["text"], case.get("date", DATE)) == []


def test_every_subject_has_sentences_of_both_kinds() -> None:
    for path in (CASES / "claims").glob("*.toml"):
        assert entries(path, "stated"), path.name
        assert entries(path, "nothing"), path.name
