"""The macros and views of a build, and their comments."""

import duckdb

from warehouse.definitions import MACROS, VIEWS, literal, sql


def make_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Make macros and views anew, so that the file holds those of this code and no others."""
    old_views = connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
    old_macros = connection.execute(
        "SELECT function_name FROM duckdb_functions() WHERE NOT internal"
    ).fetchall()
    for (view,) in old_views:
        connection.execute(f"DROP VIEW {view}")
    for (macro,) in old_macros:
        connection.execute(f"DROP MACRO {macro}")
    for macro in MACROS:
        connection.execute(sql("macros", macro))
    for view in VIEWS:
        connection.execute(sql("marts", view))
    _hand_down_comments(connection)


def _hand_down_comments(connection: duckdb.DuckDBPyConnection) -> None:
    """Give a view's column without a comment the one of the column of that name further up.

    Said once in a table or in the view that the marts share, it need not be said in every mart.
    """
    rows = connection.execute(
        "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
    ).fetchall()
    comments = {(relation, column): comment for relation, column, comment in rows}
    for view in VIEWS:
        sources = (view.removesuffix("_latest"), "stated_figure", "claim", "letter", "measure")
        for column in [column for relation, column in comments if relation == view]:
            handed_down = next((text for up in sources if (text := comments.get((up, column)))), None)
            if comments[view, column] is None and handed_down:
                connection.execute(f'COMMENT ON COLUMN {view}."{column}" IS {literal(handed_down)}')
