"""Bytes to text, or the reason why not."""

import hashlib

import pytest

from transforms.letters import decoded, letter_id, rejected, short_hash
from transforms.schemas import REJECTED_LETTER

TEXT = "Er zijn 12 cliënten opgevangen – tegen € 5 per dag.\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "utf-8-sig"),
        (TEXT.encode("cp1252"), "windows-1252"),
    ],
    ids=["UTF-8", "UTF-8 with a byte order mark", "Windows-1252"],
)
def test_the_same_text_comes_out_of_every_encoding(content: bytes, encoding: str) -> None:
    letter = decoded(content)

    assert (letter.text, letter.encoding, letter.reason) == (TEXT, encoding, None)


def test_line_ends_stay_as_they_are() -> None:
    assert decoded(b"een\r\ntwee\ndrie\r").text == "een\r\ntwee\ndrie\r"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t\x0c\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        ("\u00a0 \u00a0".encode(), "empty"),
        (b"brief\x00\x00brief", "binary"),
        ("brief".encode("utf-16"), "binary"),
        (b"brief " + bytes(range(1, 9)) * 50, "binary"),
        (b"caf\xe9 met \x81", "undecodable"),
    ],
    ids=[
        "no bytes",
        "white space only",
        "a byte order mark only",
        "non-breaking spaces only",
        "zero bytes",
        "UTF-16",
        "control characters",
        "a byte that neither encoding knows",
    ],
)
def test_what_is_no_text_says_why(content: bytes, reason: str) -> None:
    letter = decoded(content)

    assert (letter.text, letter.reason) == (None, reason)
    assert letter.detail


def test_a_stray_control_character_spoils_no_letter() -> None:
    assert decoded(b"Er zijn 12 zaken.\x0c\x07\n" + b"Meer tekst. " * 20).reason is None


def test_the_identity_is_the_sha256_of_the_bytes() -> None:
    assert letter_id(b"brief") == hashlib.sha256(b"brief").hexdigest()
    assert letter_id(b"brief") != letter_id(b"\xef\xbb\xbfbrief")


def test_a_key_depends_on_every_part_and_their_order() -> None:
    keys = {short_hash("a", 1), short_hash(1, "a"), short_hash("a1"), short_hash("a", None)}

    assert len(keys) == 4
    assert all(len(key) == 32 for key in keys)


def test_rejected_letters_come_as_a_frame() -> None:
    rows = [
        ("a.txt", "id", "letters", "empty", None),
        ("b.txt", None, "intake", "unreadable", "no permission"),
    ]

    frame = rejected(rows, "1")

    assert frame.schema == REJECTED_LETTER
    assert frame["reason"].to_list() == ["empty", "unreadable"]
    assert frame["rejected_id"].n_unique() == 2
    assert frame.equals(rejected(rows, "1"))


def test_no_rejected_letters_are_an_empty_frame() -> None:
    assert rejected([], "1").schema == REJECTED_LETTER
