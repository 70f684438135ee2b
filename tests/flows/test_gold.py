"""The project's own gold, labelled by two readers: extraction doesn't fall below what it once reached."""

import json
import tomllib
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from flows.evaluating import Compared, compared

GOLD = Path(__file__).parents[1] / "gold"
FLOORS = tomllib.loads((GOLD / "floors.toml").read_text("utf-8"))
CASES = [(name, what, floor) for name, floors in FLOORS.items() for what, floor in floors.items()]


@cache
def result() -> Compared:
    return compared([GOLD])


def reached(name: str, what: str) -> float:
    """Precision or recall of a set, or the share of its found claims whose field `what` is right."""
    scores = result().evaluation.scores.filter(by="set", name=name)
    if what in scores.columns:
        return float(scores[what].item())
    return float(result().evaluation.fields.filter(by="set", name=name, field=what)["accuracy"].item())


@pytest.mark.parametrize(("name", "what", "floor"), CASES)
def test_extraction_reaches_its_floor(name: str, what: str, floor: float) -> None:
    assert reached(name, what) >= floor


def test_the_gold_is_thirty_texts_and_no_more_labels_than_texts_hold() -> None:
    assert result().texts == 30
    assert result().labels > 400


def test_texts_without_figures_give_no_claim() -> None:
    folders = {name: {path.name for path in (GOLD / name).glob("*.txt")} for name in FLOORS}
    labelled = {name: _letters(GOLD / f"{name}.jsonl") for name in FLOORS}
    silent = {letter for name in FLOORS for letter in folders[name] - labelled[name]}
    errors = result().evaluation.errors

    assert len(silent) == 3
    assert errors.filter(pl.col("letter").is_in(list(silent))).is_empty()


def _letters(labels: Path) -> set[str]:
    return {json.loads(line)["letter"] for line in labels.read_text("utf-8").splitlines()}
