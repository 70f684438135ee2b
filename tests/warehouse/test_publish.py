"""What a publish leaves behind, and what it refuses."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import polars as pl
import pytest
from editing import edit
from store_frames import AGENCIES, MEASURES, a_claim, a_letter, a_rejection, full_letter, tables

from warehouse import building, checking, store
from warehouse.definitions import sql
from warehouse.errors import ChecksFailedError, WarehouseError
from warehouse.loading import load

Figures = list[tuple[object, ...]]
#: Publishes so many letters before the test, and returns the names of the versions.
Before = Callable[[str], list[str]]


def rows(warehouse: Path, query: str) -> Figures:
    with store.connect(warehouse) as connection:
        return connection.execute(query).fetchall()


def publish_letter(warehouse: Path, text: str, keep: int = 9) -> store.Published:
    letter = a_letter(text)
    return store.publish(warehouse, tables(text, [letter]), keep=keep)


def test_a_publish_tells_what_the_version_holds(tmp_path: Path) -> None:
    letter, claims, references = full_letter()
    done = store.publish(
        tmp_path / "w.duckdb", tables("one", [letter], claims, references, [a_rejection("x.txt")]), keep=1
    )
    counted = {
        name: done.tables[name] for name in ("letter", "claim", "letter_reference", "rejected_letter", "run")
    }
    assert counted == {"letter": 1, "claim": 8, "letter_reference": 1, "rejected_letter": 1, "run": 1}
    assert done.marts == {
        "victim_counts": 1, "growth_percentages": 1, "capacity_figures": 4, "policy_targets": 1
    }  # fmt: skip
    assert done.warnings == {}


def test_the_file_is_a_link_to_a_read_only_version_and_nothing_else_is_left(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    done = publish_letter(warehouse, "Een brief.")
    assert warehouse.readlink() == Path("w.duckdb.versions", done.version)
    assert warehouse.stat().st_mode & 0o222 == 0
    assert sorted(path.name for path in tmp_path.rglob("*")) == [
        done.version,
        f"{done.version}.sha256",
        "w.duckdb",
        "w.duckdb.versions",
    ]


def test_a_warehouse_moved_with_its_versions_still_opens(
    tmp_path: Path, stage: Callable[[str], Path]
) -> None:
    shutil.copytree(stage("a"), tmp_path / "here", symlinks=True)
    moved = (tmp_path / "here").rename(tmp_path / "there it's")
    assert len(store.known_letters(moved / "w.duckdb")) == 1
    publish_letter(moved / "w.duckdb", "Nog een brief.")
    assert len(store.known_letters(moved / "w.duckdb")) == 2


def test_the_figures_of_a_letter_reach_their_marts(published: Path) -> None:
    victims = "SELECT year, value, source, basis, is_latest FROM victim_counts ORDER BY value"
    assert rows(published, victims) == [
        (2011, 1222, "CoMensha", "stated", False),
        (2011, 1300, "CoMensha", "stated", True),
    ]
    growth = "SELECT year, base_year, value, direction, status FROM growth_percentages"
    assert rows(published, growth) == [(2011, 2010, 23, "increase", "realised")]
    capacity = "SELECT value, year, period, unit, status, statistic, per FROM capacity_figures ORDER BY value"
    assert rows(published, capacity) == [
        (0, 2010, "2010", "places", "negated", None, None),
        (13, 2011, "2011", "persons", "realised", "mean", "month"),
        (50, None, None, "places", "realised", None, None),
        (70, 2012, "2012-07/", "places", "expected", None, None),
    ]
    targets = "SELECT deadline, year, value, kind, direction FROM policy_targets"
    assert rows(published, targets) == [("2014-12", 2014, 100, "growth", "increase")]


def test_every_quote_opens_in_the_published_letter(published: Path) -> None:
    span = "substr(text, char_start + 1, char_end - char_start)"
    opened = f"SELECT {span}, quote FROM {{}} JOIN letter USING (letter_id)"
    quotes = rows(published, opened.format("claim")) + rows(published, opened.format("letter_reference"))
    assert len(quotes) == 10
    assert all(text == quote for text, quote in quotes)


def test_the_run_knows_its_version_and_the_results_of_its_checks(published: Path) -> None:
    run = rows(
        published, "SELECT run_id, version, schema_version, finished_at >= started_at FROM run ORDER BY 1"
    )
    names = [version.name for version in reversed(store.versions(published))]
    assert run == [("first", names[0], 3, True), ("second", names[1], 3, True)]
    checks = rows(
        published, "SELECT run_id, count(*), bool_and(passed), sum(bad_rows) FROM check_result GROUP BY 1"
    )
    count = len(checking.checks())
    assert sorted(checks) == [("first", count, True, 0), ("second", count, True, 0)]


def test_rows_lie_in_the_same_order_however_they_came(empty_build: duckdb.DuckDBPyConnection) -> None:
    letter, claims, references = full_letter()
    stored = []
    for order in (1, -1):
        load(empty_build, tables("one", [letter], claims[::order], references), "v")
        stored.append(empty_build.execute("SELECT claim_id, value FROM claim").fetchall())
        empty_build.rollback()
        empty_build.begin()
    assert stored[0] == stored[1]
    assert [value for _, value in stored[0]] == [1222, 23, 100, 0, 13, 50, 70, 9]


def test_what_is_known_grows_with_the_warehouse(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    assert (store.known_letters(warehouse), store.known_rejections(warehouse)) == (set(), set())
    assert store.versions(warehouse) == []
    letter, rejection = a_letter("Een brief."), a_rejection("leeg.txt")
    store.publish(warehouse, tables("one", [letter], rejections=[rejection]), keep=1)
    assert store.known_letters(warehouse) == {letter["letter_id"]}
    again = rejection | {"extractor_version": "2025.1"}
    store.publish(warehouse, tables("two", rejections=[again]), keep=1)
    told = (rejection["reason"], rejection["detail"])
    assert store.known_rejections(warehouse) == {
        (rejection["rejected_id"], "2024.1", *told), (rejection["rejected_id"], "2025.1", *told)
    }  # fmt: skip


def test_of_a_file_set_aside_again_the_newer_reason_counts(tmp_path: Path) -> None:
    warehouse, slow = tmp_path / "w.duckdb", a_rejection("traag.txt")
    store.publish(warehouse, tables("one", rejections=[slow]), keep=1)
    again = slow | {
        "step": "extract",
        "reason": "too_slow",
        "detail": "took too long; the limit is 9 seconds",
    }
    store.publish(warehouse, tables("two", rejections=[again]), keep=1)
    known = "SELECT step, reason, detail, run_id FROM rejected_letter"
    assert rows(warehouse, known) == [("extract", "too_slow", again["detail"], "two")]


def test_the_newest_versions_stay_and_the_current_one_always_does(
    tmp_path: Path, published_before: Before
) -> None:
    warehouse = tmp_path / "w.duckdb"
    names = [*published_before("ab"), publish_letter(warehouse, "c", keep=2).version]
    assert [version.name for version in store.versions(warehouse)] == [names[2], names[1]]
    assert [version.is_current for version in store.versions(warehouse)] == [True, False]
    assert all(datetime.now(UTC) - v.published_at < timedelta(minutes=50) for v in store.versions(warehouse))
    back = tmp_path / "link"
    back.symlink_to(Path("w.duckdb.versions", names[1]))
    back.replace(warehouse)
    with pytest.raises(ChecksFailedError):
        publish_wrong_quote(warehouse)
    assert rows(warehouse, "SELECT run_id FROM run ORDER BY started_at") == [("a",), ("b",)]
    newest = publish_letter(warehouse, "d", keep=1).version
    assert [version.name for version in store.versions(warehouse)] == [newest]
    assert newest.endswith("-4.duckdb")


def publish_wrong_quote(warehouse: Path) -> None:
    letter = a_letter("Er waren 12 slachtoffers in 2019.", date(2020, 1, 1))
    claim = a_claim(letter, "12", 12) | {"quote": "13"}
    store.publish(warehouse, tables("wrong", [letter], [claim]), keep=9)


def test_a_failed_check_shows_its_rows_and_leaves_the_version_before(
    tmp_path: Path, published_before: Before
) -> None:
    warehouse = tmp_path / "w.duckdb"
    with pytest.raises(ChecksFailedError) as none_before:
        publish_wrong_quote(warehouse)
    assert not warehouse.exists()
    assert [check.name for check in none_before.value.failed] == ["quotes_open"]
    (before,) = published_before("a")
    with pytest.raises(ChecksFailedError, match=r"(?s)quotes_open: 1 bad row\n.*quote='13'"):
        publish_wrong_quote(warehouse)
    assert warehouse.readlink().name == before
    assert [path.name for path in (tmp_path / "w.duckdb.versions").glob("*.duckdb")] == [before]


def test_the_vocabulary_is_renewed_also_where_claims_refer_to_it(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    letter, claims, references = full_letter()
    store.publish(warehouse, tables("one", [letter], claims, references), keep=1)
    relabelled = MEASURES.with_columns(pl.col("label_en").str.to_uppercase())
    agencies = AGENCIES.vstack(
        pl.DataFrame([("IND", None, None, False)], schema=AGENCIES.schema, orient="row")
    )
    store.publish(warehouse, tables("two") | {"measure": relabelled, "source_agency": agencies}, keep=1)
    label = "SELECT label_en FROM measure WHERE measure = 'trafficking_victims'"
    assert rows(warehouse, label) == [("VICTIMS OF TRAFFICKING",)]
    assert rows(warehouse, "SELECT in_vocabulary FROM source_agency WHERE source_agency = 'IND'") == [
        (False,)
    ]
    other_unit = MEASURES.with_columns(unit=pl.lit("cases"))
    with pytest.raises(WarehouseError, match="rows don't fit the table measure"):
        store.publish(warehouse, tables("three") | {"measure": other_unit}, keep=1)


def test_times_with_a_zone_are_stored_in_utc(empty_build: duckdb.DuckDBPyConnection) -> None:
    frames = tables("one", [a_letter("Een brief.")])
    amsterdam = pl.lit(datetime.fromisoformat("2024-07-01T02:00")).dt.replace_time_zone("Europe/Amsterdam")
    frames["letter"] = frames["letter"].with_columns(first_seen=amsterdam)
    load(empty_build, frames, "v")
    stored = empty_build.execute("SELECT first_seen::VARCHAR FROM letter").fetchall()
    assert stored == [("2024-07-01 00:00:00",)]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"unit": "persons", "measure_code": "unheard_of"}, "foreign key"),
        ({"value": -1.0}, "CHECK"),
        ({"value": float("nan")}, "CHECK"),
        ({"value_high": 12.0}, "CHECK"),
        ({"char_start": -1}, "CHECK"),
        ({"char_end": 9}, "CHECK"),
        ({"confidence": 1.5}, "CHECK"),
        ({"letter_id": "nobody's"}, "foreign key"),
    ],
)
def test_rows_that_break_a_constraint_are_refused_in_one_line(
    empty_build: duckdb.DuckDBPyConnection, change: dict[str, object], reason: str
) -> None:
    letter = a_letter("Er zijn: 12 slachtoffers.")
    claim = a_claim(letter, "12", 12) | change
    with pytest.raises(WarehouseError, match=f"(?i)^rows don't fit the table claim: .*{reason}[^\n]*$"):
        load(empty_build, tables("one", [letter], [claim]), "v")


def test_a_unit_or_a_table_or_a_column_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    letter = a_letter("Er zijn: 12 slachtoffers.")
    frames = tables("one", [letter], [a_claim(letter, "12", 12, unit="fte")])
    with pytest.raises(WarehouseError, match="foreign key"):
        store.publish(tmp_path / "w.duckdb", frames, keep=1)
    with pytest.raises(WarehouseError, match="no table letters"):
        store.publish(tmp_path / "w.duckdb", tables("one") | {"letters": frames["letter"]}, keep=1)
    frames["letter"] = frames["letter"].with_columns(colour=pl.lit("blue"))
    with pytest.raises(WarehouseError, match="colour"):
        store.publish(tmp_path / "w.duckdb", frames, keep=1)
    with pytest.raises(WarehouseError, match="keep at least 1"):
        store.publish(tmp_path / "w.duckdb", frames, keep=0)


def test_a_letter_is_never_stored_twice(tmp_path: Path, published_before: Before) -> None:
    warehouse = tmp_path / "w.duckdb"
    published_before("a")
    store.publish(warehouse, tables("again", [a_letter("a", subject="Nu wel")]), keep=1)
    with store.connect(warehouse) as connection:
        assert connection.execute("SELECT subject FROM letter").fetchall() == [("Nu wel",)]
        assert connection.execute("SELECT read_run_id FROM letter_form").fetchall() == [("again",)]


def test_a_file_that_publishing_would_overwrite_is_left_alone(
    tmp_path: Path, published_before: Before
) -> None:
    published_before("a")
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes((tmp_path / "w.duckdb").read_bytes())
    with pytest.raises(WarehouseError, match="move it away"):
        publish_letter(copy, "Nog een brief.")
    alias = tmp_path / "alias.duckdb"
    alias.symlink_to("w.duckdb")
    with pytest.raises(WarehouseError, match="path of the warehouse itself"):
        publish_letter(alias, "Nog een brief.")
    assert len(store.known_letters(copy)) == len(store.known_letters(alias)) == 1


def test_where_its_name_is_gone_nothing_is_built_on_nothing(tmp_path: Path, published_before: Before) -> None:
    warehouse = tmp_path / "w.duckdb"
    published_before("a")
    warehouse.unlink()
    gone = r"is gone, but its versions are there .*: run `kamercijfers repair`"
    for ask in (store.known_letters, store.known_corrections, store.contents):
        with pytest.raises(WarehouseError, match=gone):
            ask(warehouse)
    with pytest.raises(WarehouseError, match=gone):
        publish_letter(warehouse, "Nog een brief.")
    assert not warehouse.is_symlink()


def test_the_first_version_of_a_run_killed_before_it_was_named_is_named(
    tmp_path: Path, published_before: Before
) -> None:
    warehouse = tmp_path / "w.duckdb"
    published_before("a")
    file = warehouse.resolve()
    warehouse.unlink()
    holder = {"pid": 1, "host": "here", "since": "2024-05-01T02:00:00Z"}
    (tmp_path / "w.duckdb.lock").write_text(json.dumps(holder))
    with store.lock(store.Place(warehouse)) as killed:
        assert killed is not None
    assert warehouse.resolve() == file
    assert len(store.known_letters(warehouse)) == 1


def test_a_warehouse_with_other_tables_is_not_added_to(tmp_path: Path, published_before: Before) -> None:
    warehouse = tmp_path / "w.duckdb"
    published_before("a")
    file = warehouse.resolve()
    edit(warehouse, "UPDATE run SET schema_version = 0")
    with pytest.raises(WarehouseError, match="tables of version 0, this program writes version 3"):
        publish_letter(warehouse, "Nog een brief.")
    assert warehouse.resolve() == file


def test_a_table_of_before_gets_its_new_column_and_the_comment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse = tmp_path / "w.duckdb"
    with monkeypatch.context() as before:
        before.setattr(building, "sql", without_server_lost)
        publish_letter(warehouse, "Een brief.")
    with store.connect(warehouse) as connection:
        assert "server_lost" not in connection.table("run").columns
    publish_letter(warehouse, "Nog een brief.")
    assert rows(warehouse, "SELECT server_lost FROM run") == [(False,), (False,)]
    comment = "SELECT comment FROM duckdb_columns() WHERE column_name = 'server_lost'"
    assert "did not answer" in str(rows(warehouse, comment))


def without_server_lost(folder: str, name: str) -> str:
    """The SQL of a program that did not know this column."""
    return "\n".join(line for line in sql(folder, name).splitlines() if "server_lost" not in line)


def test_views_that_are_no_longer_made_disappear(tmp_path: Path, published_before: Before) -> None:
    warehouse = tmp_path / "w.duckdb"
    published_before("a")
    edit(
        warehouse,
        "CREATE VIEW old AS SELECT 1 AS one; CREATE TABLE oldest AS FROM old; CREATE MACRO older(a) AS a",
    )
    publish_letter(warehouse, "Nog een brief.")
    with store.connect(warehouse) as connection:
        with pytest.raises(duckdb.CatalogException):
            connection.execute("FROM old")
        with pytest.raises(duckdb.CatalogException):
            connection.execute("SELECT older(1)")
        with pytest.raises(duckdb.CatalogException):
            connection.execute("FROM oldest")
