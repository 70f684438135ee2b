"""The structure of a composed letter, taken from its text: what the writers of forms write down again.

A model is a list of parts as readers of forms yield them (transforms.formats.parts): head, headings,
paragraphs, items, tables with their cells, signature, and the notes with where they are cited.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from transforms.continuing import is_heading
from transforms.extract import document_of, read_claims
from transforms.formats.parts import BREAK, Cell, Part, Row, Table, Words, words
from transforms.forms import received
from transforms.headings import Heading, heading
from transforms.letters import decoded, letter_id
from transforms.notes import citations
from transforms.reading_text import reading_text
from transforms.received import Received
from transforms.runs import ReadingText
from transforms.sentences import sentences
from transforms.table_lines import cells, columns
from transforms.tables import framed
from transforms.vocabulary import words as vocabulary

TESTS = Path(__file__).parents[1]
Model = list[Part | Table]
Claim = dict[str, Any]


def composed_letters() -> list[Path]:
    """All composed letters of the project: samples, series, and the labelled ones."""
    folders = ("letters", "letters/series", "gold/letters", "gold/answers")
    return [path for folder in folders for path in sorted((TESTS / folder).glob("*.txt"))]


def model_of(text: str, source: str = "brief.txt") -> Model:
    """The structure of a letter, `text` as received."""
    reading, head = reading_text(text), heading(text, source)
    notes = list(_notes(text, reading))
    return [
        *_head(text[: head.body_start]),
        *_body(text, reading, head, notes),
        *_signature(text, head),
        *(Part("note", Words(words_), number=number, key=key) for key, number, words_ in notes),
    ]


# Head and signature

_OWN_LINE = re.compile(
    r"(?:Aan |Betreft|Onderwerp|Datum|Nr\.|No\.|\d\d ?\d{3}\b|['’A-Z][\w’' -]+, \d{1,2} \w+ \d{4}$|\()"
)


def _head(text: str) -> Iterator[Part]:
    lines: list[str] = []
    above = ""
    for raw in text.split("\n"):
        line = " ".join(raw.split())
        if line and lines and above and not _OWN_LINE.match(line):
            lines[-1] += f" {line}"
        elif line:
            lines.append(line)
        above = line
    yield from (Part("head", Words(line)) for line in lines)


def _signature(text: str, head: Heading) -> Iterator[Part]:
    if head.body_end == len(text):
        return
    names = (head.signatory or "").split("; ")
    for at, office in enumerate((head.sender or "").split("; ")):
        name = [BREAK, names[at]] if at < len(names) and names[at] else []
        yield Part("signature", words([f"De {office},", *name]))


# Notes


def _notes(text: str, reading: ReadingText) -> Iterator[tuple[str, str, str]]:
    """Key, number and words of each note."""
    for at, match in enumerate(re.compile(r"[^\n]+").finditer(reading.text, reading.body_end)):
        raw = reading.raw_offset(match.start())
        number = re.search(r"(\d{1,3})\W*$", text[max(0, raw - 8) : raw])
        yield f"n{at}", number[1] if number else str(at + 1), match[0]


# Body


def _body(
    text: str, reading: ReadingText, head: Heading, notes: Sequence[tuple[str, str, str]]
) -> Iterator[Part | Table]:
    start, end = (
        reading.reading_offset(head.body_start),
        min(reading.reading_offset(head.body_end), reading.body_end),
    )
    keys = {note: key for key, _, note in notes}
    cited = [(each.offset, keys[each.note]) for each in citations(text, reading) if each.note in keys]
    places = {each.start: each.place for each in sentences(reading, head)}
    rows: list[tuple[str, str]] = []
    for first, last in _paragraphs(reading.text, start, end):
        paragraph = reading.text[first:last]
        role = reading.of_tables.get(reading.raw_offset(first), "row" if places.get(first) == "table" else "")
        if role:
            if role == "head" and rows:
                yield _table(rows)
                rows = []
            rows.append((role, paragraph))
            continue
        if rows:
            yield _table(rows)
            rows = []
        here = [(offset - first, key) for offset, key in cited if first <= offset <= last]
        yield _paragraph(
            paragraph, here, next((place for at, place in places.items() if first <= at < last), "")
        )
    if rows:
        yield _table(rows)


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in re.compile(r"(?:(?!\n\n).)+", re.DOTALL).finditer(text, start, end):
        first, last = match.start(), match.end()
        white = len(match[0]) - len(match[0].lstrip())
        first, last = first + white, first + len(match[0].rstrip())
        if first < last:
            yield first, last


_ITEM = re.compile(r"(?P<sign>[-–•·*◦▪o]|\(?(?:\d{1,2}|[a-z]|[ivx]{2})[.)]) +(?=\S)")
_QUESTION = re.compile(
    vocabulary("reading")["line"]["heading"].replace("{numbers}", r"[\d, en/–-]+") + r"\s*$"
)


def _paragraph(text: str, cited: Sequence[tuple[int, str]], place: str) -> Part:
    place = place if place in ("question", "answer") else ""
    if item := _ITEM.match(text):
        rest = [(max(0, offset - item.end()), key) for offset, key in cited]
        return Part("item", Words(text[item.end() :], rest), number=item["sign"], place=place)
    role = "heading" if is_heading(text) or _QUESTION.match(text) else "paragraph"
    return Part(role, Words(text, cited), place=place)


def _table(lines: Sequence[tuple[str, str]]) -> Table:
    """The table of these lines: a head row, rows with their cells, rows of one cell over all columns."""
    header = next((text for role, text in lines if role == "head"), "")
    rows = [text for role, text in lines if role == "row"]
    frame = framed(header, rows, "")
    over = frame.heads.columns
    width = len(over) if over else Counter(len(cells(row)) for row in rows).most_common(1)[0][0]
    made = (
        [Row([Cell(Words(frame.heads.label)), *(Cell(Words(head.text)) for head in over)], is_head=True)]
        if over
        else []
    )
    for role, text in lines:
        if role == "row":
            found = columns(text, width, spaced=frame.spaced) or cells(text)[-width:]
            label = text[: found[0].start].strip(" :") if found else text
            made.append(Row([Cell(Words(label)), *(Cell(Words(cell.text)) for cell in found)]))
        elif role == "section":
            made.append(Row([Cell(Words(text), wide=width + 1)]))
    return Table(made)


# What claims of two forms have in common


def read_back(content: bytes, name: str) -> list[Claim]:
    """The claims of a letter in whatever form; each opens its quote."""
    letter = received(content)
    assert isinstance(letter, Received), letter
    document = document_of(letter_id(content), letter, name)
    claims = [row for _, rows in read_claims(document) for row, left_out in rows if not left_out]
    for claim in claims:
        assert letter.text[claim["char_start"] : claim["char_end"]] == claim["quote"]
    return claims


@cache
def read_as_text(path: Path) -> list[Claim]:
    """The claims of a composed letter as it is."""
    return read_back(path.read_bytes(), path.name)


@cache
def model_in(path: Path) -> Model:
    """The structure of a composed letter."""
    text = decoded(path.read_bytes()).text
    assert text is not None
    return model_of(text, path.name)


def agreement(written: Callable[[Model], bytes], suffix: str, fields: Sequence[str] | None = None) -> float:
    """F1 over all composed letters: their claims, and those of the letters that `written` makes of them."""
    expected, found = Counter[Any](), Counter[Any]()
    for path in composed_letters():
        again = read_back(written(model_in(path)), path.with_suffix(suffix).name)
        for claims, counted in ((read_as_text(path), expected), (again, found)):
            counted.update((path.name, *key) for key in claim_keys(claims, fields or FIELDS).elements())
    return f1(expected, found)


FIELDS = (
    "value", "value_high", "unit", "kind", "measure", "period", "base_period", "direction", "status",
    "precision", "source", "per", "statistic", "population", "place",
)  # fmt: skip


def claim_keys(claims: Sequence[Claim], fields: Sequence[str] = FIELDS) -> Counter[tuple[Any, ...]]:
    """What claims say, each as often as it is said."""
    return Counter(tuple(claim[field] for field in fields) for claim in claims)


def f1(expected: Counter[Any], found: Counter[Any]) -> float:
    """The harmonic mean of precision and recall; 1 where there is nothing to find and nothing found."""
    total = expected.total() + found.total()
    return 2 * (expected & found).total() / total if total else 1.0
