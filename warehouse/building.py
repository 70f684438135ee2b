"""A private build: a copy of the current version or a new file, rows added, views made anew, all checked."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from warehouse.adding import is_made_alike, made_by, noting_added
from warehouse.checking import check_results
from warehouse.definitions import (
    CHECKS_OF_CHANGE,
    HISTORY,
    MADE_MARTS,
    MARTS,
    NEWEST_FIRST,
    SCHEMA_VERSION,
    TABLES,
    literal,
    sql,
)
from warehouse.errors import (
    CheckResult,
    ChecksFailedError,
    NotAWarehouseError,
    WarehouseError,
    first_line,
    is_damage,
)
from warehouse.files import REPAIR, changes_file, require_unchanged
from warehouse.loading import Tables, load
from warehouse.views import drop_views, make_views

#: Read by the shells of 1.4 (long-term support) and later; the default format of 2.0 is not.
STORAGE_VERSION = "v1.4.0"
#: Rows of a table that lie together, of those added to a version: a night writes the last such lot anew, and
#: of letters all their text.
ADDED_TOGETHER = 8192
#: Nothing is ever fetched from the network, not even an extension.
OFFLINE: dict[str, Any] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
#: For who only reads: no file but those that are open, no extension, and none of this can be undone.
LOCKED: dict[str, Any] = {
    "enable_external_access": False,
    "allow_community_extensions": False,
    "python_enable_replacements": False,  # a table's name is never one of a variable of this program
    "lock_configuration": True,
}

#: What is counted before and after. Checks and counts themselves are written last, and `_latest` marts shrink
#: where one letter supersedes several.
COUNTED = (
    *(table for table in TABLES if table not in ("check_result", "row_count")),
    "correction",
    *MADE_MARTS,
    *MARTS,
)
MAX_DROP_PERCENT = 2.0
#: Bytes of memory that DuckDB takes for a build; what is more lies on disk meanwhile, but for the keys and
#: what a step has at hand.
MAX_MEMORY = 2 * 1024**3
#: Columns that came to a table without a new version of the tables, as no row has to be changed for them.
ADDED_COLUMNS = (
    ("run", "server_lost", "BOOLEAN DEFAULT false"),
    ("run", "other_forms", "BIGINT"),
    ("run", "harvest", "VARCHAR DEFAULT 'none'"),
    ("run", "made_by", "VARCHAR"),
    ("rejected_letter", "over_since", "TIMESTAMP"),
)


class Built(NamedTuple):
    """Rows of a build by table and by mart; the checks that warn, and those that keep it from publication."""

    tables: dict[str, int]
    marts: dict[str, int]
    warnings: tuple[CheckResult, ...]
    stopped_by: tuple[CheckResult, ...]


def build(  # noqa: PLR0913 what is built, of what, and how
    file: Path,
    current: Path | None,
    tables: Tables,
    version: str,
    lots: Iterable[Tables] = (),
    *,
    anew: bool = False,
    known: bool = False,
    max_drop_percent: float = MAX_DROP_PERCENT,
    max_memory: int = MAX_MEMORY,
) -> Built:
    """Write a build to `file`, a copy of `current` or not there yet, with the rows of `tables` and of `lots`.

    `tables` maps table names to frames with the columns of the table; `run` has one row, to which its
    version, its schema version and, where it has none, the time it finished are added; `correction` holds
    the entries of the corrections file (correcting.ENTRY). With `anew` only the history of `current` is
    taken over, be its tables of this version or an older one. Where it is `known` that `file` has the bytes
    that were published, what was found out about its rows then holds on. Raises WarehouseError for rows that
    don't fit their table, ChecksFailedError for a build that fails a check other than those of what changes.
    """
    run_id = tables["run"]["run_id"].item()
    with _opened(file, current, max_memory, anew=anew, known=known) as connection:
        goes_on = known and is_made_alike(connection)
        with noting_added(connection, known=goes_on) as added:
            added.update(load(connection, tables, version, lots, goes_on=goes_on))
            # Only now rows have the numbers that they keep.
            connection.commit()
            connection.begin()
        make_views(connection, tables.get("correction"))
        _count_rows(connection, run_id, rows_before(current) if current else {})
        connection.execute(f"SET VARIABLE max_drop_percent = {max_drop_percent}")
        for relation, count in replaced_rows(connection, current).items():
            connection.execute(f"SET VARIABLE replaced_{relation} = {count}")
        changed = changed_corrections(connection, current)
        connection.execute(f"SET VARIABLE corrections_changed = {changed.are_other}")
        connection.execute(f"SET VARIABLE uncorrected_claims = {changed.uncorrected}")
        results = check_results(connection)
        failed = [result for result in results if result.bad_rows and result.severity == "error"]
        stopped_by = tuple(result for result in failed if result.name in CHECKS_OF_CHANGE)
        if len(failed) > len(stopped_by):
            raise ChecksFailedError(failed)
        _close_run(connection, run_id, results)
        return Built(
            _row_counts(connection, tuple(TABLES)),
            _row_counts(connection, MARTS),
            tuple(result for result in results if result.bad_rows and result.severity == "warning"),
            stopped_by,
        )


@contextmanager
def naming_limit(max_memory: int) -> Iterator[None]:
    """Where DuckDB may take no more memory, say what to do."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise WarehouseError(
            f"the build needs more memory than {max_memory} bytes: raise KAMERCIJFERS_MAX_BUILD_MEMORY, "
            "or give it fewer letters"
        ) from error


@contextmanager
def naming_damage(file: Path | str) -> Iterator[None]:
    """Where DuckDB comes upon a damaged block, say which file it is of and what to do."""
    try:
        yield
    except duckdb.Error as error:
        if is_damage(error):
            raise WarehouseError(f"{file} is damaged ({first_line(error)}): {REPAIR}") from error
        raise


@contextmanager
def _opened(
    file: Path, current: Path | None, max_memory: int, *, anew: bool, known: bool
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the build; in the end everything is in its one file and it is closed."""
    if anew or current is None:
        create_file(file)
    together = ADDED_TOGETHER if current and not anew else None
    with (
        naming_limit(max_memory),
        naming_damage(current or file),
        _writable(file, current if anew else None, max_memory, together) as connection,
    ):
        if current and not anew:
            require_schema_version(connection)
            _make_new_tables(connection)
            _free_made_tables(connection, but_kept=known and is_made_alike(connection))
        else:
            _make_tables(connection)
        if current and anew:
            _take_over_history(connection)
        connection.begin()  # few transactions, as each commit of its own would wait for the disk
        yield connection
        connection.commit()
        connection.execute("CHECKPOINT")


@contextmanager
def _writable(
    file: Path, before: Path | None, max_memory: int, together: int | None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database to be written to, so many rows of a table in a lot (None: as many as is usual).

    Where a version `before` is given, it can be read beside it.
    """
    limits = {"temp_directory": f"{file}.tmp", "memory_limit": f"{max_memory}B"}
    with duckdb.connect(config=OFFLINE | limits) as connection:
        lock_down(connection, [before] if before else [], [file.parent])
        options = f"(ROW_GROUP_SIZE {together})" if together else ""
        connection.execute(f"ATTACH {literal(str(file))} AS build {options}; USE build")
        if before:
            connection.execute(f"ATTACH {literal(str(before))} AS before (READ_ONLY)")
        yield connection


@contextmanager
def attached(**files: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open versions under these names by a connection that reads them and nothing else.

    Raises NotAWarehouseError for a file that is none, or has changes beside it that nobody published.
    """
    for file in files.values():
        require_unchanged(file)
    with duckdb.connect(config=OFFLINE) as connection:
        lock_down(connection, files.values())
        for name, file in files.items():
            try:
                connection.execute(f"ATTACH {literal(str(file))} AS {name} (READ_ONLY)")
            except duckdb.Error as error:
                reason = first_line(error)
                raise NotAWarehouseError(f"{file} is no readable Kamercijfers warehouse ({reason})") from None
        with naming_damage(" or ".join(map(str, files.values()))):
            yield connection


def lock_down(
    connection: duckdb.DuckDBPyConnection, versions: Iterable[Path] = (), folders: Iterable[Path] = ()
) -> None:
    """Let a connection that has nothing open yet reach these versions and folders alone, for good."""
    paths = [str(path) for version in versions for path in (version, changes_file(version))]
    for setting, allowed in (("allowed_paths", paths), ("allowed_directories", [*map(str, folders)])):
        connection.execute(f"SET {setting} = [{', '.join(map(literal, allowed))}]")
    for setting, value in LOCKED.items():
        connection.execute(f"SET {setting} = {str(value).lower()}")


def create_file(file: Path) -> None:
    """Make an empty database in the format that all supported shells read."""
    # Only ATTACH takes a storage version; a file keeps the one it was made with.
    with duckdb.connect(config=OFFLINE) as connection:
        lock_down(connection, folders=[file.parent])
        connection.execute(f"ATTACH {literal(str(file))} AS build (STORAGE_VERSION '{STORAGE_VERSION}')")


def _free_made_tables(connection: duckdb.DuckDBPyConnection, *, but_kept: bool) -> None:
    """Drop what is made anew: it is written where it lay before, so that the file doesn't grow."""
    connection.begin()
    drop_views(connection, but_kept=but_kept)
    connection.commit()
    connection.execute("CHECKPOINT")  # only then the room is free


def _make_new_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables and columns that the version before hasn't got yet."""
    there = {table for (table,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    for table in TABLES:
        if table not in there:
            connection.execute(sql("schema", table))
    for table, column, kind in ADDED_COLUMNS:
        connection.execute(f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {column} {kind}")
        for statement in sql("schema", table).split(";\n"):
            if statement.lstrip().startswith(f"COMMENT ON COLUMN {table}.{column} "):
                connection.execute(statement)


def _make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of sql/schema, empty."""
    connection.begin()
    for table in TABLES:
        connection.execute(sql("schema", table))
    connection.commit()


def _take_over_history(connection: duckdb.DuckDBPyConnection) -> None:
    """Take what runs did over from `before`, which is closed then."""
    connection.begin()
    for table in HISTORY:
        if table in relations(connection, "before"):
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
    newest = f"SELECT schema_version FROM run ORDER BY {NEWEST_FIRST} LIMIT 1"
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
        "UPDATE run SET finished_at = greatest(started_at, ?) WHERE run_id = ? AND finished_at IS NULL",
        [datetime.now(UTC).replace(tzinfo=None), run_id],
    )
    connection.execute("UPDATE run SET made_by = ? WHERE run_id = ?", [made_by(), run_id])


def rows_before(file: Path) -> dict[str, int]:
    """Rows of the tables and marts that a version has, of those that are counted."""
    with attached(before=file) as connection:
        there = relations(connection, "before")
        counted = tuple(relation for relation in COUNTED if relation in there)
        return _row_counts(connection, counted, "before.")


def replaced_rows(connection: duckdb.DuckDBPyConnection, current: Path | None) -> dict[str, int]:
    """Rows of the version before that went with forms which a better one has replaced, by table.

    A letter of whose claims the better form states less than half lost them otherwise.
    """
    query = "SELECT form_id, letter_id FROM letter_form WHERE NOT in_use"
    replaced = dict(connection.execute(query).fetchall()) if current else {}
    if not current or not replaced:
        return {}
    with attached(before=current) as before:
        ids = [list(replaced)]
        states = {
            relation: dict(before.execute(_ROWS.format(f"before.{relation}"), ids).fetchall())
            for relation in ("letter", "claim", "letter_reference")
        }
    stated = dict(connection.execute(_ROWS.format("claim"), [list(replaced.values())]).fetchall())
    fair = {
        form_id
        for form_id in states["letter"]
        if 2 * stated.get(replaced[form_id], 0) >= states["claim"].get(form_id, 0)
    }
    return {
        relation: sum(count for form_id, count in rows.items() if form_id in fair)
        for relation, rows in states.items()
    }


_ROWS = "SELECT letter_id, count(*) FROM {0} WHERE letter_id IN (SELECT unnest(?)) GROUP BY letter_id"


class ChangedCorrections(NamedTuple):
    """Whether the entries of the corrections file are others than before, and how many claims lost theirs."""

    are_other: bool
    uncorrected: int


def changed_corrections(connection: duckdb.DuckDBPyConnection, current: Path | None) -> ChangedCorrections:
    """What has changed in the corrections since the version before.

    A claim that is corrected no more as its letter is read otherwise has lost none: its entry is still there.
    """
    if current is None:
        return ChangedCorrections(are_other=False, uncorrected=0)
    with attached(before=current) as before:
        is_there = "correction" in relations(before, "before")
        held = before.execute(_CORRECTED.format("before.correction")).fetchall() if is_there else []
    now = connection.execute(_CORRECTED.format("correction")).fetchall()
    given, corrected = {entry for entry, _ in now}, {claim_id for _, claim_id in now}
    lost = {claim_id for entry, claim_id in held if entry not in given} - corrected - {None}
    return ChangedCorrections({entry for entry, _ in held} != given, len(lost))


_CORRECTED = "SELECT correction_id, claim_id FROM {0}"


def relations(connection: duckdb.DuckDBPyConnection, database: str | None = None) -> set[str]:
    """Names of the tables and views of a database that is open, by default the one that was opened."""
    names = """
        SELECT table_name FROM duckdb_tables()
        WHERE database_name = coalesce($1, current_database()) AND schema_name = 'main'
        UNION ALL SELECT view_name FROM duckdb_views() WHERE database_name = coalesce($1, current_database())
    """
    return {name for (name,) in connection.execute(names, [database]).fetchall()}


def _count_rows(connection: duckdb.DuckDBPyConnection, run_id: str, before: dict[str, int]) -> None:
    rows = _row_counts(connection, COUNTED)
    connection.executemany(
        "INSERT INTO row_count VALUES (?, ?, ?, ?)",
        [(run_id, relation, before.get(relation), count) for relation, count in rows.items()],
    )


def _row_counts(
    connection: duckdb.DuckDBPyConnection, relations: tuple[str, ...], within: str = ""
) -> dict[str, int]:
    """Rows of each relation, asked for in one statement."""
    counts = ", ".join(f"(SELECT count(*) FROM {within}{relation})" for relation in relations)
    (rows,) = connection.execute(f"SELECT {counts}").fetchall() if relations else [()]
    return dict(zip(relations, rows, strict=True))
