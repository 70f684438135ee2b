"""Letters in, frames out: what a flow, a command, a test and a distributed worker all call."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import polars as pl

from transforms import schemas
from transforms.claims import claims
from transforms.figures import Claim, Letter
from transforms.headings import Heading, heading
from transforms.letters import decoded, rejected, short_hash
from transforms.reading_text import ReadingText, reading_text
from transforms.references import references
from transforms.sentences import sentences

#: Goes up with every change of grammar or vocabulary that changes claims.
EXTRACTOR_VERSION = "1"

_CONTEXT = 40  # characters of quote_prefix and quote_suffix


class Extraction(NamedTuple):
    """The frames of a batch of letters, named after the tables they fill."""

    letter: pl.DataFrame
    claim: pl.DataFrame
    letter_reference: pl.DataFrame
    rejected_letter: pl.DataFrame


def extract(files: pl.DataFrame) -> Extraction:
    """Letters, claims and references of `files` (schemas.FILE), and the files that are no letters.

    Rows come in the order of the files, claims and references of a letter in the order of its text.
    """
    letters: list[dict[str, Any]] = []
    found_claims: list[dict[str, Any]] = []
    found_references: list[dict[str, Any]] = []
    refused: list[tuple[str, str | None, str, str, str | None]] = []
    for letter_id, source, content in files.match_to_schema(schemas.FILE).iter_rows():
        letter = decoded(content)
        if letter.text is None:
            refused.append((source, letter_id, "letters", letter.reason or "undecodable", letter.detail))
            continue
        reading, head = reading_text(letter.text), heading(letter.text, source)
        letters.append(_letter_row(letter_id, source, letter.text, letter.encoding, head))
        found_claims += _claim_rows(letter_id, letter.text, reading, head)
        found_references += _reference_rows(letter_id, letter.text, reading)
    return Extraction(
        pl.DataFrame(letters, schema=schemas.LETTER),
        pl.DataFrame(found_claims, schema=schemas.CLAIM),
        pl.DataFrame(found_references, schema=schemas.LETTER_REFERENCE),
        rejected(refused, EXTRACTOR_VERSION),
    )


def _letter_row(
    letter_id: str, source: str, text: str, encoding: str | None, head: Heading
) -> dict[str, Any]:
    facts = {name: value for name, value in head._asdict().items() if name in schemas.LETTER}
    return facts | {
        "letter_id": letter_id,
        "dossiers": list(head.dossiers),
        "warnings": list(head.warnings),
        "text": text,
        "format": "txt",
        "encoding": encoding,
        "source": source,
        "extractor_version": EXTRACTOR_VERSION,
    }


def _claim_rows(letter_id: str, text: str, reading: ReadingText, head: Heading) -> Iterator[dict[str, Any]]:
    topic = " ".join(filter(None, (head.subject, _opening(reading, head))))
    seen: set[tuple[object, ...]] = set()
    for claim in claims(list(sentences(reading, head)), Letter(head.letter_date, topic)):
        row = _claim_row(letter_id, text, reading, claim)
        same = _identity(row) if claim.phrase else (row["claim_id"],)
        if same not in seen and not _is_doubtful(reading, claim):
            seen.add(same)
            yield row


def _identity(row: dict[str, Any]) -> tuple[object, ...]:
    """What a figure says: said again, in an answer or a footnote, it counts once, at its first mention."""
    return tuple(row[name] for name in _SAYS)


_SAYS = (
    "value", "value_high", "unit", "kind", "measure", "period", "base_period", "direction", "status",
    "precision", "per", "statistic", "population", "source",
)  # fmt: skip


def _opening(reading: ReadingText, head: Heading) -> str:
    """The first lines of the body, which say what a letter is about."""
    start = reading.reading_offset(head.body_start)
    return reading.text[start : start + 1500]


def _is_doubtful(reading: ReadingText, claim: Claim) -> bool:
    """Whether a digit of the number may be a footnote marker: then it isn't stored."""
    start, end = reading.raw_span(claim.start, claim.end)
    return any(start <= raw < end for raw in reading.doubtful)


def _claim_row(letter_id: str, text: str, reading: ReadingText, claim: Claim) -> dict[str, Any]:
    start, end = reading.raw_span(claim.start, claim.end)
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
        "measure": re.sub(r"\s+", " ", claim.measure),
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
        "confidence": claim.confidence,
        "rule_id": claim.rule,
        "extractor_version": EXTRACTOR_VERSION,
    }


def _reference_rows(letter_id: str, text: str, reading: ReadingText) -> Iterator[dict[str, Any]]:
    seen: set[str] = set()
    for reference in sorted(references(reading.text), key=lambda cited: cited.start):
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
