"""The versions of a warehouse: what each holds, which one it was built on, and the way back."""

from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from warehouse.definitions import NEWEST_FIRST
from warehouse.errors import NotAWarehouseError, WarehouseError
from warehouse.files import (
    Version,
    find_version,
    is_new,
    is_there,
    lead_to,
    link_target,
    private_folder,
    require_link,
    sync,
    version_number,
    versions,
)
from warehouse.reading import open_file

RUNS = f"SELECT version, extractor_version, schema_version FROM run ORDER BY {NEWEST_FIRST} LIMIT 2"
COUNTS = "SELECT (SELECT count(*) FROM letter) AS letters, (SELECT count(*) FROM claim) AS claims"


class RolledBack(NamedTuple):
    """The version that is the current one again, and the name of the one that was."""

    version: str
    rolled_back: str


def history(warehouse: Path) -> list[dict[str, Any]]:
    """Describe each version, newest first: letters, claims, grammar, tables, the version it was built on.

    A version that can't be read has only the facts of its file, and says so in `problem`. Raises
    NotAWarehouseError where nothing has been published.
    """
    found = versions(warehouse)
    if is_new(warehouse):
        raise NotAWarehouseError(
            f"there is no warehouse at {warehouse}: check the path, or let a nightly run make it of a letter"
        )
    return [_described(version) for version in found]


def _described(version: Version) -> dict[str, Any]:
    described: dict[str, Any] = {
        "version": version.name,
        "published_at": version.published_at,
        "current": version.is_current,
        "built_on": None,
        "letters": None,
        "claims": None,
        "extractor_version": None,
        "schema_version": None,
        "bytes": version.size,
        "problem": None,
    }
    try:
        with open_file(version.path) as connection:
            ((letters, claims),) = connection.execute(COUNTS).fetchall()
            runs = connection.execute(RUNS).fetchall()
    except (WarehouseError, duckdb.Error) as error:
        return described | {"problem": str(error).splitlines()[0]}
    described |= {"letters": letters, "claims": claims, "built_on": runs[1][0] if len(runs) > 1 else None}
    return described | {"extractor_version": runs[0][1], "schema_version": runs[0][2]} if runs else described


def find_current(warehouse: Path) -> Version:
    """Return the current version; raises NotAWarehouseError where there is none."""
    for version in versions(warehouse):
        if version.is_current:
            return version
    if is_there(warehouse) and not warehouse.is_symlink():
        raise NotAWarehouseError(f"{warehouse} is no warehouse with versions, but a copy or another file")
    raise NotAWarehouseError(
        f"{warehouse} has no current version: roll back to one, or let a nightly run make it"
    )


def find_before(warehouse: Path, version: Version) -> Version:
    """Return the version that this one was built on, or where that is gone the newest older one.

    After a rollback it isn't the one with the number before. Raises WarehouseError where there is none.
    """
    there = {other.name: other for other in versions(warehouse)}
    built_on = _described(version)["built_on"]
    if built_on in there:
        return there[built_on]
    return _newest_before(warehouse, version.name)


def _newest_before(warehouse: Path, name: str) -> Version:
    older = [v for v in versions(warehouse) if version_number(v.name) < version_number(name)]
    if not older:
        raise WarehouseError(f"{warehouse} has no version before {name}")
    return older[0]


def roll_back(warehouse: Path, wanted: str | None = None) -> RolledBack:
    """Make a version the current one again, by default the one before; hold `lock(warehouse)` meanwhile.

    Readers see the one or the other, never nothing. No version is removed: what was current can be made so
    again, and the next run builds on what is. Raises WarehouseError where there is no such version or it
    can't be read.
    """
    link = link_target(warehouse)
    if is_new(warehouse):
        raise NotAWarehouseError(f"there is no warehouse at {warehouse}: check the path")
    if is_there(warehouse):
        require_link(warehouse)
    was = link.name if link else ""
    version = find_version(warehouse, wanted) if wanted else _before_current(warehouse, was)
    open_file(version.path).close()
    if version.name != was:
        try:
            sync(version.path)
            with private_folder(warehouse) as private:
                lead_to(warehouse, version.path, private)
        except OSError as error:
            raise WarehouseError(f"can't write the warehouse ({error})") from error
    return RolledBack(version.name, was)


def _before_current(warehouse: Path, name: str) -> Version:
    for version in versions(warehouse):
        if version.is_current:
            return find_before(warehouse, version)
    return _newest_before(warehouse, name)  # the current one is gone
