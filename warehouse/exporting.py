"""Exports: what a version holds, as files of other forms, the same bytes each time.

Everything is written to a folder beside and renamed, so that nobody sees half an export.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple

import duckdb

from warehouse.building import require_schema_version
from warehouse.datapackage import write_datapackage
from warehouse.errors import WarehouseError, first_line, is_damage, of_disk
from warehouse.reading import connect
from warehouse.sdmx import write_sdmx
from warehouse.tabular import (
    PARTITION,
    PIECE,
    Release,
    release,
    write_csv,
    write_parquet,
    write_parquet_by_year,
)

ExportFormat = Literal["parquet", "parquet-by-year", "csv", "sdmx-csv", "datapackage"]

#: Writes the files of an export into a folder; returns the rows of each file of data, by its name.
Write = Callable[[duckdb.DuckDBPyConnection, Path, Release], dict[str, int]]
WRITERS: dict[ExportFormat, Write] = {
    "parquet": write_parquet,
    "parquet-by-year": write_parquet_by_year,
    "csv": write_csv,
    "sdmx-csv": write_sdmx,
    "datapackage": write_datapackage,
}
#: Ends of the names of all files that exports write.
SUFFIXES = (".parquet", ".csv", ".json", ".xml")
#: Files by which an export is known: one of these sets is in each.
MARKS = (
    {"claim.parquet", "letter.parquet", "measure.parquet", "run.parquet"},
    {"claim.csv", "letter.csv", "measure.csv", "run.csv"},
    {"structure.xml", "victim_counts.csv"},
)


class Exported(NamedTuple):
    """What was exported: the version, the rows of each file of data, and how many files there are in all."""

    version: str
    rows: dict[str, int]
    files: int


def export(warehouse: Path, folder: Path, form: ExportFormat, *, overwrite: bool = False) -> Exported:
    """Export the current version into `folder`, which is made; two exports of one version are the same.

    Raises WarehouseError where the folder isn't empty, unless `overwrite` and it holds an export and no
    more; NotAWarehouseError where there is no warehouse.
    """
    target = folder.resolve()
    _check_target(target, overwrite=overwrite)
    with connect(warehouse) as connection:
        require_schema_version(connection)
        of = release(connection)
        target.parent.mkdir(parents=True, exist_ok=True)
        with _folder_beside(target) as private:
            new = private / "new"
            new.mkdir()
            try:
                rows = WRITERS[form](connection, new, of)
            except duckdb.Error as error:
                if is_damage(error):
                    raise
                raise WarehouseError(
                    f"{warehouse} can't be exported ({of_disk(first_line(error))})"
                ) from error
            files = sum(path.is_file() for path in new.rglob("*"))
            _swap_in(new, target, private / "old")
    return Exported(of.version, rows, files)


def _check_target(target: Path, *, overwrite: bool) -> None:
    """Refuse a path at which an export would destroy something."""
    if not target.exists():
        return
    if not target.is_dir():
        raise WarehouseError(f"{target} is a file: give the path of a folder")
    held = sorted(target.iterdir())
    if held and not overwrite:
        raise WarehouseError(f"{target} isn't empty: give another folder, or --overwrite for a new export")
    for path in held:
        if not (_is_of_years(path) if path.is_dir() else _is_of_export(path)):
            raise WarehouseError(f"{target} holds {path.name}, which is of no export: give another folder")
    if held and not any(files <= {path.name for path in held} for files in MARKS):
        raise WarehouseError(f"{target} holds {held[0].name} and no whole export: give another folder")


def _is_of_export(path: Path) -> bool:
    return path.suffix in SUFFIXES and path.is_file()


def _is_of_years(folder: Path) -> bool:
    """Whether a folder holds the partitions of a mart, and no more."""
    return not folder.is_symlink() and all(map(_is_of_year, folder.iterdir()))


def _is_of_year(folder: Path) -> bool:
    is_named = folder.name.startswith(PARTITION) and folder.is_dir() and not folder.is_symlink()
    return is_named and [piece.name for piece in folder.iterdir()] == [PIECE]


@contextmanager
def _folder_beside(target: Path) -> Iterator[Path]:
    """Make a folder on the same file system; what is left of it in the end is removed."""
    folder = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _swap_in(new: Path, target: Path, old: Path) -> None:
    """Put a finished export where it belongs; one that was there is gone only when the new one is there."""
    if target.exists():
        target.rename(old)
    try:
        new.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
