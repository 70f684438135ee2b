"""A private build: a copy of the current version or a new file, rows added, views made anew, all checked."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from warehouse.checking import check_results
from warehouse.definitions import HISTORY, MARTS, SCHEMA_VERSION, TABLES, literal, sql
from warehouse.errors import CheckResult, ChecksFailedError, WarehouseError
from warehouse.loading import Tables, load
from warehouse.views import drop_views, make_views

#: Read by the shells of 1.4 (long-term support) and later; the default format of 2.0 is not.
STORAGE_VERSION = "v1.4.0"
#: Nothing is ever fetched from the network, not even an extension.
OFFLINE: dict[str, Any] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}


class Built(NamedTuple):
    """What a build holds: rows by table and by mart, and the checks that warn."""

    tables: dict[str, int]
    marts: dict[str, int]
    warnings: tuple[CheckResult, ...]


def build(file: Path, current: Path | None, tables: Tables, version: str, *, anew: bool = False) -> Built:
    """Write a build to `file`: what `current` holds (None: nothing), and the rows of `tables`.

    `tables` maps table names to frames with the columns of the table; `run` has one row, to which its
    version, its schema version and, where it has none, the time it finished are added. With `anew` only the
    history of `current` is taken over, be its tables of this version or an older one. Raises WarehouseError
    for rows that don't fit their table, ChecksFailedError for a build that fails a check.
    """
    run_id = tables["run"]["run_id"].item()
    with _opened(file, current, anew=anew) as connection:
        load(connection, tables, version)
        make_views(connection)
        results = check_results(connection)
        failed = [result for result in results if result.bad_rows and result.severity == "error"]
        if failed:
            raise ChecksFailedError(failed)
        _close_run(connection, run_id, results)
        return Built(
            _row_counts(connection, tuple(TABLES)),
            _row_counts(connection, MARTS),
            tuple(result for result in results if result.bad_rows),
        )


@contextmanager
def _opened(file: Path, current: Path | None, *, anew: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the build; in the end everything is in its one file and it is closed."""
    if current and not anew:
        shutil.copyfile(current, file)
    else:
        create_file(file)
    with duckdb.connect(file, config=OFFLINE) as connection:
        if current and not anew:
            require_schema_version(connection)
            _free_made_tables(connection)
        else:
            _make_tables(connection, current)
        connection.begin()  # one transaction, as each commit of its own would wait for the disk
        yield connection
        connection.commit()
        connection.execute("CHECKPOINT")


def create_file(file: Path) -> None:
    """Make an empty database in the format that all supported shells read."""
    # Only ATTACH takes a storage version; a file keeps the one it was made with.
    with duckdb.connect(config=OFFLINE) as connection:
        connection.execute(f"ATTACH {literal(str(file))} AS build (STORAGE_VERSION '{STORAGE_VERSION}')")


def _free_made_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop what is made anew: it is written where it lay before, so that the file doesn't grow."""
    connection.begin()
    drop_views(connection)
    connection.commit()
    connection.execute("CHECKPOINT")  # only then the room is free


def _make_tables(connection: duckdb.DuckDBPyConnection, history_of: Path | None) -> None:
    """Make the tables of sql/schema, empty but for the history of another file."""
    connection.begin()
    for table in TABLES:
        connection.execute(sql("schema", table))
    connection.commit()
    if history_of:
        connection.execute(f"ATTACH {literal(str(history_of))} AS before (READ_ONLY)")
        connection.begin()
        for table in HISTORY:
            _take_over(connection, table)
        connection.commit()
        connection.execute("DETACH before")


def _take_over(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Insert the rows of a table of `before`; columns that only one of the two has are left out."""
    here = connection.table(table).columns
    common = ", ".join(name for name in connection.table(f"before.{table}").columns if name in here)
    connection.execute(f"INSERT INTO {table} BY NAME SELECT {common} FROM before.{table}")


def require_schema_version(connection: duckdb.DuckDBPyConnection, *, or_older: bool = False) -> None:
    """Raise WarehouseError for a warehouse whose tables another version of this code made."""
    newest = "SELECT schema_version FROM run ORDER BY started_at DESC LIMIT 1"
    for (found,) in connection.execute(newest).fetchall():
        if found > SCHEMA_VERSION:
            raise WarehouseError(
                f"the warehouse has tables of version {found}, this program knows those up to "
                f"{SCHEMA_VERSION}: use the program that made it, or a newer one"
            )
        if found < SCHEMA_VERSION and not or_older:
            raise WarehouseError(
                f"the warehouse has tables of version {found}, this program writes version {SCHEMA_VERSION}: "
                "carry it over with kamercijfers backfill --publish"
            )


def _close_run(connection: duckdb.DuckDBPyConnection, run_id: str, results: list[CheckResult]) -> None:
    connection.executemany(
        "INSERT INTO check_result VALUES (?, ?, ?, ?, ?)",
        [(run_id, result.name, result.severity, not result.bad_rows, result.bad_rows) for result in results],
    )
    connection.execute(
        "UPDATE run SET finished_at = ? WHERE run_id = ? AND finished_at IS NULL",
        [datetime.now(UTC).replace(tzinfo=None), run_id],
    )


def _row_counts(connection: duckdb.DuckDBPyConnection, relations: tuple[str, ...]) -> dict[str, int]:
    return {relation: len(connection.table(relation)) for relation in relations}
