"""Answers of the published file: each by a connection of its own, kept as long as the version is the same."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import polars as pl

from warehouse.building import naming_damage
from warehouse.definitions import sql
from warehouse.errors import WarehouseError, first_line
from warehouse.files import current_file
from warehouse.reading import open_file

#: Answers that are kept; the largest, a list of all letters or 5,000 figures, take a few MB.
KEPT = 96
#: For all sessions together: DuckDB opens a file only in one way at a time. One thread, since an interrupted
#: query of DuckDB 2.0 that has several now and then waits for ever for the end of its own work.
LIMITS = {"memory_limit": "1GB", "threads": 1}


class OlderFileError(WarehouseError):
    """A file made by a program that hadn't all that is read here."""


#: Asks a query of sql/dashboard by name, with its parameters.
Ask = Callable[..., pl.DataFrame]


class Edition(NamedTuple):
    """A version as it lies there: the file, when it was last modified (ns), by which name people know it."""

    file: Path
    modified: int
    warehouse: Path

    @property
    def version(self) -> str:
        """Name of the version, without its ending."""
        return self.file.stem


def edition(warehouse: Path) -> Edition:
    """Return the version that the name leads to now; raises NotAWarehouseError where there is none."""
    file = current_file(warehouse)
    try:
        return Edition(file, file.stat().st_mtime_ns, warehouse)
    except FileNotFoundError:  # superfluous since
        return edition(warehouse)


def asking(of: Edition) -> Ask:
    """What asks this version."""
    return partial(_asked, of)


def _asked(of: Edition, name: str, **parameters: Any) -> pl.DataFrame:
    hashable = {key: tuple(value) if isinstance(value, list) else value for key, value in parameters.items()}
    return _answer(of, name, tuple(sorted(hashable.items())))


@lru_cache(maxsize=KEPT)
def _answer(of: Edition, name: str, parameters: tuple[tuple[str, Any], ...]) -> pl.DataFrame:
    """Answer to a query; raises WarehouseError for a file that is damaged or made by another program."""
    bound = {key: list(value) if isinstance(value, tuple) else value for key, value in parameters}
    with opened(of) as connection:
        return _answered(connection, of, name, bound)


@contextmanager
def asking_at_once(of: Edition) -> Iterator[Ask]:
    """What asks this version by one connection, for who asks thousands of questions and is done."""
    with opened(of) as connection:

        def ask(name: str, **parameters: Any) -> pl.DataFrame:
            return _answered(connection, of, name, parameters)

        yield ask


def _answered(
    connection: duckdb.DuckDBPyConnection, of: Edition, name: str, parameters: dict[str, Any]
) -> pl.DataFrame:
    with naming_damage(of.warehouse):
        try:
            answer: pl.DataFrame = connection.sql(sql("dashboard", name), params=parameters).pl()
        except (duckdb.CatalogException, duckdb.BinderException) as error:
            raise OlderFileError(
                f"{of.warehouse} lacks what the dashboard reads ({first_line(error)}): "
                "carry it over with kamercijfers backfill --publish"
            ) from error
    return answer


def opened(of: Edition) -> duckdb.DuckDBPyConnection:
    """Open a version for reading and nothing else; raises NotAWarehouseError where it is no warehouse."""
    return open_file(of.file, name=of.warehouse, limits=LIMITS)
