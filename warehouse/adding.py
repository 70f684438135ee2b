"""What a build adds to the version that it goes on from.

The bytes of that version are those that were published, so whatever was found out about its rows by the same
SQL holds on: only what is added needs to be looked at. A build of a program with other SQL, or with another
DuckDB, and each one that begins with nothing, looks at all.
"""

import hashlib
from functools import cache

import duckdb

from warehouse.definitions import NEWEST_FIRST, SQL

#: Tables to which rows are added, with the variable that tells checks which row is the first new one.
VARIABLES = {"claim": "first_new_claim", "letter_reference": "first_new_reference"}
#: The first row of the letters in which these stand.
LETTERS = "first_letter_of_new"
_LETTERS_OF_NEW = """
    SELECT coalesce(min(rowid), (SELECT count(*) FROM letter))
    FROM letter
    WHERE letter_id IN (
        SELECT letter_id FROM claim WHERE rowid >= getvariable('first_new_claim')
        UNION ALL
        SELECT letter_id FROM letter_reference WHERE rowid >= getvariable('first_new_reference')
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


def note_rows(connection: duckdb.DuckDBPyConnection) -> None:
    """Note which rows there are before others are added, where all of them were checked by this very SQL."""
    newest = f"SELECT made_by FROM run ORDER BY {NEWEST_FIRST} LIMIT 1"
    if connection.execute(newest).fetchall() == [(made_by(),)]:
        for table, variable in VARIABLES.items():
            connection.execute(f"SET VARIABLE {variable} = (SELECT coalesce(max(rowid) + 1, 0) FROM {table})")


def note_added(connection: duckdb.DuckDBPyConnection) -> None:
    """Note the letters of the rows that were added since; a check that finds no note looks at all rows."""
    if connection.execute("SELECT getvariable('first_new_claim')").fetchall() != [(None,)]:
        connection.execute(f"SET VARIABLE {LETTERS} = ({_LETTERS_OF_NEW})")
