"""Publishing: a checked build becomes the current version in one step that no reader can see half done."""

from pathlib import Path
from typing import NamedTuple

import duckdb

from warehouse.building import build
from warehouse.errors import WarehouseError, first_line
from warehouse.files import (
    current_version,
    lead_to,
    next_version_name,
    private_folder,
    sync,
    version_number,
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
    that stay, the new one always among them. Hold `lock(warehouse)` meanwhile. Until the last step, and
    after any error, readers see the version before. Raises ChecksFailedError where a check fails,
    WarehouseError where the rows don't fit, the file has other tables or the path belongs to something else.
    """
    if keep < 1:
        raise WarehouseError(f"can't keep {keep} versions: keep at least 1")
    current = current_version(warehouse)
    name = next_version_name(warehouse)
    try:
        with private_folder(warehouse) as private:
            built = build(private / name, current, tables, name)
            _swap_in(warehouse, private / name)
        _prune(warehouse, keep, current)
    except (OSError, duckdb.IOException) as error:
        raise WarehouseError(f"can't write the warehouse ({first_line(error)})") from error
    return Published(
        name, built.tables, built.marts, {check.name: check.bad_rows for check in built.warnings}
    )


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
    lead_to(warehouse, version, file.parent)


def _prune(warehouse: Path, keep: int, built_on: Path | None) -> None:
    """Remove all but so many versions: the current one stays, then the one it was built on, then the newest.

    After a rollback the one before is not the newest, and the next rollback is to find it.
    """
    ranked = sorted(
        versions(warehouse),
        key=lambda version: (
            version.is_current,
            built_on is not None and version.path.name == built_on.name,
            version_number(version.name),
        ),
        reverse=True,
    )
    for version in ranked[keep:]:
        version.path.unlink()
