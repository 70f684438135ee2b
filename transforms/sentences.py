"""Sentences of the reading text, each with its paragraph and its place in the letter."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

from transforms import continuing
from transforms.headings import Heading
from transforms.reading_text import is_table_row
from transforms.received import Block
from transforms.runs import ReadingText
from transforms.table_cells import rows_of
from transforms.table_lines import Cell
from transforms.vocabulary import compiled, words


class Sentence(NamedTuple):
    """A sentence, [start, start + len(text)) of the reading text."""

    text: str
    start: int
    paragraph: int
    place: str  # body, question, answer, footnote, table
    role: str = ""  # of a line of a table: head, row, section, prose; of a paragraph that is marked: its own
    cells: Sequence[Cell] = ()  # of a row whose cells are known, one a column
    table: int = 0  # of a row of which that is known


def sentences(reading: ReadingText, heading: Heading) -> Iterator[Sentence]:
    """The sentences between heading and signature, then those of the notes."""
    body_start = reading.reading_offset(heading.body_start)
    body_end = min(reading.reading_offset(heading.body_end), reading.body_end)
    found = _of_blocks if reading.blocks else _of_text
    yield from found(reading, body_start, body_end)


def is_heading(sentence: Sentence) -> bool:
    """Whether a paragraph's only sentence is a section's heading: marked as one, or one by its words."""
    return sentence.role == "heading" or continuing.is_heading(sentence.text)


def is_entry(sentence: Sentence) -> bool:
    """Whether a paragraph, which begins with the sentence, is an entry of a list."""
    return sentence.role == "item" or continuing.is_entry(sentence.text)


def _of_text(reading: ReadingText, body_start: int, body_end: int) -> Iterator[Sentence]:
    """The sentences of a text in which nothing is marked."""
    text = reading.text
    places = _Places(text[body_start:body_end])
    paragraph = 0
    for start, end in _paragraphs(text, body_start, body_end):
        paragraph += 1
        if _is_noise(text, start, end):
            continue
        role = reading.of_tables.get(reading.raw_offset(start)) if reading.of_tables else None
        if role is not None:
            yield Sentence(text[start : min(end, start + MAX_LENGTH)], start, paragraph, "table", role)
            continue
        first, place = places.of(text, start, end)
        yield from (Sentence(part, at, paragraph, place) for at, part in _split(text, first, end))
    for start, end in _paragraphs(text, reading.body_end, len(text)):
        paragraph += 1
        if _is_noise(text, start, end):
            continue
        yield from (Sentence(part, at, paragraph, "footnote") for at, part in _split(text, start, end))


def _of_blocks(reading: ReadingText, body_start: int, body_end: int) -> Iterator[Sentence]:
    """The sentences of a text whose paragraphs, tables and notes are marked."""
    text = reading.text
    places = _MarkedPlaces(text, reading.blocks, body_start, body_end)
    for paragraph, ((table, _), blocks) in enumerate(groupby(reading.blocks, _unit), 1):
        if table:
            inside = [block for block in blocks if body_start <= block.start < body_end]
            yield from _of_table(text, inside, paragraph, table)
            continue
        for block in blocks:
            start, end = max(block.start, body_start), min(block.end, body_end)
            if block.role == "note":
                first, end, place = block.start, block.end, "footnote"
            elif block.role == "head" or start >= end:
                continue
            else:
                first, place = places.of(block, start, end)
            if not _is_noise(text, first, end):
                for at, part in _split(text, first, end):
                    yield Sentence(part, at, paragraph, place, block.role)


def _unit(block: Block) -> tuple[int, int]:
    """What rows of one table have in common, and no others."""
    return block.table, 0 if block.table else block.start


def _of_table(text: str, blocks: Sequence[Block], paragraph: int, table: int) -> Iterator[Sentence]:
    """The rows of a table, and the sentences that stand in its cells."""
    for block, row in zip(blocks, rows_of(text, blocks), strict=True):
        line = text[block.start : min(block.end, block.start + MAX_LENGTH)]
        for cell in row.prose:
            for at, part in _split(text, block.start + cell.start, block.start + cell.end):
                yield Sentence(part, at, paragraph, "table", "prose", table=table)
        if row.role == "beneath":
            yield Sentence(line, block.start, paragraph, "body")
        elif row.role != "prose":
            yield Sentence(line, block.start, paragraph, "table", row.role, row.cells, table)


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end:
        stop = text.find("\n\n", start, end)
        stop = end if stop < 0 else stop
        while start < stop and text[start].isspace():
            start += 1
        after = stop + 2
        while start < stop and text[stop - 1].isspace():
            stop -= 1
        if start < stop:
            yield start, stop
        start = after


def _is_noise(text: str, start: int, end: int) -> bool:
    """Whether a paragraph is no text but bytes that happen to be letters, digits and signs.

    Words that a digit or a sign stands in the middle of are rare, but in addresses.
    """
    few = max(_FEW_ODD, (end - start) // _SELDOM)
    odd = 0
    for match in _ODD.finditer(text, start, end):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        odd += (
            before.isalpha() and after.isalpha()
            if match[0].isdigit()
            else before.isalnum() and after.isalnum()
        )
        if odd > few:
            return True
    return False


#: What stands in the middle of no word.
_ODD = re.compile(r"[0-9]+|[~^$#@*{}\[\]|\\<>=+]")
#: Characters to one such sign, and how many signs are no noise yet.
_SELDOM, _FEW_ODD = 25, 3


class _Places:
    """Where paragraphs stand: once one opens as a question or an answer, that holds until the next does."""

    def __init__(self, body: str, *, tables: bool = True) -> None:
        self._tables = tables  # whether a paragraph may be a row of one
        self._place = "body"
        self._has_answers = _pattern("answers").search(f"\n{body}") is not None
        self._numbered = False  # the question has a number for its heading, and its answer may have none

    def of(self, text: str, start: int, end: int) -> tuple[int, str]:
        """Where the text of the paragraph begins, behind a heading, and its place."""
        if text[start] in "VvABR" and (heading := _pattern("heading").match(text, start, end)):
            self._place = "question" if heading["question"] else "answer"
            self._numbered = False
            return heading.end(), self._place
        if self._tables and is_table_row(text[start:end]):
            return start, "table"
        if text[start].isdigit() and (number := _pattern("numbered").match(text, start, end)):
            if number["alone"] is not None or text.endswith("?", start, end):
                self._place, self._numbered = "question", not self._has_answers
                return number.end(), self._place
        elif self._numbered and self._place == "question" and not text.endswith("?", start, end):
            self._place = "answer"
        return start, self._place


class _MarkedPlaces:
    """Where marked paragraphs stand: as the form says, or if it says so of none as their headings do."""

    def __init__(self, text: str, blocks: Sequence[Block], start: int, end: int) -> None:
        self._text = text
        self._are_told = any(block.place for block in blocks)
        self._guessed = _Places(text[start:end], tables=False)

    def of(self, block: Block, start: int, end: int) -> tuple[int, str]:
        """Where the text of a paragraph begins, behind a heading, and its place."""
        first, place = self._guessed.of(self._text, start, end)
        return first, (block.place or "body") if self._are_told else place


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return compiled("sentences", words("sentences")["place"][name], flags=re.NOFLAG)


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(words("sentences")["abbreviation"]["words"])


@cache
def _opening() -> re.Pattern[str]:
    return compiled("sentences", words("sentences")["abbreviation"]["opens"], flags=re.NOFLAG)


@cache
def _before_numbers() -> frozenset[str]:
    return frozenset(words("sentences")["abbreviation"]["before_number"])


#: A mark that ends a sentence, when what goes before it is no abbreviation, initial or list number.
_STOP = re.compile(r"([.?!][\"'»”’)\]]*)\s+(?=[\"'«“‘(\[]?[^\Wa-zà-ÿ]|[€–-])")


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    first = start
    for match in _STOP.finditer(text, start, end):
        stop = match.start()
        if text[stop] != "." or not _is_abbreviated(text, first, start, match):
            yield from _windows(text[start : match.end(1)], start)
            start = match.end()
    if start < end:
        yield from _windows(text[start:end].rstrip(), start)


def _is_abbreviated(text: str, paragraph: int, start: int, mark: re.Match[str]) -> bool:
    """Whether a full stop belongs to its word: an abbreviation, an initial, a list's number."""
    stop = mark.start()
    space = text.rfind(" ", max(start, stop - _LONGEST_ABBREVIATION), stop)
    word = text[max(space + 1, start) : stop].rpartition(",")[2].lstrip("(«“‘\"'[")
    if word.isupper() and len(word) > 1 and space > start and text[space - 1].isdigit():
        return False  # a unit: `40 MW.`
    if word.isdigit():
        return len(word) < 3 and stop - len(word) == paragraph
    if word in words("sentences")["abbreviation"]["sums"]:
        return _opening().match(text, stop + 1) is None
    if word.lower() in _before_numbers():
        return not text[mark.end()].isalpha()
    return (
        (len(word) == 1 and word.isalpha())
        or word.lower() in _abbreviations()
        or _INITIALS.fullmatch(word) is not None
    )


_LONGEST_ABBREVIATION = 12
_INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]")


def _windows(sentence: str, offset: int) -> Iterator[tuple[int, str]]:
    """The sentence, cut at a space where it is longer than any that people write.

    The patterns of the grammar look around within a sentence: what they cost is bounded by its length. What
    has no space for so long is left out: a cut would go through its numbers.
    """
    if len(sentence) <= MAX_LENGTH:
        if sentence:
            yield offset, sentence
        return
    start = 0
    while len(sentence) - start > MAX_LENGTH:
        cut = sentence.rfind(" ", start, start + MAX_LENGTH)
        if cut > start:
            yield offset + start, sentence[start:cut]
        else:
            cut = sentence.find(" ", start + MAX_LENGTH)
        start = cut + 1 if cut >= 0 else len(sentence)
    if sentence[start:].strip():
        yield offset + start, sentence[start:]


#: Characters; the longest sentences of real letters have some 900.
MAX_LENGTH = 1500
