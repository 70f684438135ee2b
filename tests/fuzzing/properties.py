"""What holds for any bytes: reading them ends in time and without an error, and all offsets lead back."""

import math
import re
from collections.abc import Callable
from time import process_time

import polars as pl

from transforms import schemas
from transforms.extract import extract
from transforms.headings import heading
from transforms.letters import decoded, letter_id
from transforms.numerals import numerals
from transforms.reading_text import reading_text
from transforms.sentences import MAX_LENGTH

#: Seconds of processor time that a text may take, and each of its characters. It is ten times what is usual.
START, EACH = 0.5, 0.0005
#: How often a text is repeated, and how many times longer that may take than once, for each time.
TIMES, FACTOR = 8, 4
#: A part of time, and a period of one or two, as sql/checks/periods_notation.sql has it.
_TIME = (
    r"\d{4}(?:-(?:S[12]|Q[1-4]|W(?:0[1-9]|[1-4]\d|5[0-3])|(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?))?"
)
PERIOD = re.compile(rf"(?=.{{4}}){_TIME}(?:/(?:{_TIME})?)?|/{_TIME}")


def check_parts(content: bytes) -> None:
    """Text repair, the heading and the numerals."""
    text = decoded(content).text
    if text is None:
        return
    check_heading(text)
    for line in check_reading(text).split("\n\n"):
        check_numerals(line[:MAX_LENGTH])


def check_reading(text: str) -> str:
    """Each character that is read stands in the letter, once, in order, but for what is mended; the text."""
    reading = reading_text(text)
    offsets = [reading.raw_offset(offset) for offset in range(len(reading.text))]
    read = [
        (raw, char)
        for raw, char in zip(offsets, reading.text, strict=True)
        if not char.isspace() and raw not in reading.mended
    ]
    assert 0 <= reading.body_end <= len(reading.text)
    assert all(0 <= raw < max(len(text), 1) for raw in offsets)
    assert all(text[raw] == char for raw, char in read)
    assert len({raw for raw, _ in read}) == len(read)
    assert offsets[: reading.body_end] == sorted(offsets[: reading.body_end])
    assert all(0 <= reading.reading_offset(raw) <= reading.body_end for raw in (0, len(text) // 2, len(text)))
    assert all(0 <= raw < len(text) for raw in reading.doubtful)
    return reading.text


def check_heading(text: str) -> None:
    """The body lies in the letter, and what the heading states is short."""
    head = heading(text, "inbox/brief.txt")
    assert 0 <= head.body_start <= len(text)
    assert 0 <= head.body_end <= len(text)
    facts = [fact for fact in head if isinstance(fact, str)]
    assert all(0 < len(fact) <= 41_000 for fact in facts)  # as many as sign
    assert head.letter_date is None or 1900 <= head.letter_date.year < 2100


def check_numerals(sentence: str) -> None:
    """Numbers are finite and stand apart, in their order."""
    end = 0
    for numeral in numerals(sentence, lambda start, end: False):
        assert end <= numeral.start < numeral.end <= len(sentence)
        assert 0 <= numeral.value <= 1e15
        assert numeral.high is None or numeral.value <= numeral.high <= 1e15
        end = numeral.end


def check_letter(content: bytes) -> None:
    """A whole letter: every quote opens, and every value is one."""
    files = pl.DataFrame(
        [(letter_id(content), "brief.txt", content, None)], schema=schemas.FILE, orient="row"
    )
    found = extract(files)
    assert found.letter.height + found.rejected_letter.height == 1
    text = found.letter["text"][0] if found.letter.height else ""
    for claim in found.claim.to_dicts():
        assert text[claim["char_start"] : claim["char_end"]] == claim["quote"] != ""
        assert 0 <= claim["sentence_quote_start"] < claim["sentence_quote_end"] <= len(claim["sentence"])
        assert all(PERIOD.fullmatch(claim[name]) for name in ("period", "base_period") if claim[name])
        assert all(body and body.strip() == body.strip(" ") for body in (claim["source"] or "-").split(";"))
        assert math.isfinite(claim["value"])
        assert claim["value"] >= 0
        assert claim["value_high"] is None or claim["value"] < claim["value_high"] < math.inf
    assert found.claim["claim_id"].is_unique().all()
    for cited in found.letter_reference.to_dicts():
        assert text[cited["char_start"] : cited["char_end"]] == cited["quote"]


def check_time(check: Callable[[bytes], None], content: bytes, allowed: float = 1.0) -> None:
    """The check ends in the time that a text of this length may take, `allowed` times."""
    began = process_time()
    check(content)
    took = process_time() - began
    assert took <= allowed * (START + EACH * len(content)), f"{took:.2f} s for {len(content)} bytes"


def check_linear(content: bytes, length: int = 1000, around: tuple[bytes, bytes] = (b"", b"")) -> None:
    """A text that is said over and over, in a letter or alone, takes as much longer as it is longer."""
    once = content * max(1, length // max(len(content), 1))
    texts = [(once * times).join(around) for times in (1, TIMES)]
    least = [min(_seconds(check_letter, text) for _ in range(2)) for text in texts]
    assert least[1] <= TIMES * FACTOR * max(least[0], 0.002), (
        f"{least[0]:.3f} s, {TIMES} times {least[1]:.3f} s"
    )


def _seconds(check: Callable[[bytes], None], content: bytes) -> float:
    began = process_time()
    check(content)
    return process_time() - began


TARGETS: dict[str, Callable[[bytes], None]] = {"parts": check_parts, "letters": check_letter}
