"""What a build makes from its tables: macros, dimensions, marts and their comments."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb
import polars as pl

from warehouse.adding import begin_anew, goes_on, keep_rows, note_extents
from warehouse.correcting import ENTRY
from warehouse.definitions import (
    COMPARISON_VIEWS,
    COMPARISONS,
    CORRECTIONS,
    KEPT_COMPARISONS,
    KEPT_MARTS,
    KEPT_SCHEMA,
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
    SELECT 'TABLE', table_name
    FROM duckdb_tables()
    WHERE NOT internal AND schema_name = 'main' AND NOT list_contains(?, table_name)
    ORDER BY kind DESC
"""
#: Corrections of letters that were here before which aren't as they were before.
_CORRECTED_OTHERWISE = """
    WITH of_old_letter AS (
        FROM correction
        SEMI JOIN (FROM letter WHERE letter.rowid < getvariable('goes_on_from_letter')) AS old
            ON old.letter_id = correction.letter_id
    ),
    before AS (
        FROM correction_before WHERE letter_id IS NOT NULL
    )
    SELECT count(*)
    FROM (
        (FROM before EXCEPT ALL FROM of_old_letter)
        UNION ALL
        (FROM of_old_letter EXCEPT ALL FROM before)
    )
"""


def drop_views(connection: duckdb.DuckDBPyConnection, *, but_kept: bool = False) -> None:
    """Drop all that make_views makes, and whatever else is no table of sql/schema.

    What a build can go on from is left where it is to be kept.
    """
    stays = (*TABLES, *KEPT_MARTS, "correction") if but_kept else tuple(TABLES)
    for kind, name in connection.execute(_DROPPED, [list(stays)]).fetchall():
        connection.execute(f'DROP {kind} "{name}"')
    if not but_kept:
        connection.execute(f"DROP SCHEMA IF EXISTS {KEPT_SCHEMA} CASCADE")


def make_views(connection: duckdb.DuckDBPyConnection, corrections: pl.DataFrame | None = None) -> None:
    """Make macros, dimensions and marts anew, so that the file holds those of this code and no others.

    `corrections` has the columns of correcting.ENTRY. Where adding.noting_added found that a build only
    adds letters to a version, what was made of the others stays, unless they are corrected otherwise now.
    """
    drop_views(connection, but_kept=goes_on(connection))
    if goes_on(connection):
        connection.execute("CREATE TEMP TABLE correction_before AS FROM correction")
    with corrected_by(connection, corrections):
        for folder, relations in MADE:
            for relation in relations:
                connection.execute(sql(folder, relation))
                if relation == "correction" and goes_on(connection):
                    _require_corrected_alike(connection)
                if relation in KEPT_COMPARISONS:
                    _keep(connection, relation)
    note_extents(connection)
    for relation in reversed(COMPARISONS):
        kind = "VIEW" if relation in (*COMPARISON_VIEWS, *KEPT_COMPARISONS) else "TABLE"
        connection.execute(f"DROP {kind} {relation}")
    _hand_down_comments(connection)


def _require_corrected_alike(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep nothing where letters that were here before are corrected otherwise than they were."""
    ((differing,),) = connection.execute(_CORRECTED_OTHERWISE).fetchall()
    connection.execute("DROP TABLE correction_before")
    if differing:
        begin_anew(connection)
        for mart in KEPT_MARTS:
            connection.execute(f"DROP TABLE {mart}")
        connection.execute(f"DROP SCHEMA {KEPT_SCHEMA} CASCADE")


def _keep(connection: duckdb.DuckDBPyConnection, relation: str) -> None:
    """Add the rows of a comparison to those that are kept, which are read in its place from here on."""
    kept = keep_rows(connection, relation, "comparisons")
    connection.execute(f"DROP TABLE {relation}")
    connection.execute(f"CREATE TEMP VIEW {relation} AS FROM {kept}")


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
