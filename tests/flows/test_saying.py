"""Counts with their nouns, as the program says them."""

import pytest

from flows.saying import counted


@pytest.mark.parametrize(
    ("number", "nouns", "said"),
    [
        (0, ("letter",), "0 letters"),
        (1, ("letter",), "1 letter"),
        (2, ("kept letter",), "2 kept letters"),
        (1, ("entry", "entries"), "1 entry"),
        (3, ("entry", "entries"), "3 entries"),
    ],
)
def test_one_of_something_is_said_otherwise_than_none_or_many(
    number: int, nouns: tuple[str, ...], said: str
) -> None:
    assert counted(number, *nouns) == said
