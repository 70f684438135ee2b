"""The text as one reads it, and the way back to the letter as received."""

import pytest
from case_files import Case, cases

from transforms.reading_text import is_table_row, reading_text


@pytest.mark.parametrize("case", cases("reading_text"))
def test_a_text_is_read(case: Case) -> None:
    assert reading_text(case["received"]).text.strip() == case["read"].strip()


RECEIVED = """Bij de regionale instel-

1  Kamerstuk 28 638, nr. 9072.
 lingen1 zijn 12 meldingen gedaan.
"""


def test_a_span_leads_back_over_hyphen_and_note() -> None:
    reading = reading_text(RECEIVED)
    start = reading.text.index("instellingen")

    first, last = reading.raw_span(start, start + len("instellingen"))

    assert RECEIVED[first:last] == "instel-\n\n1  Kamerstuk 28 638, nr. 9072.\n lingen"


def test_the_notes_stand_behind_the_body() -> None:
    reading = reading_text(RECEIVED)

    assert reading.text[: reading.body_end] == "Bij de regionale instellingen zijn 12 meldingen gedaan."
    assert reading.text[reading.body_end :].strip() == "Kamerstuk 28 638, nr. 9072."


def test_a_raw_offset_leads_to_the_body() -> None:
    reading = reading_text(RECEIVED)

    assert reading.reading_offset(0) == 0
    assert reading.reading_offset(RECEIVED.index("12 meldingen")) == reading.text.index("12 meldingen")
    assert reading.reading_offset(len(RECEIVED)) == reading.body_end


def test_no_text_is_read_as_none() -> None:
    reading = reading_text("")

    assert (reading.text, reading.body_end) == ("", 0)


def test_a_digit_that_may_be_a_marker_is_doubtful() -> None:
    received = "Er waren 1.450 en 1.600 zaken, en 9721 en 8131 klachten.\n\n1  Voorlopig.\n"

    reading = reading_text(received)

    assert {received[at - 3 : at + 1] for at in reading.doubtful} == {"9721", "8131"}


@pytest.mark.parametrize(
    ("received", "doubtful"),
    [
        ("Er zijn \u202e12 zaken\u202c en 34 plaatsen.\n", {"12"}),
        ("Er zijn \u202e12 zaken\nen 34 plaatsen.\n", {"12"}),
        ("Er zijn 1\x1b[2D2 zaken en \x1b[1m34\x1b[0m plaatsen.\n", {"1", "2"}),
    ],
    ids=["turned round", "turned round up to the line's end", "a number that a sequence cuts"],
)
def test_digits_that_do_not_show_as_they_stand_are_doubtful(received: str, doubtful: set[str]) -> None:
    doubts = reading_text(received).doubtful
    assert {received[at] for at in doubts if received[at].isdigit()} == set("".join(doubtful))


@pytest.mark.parametrize(
    ("row", "is_row"),
    [
        ("Meldingen 310 280 295", True),
        ("2014 2015 2016", True),
        ("Aandeel 12% 14%", True),
        ("Er waren 310 meldingen en 280 aangiften.", False),
        ("Meldingen", False),
        ("", False),
    ],
)
def test_a_row_of_cells_is_told_from_a_sentence(row: str, is_row: bool) -> None:
    assert is_table_row(row) == is_row


@pytest.mark.timeout(20)
def test_a_line_of_numbered_dots_is_read_in_one_way_only() -> None:
    line = "7." * 60 + "a) 7"

    assert reading_text(line).text == line


def test_lines_wider_than_a_page_has_are_whole() -> None:
    line = "Waar wij mee om moeten gaan wordt met het gewone meer dan gewoon en daarom wordt het meer"
    received = "\n".join(["Dit is een woord.", *[f"w{line[1:]}"] * 8, f"{line} {line}"])

    assert reading_text(received).text.endswith(f"{line} {line}")
