"""What a build makes from its tables: macros, dimensions, marts and their comments."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb
import polars as pl

from warehouse.correcting import ENTRY
from warehouse.definitions import (
    COMPARISONS,
    CORRECTIONS,
    MACROS,
    MADE_DIMENSIONS,
    MADE_MARTS,
    READING_MACROS,
    TABLES,
    VIEWS,
    literal,
    sql,
)

#: What is made, by folder, in an order in which each finds those it uses.
MADE = (
    ("macros", MACROS),
    ("corrections", CORRECTIONS),
    ("dimensions", MADE_DIMENSIONS),
    ("comparisons", COMPARISONS),
    ("marts", (*MADE_MARTS, *VIEWS)),
    ("macros", READING_MACROS),
)
#: What is dropped before it is made, in an order in which nothing is dropped that another still needs.
_DROPPED = """
    SELECT 'VIEW' AS kind, view_name AS name FROM duckdb_views() WHERE NOT internal
    UNION ALL
    SELECT DISTINCT if(function_type = 'table_macro', 'MACRO TABLE', 'MACRO'), function_name
    FROM duckdb_functions() WHERE NOT internal
    UNION ALL
    SELECT 'TABLE', table_name FROM duckdb_tables() WHERE NOT internal AND NOT list_contains(?, table_name)
    ORDER BY kind DESC
"""


def drop_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop all that make_views makes, and whatever else is no table of sql/schema."""
    for kind, name in connection.execute(_DROPPED, [list(TABLES)]).fetchall():
        connection.execute(f'DROP {kind} "{name}"')


def make_views(connection: duckdb.DuckDBPyConnection, corrections: pl.DataFrame | None = None) -> None:
    """Make macros, dimensions and marts anew, so that the file holds those of this code and no others.

    `corrections` has the columns of correcting.ENTRY.
    """
    drop_views(connection)
    with corrected_by(connection, corrections):
        for folder, relations in MADE:
            for relation in relations:
                connection.execute(sql(folder, relation))
    for relation in COMPARISONS:
        connection.execute(f"DROP TABLE {relation}")
    _hand_down_comments(connection)


@contextmanager
def corrected_by(
    connection: duckdb.DuckDBPyConnection, corrections: pl.DataFrame | None = None
) -> Iterator[None]:
    """Let the statements of sql/corrections find the entries of the corrections file, or none."""
    connection.register("correction_entry", ENTRY.to_frame() if corrections is None else corrections)
    try:
        yield
    finally:
        with suppress(duckdb.TransactionException):  # of what went wrong within, only that is told
            connection.unregister("correction_entry")


def _hand_down_comments(connection: duckdb.DuckDBPyConnection) -> None:
    """Give a mart's column without a comment the one of the column of that name further up.

    Said once in a table or in what the marts share, it need not be said in every mart.
    """
    rows = connection.execute(
        "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
    ).fetchall()
    comments = {(relation, column): comment for relation, column, comment in rows}
    for relation in (*CORRECTIONS, *MADE_MARTS, *VIEWS):
        sources = (relation.removesuffix("_latest"), "stated_figure", "claim", "letter", "measure")
        for column in [column for of, column in comments if of == relation]:
            handed_down = next((text for up in sources if (text := comments.get((up, column)))), None)
            if comments[relation, column] is None and handed_down:
                connection.execute(f'COMMENT ON COLUMN {relation}."{column}" IS {literal(handed_down)}')
