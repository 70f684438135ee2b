"""The sample letters of tests/letters and what is expected of them."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import polars as pl
from whole_letters import Row

from transforms import schemas
from transforms.extract import Extraction, extract
from transforms.letters import letter_id

TESTS = Path(__file__).parents[1]


@cache
def paths() -> list[Path]:
    """The letters, in the order of their names."""
    return sorted((TESTS / "letters").glob("*.txt"))


@cache
def extraction() -> Extraction:
    """What `extract` gives for all of them; the source is the file's name."""
    rows = [
        (letter_id(content), path.name, content, None) for path in paths() for content in [path.read_bytes()]
    ]
    return extract(pl.DataFrame(rows, schema=schemas.FILE, orient="row"))


def found(table: str) -> list[Row]:
    """The rows of a frame, each with `letter`, the name of its file."""
    names = {row["letter_id"]: row["source"] for row in extraction().letter.to_dicts()}
    return [{**row, "letter": names[row["letter_id"]]} for row in getattr(extraction(), table).to_dicts()]


def expected(name: str) -> list[Row]:
    """The rows of one file of tests/expected."""
    lines = (TESTS / "expected" / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def overlaps(wanted: Row, row: Row) -> bool:
    """Whether two spans of one letter share a character."""
    same = wanted["letter"] == row["letter"]
    return bool(same and wanted["start"] < row["char_end"] and row["char_start"] < wanted["end"])


def pairs_of(gold: Sequence[Row], claims: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Each expected claim with the claim found that overlaps it and has its value; each claim once."""
    free = list(claims)
    pairs: list[tuple[Row, Row]] = []
    for wanted in gold:
        for claim in free:
            if overlaps(wanted, claim) and _bounds(wanted) == _bounds(claim):
                pairs.append((wanted, claim))
                free.remove(claim)
                break
    return pairs


def _bounds(row: Row) -> tuple[float, float | None]:
    high = row["value_high"]
    return round(row["value"], 2), None if high is None else round(high, 2)
