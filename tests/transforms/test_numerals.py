"""Numbers as Dutch writes them, read back."""

from itertools import pairwise

import pytest
from case_files import Case, cases
from hypothesis import given
from hypothesis import strategies as st

from transforms.numerals import digits_value, numerals, word_value

ONES = [
    "nul",
    "een",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
]
ONES += ["dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"]
TENS = ["", "", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"]


def spelled(number: int) -> str:
    """An integer from 1 to 9999 in Dutch words, by the rules of the Woordenlijst but without spaces."""
    if number >= 1000:
        thousands, rest = divmod(number, 1000)
        return ("" if thousands == 1 else spelled(thousands)) + "duizend" + (spelled(rest) if rest else "")
    if number >= 100:
        hundreds, rest = divmod(number, 100)
        return ("" if hundreds == 1 else spelled(hundreds)) + "honderd" + (spelled(rest) if rest else "")
    if number < 20:
        return ONES[number]
    tens, ones = divmod(number, 10)
    link = "" if not ones else "ën" if ONES[ones].endswith("e") else "en"
    return (ONES[ones] if ones else "") + link + TENS[tens]


def free(_start: int, _end: int) -> bool:
    return False


@pytest.mark.parametrize("case", cases("numerals"))
def test_numbers_are_read(case: Case) -> None:
    text = case["text"]
    found = [
        {
            "quote": text[number.start : number.end],
            "value": number.value,
            "high": number.high,
            "direction": number.direction,
        }
        for number in numerals(text, free)
    ]

    assert found == [{"high": None, "direction": "none", **number} for number in case["numbers"]]


def test_every_number_word_to_9999_is_read() -> None:
    assert [word_value(spelled(number)) for number in range(1, 10_000)] == list(range(1, 10_000))


def test_the_speller_itself_spells_dutch() -> None:
    assert [spelled(number) for number in (8, 22, 53, 120, 1002, 2345)] == [
        "acht",
        "tweeëntwintig",
        "drieënvijftig",
        "honderdtwintig",
        "duizendtwee",
        "tweeduizenddriehonderdvijfenveertig",
    ]


@pytest.mark.parametrize("word", ["", "aantal", "eenheid", "tienduizenden", "honderden", "achterstand", "de"])
def test_another_word_is_no_number(word: str) -> None:
    assert word_value(word) is None


@given(st.integers(13, 9999))
def test_a_number_word_is_found_in_a_sentence(number: int) -> None:
    text = f"Er waren {spelled(number)} meldingen."

    (found,) = numerals(text, free)

    assert (found.value, text[found.start : found.end]) == (number, spelled(number))


@given(st.integers(0, 10**9), st.sampled_from(["", ".", " "]))
def test_integers_are_read_back(number: int, group: str) -> None:
    assert digits_value(f"{number:,}".replace(",", group)) == number


@given(st.integers(0, 10**8), st.sampled_from([1, 10, 100]))
def test_decimals_are_read_back(cents: int, scale: int) -> None:
    number = cents / scale
    digits = {1: 0, 10: 1, 100: 2}[scale]
    whole, _, decimals = f"{number:,.{digits}f}".partition(".")
    dutch = whole.replace(",", ".") + ("," + decimals if decimals else "")

    assert digits_value(dutch) == pytest.approx(number)


@given(st.integers(1000, 10**7), st.sampled_from(["", ".", " "]), st.sampled_from(["", "%", " miljoen"]))
def test_digits_are_found_whole_in_a_sentence(number: int, group: str, unit: str) -> None:
    written = f"{number:,}".replace(",", group) + unit
    text = f"Het waren er ({written}) bij elkaar."

    (found,) = numerals(text, free)

    assert text[found.start : found.end] == written
    assert found.value == number * (1e6 if "miljoen" in unit else 1)


@given(st.integers(1, 400), st.integers(1, 400), st.sampled_from(["–", "-", " – ", " à "]))
def test_a_pair_is_a_range_only_when_it_rises(low: int, high: int, link: str) -> None:
    found = numerals(f"Het ging om {low}{link}{high} zaken.", free)

    if low < high:
        assert [(number.value, number.high) for number in found] == [(low, high)]
    else:
        assert [(number.value, number.high) for number in found] == [(low, None), (high, None)]


def test_a_blocked_span_holds_no_number() -> None:
    text = "Zie nr. 12 over 30 zaken."

    assert [number.value for number in numerals(text, lambda start, _end: start == text.index("12"))] == [30]


@given(st.text(alphabet="0123456789.,-–% €ditaenvrhoz ", max_size=60))
def test_numbers_never_overlap(text: str) -> None:
    found = numerals(text, free)

    assert all(0 <= number.start < number.end <= len(text) for number in found)
    assert all(first.end <= second.start for first, second in pairwise(found))
