"""The texts that the fuzzer kept still hold what holds for any text."""

import pytest
from corpus import MOST, kept
from properties import TARGETS, check_linear, check_time

KEPT = kept()


@pytest.mark.parametrize("target", TARGETS)
def test_the_kept_texts_are_read(target: str) -> None:
    assert MOST / 2 < sum(map(len, KEPT)) <= MOST

    def check_all(_: bytes) -> None:
        for text in KEPT:
            TARGETS[target](text)

    check_time(check_all, b"".join(KEPT))


@pytest.mark.parametrize(
    "text", [b"1  a\n\n2  b\n", b"(1) 2.", b"De Minister van x,\n", b"<b", b"\xe2\x80\x8b1", b"a1\n 2\n"]
)
def test_a_text_said_over_and_over_takes_as_much_longer(text: bytes) -> None:
    check_linear(text)
