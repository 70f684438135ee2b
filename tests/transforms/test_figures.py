"""What figures tell by themselves."""

import pytest
from sample_claims import claims_of_sentence, only_claim

from transforms.figures import Memory, head, noun_of, speaks_of_whole, subjects, whole_of, words_left


def test_the_last_word_of_a_phrase_says_what_is_counted() -> None:
    assert (head("Oude zaken"), head(" ")) == ("zaken", "")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Er zijn 30 zaken.", "zaken"),
        ("Er zijn 300 zaken, waarvan 40 beroepen.", "zaken"),
        ("Er zijn 300 zaken en 40 boten.", ""),
    ],
)
def test_figures_are_of_their_whole_unless_they_are_of_several(text: str, whole: str) -> None:
    assert whole_of(text, claims_of_sentence(text)) == whole


def test_a_sentence_speaks_of_the_whole_that_was_counted() -> None:
    memory = Memory(noun=noun_of(only_claim("Er zijn 30 oude zaken.")))

    assert speaks_of_whole("Van de zaken is de helft klaar.", memory)
    assert not speaks_of_whole("De zaken lopen door.", memory)


def test_a_figure_without_a_code_leaves_its_words() -> None:
    assert words_left(only_claim("Er zijn 30 houten boten.")) == ("other", False, "houten boten")


def test_long_words_that_say_something_are_what_a_sentence_is_about() -> None:
    assert subjects("In september waren de viaducten dicht.") == {"viaducten"}
