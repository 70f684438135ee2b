"""Batches that wait to be published: gone afterwards; one that is lost ends the run in one line."""

from pathlib import Path

import pytest
from small_letters import inbox_of, letter

from flows import batch_store, batching, finding, pipeline, placing, repairing, spooling, watching
from flows.errors import UserError
from flows.settings import Settings, settings
from warehouse import store


@pytest.fixture
def chosen(tmp_path: Path) -> Settings:
    inbox = inbox_of(tmp_path / "inbox", a=letter(1), b=letter(2), c=letter(3))
    return settings(inbox=inbox, warehouse=tmp_path / "w.duckdb", workers=1, batch_size=2)


@pytest.mark.parametrize("named", [False, True])
def test_nothing_is_left_of_batches(
    tmp_path: Path, chosen: Settings, named: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / ("batches" if named else "w.duckdb.batches")
    if named:
        chosen = chosen.model_copy(update={"batches": str(place)})
    seen: list[int] = []
    lots = placing.lots
    monkeypatch.setattr(
        placing, "lots", lambda letters: seen.append(len(list(place.rglob("*.arrow")))) or lots(letters)
    )
    assert pipeline.run(chosen).letters == 3
    assert seen == [2]
    assert list(place.rglob("*.arrow")) == []
    assert place.exists() == named


def test_a_batch_that_is_lost_publishes_nothing_and_the_next_run_reads_it_again(
    chosen: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched = batch_store.fetched
    with monkeypatch.context() as patch:
        patch.setattr(batch_store, "fetched", lambda where, sent: fetched(where, sent[:-9] + b"000.arrow"))
        with pytest.raises(UserError, match=r"a batch that was read can't be had any more .*run again$"):
            pipeline.run(chosen)
    assert store.versions(chosen.warehouse) == []
    assert pipeline.run(chosen).letters == 3


def test_batches_of_a_killed_run_are_cleared_away_and_named_by_repair(chosen: Settings) -> None:
    pipeline.run(chosen)
    left = store.batches_folder(chosen.warehouse) / "20240501T020000Z-abc"
    left.mkdir(parents=True)
    (left / "1-2.arrow").write_bytes(b"a batch")
    told: list[str] = []
    repairing.repaired(chosen, told.append)
    assert told[0].startswith(f"{left}, which no run has published")
    assert not left.exists()


def test_what_is_tallied_is_in_use(chosen: Settings) -> None:
    """Of a batch in which not all is in use the rest is counted anew."""
    run = watching.new_run("nightly", "inline")
    with spooling.spooling(chosen, run) as where:
        todo = finding.found(chosen)
        with batching.reading(chosen, todo.batches) as readers:
            parts = [
                spooling.spooled(where, batching.read_new(chosen, batch, readers)) for batch in todo.batches
            ]
        read = spooling.Spooled(where, parts)
        placed = placing.placed(read, placing.nothing_known(), run)
        assert placed.tally == spooling.Tally(3, 3, frozenset({"CoMensha"}))
        fewer = placing._tallied(read, placed.used.head(1))
    assert fewer == spooling.Tally(1, 1, frozenset({"CoMensha"}))
