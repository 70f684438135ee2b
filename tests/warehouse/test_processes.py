"""Several processes at one warehouse: one run at a time, readers that never wait, runs that are killed."""

import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

import pytest
from store_frames import a_letter, tables

from warehouse import store
from warehouse.errors import LockedError, WarehouseError, of_disk

PUBLISHER = Path(__file__).with_name("publisher.py")


def publisher(warehouse: Path, times: int) -> subprocess.Popen[str]:
    """A publishing process that holds the lock by now."""
    process = subprocess.Popen(
        [sys.executable, PUBLISHER, warehouse, str(times)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "locked\n"
    return process


def letters(warehouse: Path) -> int:
    with store.connect(warehouse) as connection:
        return len(connection.table("letter"))


def test_a_second_run_is_told_at_once_who_holds_the_lock(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    holder = publisher(warehouse, 50)
    try:
        for _ in range(2):  # asking doesn't wipe out who holds it
            with (
                pytest.raises(LockedError, match=f"process {holder.pid} on .*, since 20") as refused,
                store.lock(store.Place(warehouse)),
            ):
                pass
            assert refused.value.pid == holder.pid
        told = json.loads((tmp_path / "w.duckdb.lock").read_text())
        assert told == {"pid": holder.pid, "host": platform.node(), "since": refused.value.since}
        assert store.holder(warehouse) == store.Holder(**told)
    finally:
        holder.kill()
        holder.communicate()


def test_the_lock_of_a_dead_process_is_free_and_its_name_is_known(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    warehouse = tmp_path / "w.duckdb"
    killed = publisher(warehouse, 50)
    killed.kill()
    killed.communicate()
    assert store.holder(warehouse) is None
    with store.lock(store.Place(warehouse)) as before:
        assert before is not None
        assert before.pid == killed.pid
    assert f"the run before (process {killed.pid} on {before.host}" in caplog.text
    with store.lock(store.Place(warehouse)) as before:
        assert before is None


def test_the_lock_also_holds_within_one_process_and_ends_with_its_block(tmp_path: Path) -> None:
    with store.lock(store.Place(tmp_path / "w")):
        with pytest.raises(LockedError), store.lock(store.Place(tmp_path / "w")):
            pass
        with pytest.raises(LockedError), store.lock(store.Place(tmp_path / "w")):
            pass
    with pytest.raises(RuntimeError, match="a run that fails"), store.lock(store.Place(tmp_path / "w")):
        raise RuntimeError("a run that fails")
    with store.lock(store.Place(tmp_path / "w")):
        pass


def test_a_folder_that_cannot_be_made_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with (
        pytest.raises(WarehouseError, match=r"^can't write in [^\n]*give another path$"),
        store.lock(store.Place(tmp_path / "file" / "w")),
    ):
        pass
    with pytest.raises(WarehouseError, match=r"^can't write the warehouse [^\n]*$"):
        store.publish(tmp_path / "file" / "w", tables("one"), keep=1)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (
            'IO Error: Checkpoint failed: Could not write file "/a/.build-x/w": No space left on device',
            "No space left on device: make room on that disk, or give another path",
        ),
        ("[Errno 30] Read-only file system: '/a/.b-12345678'", "Read-only file system: give another path"),
        ("IO Error: something else", "IO Error: something else"),
    ],
)
def test_what_keeps_a_disk_from_being_written_is_told_with_what_to_do(said: str, told: str) -> None:
    assert of_disk(said).startswith(told)


@pytest.mark.long_form  # the short form of tests/faults has readers through whole runs
def test_readers_never_fail_and_never_see_less_than_before(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    store.publish(warehouse, tables("zero", [a_letter("De eerste.")]), keep=1)
    writing, seen = publisher(warehouse, 5), []
    while writing.poll() is None:
        seen.append(letters(warehouse))
    writing.communicate()
    assert writing.returncode == 0
    assert seen == sorted(seen)
    assert len(set(seen)) > 2  # it did read while versions changed
    assert len(seen) > 20
    assert letters(warehouse) == 6


def test_a_killed_run_leaves_the_version_before_and_the_next_clears_up(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    store.publish(warehouse, tables("zero", [a_letter("De eerste.")]), keep=1)
    for seconds in (0.1, 0.25, 0.4):
        before = letters(warehouse)
        killed = publisher(warehouse, 50)
        time.sleep(seconds)
        killed.kill()
        told = killed.communicate()[0].splitlines()
        assert letters(warehouse) - before in (len(told), len(told) + 1)  # published, but not told any more
    with store.lock(store.Place(warehouse)):
        assert list((tmp_path / "w.duckdb.versions").glob(".build-*")) == []
        before = letters(warehouse)
        store.publish(warehouse, tables("last", [a_letter("De laatste.")]), keep=1)
    assert letters(warehouse) == before + 1
    assert [version.is_current for version in store.versions(warehouse)] == [True]


def test_builds_of_killed_runs_are_cleared_away_under_the_lock(tmp_path: Path) -> None:
    left = tmp_path / "w.duckdb.versions" / ".build-left"
    left.mkdir(parents=True)
    (left / "half.duckdb").write_bytes(b"half")
    with store.lock(store.Place(tmp_path / "w.duckdb")):
        assert not left.exists()
