"""Letters in, frames out: what a flow, a command, a test and a distributed worker all call."""

import gc
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, NamedTuple

import polars as pl

from transforms import attribution, schemas
from transforms.claims import readings
from transforms.figures import Claim, Letter
from transforms.forms import received
from transforms.headings import Heading, heading
from transforms.identity import facts, origin, words_of
from transforms.letters import letter_id as sha256
from transforms.letters import rejected, short_hash
from transforms.marked_text import marked_citations, marked_text
from transforms.notes import Citation, citations
from transforms.reading_text import reading_text
from transforms.received import Received, Refused
from transforms.references import references
from transforms.runs import ReadingText
from transforms.sentence_claims import Reading
from transforms.sentences import sentences
from transforms.sidecars import Sidecar, sidecar
from transforms.vocabulary import words

#: Goes up with every change of grammar or vocabulary that changes claims.
EXTRACTOR_VERSION = "13"

_CONTEXT = 40  # characters of quote_prefix and quote_suffix


class Extraction(NamedTuple):
    """The frames of a batch of letters, named after the tables they fill."""

    letter: pl.DataFrame
    claim: pl.DataFrame
    letter_reference: pl.DataFrame
    rejected_letter: pl.DataFrame
    letter_form: pl.DataFrame


class Document(NamedTuple):
    """A letter as received and as it is read: its reading text, its heading, the notes that it cites."""

    letter_id: str
    received: Received
    reading: ReadingText
    heading: Heading
    citations: Sequence[Citation]

    @property
    def text(self) -> str:
        """The text that offsets count in."""
        return self.received.text


def extract(files: pl.DataFrame, before: Callable[[str], None] | None = None) -> Extraction:
    """Letters, claims and references of `files` (schemas.FILE), and the files that are no letters.

    Rows come in the order of the files, claims and references of a letter in the order of its text. `before`
    is called with the letter_id of each file before it is read.
    """
    with _uncollected():
        return _extracted(files, before or _nobody)


def _nobody(letter_id: str) -> None:
    """Nobody wants to know which letter is read."""


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector: what a letter leaves goes by its references, and a look at it costs."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _extracted(files: pl.DataFrame, before: Callable[[str], None]) -> Extraction:
    letters: list[dict[str, Any]] = []
    found_claims: list[dict[str, Any]] = []
    found_references: list[dict[str, Any]] = []
    found_forms: list[dict[str, Any]] = []
    refused: list[tuple[str, str | None, str, str, str | None]] = []
    for letter_id, source, content, beside in files.match_to_schema(schemas.FILE, **MAY_LACK).iter_rows():
        before(letter_id)
        letter = received(content)
        if isinstance(letter, Refused):
            refused.append((source, letter_id, "letters", *letter))
            continue
        told = believed(beside, letter_id)
        document = document_of(letter_id, letter, source, told)
        letters.append(_letter_row(document, source, letter))
        found_forms.append(_form_row(letters[-1], told, beside))
        found_claims += [row for _, rows in read_claims(document) for row, left_out in rows if not left_out]
        found_references += _reference_rows(document)
    return Extraction(
        pl.DataFrame(letters, schema=schemas.LETTER),
        pl.DataFrame(found_claims, schema=schemas.CLAIM),
        pl.DataFrame(found_references, schema=schemas.LETTER_REFERENCE),
        rejected(refused, EXTRACTOR_VERSION),
        pl.DataFrame(found_forms, schema=schemas.LETTER_FORM),
    )


#: A frame of files without sidecars need not have the column.
MAY_LACK: dict[str, Any] = {"missing_columns": {"sidecar": "insert"}}


def believed(content: bytes | None, letter_id: str) -> Sidecar | None:
    """What the sidecar of a letter says; None where it has none, a malformed one or one of other bytes."""
    told = sidecar(content) if content is not None else None
    return told if isinstance(told, Sidecar) and told.sha256 == letter_id else None


def document_of(letter_id: str, letter: Received, source: str, told: Sidecar | None = None) -> Document:
    """The letter that was received from `source`, as it is read: by what its form marks, if it marks any.

    Its source has `told` of it.
    """
    head = facts(heading(letter.text, source, letter.blocks), source, letter.facts, told)
    if letter.blocks:
        reading = marked_text(letter)
        return Document(letter_id, letter, reading, head, list(marked_citations(letter, reading)))
    reading = reading_text(letter.text)
    return Document(letter_id, letter, reading, head, citations(letter.text, reading))


def _letter_row(document: Document, source: str, letter: Received) -> dict[str, Any]:
    head = document.heading
    known = {name: value for name, value in head._asdict().items() if name in schemas.LETTER}
    return known | {
        "letter_id": document.letter_id,
        "dossiers": list(head.dossiers),
        "warnings": list(head.warnings),
        "text": document.text,
        "format": letter.format,
        "encoding": letter.encoding,
        "source": source,
        "extractor_version": EXTRACTOR_VERSION,
    }


def _form_row(letter: dict[str, Any], told: Sidecar | None, beside: bytes | None) -> dict[str, Any]:
    shared = {name: value for name, value in letter.items() if name in schemas.LETTER_FORM}
    return shared | {
        "form_id": letter["letter_id"],
        "words": words_of(letter["text"]),
        **origin(told)._asdict(),
        "sidecar_id": sha256(beside) if told and beside is not None else None,
    }


def read_claims(document: Document) -> list[tuple[Reading, list[tuple[dict[str, Any], str | None]]]]:
    """What was made of each sentence, and its claims as rows of CLAIM, each with why it is left out."""
    read = list(_read_claims(document))
    _deny_in_questions([row for _, rows in read for row, left_out in rows if not left_out])
    return read


def _deny_in_questions(claims: Sequence[dict[str, Any]]) -> None:
    """What a letter denies of its figures isn't so either where a question before it states it.

    Whoever is credited with it there is so here.
    """
    denied: dict[tuple[object, ...], str | None] = {}
    for row in reversed(claims):
        same = tuple(row[name] for name in _DENIED)
        if row["status"] == "negated":
            denied[same] = row["source"]
        elif row["place"] == "question" and row["status"] == "realised" and same in denied:
            row |= {"status": "negated", "source": row["source"] or denied[same]}


_DENIED = ("value", "value_high", "unit", "kind", "measure")


def _read_claims(
    document: Document,
) -> Iterator[tuple[Reading, list[tuple[dict[str, Any], str | None]]]]:
    reading, head = document.reading, document.heading
    topics = tuple(dict.fromkeys(filter(None, (head.subject, _opening(reading, head), head.series))))
    seen: set[tuple[object, ...]] = set()
    in_rows: dict[tuple[object, ...], set[str]] = {}  # what rows of tables say of a part, by its words
    letter = Letter(
        head.letter_date,
        topics,
        citations=document.citations,
        asked_on=head.asked_on,
        askers=attribution.askers(reading.text),
    )
    for read in readings(sentences(reading, head), letter):
        rows: list[tuple[dict[str, Any], str | None]] = []
        here: set[tuple[object, ...]] = set()
        for claim in read.claims:
            row = _claim_row(document, claim)
            same = _identity(row, claim) if claim.phrase else (row["claim_id"],)
            again = _is_known(same, seen) or (same in here and not _is_listed(claim))
            # Rows tell parts apart that nothing else does: two regions may have as many.
            is_part = claim.sentence.place == "table" and row["population"] == "part"
            again = again or (claim.phrase in in_rows.get(same, ()) if is_part else same in in_rows)
            left_out = "repeat" if again else _fault(reading, claim)
            if left_out is None and is_part:
                in_rows.setdefault(same, set()).add(claim.phrase)
            elif left_out is None:
                here.add(same)
            rows.append((row, left_out))
        seen |= here
        yield read, rows


def _is_known(same: tuple[object, ...], seen: set[tuple[object, ...]]) -> bool:
    """Whether a figure was said before; one that may be the whole or a part counts as either."""
    if same in seen:
        return True
    if same[-2:-1] != ("unspecified",):
        return False
    return any((*same[:-2], extent, same[-1]) in seen for extent in ("total", "part"))


def _is_listed(claim: Claim) -> bool:
    """Whether a figure equal to one of its sentence is the next of a list: `20 in A, 24 in B en 20 in C`."""
    if claim.rule.partition("+")[2].startswith(_WITH_NOUN):
        return False
    start = claim.start - claim.sentence.start
    return _AGAIN.search(claim.sentence.text, max(0, start - 20), start) is None


#: Rules of numbers with a noun or a sign of their own.
_WITH_NOUN = ("unit.noun+", "unit.sign", "unit.percent", "unit.guessed")
_AGAIN = re.compile(r"\b(?:die|deze|dezelfde|de|dit|dat)(?: \w+)? $")


def _identity(row: dict[str, Any], claim: Claim) -> tuple[object, ...]:
    """What a figure says: said again, in an answer or a footnote, it counts once, at its first mention."""
    way = row["direction"] if row["kind"] == "growth" else None
    if claim.measure_code is None and row["population"] == "part":
        row = row | {"population": "total"}  # said again, it isn't always said what it is a part of
    return (re.sub(r"\s+", " ", claim.counted), *(row[name] for name in _SAYS), way)


#: Not the precision, the source, or the way to a level: one of the mentions may leave them out.
_SAYS = (
    "value", "value_high", "unit", "kind", "period", "base_period", "status", "per", "statistic",
    "population",
)  # fmt: skip


def _opening(reading: ReadingText, head: Heading) -> str:
    """The first lines of the body, which say what a letter is about."""
    start = reading.reading_offset(head.body_start)
    return reading.text[start : start + 1500]


def _fault(reading: ReadingText, claim: Claim) -> str | None:
    """Why a figure isn't stored: a digit of it may be a footnote marker, or there can't be so many."""
    start, end = reading.raw_span(claim.start, claim.end)
    if not reading.doubtful.isdisjoint(range(start, end)):
        return "doubtful digits"
    most = _most().get(claim.unit)
    is_too_many = most is not None and max(claim.numeral.value, claim.numeral.high or 0) > most
    return "more than there can be" if is_too_many else None


@cache
def _most() -> dict[str, float]:
    return {entry["unit"]: entry["most"] for entry in words("units")["unit"] if "most" in entry}


def _claim_row(document: Document, claim: Claim) -> dict[str, Any]:
    letter_id, text = document.letter_id, document.text
    start, end = document.reading.raw_span(claim.start, claim.end)
    numeral, sentence = claim.numeral, claim.sentence
    return {
        "claim_id": short_hash(letter_id, start, end, claim.kind, numeral.value),
        "letter_id": letter_id,
        "char_start": start,
        "char_end": end,
        "quote": text[start:end],
        "value": numeral.value,
        "value_high": numeral.high,
        "unit": claim.unit,
        "kind": claim.kind,
        "measure": re.sub(r"\s+", " ", claim.measure) or None,
        "measure_code": claim.measure_code,
        "period": claim.timing.period,
        "base_period": claim.timing.base_period,
        "direction": claim.direction,
        "status": claim.status,
        "precision": claim.precision,
        "source": claim.source,
        "per": claim.per,
        "statistic": claim.statistic,
        "population": claim.population["population"],
        **{name: claim.population.get(name) for name in ("sex", "age_group", "nationality", "exploitation")},
        "place": sentence.place,
        "sentence": sentence.text,
        "sentence_quote_start": claim.start - sentence.start,
        "sentence_quote_end": claim.end - sentence.start,
        "quote_prefix": text[max(0, start - _CONTEXT) : start],
        "quote_suffix": text[end : end + _CONTEXT],
        "locator": _locator(document.received, start),
        "confidence": claim.confidence,
        "rule_id": claim.rule,
        "extractor_version": EXTRACTOR_VERSION,
    }


def _locator(letter: Received, offset: int) -> str | None:
    """Where in the file as received the text at an offset stands; plain text has its offsets."""
    at = bisect_right(letter.locators, offset, key=lambda place: place[0])
    return letter.locators[at - 1][1] if at else None


def _reference_rows(document: Document) -> Iterator[dict[str, Any]]:
    letter_id, text, reading = document.letter_id, document.text, document.reading
    seen: set[str] = set()
    own = (document.heading.identifier or "").lower()
    for reference in sorted(references(reading.text), key=lambda cited: cited.start):
        if reference.identifier.lower() == own:  # its own number, in its heading or on its pages
            continue
        start, end = reading.raw_span(reference.start, reference.end)
        key = short_hash(letter_id, start, end, reference.dossier, reference.number)
        if key not in seen:
            seen.add(key)
            yield {
                "reference_id": key,
                "letter_id": letter_id,
                "char_start": start,
                "char_end": end,
                "quote": text[start:end],
                "dossier": reference.dossier,
                "number": reference.number,
                "identifier": reference.identifier,
            }
