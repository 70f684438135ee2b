"""Labelled texts read and compared with what is extracted from them: what `kamercijfers evaluate` prints.

A set of labelled texts is a file NAME.jsonl, a label a line, with the texts in the folder NAME beside it.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from flows.errors import UsageError, UserError
from flows.extracting import letter_batches, named_claims, named_extraction
from flows.walking import letter_paths, source_name
from transforms import evaluation, schemas
from transforms.evaluation import Evaluation

NUMBER = (int, float)
CHOICES = {
    "unit": schemas.UNITS,
    "kind": schemas.KINDS,
    "direction": schemas.DIRECTIONS,
    "status": schemas.STATUSES,
    "precision": schemas.PRECISIONS,
}
TYPES: dict[str, tuple[type, ...]] = {
    "letter": (str,),
    "start": (int,),
    "end": (int,),
    "quote": (str,),
    "value": NUMBER,
    "value_high": (*NUMBER, type(None)),
    "measure": (str,),
    "period": (str, type(None)),
    "base_period": (str, type(None)),
    "source": (str, type(None)),
}


class LabelledSet(NamedTuple):
    """Labels and the folder of their texts."""

    name: str
    labels: Path
    folder: Path


class Compared(NamedTuple):
    """What was compared, and how it came out."""

    sets: list[str]
    texts: int
    labels: int
    optional: int
    evaluation: Evaluation


def compared(paths: Sequence[Path], only: str | None = None) -> Compared:
    """Labels at these paths against the claims of their texts; `only` picks texts by their name.

    Raises UsageError for a pattern that is none, UserError for what can't be read or isn't right.
    """
    picks = _pattern(only)
    sets = labelled_sets(paths)
    parts = [read_set(each, picks) for each in sets]
    texts = sum(len(part.texts) for part in parts)
    if not texts:
        raise UserError(
            f"no text's name matches {only!r}" if only else "there are no texts (.txt) to compare"
        )
    gold, claims, spans = (pl.concat(frames) for frames in zip(*(part.frames for part in parts), strict=True))
    result = evaluation.evaluate(gold, claims, spans)
    return Compared([each.name for each in sets], texts, gold.height, gold["optional"].sum(), result)


def _pattern(only: str | None) -> re.Pattern[str]:
    try:
        return re.compile(only or "")
    except re.error as error:
        raise UsageError(f"--only {only!r} is no regular expression: {error}") from error


# Finding the sets


def labelled_sets(paths: Iterable[Path]) -> list[LabelledSet]:
    """Sets that the paths name: their labels, their folder of texts, or a folder that holds several sets."""
    labels = {file.resolve(): file for path in paths for file in _labels(path)}
    names = [file.stem for file in labels.values()]
    return [
        LabelledSet(file.stem if names.count(file.stem) == 1 else str(file), file, file.with_suffix(""))
        for file in labels.values()
    ]


def _labels(path: Path) -> list[Path]:
    if not path.is_dir():
        if not path.exists():
            raise UserError(f"{path}: no such file or folder")
        if path.suffix != ".jsonl" or not path.with_suffix("").is_dir():
            raise UserError(f"{path}: is no NAME.jsonl with its texts in a folder NAME beside it")
        return [path]
    own = Path(f"{path if path.name else path.resolve()}.jsonl")
    if own.is_file():
        return [own]
    inside = [file for file in sorted(path.glob("*.jsonl")) if file.with_suffix("").is_dir()]
    if not inside:
        raise UserError(f"{path}: holds no labels NAME.jsonl with their texts in a folder NAME beside them")
    return inside


# Reading a set


class Part(NamedTuple):
    """A set that was read: its texts by name, and the frames GOLD, FOUND and SENTENCE of evaluation."""

    texts: dict[str, str]
    frames: tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]


def read_set(labelled: LabelledSet, picks: re.Pattern[str]) -> Part:
    """A set with its labels checked and its texts extracted; `picks` finds its texts by their name."""
    named = _texts_of(labelled)
    picked = [(name, path) for name, path in named if picks.search(name)]
    texts, claims = _extracted(picked)
    known = {name for name, _ in named}
    labels = [row for row in _checked(labelled, known, texts) if row["letter"] in texts]
    spans = [
        (labelled.name, name, *span)
        for name, text in texts.items()
        for span in evaluation.sentence_spans(text, name)
    ]
    frames = (
        pl.DataFrame([{**row, "set": labelled.name} for row in labels], schema=evaluation.GOLD),
        claims.with_columns(set=pl.lit(labelled.name)).select(evaluation.FOUND.names()),
        pl.DataFrame(spans, schema=evaluation.SENTENCE, orient="row"),
    )
    return Part(texts, frames)


def _texts_of(labelled: LabelledSet) -> list[tuple[str, Path]]:
    """The texts of a set by name; other files may lie among them, ending as no labelled text does."""
    named = [(source_name(path, labelled.folder), path) for path in letter_paths(labelled.folder)]
    endings = {Path(name).suffix.lower() for name in _named_by(labelled.labels)} or {".txt"}
    return [(name, path) for name, path in named if path.suffix.lower() in endings]


def _named_by(labels: Path) -> Iterator[str]:
    """The letters that labels name, right or wrong; what is wrong is told when they are checked."""
    for line in labels.read_bytes().splitlines():
        with suppress(ValueError, TypeError, KeyError):
            yield str(json.loads(line)["letter"])


def _extracted(named: list[tuple[str, Path]]) -> tuple[dict[str, str], pl.DataFrame]:
    """Texts by name, and their claims with the name in `letter`."""
    texts: dict[str, str] = {}
    claims = [pl.DataFrame(schema=evaluation.FOUND).drop("set")]
    for batch in letter_batches(named, _refused):
        names, part = named_extraction(batch, _refused)
        texts |= dict(names.join(part.letter, on="letter_id").select("letter", "text").iter_rows())
        claims.append(named_claims(names, part).select(claims[0].columns))
    return texts, pl.concat(claims)


def _refused(name: str, reason: str, detail: str | None) -> None:
    raise UserError(f"{name}: {reason} ({detail})")


def _checked(labelled: LabelledSet, known: set[str], texts: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Labels of a set; raises UserError naming the first line that isn't right."""
    for number, line in enumerate(labelled.labels.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = label(line)
            if row["letter"] not in known:
                raise ValueError(f"there is no text {row['letter']!r} in {labelled.folder}")
            if row["letter"] in texts:
                _check_quote(row, texts[row["letter"]])
        except ValueError as error:
            raise UserError(f"{labelled.labels}, line {number}: {error}") from error
        yield row


def _check_quote(row: dict[str, Any], text: str) -> None:
    start, end, quote = row["start"], row["end"], row["quote"]
    if text[start:end] != quote:
        raise ValueError(f"{row['letter']} has {text[start:end]!r} at {start}–{end}, not {quote!r}")


def label(line: bytes) -> dict[str, Any]:
    """Fields of one label; raises ValueError saying what is wrong with it."""
    try:
        row = json.loads(line)
    except ValueError as error:
        raise ValueError(f"is no JSON: {error}") from error
    if not isinstance(row, dict):
        raise ValueError("is no JSON object")
    for name in schemas.CLAIM_FIELDS:
        if name not in row:
            raise ValueError(f"lacks {name}")
        if name in CHOICES and row[name] not in CHOICES[name]:
            raise ValueError(f"{name} {row[name]!r} is none of {', '.join(CHOICES[name])}")
        if name in TYPES and (isinstance(row[name], bool) or not isinstance(row[name], TYPES[name])):
            raise ValueError(f"{name} can't be {json.dumps(row[name], ensure_ascii=False)}")
    if not isinstance(row.get("optional", False), bool):
        raise ValueError("optional is true or false")
    return {name: row[name] for name in schemas.CLAIM_FIELDS} | {"optional": row.get("optional", False)}
