"""Rows into the tables of a build: new letters are added, the vocabulary is renewed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import duckdb
import polars as pl
import polars.selectors as cs

from warehouse.definitions import DIMENSIONS, SCHEMA_VERSION, TABLES, sql
from warehouse.errors import WarehouseError, first_line, is_damage, is_of_disk, is_of_memory

Tables = Mapping[str, pl.DataFrame]


def load(
    connection: duckdb.DuckDBPyConnection,
    tables: Tables,
    version: str,
    lots: Iterable[Tables] = (),
    *,
    goes_on: bool = False,
) -> Counter[str]:
    """Add the rows of `tables`, frames by table name, to a build that will be published as `version`.

    More come in `lots`, one at a time in memory: with claims, or before them, come the letters that they
    refer to. Where this SQL has told all there is of the letters that are there (`goes_on`), only what may be
    told otherwise now is. Returns how many rows were given by table. Corrections are left to make_views.
    Raises WarehouseError for rows that break a constraint, and for tables and columns that don't exist.
    """
    connection.execute(_TOLD)
    run = pl.lit(version).alias("version"), pl.lit(SCHEMA_VERSION).alias("schema_version")
    given = {"run": tables["run"].with_columns(run)} if "run" in tables else {}
    added = _added(connection, {**tables, **given})
    added += _lots_added(connection, lots)
    connection.execute(_OVER)
    tell_letters(connection, all_letters=not goes_on)
    return added


def tell_letters(connection: duckdb.DuckDBPyConnection, *, all_letters: bool) -> None:
    """Tell what there is of each letter by all its files, or of those alone that something was told of."""
    if all_letters:
        connection.execute(f"{_TOLD} INSERT INTO told_letter SELECT letter_id FROM letter")
    connection.execute(sql("vintages", "letter_state"))


#: Files that were set aside, and have been read since, or were set aside by a newer grammar.
_OVER = """
    UPDATE rejected_letter SET over_since = (SELECT max(started_at) FROM run)
    WHERE over_since IS NULL
        AND (
            letter_id IN (
                SELECT form_id FROM letter_form JOIN run ON run.run_id = read_run_id
                WHERE started_at > rejected_letter.first_seen
            )
            OR EXISTS (
                FROM rejected_letter AS newer
                WHERE newer.rejected_id = rejected_letter.rejected_id
                    AND newer.first_seen > rejected_letter.first_seen
            )
        )
"""

#: Letters of which something is told, and documents (as in sql/vintages) of letters that were taken out.
_TOLD = """
    CREATE OR REPLACE TEMP TABLE told_letter (letter_id VARCHAR);
    CREATE OR REPLACE TEMP TABLE told_document (document VARCHAR);
"""


def _added(connection: duckdb.DuckDBPyConnection, tables: Tables) -> Counter[str]:
    """Add these rows; return how many they are by table."""
    if unknown := sorted(set(tables) - {*TABLES, "correction"}):
        raise WarehouseError(f"there is no table {', '.join(unknown)}: use those of sql/schema")
    _make_way(connection, tables)
    for table, order in TABLES.items():
        if table not in tables:
            continue
        frame = tables[table]
        write = WRITERS.get(table, _insert)
        with _naming_table(table):
            connection.register("incoming", _utc(frame).sort(*order))
            write(connection, table, frame.columns)
            connection.unregister("incoming")
    return Counter({table: frame.height for table, frame in tables.items()})


class _Incoming:
    """The rows of a table that come next, as Arrow has them.

    DuckDB keeps whatever is registered until the transaction ends: so this is, once, and no lot.
    """

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.frame.__arrow_c_stream__(requested_schema)


def _lots_added(connection: duckdb.DuckDBPyConnection, lots: Iterable[Tables]) -> Counter[str]:
    """Add the rows of one lot after the other, with one of them in memory; return how many by table."""
    incoming = dict[str, _Incoming]()
    added = Counter[str]()
    for lot in lots:
        if others := sorted(set(lot) - {*TABLES} | set(lot) & {*WRITERS}):
            raise WarehouseError(f"{', '.join(others)} can't come in lots")
        _make_way(connection, lot)
        for table in (table for table in TABLES if table in lot):
            with _naming_table(table):
                frame = _utc(lot[table]).sort(*TABLES[table])
                if table not in incoming:
                    incoming[table] = _Incoming(frame)
                    connection.register(f"incoming_{table}", incoming[table])
                incoming[table].frame = frame
                connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming_{table}")
            added[table] += frame.height
    for table, rows in incoming.items():
        connection.unregister(f"incoming_{table}")
        rows.frame = rows.frame.clear()
    return added


@contextmanager
def _naming_table(table: str) -> Iterator[None]:
    """Where rows break a constraint, say of which table."""
    try:
        yield
    except duckdb.Error as error:
        if is_damage(error) or is_of_disk(error) or is_of_memory(error):  # not of the rows
            raise
        raise WarehouseError(f"rows don't fit the table {table}: {first_line(error)}") from error


def _make_way(connection: duckdb.DuckDBPyConnection, tables: Tables) -> None:
    """Take out the letters that come anew, and those whose form isn't in use any more, with their claims."""
    coming = tables["letter"]["letter_id"].to_list() if "letter" in tables else []
    told = [*coming, *(tables["letter_form"]["letter_id"].to_list() if "letter_form" in tables else [])]
    connection.execute("INSERT INTO told_letter SELECT unnest(?)", [told])
    if "letter_form" in tables:
        coming += tables["letter_form"].filter(~pl.col("in_use"))["form_id"].to_list()
    query = "SELECT letter_id FROM letter WHERE letter_id IN (SELECT unnest(?))"
    gone = [letter_id for (letter_id,) in connection.execute(query, [coming]).fetchall()]
    if not gone:
        return
    connection.execute(
        "INSERT INTO told_document SELECT lower(coalesce(identifier, letter_id)) FROM letter "
        "WHERE letter_id IN (SELECT unnest(?))",
        [gone],
    )
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
