"""Rows into the tables of a build: new letters are added, the vocabulary is renewed."""

from collections.abc import Mapping

import duckdb
import polars as pl
import polars.selectors as cs

from warehouse.definitions import DIMENSIONS, SCHEMA_VERSION, TABLES, sql
from warehouse.errors import WarehouseError, first_line, is_damage, is_of_disk

Tables = Mapping[str, pl.DataFrame]


def load(connection: duckdb.DuckDBPyConnection, tables: Tables, version: str) -> None:
    """Add the rows of `tables`, frames by table name, to a build that will be published as `version`.

    Corrections are left to make_views. Raises WarehouseError for rows that break a constraint, and for
    tables and columns that don't exist.
    """
    if unknown := sorted(set(tables) - {*TABLES, "correction"}):
        raise WarehouseError(f"there is no table {', '.join(unknown)}: use those of sql/schema")
    _make_way(connection, tables)
    run = pl.lit(version).alias("version"), pl.lit(SCHEMA_VERSION).alias("schema_version")
    for table, order in TABLES.items():
        if table not in tables:
            continue
        frame = tables[table].with_columns(run) if table == "run" else tables[table]
        write = WRITERS.get(table, _insert)
        try:
            connection.register("incoming", _utc(frame).sort(*order))
            write(connection, table, frame.columns)
            connection.unregister("incoming")
        except duckdb.Error as error:
            if is_damage(error) or is_of_disk(error):  # not of the rows
                raise
            raise WarehouseError(f"rows don't fit the table {table}: {first_line(error)}") from error
    connection.execute(sql("vintages", "letter_state"))


def _make_way(connection: duckdb.DuckDBPyConnection, tables: Tables) -> None:
    """Take out the letters that come anew, and those whose form isn't in use any more, with their claims."""
    coming = tables["letter"]["letter_id"].to_list() if "letter" in tables else []
    if "letter_form" in tables:
        coming += tables["letter_form"].filter(~pl.col("in_use"))["form_id"].to_list()
    query = "SELECT letter_id FROM letter WHERE letter_id IN (SELECT unnest(?))"
    gone = [letter_id for (letter_id,) in connection.execute(query, [coming]).fetchall()]
    if not gone:
        return
    # DuckDB deletes no row in the transaction in which those that refer to it were deleted.
    for tables_of_it in (("claim", "letter_reference"), ("letter",)):
        for table in tables_of_it:
            connection.execute(f"DELETE FROM {table} WHERE letter_id IN (SELECT unnest(?))", [gone])
        connection.commit()
        connection.begin()


def _utc(frame: pl.DataFrame) -> pl.DataFrame:
    """Frame with the times that name a zone as plain times in UTC, as the tables have them."""
    zoned = cs.datetime(time_zone="*")
    return frame.with_columns(zoned.dt.convert_time_zone("UTC").dt.replace_time_zone(None))


def _insert(connection: duckdb.DuckDBPyConnection, table: str, _: list[str]) -> None:
    connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming")


def _replace(connection: duckdb.DuckDBPyConnection, table: str, columns: list[str]) -> None:
    """Add files; of one that is there, what is told now counts, as the newer reason why it was set aside."""
    key = KEYS[table]
    changes = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in key)
    insert = f"INSERT INTO {table} BY NAME SELECT * FROM incoming"
    connection.execute(f"{insert} ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changes}")


def _renew(connection: duckdb.DuckDBPyConnection, table: str, columns: list[str]) -> None:
    """Add new rows of a vocabulary table and change those that differ, column by column.

    A single upsert fails on every row that claims refer to, as it would write the foreign key's column again.
    """
    key = table  # a vocabulary table has its key in the column of its own name
    for column in columns:
        if column != key:
            connection.execute(
                f"UPDATE {table} AS known SET {column} = incoming.{column} FROM incoming "
                f"WHERE known.{key} = incoming.{key} AND known.{column} IS DISTINCT FROM incoming.{column}"
            )
    connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming ON CONFLICT DO NOTHING")


#: What tells apart the rows of tables in which a row may be written over.
KEYS = {"rejected_letter": ("rejected_id", "extractor_version"), "letter_form": ("form_id",)}
WRITERS = dict.fromkeys(DIMENSIONS, _renew) | dict.fromkeys(KEYS, _replace)
