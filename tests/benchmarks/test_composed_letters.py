"""The letters of the bench: always the same, as dense and as varied as said. Nothing is timed."""

import re
from functools import cache

import pytest

from benchmarks.letters import DIGIT_RUNS, FIGURES, SIZE, Composed, composed, described, digit_runs, files
from benchmarks.measuring import FORMS, hostile
from transforms.extract import extract

NUMBERS = range(40)


@cache
def made() -> list[Composed]:
    return [composed(number) for number in NUMBERS]


def test_a_letter_is_the_same_for_its_seed_and_number_whatever_was_made_before() -> None:
    assert [composed(number) for number in reversed(NUMBERS)] == made()[::-1]
    assert composed(3, seed=1) != composed(3)
    assert len({letter.text for letter in made()}) == len(NUMBERS)


def test_letters_are_as_large_and_dense_as_real_ones() -> None:
    facts = described(made())

    assert facts["bytes"] == pytest.approx(SIZE, rel=0.05)
    assert facts["digit_runs"] == pytest.approx(DIGIT_RUNS, rel=0.05)
    assert FIGURES[0] <= facts["figures"] <= FIGURES[1]
    for letter in made():
        assert len(letter.text.encode()) == pytest.approx(SIZE, rel=0.1)
        assert digit_runs(letter.text) == pytest.approx(DIGIT_RUNS, rel=0.3)
        assert FIGURES[0] <= letter.figures <= FIGURES[1] + 3


def test_sentences_seldom_repeat_even_but_for_their_numbers() -> None:
    facts = described(made())

    assert facts["distinct_sentences"] > 0.95
    assert 0.9 < facts["distinct_but_for_numbers"] <= facts["distinct_sentences"]


@pytest.mark.parametrize(
    ("fault", "pattern", "least", "most"),
    [
        ("a word broken at the end of a line", r"[a-z]- ?\n[a-z]", 3, 15),
        ("a marker glued to a word", r"[a-z]{3}\d[,.]", 1, 6),
        ("a note below a page", r"\n\n\d ", 1, 3),
        ("the furniture of a page", r"vergaderjaar \d{4}–\d{4}", 1, 1),
        ("a reference", r"Kamerstuk \d", 0.5, 10),
        ("a line", r"\n", 60, 130),
    ],
)
def test_letters_have_the_faults_of_their_kind(fault: str, pattern: str, least: float, most: float) -> None:
    found = sum(len(re.findall(pattern, letter.text)) for letter in made()) / len(made())

    assert least <= found <= most, fault


def test_no_line_is_longer_than_a_line_of_print() -> None:
    lines = [line for letter in made() for line in letter.text.splitlines()]

    assert max(map(len, lines)) <= 100


def test_letters_are_read_and_state_about_as_much_as_they_were_made_to() -> None:
    extraction = extract(files(NUMBERS))
    stated = sum(letter.figures for letter in made())

    assert extraction.rejected_letter.is_empty()
    assert extraction.letter["letter_date"].null_count() == 0
    assert extraction.claim.height == pytest.approx(stated, rel=0.2)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("size", [10, 5_000])
def test_a_hostile_letter_is_always_the_same_and_hardly_holds_a_word(form: str, size: int) -> None:
    text = hostile(form, size)

    assert text == hostile(form, size)
    assert len(text) <= size
    assert not re.search(r"[a-z]{5}", text)
