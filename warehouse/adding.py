"""What a build adds to the version that it goes on from.

The bytes of that version are those that were published, so whatever was found out about its rows by the same
SQL holds on: only what is added needs to be looked at. A build of a program with other SQL, or with another
DuckDB, and each one that begins with nothing, looks at all.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import duckdb

from warehouse.definitions import NEWEST_FIRST, SQL

#: Tables to which rows are added, with the variable that tells checks which row is the first new one.
VARIABLES = {"claim": "first_new_claim", "letter_reference": "first_new_reference"}
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


@cache
def made_by() -> str:
    """Fingerprint of all that makes marts and checks rows: of the SQL and the version of DuckDB."""
    digest = hashlib.sha256(duckdb.__version__.encode())
    for file in sorted(SQL.glob("*/*.sql")):
        digest.update(file.relative_to(SQL).as_posix().encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


@contextmanager
def noting_added(connection: duckdb.DuckDBPyConnection, *, known: bool) -> Iterator[Counter[str]]:
    """While rows are added, note which they are, for checks that need look at no others.

    Yields what is to be told how many they are by table. Where it isn't `known` that the others are as
    published, or other SQL checked them, nothing is noted, and all are looked at.
    """
    newest = f"SELECT made_by FROM run ORDER BY {NEWEST_FIRST} LIMIT 1"
    is_checked = known and connection.execute(newest).fetchall() == [(made_by(),)]
    first = {
        table: _number(connection, f"SELECT coalesce(max(rowid) + 1, 0) FROM {table}") for table in VARIABLES
    }
    added = Counter[str]()
    yield added
    for table, row in first.items():
        # Where rows were taken out, others may have moved up to their numbers, new ones too.
        came = _number(connection, f"SELECT count(*) FROM {table} WHERE rowid >= {row}")
        is_checked &= came == added[table]
    if is_checked:
        for table, variable in VARIABLES.items():
            connection.execute(f"SET VARIABLE {variable} = {first[table]}")
        connection.execute(_LETTERS)


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(connection.execute(query).fetchall()[0][0])
