"""A reader's own query: read-only, one at a time, cut off after so many rows, bytes and seconds."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

import duckdb
import pyarrow as pa

from dashboard.answers import Edition, opened
from dashboard.then import go_back
from warehouse.queries import bare, only_reads

MAX_ROWS = 10_000
MAX_BYTES = 50_000_000
MAX_SECONDS = 10.0
MULTI = duckdb.StatementType.MULTI
#: Rows that are taken at once, so that few large ones are no more than many small ones.
BATCH = 256


class Answer(NamedTuple):
    """Rows of an answer, and whether there are more."""

    rows: pa.Table
    is_cut: bool


class NotOneQueryError(Exception):
    """Not one statement, or one that doesn't only read."""


class TooSlowError(Exception):
    """A query that took too long."""


class TooLargeError(Exception):
    """A query that needs more memory than it may have."""


class FailedError(Exception):
    """What DuckDB says of a query that fails."""


class OtherFileError(FailedError):
    """A query that would read or write another file."""


def answered(
    of: Edition,
    query: str,
    *,
    as_of: date | None = None,
    rows: int = MAX_ROWS,
    seconds: float = MAX_SECONDS,
) -> Answer:
    """Answer to one query, of what the file held on a day (None: now).

    Raises NotOneQueryError, TooSlowError, TooLargeError or FailedError, and NotAWarehouseError.
    """
    with opened(of) as connection, _in_time(connection, seconds):
        try:
            statements = connection.extract_statements(query)
            if len(statements) != 1 or statements[0].type == MULTI:
                raise NotOneQueryError
            if not only_reads(connection, statements[0]):
                raise NotOneQueryError
            if as_of:
                go_back(connection, as_of)
            answer = connection.sql(bare(query))
            if answer is None:
                raise NotOneQueryError
            return _first(answer, rows)
        except duckdb.PermissionException as error:
            raise OtherFileError(str(error)) from error
        except duckdb.OutOfMemoryException as error:
            raise TooLargeError from error
        except duckdb.Error as error:
            if "attached in read-only mode" in str(error):
                raise NotOneQueryError from error
            raise FailedError(str(error).strip()) from error


def _first(answer: duckdb.DuckDBPyRelation, rows: int) -> Answer:
    """So many rows of an answer, as far as they aren't too large."""
    reader = answer.limit(rows + 1).to_arrow_reader(BATCH)
    taken: list[pa.RecordBatch] = []
    size = 0
    for batch in reader:
        size += batch.nbytes
        if size > MAX_BYTES:
            room = batch.num_rows * (MAX_BYTES - size + batch.nbytes) // batch.nbytes
            if not taken and not room:
                raise TooLargeError
            taken.append(batch.slice(0, room))
            return Answer(pa.Table.from_batches(taken, reader.schema).slice(0, rows), True)
        taken.append(batch)
    table = pa.Table.from_batches(taken, reader.schema)
    return Answer(table.slice(0, rows), table.num_rows > rows)


@contextmanager
def _in_time(connection: duckdb.DuckDBPyConnection, seconds: float) -> Iterator[None]:
    """Interrupt what the connection does after so many seconds, and say so."""
    late = threading.Event()

    def stop() -> None:
        late.set()
        connection.interrupt()

    timer = threading.Timer(seconds, stop)
    timer.start()
    try:
        yield
    except (RuntimeError, FailedError, pa.ArrowException) as error:
        if late.is_set():
            raise TooSlowError from error
        raise
    finally:
        timer.cancel()
