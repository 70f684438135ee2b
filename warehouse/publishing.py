"""Publishing: a checked build becomes the current version in one step that no reader can see half done."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import duckdb

from warehouse.building import build
from warehouse.errors import WarehouseError, first_line
from warehouse.files import (
    BUILD_PREFIX,
    current_version,
    next_version_name,
    sync,
    versions,
    versions_folder,
)
from warehouse.loading import Tables


class Published(NamedTuple):
    """A published version: its file's name, rows by table and by mart, bad rows by check that warned."""

    version: str
    tables: dict[str, int]
    marts: dict[str, int]
    warnings: dict[str, int]


def publish(warehouse: Path, tables: Tables, *, keep: int) -> Published:
    """Publish a version that holds what the current one holds and the rows of `tables`.

    `tables` maps the names of tables in sql/schema to frames with their columns, at least `run` with one row;
    check_result, and of run version and schema_version, are filled in here. `keep` is the number of versions
    that stay, the current one always among them. Hold `lock(warehouse)` meanwhile. Until the last step, and
    after any error, readers see the version before. Raises ChecksFailedError where a check fails,
    WarehouseError where the rows don't fit, the file has other tables or the path belongs to something else.
    """
    if keep < 1:
        raise WarehouseError(f"can't keep {keep} versions: keep at least 1")
    current = current_version(warehouse)
    name = next_version_name(warehouse)
    try:
        with _private_folder(warehouse) as private:
            built = build(private / name, current, tables, name)
            _swap_in(warehouse, private / name)
        _prune(warehouse, keep)
    except (OSError, duckdb.IOException) as error:
        raise WarehouseError(f"can't write the warehouse ({first_line(error)})") from error
    return Published(
        name, built.tables, built.marts, {check.name: check.bad_rows for check in built.warnings}
    )


@contextmanager
def _private_folder(warehouse: Path) -> Iterator[Path]:
    """Make a folder for one build, on the file system of the versions; in the end it is gone."""
    versions_folder(warehouse).mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=BUILD_PREFIX, dir=versions_folder(warehouse)))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # what stays is cleared away by the next run that locks


def _swap_in(warehouse: Path, file: Path) -> None:
    """Make a finished build the current version: all of it on disk first, then one rename of a link."""
    if file.with_name(f"{file.name}.wal").exists():
        raise WarehouseError("the build was not written out whole: run again")
    # Nobody writes to a published file, not even a shell that was started without -readonly.
    file.chmod(0o444)
    sync(file)
    version = versions_folder(warehouse) / file.name
    file.rename(version)
    sync(version.parent)
    link = file.with_name("link")
    link.symlink_to(Path(version.parent.name, version.name))
    link.replace(warehouse)
    sync(warehouse.parent)


def _prune(warehouse: Path, keep: int) -> None:
    for version in versions(warehouse)[keep:]:
        if not version.is_current:
            version.path.unlink()
