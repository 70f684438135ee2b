"""Which rows of a build lie in blocks that the version it goes on from hasn't got at the same place.

A build is a copy of that version, in which DuckDB writes few blocks. All others were read whole before that
version was published, and are the same bytes still.
"""

from collections.abc import Iterator

import duckdb

HEADERS = 3 * 4096  # bytes of a DuckDB file before its first block
BLOCK = 256 * 1024  # bytes of a block, as DuckDB makes them unless it is told otherwise
SIZE = "SELECT block_size, total_blocks FROM pragma_database_size()"
_TABLES = "SELECT schema_name, table_name FROM duckdb_tables()"
#: Row groups of a table in their order: how many rows each has, and whether any of it lies in these blocks.
_ROW_GROUPS = """
    SELECT coalesce(max("rows") FILTER (column_path = '[0]'), 0), bool_or(is_written)
    FROM (
        SELECT
            row_group_id,
            column_path,
            sum("count") AS "rows",
            bool_or(list_has_any(list_append(additional_block_ids, block_id), $blocks)) AS is_written
        FROM pragma_storage_info($table)
        GROUP BY row_group_id, column_path
    )
    GROUP BY row_group_id
    ORDER BY row_group_id
"""


def all_rows(connection: duckdb.DuckDBPyConnection, written: list[int] | None = None) -> Iterator[str]:
    """Each table of a file as a query has it behind FROM, whole, by the name `part`.

    Where these blocks alone were written to a copy of what is whole, only as much of each table as lies in
    them.
    """
    tables = connection.execute(_TABLES).fetchall()
    for schema, name in tables:
        table = f'"{schema}"."{name}"'
        if written is None:
            yield f"{table} AS part"
        else:
            yield from _written_rows(connection, table, written)


def _written_rows(connection: duckdb.DuckDBPyConnection, table: str, blocks: list[int]) -> Iterator[str]:
    groups = connection.execute(_ROW_GROUPS, {"table": table, "blocks": blocks}).fetchall()
    ((rows,),) = connection.execute(f"SELECT count(*) FROM {table}").fetchall()
    if sum(count for count, _ in groups) != rows or all(is_written for _, is_written in groups):
        yield f"{table} AS part"  # rows that were taken out have numbers too
        return
    first = 0
    for count, is_written in groups:
        if is_written:
            yield f"{table} AS part WHERE rowid BETWEEN {first} AND {first + count - 1}"
        first += count
