"""Reading what was published."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, cast

import duckdb
import polars as pl

from warehouse.building import LOCKED, OFFLINE, naming_damage, relations, require_schema_version
from warehouse.definitions import MADE_MARTS, MARTS, NEWEST_FIRST
from warehouse.errors import NotAWarehouseError, first_line
from warehouse.files import REPAIR, current_file, is_new, require_file, require_unchanged, resolved
from warehouse.told import Told


@contextmanager
def connect(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the current version for reading until the block ends; the next one sees the next version.

    Raises NotAWarehouseError for a missing file, and for one that is no warehouse; WarehouseError for a query
    that comes upon damage.
    """
    with naming_damage(warehouse), _opened(warehouse) as connection:
        yield connection


def _opened(warehouse: Path) -> duckdb.DuckDBPyConnection:
    while True:
        file = current_file(warehouse)
        try:
            return open_file(file, name=warehouse)
        except NotAWarehouseError:
            # A version published meanwhile may have made this one superfluous.
            if current_file(warehouse) == file:
                raise


def open_file(
    file: Path, *, name: Path | None = None, limits: Mapping[str, Any] | None = None
) -> duckdb.DuckDBPyConnection:
    """Open one version for reading; errors call it by `name`, where that is given.

    `limits` are further settings, the same for all connections that a process has open.
    Raises NotAWarehouseError for a file that is none.
    """
    require_unchanged(file)
    config = OFFLINE | LOCKED | {"temp_directory": _spill_folder(file)} | dict(limits or {})
    try:
        require_file(file)
        connection = duckdb.connect(file, read_only=True, config=config)
    except (duckdb.Error, OSError) as error:
        to_do = f": {REPAIR}" if name and name.is_symlink() else ""
        raise NotAWarehouseError(
            f"{name or file} is no readable Kamercijfers warehouse ({first_line(error)}){to_do}"
        ) from None
    if not _is_warehouse(connection):
        connection.close()
        raise NotAWarehouseError(f"{name or file} is a DuckDB file, but no Kamercijfers warehouse")
    return connection


def _spill_folder(file: Path) -> str:
    """Where a reader puts what its memory doesn't hold: not in the folder of the versions.

    Empty, for nowhere, where the system has no place for it.
    """
    try:
        # by whichever name a version is opened: DuckDB opens a file only in one way at a time
        return f"{_spills().name}/{abs(hash(resolved(file))):x}"
    except OSError:
        return ""


@cache
def _spills() -> TemporaryDirectory[str]:
    """A folder of this process, which is gone with it."""
    return TemporaryDirectory(prefix="kamercijfers-")


def _is_warehouse(connection: duckdb.DuckDBPyConnection) -> bool:
    found = connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
    return {("letter",), ("claim",), ("run",)} <= set(found)


def contents(warehouse: Path) -> dict[str, int]:
    """Return how many letters, claims and files still set aside the current version holds, rows of its marts.

    Raises NotAWarehouseError where there is none.
    """
    counted = ("letter", "claim", "rejected_letter", *MARTS, *MADE_MARTS)
    with connect(warehouse) as connection:
        there = relations(connection)
        held = {relation: len(connection.table(relation)) for relation in counted if relation in there}
        if "rejected_letter" in held:
            held["rejected_letter"] = len(connection.sql(f"FROM {STANDING_REJECTIONS}"))
        return held


def known_ids(warehouse: Path) -> pl.Series:
    """Return the form_ids of the files that the warehouse knows as letters, and the ids of their sidecars."""
    if is_new(warehouse):
        return pl.Series(dtype=pl.String)
    query = """
        SELECT form_id FROM letter_form
        UNION ALL SELECT sidecar_id FROM letter_form WHERE sidecar_id IS NOT NULL
    """
    with connect(warehouse) as connection:
        require_schema_version(connection)
        return cast(pl.Series, connection.sql(query).pl()["form_id"])


def known_letters(warehouse: Path, among: Collection[str] | None = None) -> set[str]:
    """Return the form_ids of files, of all or `among` these, that the warehouse knows as letters.

    Empty where there is no warehouse yet.
    """
    return {form_id for (form_id,) in _known_of(warehouse, "SELECT form_id FROM letter_form", among)}


def known_sidecars(warehouse: Path, among: Collection[str]) -> dict[str, Told]:
    """Return the sidecar of each of these files that has one, by its form_id."""
    query = "SELECT form_id, sidecar_id, modified, retrieved_at FROM letter_form"
    rows = _known_of(warehouse, query, among)
    return {form_id: Told(*row) for form_id, *row in rows if row[0] is not None}


def _known_of(warehouse: Path, query: str, among: Collection[str] | None) -> list[Any]:
    if among is None:
        return _known(warehouse, query)
    return _known(warehouse, f"{query} WHERE form_id IN (SELECT unnest(?))", [list(among)])


def known_forms(warehouse: Path, like: pl.DataFrame | None = None) -> pl.DataFrame | None:
    """Return the rows of letter_form; None where there is no warehouse yet.

    Given forms that were read now (schemas.LETTER_FORM), only those that can be of one letter with them: what
    has their words or identifier, the words or identifier of one that has, and so on. All where another
    grammar read the last ones, as it may have placed them otherwise.
    """
    if is_new(warehouse):
        return None
    with connect(warehouse) as connection:
        require_schema_version(connection)
        if like is None or not _is_read_alike(connection, like):
            return cast(pl.DataFrame, connection.sql("FROM letter_form ORDER BY form_id").pl())
        return _of_one_letter(connection, like)


def _is_read_alike(connection: duckdb.DuckDBPyConnection, forms: pl.DataFrame) -> bool:
    newest = f"SELECT extractor_version FROM run ORDER BY {NEWEST_FIRST} LIMIT 1"
    return {row[:1] for row in forms.select("extractor_version").iter_rows()} <= {
        *connection.execute(newest).fetchall()
    }


def _of_one_letter(connection: duckdb.DuckDBPyConnection, forms: pl.DataFrame) -> pl.DataFrame:
    """Rows of letter_form that are of one letter with these, or with each other by one of these."""
    columns = ("form_id", "words", "identifier")
    asked = [set(forms[name].drop_nulls()) for name in columns]
    while True:
        found = connection.sql(_LIKE, params=[list(values) for values in asked]).pl()
        told = [values | set(found[name].drop_nulls()) for name, values in zip(columns, asked, strict=True)]
        if told[1:] == asked[1:]:
            return cast(pl.DataFrame, found)
        asked = told


_LIKE = """
    FROM letter_form
    WHERE form_id IN (SELECT unnest($1))
        OR words IN (SELECT unnest($2))
        OR lower(identifier) IN (SELECT lower(unnest($3)))
    ORDER BY form_id
"""


#: What stands of rejected_letter, whose column over_since an older version has not.
STANDING_REJECTIONS = """(
    FROM (FROM rejected_letter UNION ALL BY NAME SELECT CAST(NULL AS TIMESTAMP) AS over_since WHERE false)
    WHERE over_since IS NULL
)"""


class SetAside(NamedTuple):
    """A file that the warehouse knows was set aside: its key, by which grammar, and why."""

    rejected_id: str
    extractor_version: str
    reason: str
    detail: str | None


def known_rejections(warehouse: Path, *, or_older: bool = False) -> set[SetAside]:
    """Return the files that stand as set aside; empty where there is no warehouse yet."""
    query = f"SELECT rejected_id, extractor_version, reason, detail FROM {STANDING_REJECTIONS}"
    return {SetAside(*row) for row in _known(warehouse, query, or_older=or_older)}


def unread_files(warehouse: Path) -> pl.DataFrame:
    """Return the rows of rejected_letter that stand, of files whose bytes could not be read."""
    if is_new(warehouse):
        return pl.DataFrame(schema={"rejected_id": pl.String, "source": pl.String})
    with connect(warehouse) as connection:
        return cast(pl.DataFrame, connection.sql(f"FROM {STANDING_REJECTIONS} WHERE letter_id IS NULL").pl())


def newest_letter(warehouse: Path, until: datetime | None) -> datetime | None:
    """When the letter that came last, until a moment if one is given, was first seen (UTC).

    None where there is none, or no warehouse yet.
    """
    query = "SELECT max(first_seen) FROM letter WHERE first_seen <= coalesce(?, first_seen)"
    ((newest,),) = _known(warehouse, query, [until], or_older=True) or [(None,)]
    return cast(datetime | None, newest)


def known_corrections(warehouse: Path) -> set[str] | None:
    """Return the correction_ids that the current version applies; None where there is no warehouse yet."""
    if is_new(warehouse):
        return None
    with connect(warehouse) as connection:
        try:
            found = connection.execute("SELECT correction_id FROM correction").fetchall()
        except duckdb.CatalogException:  # made by a program that had no corrections
            return set()
    return {correction_id for (correction_id,) in found}


def _known(
    warehouse: Path, query: str, values: list[Any] | None = None, *, or_older: bool = False
) -> list[Any]:
    # Asked before a run begins: a warehouse it couldn't add to is refused here, not after all the reading.
    if is_new(warehouse):
        return []
    with connect(warehouse) as connection:
        require_schema_version(connection, or_older=or_older)
        return connection.execute(query, values).fetchall()
