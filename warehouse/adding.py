"""What a build adds to the version that it goes on from.

The bytes of that version are those that were published, so whatever was found out about its rows by the same
SQL holds on: only what is added needs to be looked at. A build of a program with other SQL, or with another
DuckDB, and each one that begins with nothing, looks at all.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import NamedTuple

import duckdb

from warehouse.definitions import NEWEST_FIRST, SQL
from warehouse.loading import Tables

#: Tables to which rows are added, with the variable that tells checks which row is the first new one.
VARIABLES = {"claim": "first_new_claim", "letter_reference": "first_new_reference"}
#: Tables of letters, with what their variables are called.
ADDED_TO = {"letter": "letter", "claim": "claim", "letter_reference": "reference"}
#: Variables that tell marts from which row on they are made; without them, from all.
GOES_ON = "goes_on_from_"
#: What marts take from the vocabulary.
_MEASURES = "FROM measure ORDER BY ALL"
#: Whether letters that were here are told of otherwise than before, how many rows were added to these, and
#: whether what is kept is about these.
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
        ),
        (SELECT coalesce(max(claim_row) < {claim}, true) FROM kept.comparable_figure)
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
    """Fingerprint of all that makes marts and checks rows: of the SQL and the version of DuckDB."""
    digest = hashlib.sha256(duckdb.__version__.encode())
    for file in sorted(SQL.glob("*/*.sql")):
        digest.update(file.relative_to(SQL).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def is_made_alike(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether this SQL and this DuckDB made the newest version that a database tells of."""
    newest = f"SELECT made_by FROM run ORDER BY {NEWEST_FIRST} LIMIT 1"
    return connection.execute(newest).fetchall() == [(made_by(),)]


@contextmanager
def noting_added(connection: duckdb.DuckDBPyConnection, tables: Tables, *, known: bool) -> Iterator[None]:
    """While rows of `tables` are added, note which they are, for those who need look at no others.

    Where it isn't `known` that the others are as published, or other SQL made them, nothing is noted, and
    all are looked at.
    """
    is_alike = known and is_made_alike(connection)
    before = {table: _extent(connection, table) for table in ADDED_TO}
    measures = connection.execute(_MEASURES).fetchall()
    yield
    if not is_alike:
        return
    # Where rows were taken out, others may have moved up to their numbers, new ones too.
    came = {
        table: _number(connection, f"SELECT count(*) FROM {table} WHERE rowid >= {extent.end}")
        for table, extent in before.items()
    }
    added = {table: tables[table].height if table in tables else 0 for table in ADDED_TO}
    if all(came[table] == added[table] for table in VARIABLES):
        for table, variable in VARIABLES.items():
            connection.execute(f"SET VARIABLE {variable} = {before[table].end}")
        connection.execute(_LETTERS)
    is_only_added = came == added and all(
        _extent(connection, table).rows == extent.rows + added[table] for table, extent in before.items()
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
    old_letter = _OF_OLD_LETTERS.format(**first)
    ((changed, of_old, kept),) = connection.execute(old_letter).fetchall()
    if changed or of_old or not kept:
        return
    for table, variable in ADDED_TO.items():
        connection.execute(f"SET VARIABLE {GOES_ON}{variable} = {first[table]}")


def _extent(connection: duckdb.DuckDBPyConnection, table: str) -> Extent:
    query = f"SELECT coalesce(max(rowid) + 1, 0), count(*) FROM {table}"
    return Extent(*connection.execute(query).fetchall()[0])


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(connection.execute(query).fetchall()[0][0])
