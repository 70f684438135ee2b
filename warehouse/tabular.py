"""Relations of a version as Parquet and CSV, in an order that is always the same."""

import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.building import OFFLINE, lock_down
from warehouse.definitions import EXPORT_MACROS, EXPORTED, MADE_MARTS, MARTS, NOT_EXPORTED, sql
from warehouse.dictionary import Column, columns_by_relation, comments_of_relations
from warehouse.errors import WarehouseError

ROW_GROUP = 100_000
#: Types of which no value is taken for a formula: a number below zero is a number.
NEVER_FORMULAS = (
    "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER",
    "UBIGINT", "FLOAT", "DATE", "TIME",
)  # fmt: skip

#: The column that partitions are made by, and the folders and files of these, as Hive, DuckDB and Polars know
#: them.
YEAR = "year"
BY_YEAR = (*MARTS, *MADE_MARTS)
PARTITION = f"{YEAR}="
NO_YEAR = "__HIVE_DEFAULT_PARTITION__"
PIECE = "data.parquet"

RELEASE = """
SELECT version, finished_at FROM run
ORDER BY CAST(nullif(regexp_extract(version, '-(\\d+)\\.', 1), '') AS BIGINT) DESC NULLS LAST, started_at DESC
LIMIT 1
"""


class Release(NamedTuple):
    """The version that is exported and when it was finished (UTC): the only time that an export tells."""

    version: str
    finished_at: datetime


class Relation(NamedTuple):
    """A table or view that is exported: its comment and columns."""

    name: str
    comment: str
    columns: list[Column]


def release(connection: duckdb.DuckDBPyConnection) -> Release:
    """Return the version that this file is.

    Raises WarehouseError for a file that no run published.
    """
    newest = connection.execute(RELEASE).fetchone()
    if newest is None:
        raise WarehouseError("the warehouse holds no run: there is nothing to export")
    version, finished_at = newest
    return Release(version.removesuffix(".duckdb"), finished_at)


def exported_relations(connection: duckdb.DuckDBPyConnection) -> list[Relation]:
    """Return what is exported of this file, which may lack a relation that came later."""
    comments, columns = comments_of_relations(connection), columns_by_relation(connection)
    return [
        Relation(name, comments[name], [c for c in columns[name] if c.name not in NOT_EXPORTED.get(name, ())])
        for name in EXPORTED
        if name in columns
    ]


def make(connection: duckdb.DuckDBPyConnection, names: tuple[str, ...]) -> None:
    """Make temporary macros and views of sql/exports, gone when the connection closes."""
    for name in names:
        connection.execute(sql("exports", name))


def write_parquet(connection: duckdb.DuckDBPyConnection, folder: Path, _: Release) -> dict[str, int]:
    """Write a Parquet file a relation, the comments with it; return the rows of each."""
    rows: dict[str, int] = {}
    for relation in exported_relations(connection):
        rows |= _write_relation(connection, folder, f"{relation.name}.parquet", relation, "")
    return rows


def write_parquet_by_year(connection: duckdb.DuckDBPyConnection, folder: Path, _: Release) -> dict[str, int]:
    """Write marts in partitions by year, as Hive names them, the rest as write_parquet; return rows by file.

    A file of a partition lacks the column that its folder tells. Where there are no rows, one without rows
    tells the columns.
    """
    rows: dict[str, int] = {}
    for relation in exported_relations(connection):
        if relation.name not in BY_YEAR or all(column.name != YEAR for column in relation.columns):
            rows |= _write_relation(connection, folder, f"{relation.name}.parquet", relation, "")
            continue
        pieces = relation._replace(columns=[column for column in relation.columns if column.name != YEAR])
        years = connection.execute(f'SELECT DISTINCT {YEAR} FROM "{relation.name}" ORDER BY ALL').fetchall()
        for (year,) in years or [(None,)]:
            name = f"{relation.name}/{PARTITION}{NO_YEAR if year is None else year}/{PIECE}"
            of_year = f" WHERE {YEAR} IS NOT DISTINCT FROM {'NULL' if year is None else year}"
            rows |= _write_relation(connection, folder, name, pieces, of_year)
    return rows


def _write_relation(
    connection: duckdb.DuckDBPyConnection, folder: Path, name: str, relation: Relation, condition: str
) -> dict[str, int]:
    """Write the rows of a relation that meet the condition to a file; return how many, by its name."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    reader = sorted_rows(connection, _selected(relation) + condition)
    return {name: _write_parquet(path, reader, _commented(reader.schema, relation))}


def _selected(relation: Relation) -> str:
    columns = ", ".join(f'"{column.name}"' for column in relation.columns)
    return f'SELECT {columns} FROM "{relation.name}"'


def _write_parquet(path: Path, reader: pa.RecordBatchReader, schema: pa.Schema) -> int:
    """Write rows with every setting said, so that no library's default changes the bytes unnoticed."""
    rows = 0
    with pq.ParquetWriter(
        path,
        schema,
        version="2.6",
        data_page_version="1.0",
        compression="zstd",
        compression_level=3,
        use_dictionary=True,
        write_statistics=True,
    ) as writer:
        for table in _row_groups(reader):
            writer.write_table(table.cast(schema), row_group_size=ROW_GROUP)
            rows += table.num_rows
    return rows


def _commented(schema: pa.Schema, relation: Relation) -> pa.Schema:
    """Schema with the comments of the relation and its columns as metadata `comment`."""
    comments = {column.name: column.comment for column in relation.columns}
    fields = [field.with_metadata({"comment": comments[field.name]}) for field in schema]
    return pa.schema(fields, metadata={"comment": relation.comment})


def write_csv(connection: duckdb.DuckDBPyConnection, folder: Path, _: Release) -> dict[str, int]:
    """Write a CSV file a relation, in which a spreadsheet finds no formula; return the rows of each."""
    return write_csv_files(connection, folder, for_spreadsheets=True)


def write_csv_files(
    connection: duckdb.DuckDBPyConnection, folder: Path, *, for_spreadsheets: bool
) -> dict[str, int]:
    """Write a CSV file a relation (RFC 4180, UTF-8); return the rows of each.

    For spreadsheets a text that begins like a formula gets an apostrophe in front.
    """
    make(connection, EXPORT_MACROS)
    rows = {}
    for relation in exported_relations(connection):
        cells = ", ".join(
            _cell(column.name, column.type, for_spreadsheets=for_spreadsheets) for column in relation.columns
        )
        # Sorted by the values themselves, as Parquet is: as text, 10 would come before 9.
        in_order = connection.sql(f"SELECT {cells} FROM ({_selected(relation)} ORDER BY ALL)")
        name = f"{relation.name}.csv"
        rows[name] = write_rows(folder / name, in_order.to_arrow_reader(ROW_GROUP))
    return rows


def _cell(column: str, kind: str, *, for_spreadsheets: bool) -> str:
    """SQL for a column of a type as CSV shows it."""
    name = f'"{column}"'
    if kind.endswith("[]"):
        cell = f"csv_list({name})"
    elif kind == "DOUBLE":
        cell = f"csv_number({name})"
    elif kind == "TIMESTAMP":
        cell = f"csv_time({name})"
    else:
        cell = f"CAST({name} AS VARCHAR)"
        if for_spreadsheets and kind not in NEVER_FORMULAS:
            cell = f"spreadsheet_text({cell})"
    return f"{cell} AS {name}"


def spreadsheet(rows: pa.Table) -> bytes:
    """Rows as CSV for spreadsheets, in the order in which they come; a null in a text is an empty cell."""
    # Names of columns come from anybody: they are put back when all SQL is done.
    names = rows.column_names
    with duckdb.connect(config=OFFLINE) as connection, tempfile.TemporaryDirectory() as folder:
        make(connection, EXPORT_MACROS)
        lock_down(connection)
        connection.register("given", rows.rename_columns([f"column_{at}" for at in range(len(names))]))
        columns = connection.execute("SELECT column_name, column_type FROM (DESCRIBE given)").fetchall()
        cells = ", ".join(_cell(name, kind, for_spreadsheets=True) for name, kind in columns)
        shown = connection.sql(f"SELECT {cells} FROM given").to_arrow_table().rename_columns(names)
        path = Path(folder) / "rows.csv"
        write_rows(path, shown.to_reader())
        return path.read_bytes()


def write_rows(path: Path, reader: pa.RecordBatchReader) -> int:
    """Write rows of text as CSV with a header; return how many. An empty text is `""`, a null nothing."""
    rows = 0
    with path.open("wb") as file:
        for number, table in enumerate(_row_groups(reader)):
            frame = pl.DataFrame(pl.from_arrow(table))
            frame.write_csv(file, include_header=number == 0, line_terminator="\r\n")
            rows += table.num_rows
    return rows


def sorted_rows(connection: duckdb.DuckDBPyConnection, query: str) -> pa.RecordBatchReader:
    """Rows of a query by all their columns: an order that leaves nothing open."""
    return connection.sql(f"{query} ORDER BY ALL").to_arrow_reader(ROW_GROUP)


def _row_groups(reader: pa.RecordBatchReader) -> Iterator[pa.Table]:
    """Rows in pieces of one size, however they come; one without rows where there are none."""
    held = pa.Table.from_batches([], reader.schema)
    for batch in reader:
        held = pa.concat_tables([held, pa.Table.from_batches([batch])])
        while held.num_rows > ROW_GROUP:
            yield held.slice(0, ROW_GROUP).combine_chunks()
            held = held.slice(ROW_GROUP)
    yield held.combine_chunks()
