"""The texts that the fuzzer kept still hold what holds for any text."""

import pytest
from corpus import MOST, kept
from properties import TARGETS, check_linear, check_time

KEPT = kept()
LETTER = (
    b"Nr. 31  BRIEF VAN DE MINISTER VAN JUSTITIE\n\nDen Haag, 3 mei 2022\n\nIn 2021 waren er 318 zaken.\n\n",
    b"\n\nDe Minister van Justitie,\n",
)


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


@pytest.mark.parametrize(
    "row",
    [b" ", b" \n", b"\t", b"0", b"9 ", b"(", b"-", b"- ", b"|", b". ", b"a ", b"a\n", b"\xc2\xa0", b"1.000 "],
)
def test_a_letter_with_a_long_row_of_one_sign_takes_as_much_longer(row: bytes) -> None:
    check_linear(row, 4000, LETTER)


def test_a_letter_with_labels_beside_the_number_of_each_page_takes_as_much_longer() -> None:
    before, behind = LETTER
    labels = b"Datum\n3 mei 2020\nOns kenmerk\n12345\n"
    check_linear(b"Directie Zorg\nPagina 3 van 9\n", 20000, (before + labels, behind))
