"""Reading: what opens, what is refused, and that a reader can change nothing."""

import os
from pathlib import Path

import duckdb
import pytest
from store_frames import a_letter, tables

from warehouse import store
from warehouse.building import attached
from warehouse.errors import NotAWarehouseError, WarehouseError
from warehouse.reading import open_file


def opened(warehouse: Path) -> None:
    with store.connect(warehouse):
        pass


@pytest.mark.parametrize("read", [opened, store.known_letters])
def test_what_is_no_warehouse_is_refused_in_one_line(tmp_path: Path, read: object) -> None:
    (tmp_path / "text").write_text("Geachte voorzitter, " * 1000)
    (tmp_path / "empty").touch()
    (tmp_path / "gone").symlink_to("gone.versions/1.duckdb")
    (tmp_path / "circle").symlink_to("circle")
    duckdb.connect(tmp_path / "other").execute("CREATE TABLE letter (a INTEGER)").close()
    for name in ("text", "empty", "gone", "circle", "other", "."):
        with pytest.raises(NotAWarehouseError, match=r"^[^\n]+$"):
            read(tmp_path / name)


def test_a_missing_file_is_an_error_to_read_and_nothing_known_yet(tmp_path: Path) -> None:
    with (
        pytest.raises(NotAWarehouseError, match="there is no warehouse at"),
        store.connect(tmp_path / "missing"),
    ):
        pass
    assert store.known_letters(tmp_path / "missing") == set()


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO unit VALUES ('x', 'x', 'x', 'x')",
        "CREATE TABLE t AS SELECT 1",
        "SELECT * FROM read_text('/etc/hostname')",
        "COPY unit TO 'units.csv'",
        "ATTACH 'other.duckdb'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
    ],
)
def test_a_reader_reaches_nothing_but_the_warehouse(published: Path, statement: str) -> None:
    with store.connect(published) as connection, pytest.raises(duckdb.Error):
        connection.execute(statement)


@pytest.mark.parametrize("kind", ["file", "link to a folder", "pipe"])
@pytest.mark.parametrize("ending", [".wal", ".wal.recovery", ".wal.checkpoint"])
def test_changes_that_nobody_published_are_seen_and_taken_away(
    tmp_path: Path, published: Path, ending: str, kind: str
) -> None:
    copy = tmp_path / "w.duckdb.versions" / published.resolve().name
    copy.parent.mkdir()
    copy.write_bytes(published.resolve().read_bytes())
    warehouse = tmp_path / "w.duckdb"
    warehouse.symlink_to(Path(copy.parent.name) / copy.name)
    changes = copy.with_name(copy.name + ending)
    if kind == "pipe":
        os.mkfifo(changes)
    elif kind == "file":
        changes.write_bytes(b"anything")
    else:
        changes.symlink_to(tmp_path)
    refused = rf"{ending} would change what was published: run `kamercijfers"
    with pytest.raises(NotAWarehouseError, match=refused):
        open_file(warehouse)
    for opened in (store.connect(warehouse), attached(version=copy)):
        with pytest.raises(NotAWarehouseError, match=refused):
            opened.__enter__()
    assert "would change what was published" in store.version_faults(warehouse)[copy.name]
    assert changes in store.left_over(store.Place(warehouse))
    with store.lock(store.Place(warehouse)):
        assert not changes.exists()
    assert tmp_path.is_dir()
    with store.connect(warehouse) as connection:
        assert connection.execute("SELECT count(*) FROM claim").fetchall() == [(9,)]


def test_what_a_reader_s_memory_doesn_t_hold_lies_elsewhere_and_is_gone_with_it(published: Path) -> None:
    file = published.resolve()
    beside = sorted(file.parent.iterdir())
    with open_file(file, limits={"memory_limit": "100MB"}) as connection:
        ((folder,),) = connection.execute("SELECT current_setting('temp_directory')").fetchall()
        rows = connection.execute("SELECT hash(i) AS h FROM range(20_000_000) t(i) ORDER BY h")
        rows.fetchone()
        assert any(Path(folder).iterdir())
        assert sorted(file.parent.iterdir()) == beside
    assert not Path(folder).exists()


def test_what_a_shell_left_beside_a_version_is_taken_away_after_a_day(tmp_path: Path) -> None:
    place = store.Place(tmp_path / "w.duckdb")
    left, used = (place.warehouse.with_name("w.duckdb.versions") / f"{name}.duckdb.tmp" for name in "ab")
    for folder in (left, used):
        folder.mkdir(parents=True)
        (folder / "duckdb_temp_storage").write_bytes(b"anything")
    for path in (*left.iterdir(), left, used):
        os.utime(path, (0, 0))
    assert store.left_over(place) == [left]
    with store.lock(place):
        assert (left.exists(), used.exists()) == (False, True)


def test_readers_open_side_by_side_and_an_analyst_s_copy_opens_too(published: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(published.read_bytes())
    with store.connect(published) as first, store.connect(published) as second, store.connect(copy) as third:
        assert {c.execute("SELECT count(*) FROM claim").fetchall()[0][0] for c in (first, second, third)} == {
            9
        }


def test_a_warehouse_with_other_tables_is_refused_before_a_run_begins(
    published: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(published.read_bytes())
    with duckdb.connect(copy) as connection:
        connection.execute("UPDATE run SET schema_version = 7")
    with pytest.raises(WarehouseError, match="tables of version 7"):
        store.known_letters(copy)


def test_a_reader_keeps_its_version_while_the_next_is_published(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    store.publish(warehouse, tables("one", [a_letter("Een.")]), keep=1)
    with store.connect(warehouse) as before:
        store.publish(warehouse, tables("two", [a_letter("Twee.")]), keep=1)
        with store.connect(warehouse) as after:
            counts = [c.execute("SELECT count(*), max(text) FROM letter").fetchall() for c in (before, after)]
    assert counts == [[(1, "Een.")], [(2, "Twee.")]]
