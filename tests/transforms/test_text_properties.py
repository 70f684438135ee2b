"""What holds for every text: words come back whole, and every offset leads back to the letter."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from text_damage import NOTES, SENTENCES, garbled, glued, hyphenated, printed, turned, wrapped
from whole_letters import Row, claims_in, claims_of, letter

from transforms.reading_text import ReadingText, reading_text

SPACES = re.compile(r"\s+")
#: What a letter is made of, so that pages, notes, lists and tables come up often.
PAGE = ("\n", "\n\n", "\n ", " ", "-\n", "\u00ad", "\x0c", "\r\n", "\u00a0", "1  ", "2 ", "[3]", "1", "12%")
WORDS = (
    "opvang",
    "zaken1",
    "Slachtoffers",
    "in",
    "en",
    "2011",
    "1.222",
    "nr. 4",
    ".",
    ",",
    "(",
    ")",
    "–",
    "€ ",
)
OTHERS = ("€ ", "kst-28638-9", "www.a.nl/2")
BITS = st.sampled_from(PAGE + WORDS + OTHERS)
LETTERISH = st.lists(BITS, max_size=80).map("".join)
WORDY = st.lists(st.text("abdeghinorstuvz", min_size=1, max_size=12), min_size=1, max_size=60)


def raws(reading: ReadingText) -> list[int]:
    return [reading.raw_offset(offset) for offset in range(len(reading.text))]


def check_offsets(received: str) -> None:
    """Every character that is read stands in the letter, in the letter's order within body and notes.

    But for those that are read where the letter has garbled ones.
    """
    reading = reading_text(received)
    offsets = raws(reading)
    read = [
        (raw, character)
        for raw, character in zip(offsets, reading.text, strict=True)
        if not character.isspace() and raw not in reading.mended
    ]

    assert 0 <= reading.body_end <= len(reading.text)
    assert all(0 <= raw < len(received) for raw in offsets)
    assert all(received[raw] == character for raw, character in read)
    assert len({raw for raw, _ in read}) == len(read)
    body = offsets[: reading.body_end]
    assert body == sorted(body)


@given(st.text(max_size=300))
def test_any_text_is_read(received: str) -> None:
    check_offsets(received)


@given(LETTERISH)
def test_any_letter_is_read(received: str) -> None:
    check_offsets(received)


@given(st.text(alphabet="abcdefgh ,;-\n\r\t\u00a0ABC", max_size=300))
def test_without_notes_only_white_space_and_hyphens_change(received: str) -> None:
    def bare(text: str) -> str:
        return SPACES.sub("", text).replace("-", "")

    assert bare(reading_text(received).text) == bare(received)


@given(LETTERISH, st.integers(0, 400))
def test_every_raw_offset_leads_into_the_body(received: str, raw: int) -> None:
    reading = reading_text(received)

    assert 0 <= reading.reading_offset(min(raw, len(received))) <= reading.body_end


@given(LETTERISH)
def test_any_letter_gives_claims_that_open(received: str) -> None:
    check_claims(received, claims_of(received) if received.strip() else [])


def check_claims(received: str, claims: list[Row]) -> None:
    """The law of the project: a quote is the letter's own text at its offsets."""
    for claim in claims:
        start, end = claim["char_start"], claim["char_end"]
        in_sentence = claim["sentence"][claim["sentence_quote_start"] : claim["sentence_quote_end"]]

        assert received[start:end] == claim["quote"]
        assert claim["quote"][0] == in_sentence[0]
        assert claim["quote"][-1] == in_sentence[-1]
        assert claim["quote_prefix"] == received[max(0, start - 40) : start]
        assert claim["quote_suffix"] == received[end : end + 40]


@given(WORDY, st.data())
def test_a_word_broken_at_a_line_end_is_whole_again(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)

    assert reading_text(hyphenated(text, data)).text == text


@given(st.sampled_from(SENTENCES), st.data())
def test_a_page_turn_with_notes_is_undone(sentence: str, data: st.DataObject) -> None:
    received = turned(sentence, data)

    reading = reading_text(received)

    assert reading.text[: reading.body_end] == sentence
    assert [note for note in NOTES if note in reading.text[reading.body_end :]] == list(NOTES)


@given(st.sampled_from(SENTENCES), st.data())
def test_spaces_lost_beside_numbers_are_put_back(sentence: str, data: st.DataObject) -> None:
    received = glued(sentence, data)

    assert reading_text(received).text == sentence
    check_offsets(received)


@given(st.text("abcdéëïüàçè’“–€ ", min_size=1, max_size=60).map(str.strip).filter(bool))
def test_garbled_letters_are_read_as_they_were(text: str) -> None:
    pytest.importorskip("ftfy")
    received = garbled(text)

    assert reading_text(received).text == SPACES.sub(" ", text)
    check_offsets(received)


@given(st.sampled_from(SENTENCES), st.data())
def test_a_printed_page_is_undone(sentence: str, data: st.DataObject) -> None:
    received = printed(sentence, data)
    reading = reading_text(received)

    assert SPACES.sub(" ", reading.text[: reading.body_end]) == sentence
    check_offsets(received)


FIELDS = (
    "value", "value_high", "unit", "kind", "measure", "period", "base_period", "direction", "status",
    "precision", "source", "sentence",
)  # fmt: skip


def facts(claims: list[Row]) -> list[tuple[object, ...]]:
    return [tuple(claim[field] for field in FIELDS) for claim in claims]


@given(st.permutations(SENTENCES), st.integers(40, 90), st.data())
def test_claims_hold_however_the_lines_are_broken(
    sentences: list[str], width: int, data: st.DataObject
) -> None:
    text = " ".join(sentences)
    received = letter(wrapped(text, width, data))
    found = claims_of(received)

    check_claims(received, found)
    assert facts(found) == facts(claims_in(text))


@given(st.sampled_from(SENTENCES), st.data())
def test_claims_hold_across_a_page_turn(sentence: str, data: st.DataObject) -> None:
    received = letter(turned(sentence, data))
    found = claims_of(received)

    check_claims(received, found)
    assert facts(found) == facts(claims_in(sentence))


PLAIN = letter("\n\n".join(SENTENCES))


@given(
    st.sampled_from(["\r\n", "bom", "nbsp", "thin space", "soft hyphen", "windows-1252", "trailing space"])
)
def test_claims_hold_in_every_dress(dress: str) -> None:
    received: str | bytes = PLAIN
    if dress == "\r\n":
        received = PLAIN.replace("\n", "\r\n")
    elif dress == "bom":
        received = b"\xef\xbb\xbf" + PLAIN.encode()
    elif dress == "nbsp":
        received = re.sub(r"(?<=\d) (?=\w)", "\u00a0", PLAIN)
    elif dress == "thin space":
        received = re.sub(r"(?<=[a-z]) (?=\d)", "\u2009", PLAIN)
    elif dress == "soft hyphen":
        received = re.sub(r"([a-z]{4})([a-z]{4,})", "\\1\u00ad\n\\2", PLAIN)
    elif dress == "windows-1252":
        received = PLAIN.encode("cp1252")
    else:
        received = PLAIN.replace("\n", " \n")

    assert facts(claims_of(received)) == facts(claims_of(PLAIN))


@given(st.integers(0, 200))
def test_a_letter_cut_off_anywhere_is_still_read(length: int) -> None:
    received = PLAIN[: len(PLAIN) * length // 200]
    assume(received.strip())

    check_claims(received, claims_of(received))
