"""What a build adds to the version that it goes on from.

The bytes of that version are those that were published, so whatever was found out about its rows by the same
SQL holds on: only what is added needs to be looked at. A build of a program with other SQL, or with another
DuckDB, and each one that begins with nothing, looks at all.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

import duckdb

from warehouse.definitions import KEPT_SCHEMA, NEWEST_FIRST, SQL

#: Tables to which rows are added, with the variable that tells checks which row is the first new one.
VARIABLES = {"claim": "first_new_claim", "letter_reference": "first_new_reference"}
#: Tables of letters, with what their variables are called.
ADDED_TO = {"letter": "letter", "claim": "claim", "letter_reference": "reference"}
#: What runs the SQL, and decides what is kept.
_RUN_BY = ("adding.py", "checking.py", "definitions.py", "loading.py", "views.py")
#: Variables that tell marts from which row on they are made; without them, from all.
GOES_ON = "goes_on_from_"
_EXTENT = 'coalesce(max(rowid) + 1, 0) AS "end", count(*) AS "rows"'
#: What marts take from the vocabulary.
_MEASURES = "FROM measure ORDER BY ALL"
#: Whether letters that were here are told of otherwise than before, and how many rows were added to these.
_OF_OLD_LETTERS = """
    WITH new_letter AS (
        SELECT letter_id FROM letter WHERE rowid >= {letter}
    )
    SELECT
        coalesce(getvariable('first_changed_letter') < {letter}, false),
        (
            SELECT count(*)
            FROM (
                SELECT letter_id FROM claim WHERE rowid >= {claim}
                UNION ALL
                SELECT letter_id FROM letter_reference WHERE rowid >= {letter_reference}
            )
            WHERE letter_id NOT IN (FROM new_letter)
        )
"""
#: The first row of the letters in which these stand.
_LETTERS = """
    SET VARIABLE first_letter_of_new = (
        SELECT coalesce(min(rowid), 0)
        FROM letter
        WHERE letter_id IN (
            SELECT letter_id FROM claim WHERE rowid >= getvariable('first_new_claim')
            UNION ALL
            SELECT letter_id FROM letter_reference WHERE rowid >= getvariable('first_new_reference')
        )
    )
"""


class Extent(NamedTuple):
    """The number of the row that follows the last one of a table, and how many rows there are."""

    end: int
    rows: int


@cache
def made_by() -> str:
    """Fingerprint of all that makes marts and checks rows: of the SQL, what runs it, and DuckDB's version."""
    digest = hashlib.sha256(duckdb.__version__.encode())
    for file in (*sorted(SQL.glob("*/*.sql")), *(Path(__file__).with_name(name) for name in _RUN_BY)):
        digest.update(f"{file.parent.name}/{file.name}".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def is_made_alike(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether this SQL and this DuckDB made the newest version that a database tells of."""
    newest = f"SELECT made_by FROM run ORDER BY {NEWEST_FIRST} LIMIT 1"
    return connection.execute(newest).fetchall() == [(made_by(),)]


@contextmanager
def noting_added(connection: duckdb.DuckDBPyConnection, *, known: bool) -> Iterator[Counter[str]]:
    """While rows are added, note which they are, for those who need look at no others.

    Yields what is to be told how many they are by table. Where it isn't `known` that the others are as
    published, or other SQL made them, nothing is noted, and all are looked at.
    """
    is_alike = known and is_made_alike(connection)
    before = {table: _extent(connection, table) for table in ADDED_TO}
    # Whatever moves rows, as DuckDB may where others were taken out, leaves fewer numbers.
    is_kept = is_alike and _kept_extents(connection) == before
    measures = connection.execute(_MEASURES).fetchall()
    told = Counter[str]()
    yield told
    if not is_alike:
        return
    # Where rows were taken out, others may have moved up to their numbers, new ones too.
    came = {
        table: _number(connection, f"SELECT count(*) FROM {table} WHERE rowid >= {extent.end}")
        for table, extent in before.items()
    }
    added = {table: told[table] for table in ADDED_TO}
    if all(came[table] == added[table] for table in VARIABLES):
        for table, variable in VARIABLES.items():
            connection.execute(f"SET VARIABLE {variable} = {before[table].end}")
        connection.execute(_LETTERS)
    is_only_added = (
        is_kept
        and came == added
        and all(
            _extent(connection, table).rows == extent.rows + added[table] for table, extent in before.items()
        )
    )
    if is_only_added and measures == connection.execute(_MEASURES).fetchall():
        _note_kept(connection, {table: extent.end for table, extent in before.items()})


def goes_on(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether a build keeps what was made of all letters but those that it adds."""
    return connection.execute(f"SELECT getvariable('{GOES_ON}claim')").fetchall() != [(None,)]


def begin_anew(connection: duckdb.DuckDBPyConnection) -> None:
    """Let a build keep nothing."""
    for variable in ADDED_TO.values():
        connection.execute(f"RESET VARIABLE {GOES_ON}{variable}")


def _note_kept(connection: duckdb.DuckDBPyConnection, first: Mapping[str, int]) -> None:
    """Tell marts from which rows on they have to be made, if what comes before is as it was for them all."""
    ((changed, of_old),) = connection.execute(_OF_OLD_LETTERS.format(**first)).fetchall()
    if changed or of_old:
        return
    for table, variable in ADDED_TO.items():
        connection.execute(f"SET VARIABLE {GOES_ON}{variable} = {first[table]}")


def note_extents(connection: duckdb.DuckDBPyConnection) -> None:
    """Note of which rows the tables are made that a build keeps, for the next one to know whether it can."""
    extents = " UNION ALL ".join(f"SELECT '{table}' AS name, {_EXTENT} FROM {table}" for table in ADDED_TO)
    connection.execute(f"CREATE OR REPLACE TABLE {KEPT_SCHEMA}.extent AS {extents}")
    connection.execute(f"COMMENT ON TABLE {KEPT_SCHEMA}.extent IS 'Of which rows that was made.'")


def keep_rows(
    connection: duckdb.DuckDBPyConnection, relation: str, folder: str, key: str | None = None
) -> str:
    """Add the rows of a relation to those that are kept by its name; return where they are all to be read.

    One with a `key` that comes again takes the place of the one that was there.
    """
    kept = f"{KEPT_SCHEMA}.{relation}"
    # DuckDB 2.0 finds nothing of what is put into a table that a query without rows has made.
    described = connection.execute(f"DESCRIBE {relation}").fetchall()
    columns = ", ".join(f'"{name}" {kind}' for name, kind, *_ in described)
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {KEPT_SCHEMA}")
    connection.execute(f"CREATE TABLE IF NOT EXISTS {kept} ({columns})")
    if key:
        connection.execute(f"DELETE FROM {kept} WHERE {key} IN (SELECT {key} FROM {relation})")
    connection.execute(f"INSERT INTO {kept} FROM {relation}")
    connection.execute(f"COMMENT ON TABLE {kept} IS 'What the next build goes on from (sql/{folder}).'")
    return kept


def _kept_extents(connection: duckdb.DuckDBPyConnection) -> dict[str, Extent]:
    there = "FROM duckdb_tables() WHERE schema_name = ? AND table_name = 'extent'"
    if not connection.execute(there, [KEPT_SCHEMA]).fetchall():
        return {}
    rows = connection.execute(f"FROM {KEPT_SCHEMA}.extent").fetchall()
    return {name: Extent(end, rows) for name, end, rows in rows}


def _extent(connection: duckdb.DuckDBPyConnection, table: str) -> Extent:
    return Extent(*connection.execute(f"SELECT {_EXTENT} FROM {table}").fetchall()[0])


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(connection.execute(query).fetchall()[0][0])
