"""Peers are judged as `kamercijfers evaluate` judges us, and told nothing of but what they give."""

from pathlib import Path

import pytest
from small_gold import LABELLED, small_gold

from benchmarks import accuracy, peers
from benchmarks.accuracy import Row
from flows.evaluating import compared


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_gold(tmp_path_factory.mktemp("accuracy"))


@pytest.fixture(scope="module")
def rows(gold: Path) -> dict[str, Row]:
    return {row.extractor: row for row in accuracy.results([gold])}


def test_ours_is_what_evaluate_says(gold: Path, rows: dict[str, Row]) -> None:
    scores = compared([gold]).evaluation.scores.filter(by="all").row(0, named=True)

    ours = rows[accuracy.OURS]._asdict()

    assert {name: ours[name] for name in scores if name in ours} == {
        name: scores[name] for name in scores if name in ours
    }
    assert ours["found"] >= 4
    assert set(ours["fields"]) == set(accuracy.FIELDS)


def test_a_peer_is_judged_by_span_and_value(rows: dict[str, Row]) -> None:
    # 1.204, 12%, € 2,5 miljoen; no range and no words; false are 2019, 2018, 28638, 75, 20 and 30.
    row = rows["expression"]

    assert (row.found, row.missed, row.false) == (3, len(LABELLED) - 3, 6)
    assert (row.precision, row.recall, row.f1) == (0.3333, 0.5, 0.4)
    assert row.fields == {"unit": 1.0, "percent": 1.0}


def test_help_finds_the_range_and_leaves_out_what_is_no_figure(rows: dict[str, Row]) -> None:
    row = rows["expression-helped"]

    assert (row.found, row.missed, row.false) == (4, len(LABELLED) - 4, 0)


def test_what_is_not_installed_has_no_score(rows: dict[str, Row]) -> None:
    absent = {peer.peer for peer in peers.peers() if not peer.installed}

    assert {name for name, row in rows.items() if row.found is None} == absent
    assert rows["expression"].found is not None
