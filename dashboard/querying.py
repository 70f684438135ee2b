"""A reader's own query: read-only, one at a time, cut off after so many rows and seconds."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import duckdb
import pyarrow as pa

from dashboard.answers import Edition, opened

MAX_ROWS = 10_000
MAX_SECONDS = 10.0
#: What only reads. Others are refused by the file itself too; these errors are easier to understand.
READING = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
#: What DuckDB makes of an interruption.
INTERRUPTED = "Query interrupted"


class Answer(NamedTuple):
    """Rows of an answer, and whether there are more."""

    rows: pa.Table
    is_cut: bool


class NotOneQueryError(Exception):
    """Not one statement, or one that doesn't only read."""


class TooSlowError(Exception):
    """A query that took too long."""


class FailedError(Exception):
    """What DuckDB says of a query that fails."""


def answered(of: Edition, query: str, *, rows: int = MAX_ROWS, seconds: float = MAX_SECONDS) -> Answer:
    """Answer to one query.

    Raises NotOneQueryError, TooSlowError or FailedError; NotAWarehouseError for a file that is none.
    """
    with opened(of) as connection, _in_time(connection, seconds):
        try:
            statements = connection.extract_statements(query)
            if len(statements) != 1 or statements[0].type not in READING:
                raise NotOneQueryError
            answer = connection.sql(query)
            if answer is None:
                raise NotOneQueryError
            table = answer.limit(rows + 1).to_arrow_table()
        except duckdb.Error as error:
            raise FailedError(str(error).strip()) from error
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
    except (RuntimeError, FailedError) as error:
        if late.is_set():
            raise TooSlowError from error
        raise
    finally:
        timer.cancel()
