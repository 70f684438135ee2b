"""How much of what labelled letters state is found, by us and by the peers: judged as `evaluate` does."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from benchmarks import peers
from benchmarks.peers import Figure, Finder
from flows import evaluating
from transforms import evaluation

OURS = "kamercijfers"
#: Of what is found, the share whose field is right; `percent` is whether a percentage is told to be one.
FIELDS = ("unit", "percent", "kind", "measure", "period", "direction", "status", "precision", "source")


class Row(NamedTuple):
    """How one extractor did on the texts of one folder."""

    texts: str  # the folder
    extractor: str
    label: str
    found: int | None = None  # None: not installed here
    missed: int | None = None
    false: int | None = None
    precision: float | None = None
    recall: float | None = None
    f1: float | None = None
    fields: dict[str, float | None] | None = None  # those it gives; None: the texts have no label for it


class Labelled(NamedTuple):
    """The labelled texts of a folder, with our claims: frames of evaluation, texts by set and name."""

    name: str
    texts: dict[tuple[str, str], str]
    gold: pl.DataFrame
    claims: pl.DataFrame
    spans: pl.DataFrame


def labelled(folder: Path) -> Labelled:
    """Texts of a folder with their labels, and what we find there."""
    every = re.compile("")
    parts = {each.name: evaluating.read_set(each, every) for each in evaluating.labelled_sets([folder])}
    frames = (pl.concat(frames) for frames in zip(*(part.frames for part in parts.values()), strict=True))
    texts = {(name, letter): text for name, part in parts.items() for letter, text in part.texts.items()}
    return Labelled("/".join(folder.resolve().parts[-2:]), texts, *frames)


def results(folders: Sequence[Path]) -> Iterator[Row]:
    """A row for us, and two for each peer (as it comes, and helped), of each folder of labelled texts."""
    known = peers.peers()
    finders = {peer.peer: peer.load() for peer in known if peer.installed}
    for folder in folders:
        texts = labelled(folder)
        yield judged(texts, Row(texts.name, OURS, "Kamercijfers"), texts.claims, FIELDS)
        for peer in known:
            row = Row(texts.name, peer.peer, peer.label)
            if peer.peer not in finders:
                yield row
                continue
            found = figures(texts, finders[peer.peer])
            yield judged(texts, row, claims(texts, found), peer.gives)
            helped = {name: peers.helped(texts.texts[name], each) for name, each in found.items()}
            row = row._replace(extractor=f"{peer.peer}-helped", label=f"{peer.label}, helped")
            yield judged(texts, row, claims(texts, helped), ("unit", "percent"))


def figures(texts: Labelled, find: Finder) -> dict[tuple[str, str], list[Figure]]:
    """What a peer finds in each text."""
    return {name: find(text) for name, text in texts.texts.items()}


def claims(texts: Labelled, found: dict[tuple[str, str], list[Figure]]) -> pl.DataFrame:
    """Figures as the frame FOUND of evaluation; null where a peer tells nothing."""
    rows = [
        {
            **dict.fromkeys(evaluation.FOUND.names()),
            **figure._asdict(),
            "set": name[0],
            "letter": name[1],
            "quote": texts.texts[name][figure.start : figure.end],
        }
        for name, each in found.items()
        for figure in each
    ]
    return pl.DataFrame(rows, schema=evaluation.FOUND, infer_schema_length=None)


def judged(texts: Labelled, row: Row, claims: pl.DataFrame, gives: Sequence[str]) -> Row:
    """The row with its scores, and the accuracy of the fields that the extractor gives."""
    outcome = evaluation.evaluate(texts.gold, claims, texts.spans)
    scores: dict[str, Any] = outcome.scores.drop("by", "name").row(0, named=True)  # of all, the first row
    percentages = evaluation.evaluate(texts.gold.filter(unit="percent"), claims, texts.spans)
    fields = {**_accuracies(outcome), "percent": _accuracies(percentages).get("unit")}
    return row._replace(**scores, fields={name: fields.get(name) for name in FIELDS if name in gives})


def _accuracies(outcome: evaluation.Evaluation) -> dict[str, float | None]:
    return dict(outcome.fields.filter(by="all").select("field", "accuracy").iter_rows())
