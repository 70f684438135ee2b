"""Sentences of the reading text, each with its paragraph and its place in the letter."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from transforms.headings import Heading
from transforms.reading_text import ReadingText, is_table_row
from transforms.vocabulary import alternatives, compiled, words


class Sentence(NamedTuple):
    """A sentence, [start, start + len(text)) of the reading text."""

    text: str
    start: int
    paragraph: int
    place: str  # body, question, answer, footnote, table


def sentences(reading: ReadingText, heading: Heading) -> Iterator[Sentence]:
    """The sentences between heading and signature, then those of the notes."""
    body_start = reading.reading_offset(heading.body_start)
    body_end = min(reading.reading_offset(heading.body_end), reading.body_end)
    place, paragraph = "body", 0
    for start, end in _paragraphs(reading.text, body_start, body_end):
        text = reading.text[start:end]
        place, paragraph = _place(text, place), paragraph + 1
        row = "table" if is_table_row(text) else place
        yield from (Sentence(part, at, paragraph, row) for at, part in _split(text, start))
    for start, end in _paragraphs(reading.text, reading.body_end, len(reading.text)):
        paragraph += 1
        text = reading.text[start:end]
        yield from (Sentence(part, at, paragraph, "footnote") for at, part in _split(text, start))


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in re.compile(r"\S(?:[^\n]|\n(?!\n))*").finditer(text, start, end):
        yield match.span()


def _place(text: str, place: str) -> str:
    """Once a paragraph opens as question or answer, the letter is one of answers."""
    if _pattern("answer").match(text):
        return "answer"
    if _pattern("question").match(text):
        return "question"
    return place


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return compiled("sentences", words("sentences")["place"][name], flags=re.NOFLAG)


@cache
def _ending() -> re.Pattern[str]:
    """A mark that ends a sentence, when what goes before it is no abbreviation, initial or list number."""
    abbreviation = alternatives(map(re.escape, words("sentences")["abbreviation"]["words"]))
    stop = rf"(?:(?P<word>(?<![\w.])(?:{abbreviation}|[A-Za-z]|^\d{{1,2}})\.)|[.?!][\"'»”’)\]]*)"
    return re.compile(rf"{stop}\s+(?=(?P<next>[\"'«“‘(\[]?[\w€–-]))", re.IGNORECASE)


def _split(text: str, offset: int) -> Iterator[tuple[int, str]]:
    start = 0
    for match in _ending().finditer(text):
        if not match["word"] and not match["next"][0].islower():
            yield from _windows(text[start : match.end()].rstrip(), offset + start)
            start = match.end()
    if text[start:].strip():
        yield from _windows(text[start:].rstrip(), offset + start)


def _windows(sentence: str, offset: int) -> Iterator[tuple[int, str]]:
    """The sentence, cut at a space where it is longer than any that people write.

    The patterns of the grammar look around within a sentence: what they cost is bounded by its length.
    """
    start = 0
    while len(sentence) - start > MAX_LENGTH:
        cut = sentence.rfind(" ", start, start + MAX_LENGTH)
        end = cut if cut > start else start + MAX_LENGTH
        yield offset + start, sentence[start:end]
        start = end + (cut > start)
    if sentence[start:].strip():
        yield offset + start, sentence[start:]


#: Characters; the longest sentences of real letters have some 900.
MAX_LENGTH = 1500
