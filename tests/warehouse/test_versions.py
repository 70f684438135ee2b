"""Versions: what is listed, the way back and forth, what is pruned, and what readers see meanwhile."""

import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest
from store_frames import a_claim, a_letter, tables

from flows.settings import settings
from warehouse import store
from warehouse.errors import NotAWarehouseError, WarehouseError

#: Publishes so many letters before the test, and returns the names of the versions.
Before = Callable[[str], list[str]]


def publish(warehouse: Path, *texts: str, keep: int = 14) -> list[str]:
    """Publish a version for each letter; returns their names."""
    return [store.publish(warehouse, tables(text, [a_letter(text)]), keep=keep).version for text in texts]


def letters(warehouse: Path) -> list[str]:
    with store.connect(warehouse) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM letter ORDER BY text").fetchall()]


def names(warehouse: Path) -> list[str]:
    return [version.name for version in store.versions(warehouse)]


def test_each_version_tells_what_it_holds_and_what_it_was_built_on(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    letter = a_letter("In 2019 waren er 12 slachtoffers.")
    first = store.publish(warehouse, tables("a", [letter], [a_claim(letter, "12", 12)]), keep=14).version
    (second,) = publish(warehouse, "b")
    listed = store.history(warehouse)
    facts = [(v["version"], v["current"], v["built_on"], v["letters"], v["claims"]) for v in listed]
    assert facts == [(second, True, first, 2, 1), (first, False, None, 1, 1)]
    assert [(v["extractor_version"], v["problem"]) for v in listed] == [("2024.1", None)] * 2


def test_a_damaged_version_is_listed_with_its_problem(tmp_path: Path, published_before: Before) -> None:
    warehouse = tmp_path / "w.duckdb"
    first, second = published_before("ab")
    file = tmp_path / "w.duckdb.versions" / first
    file.chmod(0o644)
    file.write_bytes(b"half")
    good, bad = store.history(warehouse)
    assert (good["version"], good["problem"], bad["letters"]) == (second, None, None)
    assert "no readable Kamercijfers warehouse" in bad["problem"]
    with pytest.raises(WarehouseError, match="no readable"):
        store.roll_back(warehouse)
    assert warehouse.readlink().name == second


def test_a_rollback_goes_to_the_one_before_and_leaves_all_versions_there(
    tmp_path: Path, published_before: Before
) -> None:
    warehouse = tmp_path / "w.duckdb"
    first, second, third = published_before("abc")
    assert store.roll_back(warehouse) == (second, third)
    assert letters(warehouse) == ["a", "b"]
    assert store.roll_back(warehouse) == (first, second)
    assert names(warehouse) == [third, second, first]
    assert warehouse.readlink() == Path("w.duckdb.versions", first)
    assert {path.name for path in (tmp_path / "w.duckdb.versions").glob("*.duckdb")} == {first, second, third}
    with pytest.raises(WarehouseError, match=f"no version before {first}"):
        store.roll_back(warehouse)


@pytest.mark.parametrize("called", ["{0}", "{0.stem}", "w.duckdb.versions/{0}", "1"])
def test_a_version_is_called_by_its_name_or_its_number(
    tmp_path: Path, published_before: Before, called: str
) -> None:
    warehouse = tmp_path / "w.duckdb"
    first, second = published_before("ab")
    assert store.roll_back(warehouse, called.format(Path(first))) == (first, second)
    assert store.roll_back(warehouse, second) == (second, first)
    assert store.roll_back(warehouse, second) == (second, second)


def test_the_next_run_builds_on_what_was_rolled_back_to_under_a_new_number(
    tmp_path: Path, published_before: Before
) -> None:
    warehouse = tmp_path / "w.duckdb"
    _, second, third = published_before("abc")
    store.roll_back(warehouse)
    (fourth,) = publish(warehouse, "d")
    assert letters(warehouse) == ["a", "b", "d"]
    assert fourth.endswith("-4.duckdb")
    assert store.history(warehouse)[0]["built_on"] == second
    assert names(warehouse)[1] == third
    # The one before is the one it was built on, not the one that was rolled back from.
    assert store.roll_back(warehouse) == (second, fourth)


def test_pruning_keeps_the_current_one_and_the_one_before(tmp_path: Path, published_before: Before) -> None:
    warehouse = tmp_path / "w.duckdb"
    first, _, third = published_before("abc")
    store.roll_back(warehouse, "1")
    (fourth,) = publish(warehouse, "d", keep=3)
    assert names(warehouse) == [fourth, third, first]
    (fifth,) = publish(warehouse, "e", keep=2)
    assert names(warehouse) == [fifth, fourth]
    store.roll_back(warehouse)
    assert publish(warehouse, "f", keep=1)[0].endswith("-6.duckdb")
    assert len(names(warehouse)) == 1
    assert letters(warehouse) == ["a", "d", "f"]


def test_fourteen_versions_stay(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    folder = tmp_path / "w.duckdb.versions"
    folder.mkdir()
    for number in range(1, 16):
        (folder / f"20240501T020000Z-{number}.duckdb").touch()
    store.publish(warehouse, tables("a", [a_letter("a")]), keep=settings().keep_versions, from_nothing=True)
    assert [name.rpartition("-")[2] for name in names(warehouse)] == [f"{n}.duckdb" for n in range(16, 2, -1)]


def test_a_name_that_leads_nowhere_is_mended_by_a_rollback(tmp_path: Path, published_before: Before) -> None:
    warehouse = tmp_path / "w.duckdb"
    first, second = published_before("ab")
    (tmp_path / "w.duckdb.versions" / second).unlink()
    with pytest.raises(NotAWarehouseError, match="kamercijfers repair"):
        letters(warehouse)
    assert store.roll_back(warehouse) == (first, second)
    assert letters(warehouse) == ["a"]


def test_what_has_no_versions_is_refused_in_one_line(tmp_path: Path, published_before: Before) -> None:
    with pytest.raises(NotAWarehouseError, match=r"^there is no warehouse at [^\n]+$"):
        store.roll_back(tmp_path / "missing")
    with pytest.raises(NotAWarehouseError, match=r"^there is no warehouse at [^\n]+$"):
        store.history(tmp_path / "missing")
    published_before("a")
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes((tmp_path / "w.duckdb").read_bytes())
    with pytest.raises(WarehouseError, match=r"^[^\n]+a copy or another file[^\n]+$"):
        store.roll_back(copy)
    with pytest.raises(WarehouseError, match=r"^[^\n]*no version 7: give one of \d{8}T\d{6}Z-1$"):
        store.roll_back(tmp_path / "w.duckdb", "7")


def test_readers_never_fail_while_the_current_version_goes_back_and_forth(
    tmp_path: Path, published_before: Before
) -> None:
    warehouse = tmp_path / "w.duckdb"
    published_before("ab")
    seen: list[int] = []
    reader = threading.Thread(target=lambda: seen.extend(len(letters(warehouse)) for _ in range(50)))
    reader.start()
    while reader.is_alive():
        for version in ("1", "2"):
            store.roll_back(warehouse, version)
    reader.join()
    assert len(seen) == 50
    assert set(seen) == {1, 2}


def test_versions_keep_their_order_when_the_clock_is_set_back(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    published = []
    for name, year in (("a", 2020), ("b", 2090), ("c", 2021), ("d", 2022)):
        rows = tables(name, [a_letter(name)])
        begun = pl.lit(datetime(year, 1, 1), pl.Datetime("us"))  # noqa: DTZ001 UTC, as in the table
        rows["run"] = rows["run"].with_columns(started_at=begun)
        published.append(store.publish(warehouse, rows, keep=9).version)
    assert [version["built_on"] for version in store.history(warehouse)] == [*published[2::-1], None]
    assert store.roll_back(warehouse) == (published[2], published[3])
