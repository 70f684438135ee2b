"""Publishing: a checked build becomes the current version in one step that no reader can see half done."""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import duckdb

from warehouse.building import MAX_DROP_PERCENT, MAX_MEMORY, Built, build
from warehouse.comparing import Comparison, compared
from warehouse.errors import CheckResult, ChecksFailedError, WarehouseError, first_line, is_of_disk, of_disk
from warehouse.files import (
    changes_file,
    current_version,
    lead_to,
    next_version_name,
    private_folder,
    sum_path,
    sync,
    version_number,
    versions,
    versions_folder,
)
from warehouse.loading import Tables
from warehouse.sums import (
    Upon,
    copy_of,
    require_as_published,
    require_in_part,
    sums_of_build,
    write_sum,
)

#: So many bytes of a version are soon read, and so many more for each byte of the letters to be read.
SOON_READ = 64 * 1024 * 1024
SOON_READ_TOO = 100
#: Of a larger version so many bytes are looked at in a night that has little to do.
LOOKED_OVER = 1024**3
#: Every so many versions nothing is relied upon: all marts are made anew, and checks look at all rows.
WHOLE_EVERY = 30
RUN_LIMIT = "more than a run may: raise KAMERCIJFERS_MAX_RUN_BYTES, or give it fewer letters"


class Published(NamedTuple):
    """A published version: its file's name, rows by table and by mart, what its checks warn of."""

    version: str
    tables: dict[str, int]
    marts: dict[str, int]
    warned: tuple[CheckResult, ...]

    @property
    def warnings(self) -> dict[str, int]:
        """Bad rows by check that warned."""
        return {check.name: check.bad_rows for check in self.warned}


class Limits(NamedTuple):
    """What a build may be: so much smaller, so large (None: as large as it gets), with so much memory."""

    max_drop_percent: float
    max_bytes: int | None
    max_memory: int


class Candidate(NamedTuple):
    """A private build that passed its checks, the version it is to follow, and what it holds.

    It was a copy of `upon`; None where it wasn't, or nothing tells as what that was published.
    """

    file: Path
    current: Path | None
    built: Built
    upon: Upon | None


def publish(  # noqa: PLR0913 what, and how much of it
    warehouse: Path,
    tables: Tables,
    lots: Iterable[Tables] = (),
    *,
    keep: int,
    max_drop_percent: float = MAX_DROP_PERCENT,
    max_bytes: int | None = None,
    max_memory: int = MAX_MEMORY,
    from_nothing: bool = False,
) -> Published:
    """Publish a version that holds what the current one holds, but `from_nothing`, and the rows of `tables`.

    `tables` maps the names of tables in sql/schema to frames with their columns, at least `run` with one row;
    check_result, row_count, and of run version and schema_version, are filled in here. `correction` has the
    entries of the corrections file (correcting.ENTRY). `lots` are more rows, one lot at a time in memory
    (loading.load). `keep` is the number of versions that stay, the new one always among them; no table or
    mart may lose more than `max_drop_percent` of its rows, the version may take no more than `max_bytes`, and
    DuckDB no more memory than `max_memory`. Hold `lock(warehouse)` meanwhile. Until the last step, and after
    any error, readers see the version before.
    Raises ChecksFailedError where a check fails, WarehouseError where the rows don't fit, the file has other
    tables or the path belongs to something else.
    """
    if keep < 1:
        raise WarehouseError(f"can't keep {keep} versions: keep at least 1")
    limits = Limits(max_drop_percent, max_bytes, max_memory)
    with (
        _writing(),
        _candidate(warehouse, (tables, lots), limits, from_nothing=from_nothing) as candidate,
    ):
        return put_in_place(warehouse, candidate, keep=keep)


def check_before(warehouse: Path, new_bytes: int, max_bytes: int, *, to_read: int | None = None) -> None:
    """Raise WarehouseError where nothing can be built on the current version, before letters are read.

    It and so many bytes of letters surely don't fit on the disk, or the run may take no more than `max_bytes`
    of it. Or it is seen to be damaged (`look_over`), with so many bytes of letters `to_read`, by default the
    new ones.
    """
    look_over(warehouse, new_bytes if to_read is None else to_read)
    current = current_version(warehouse)
    needed = new_bytes + (current.stat().st_size if current else 0)
    if needed > max_bytes:
        raise WarehouseError(f"the run takes at least {needed} bytes of disk, {RUN_LIMIT}")
    free = shutil.disk_usage(versions_folder(warehouse).parent).free
    if needed > free:
        raise WarehouseError(
            f"the run takes at least {needed} bytes of disk, {free} are free in {warehouse.parent}: make room"
        )


def look_over(warehouse: Path, to_read: int, *, whole: bool = False) -> None:
    """Raise WarehouseError where the current version is seen to be damaged, before a run goes on from it.

    One that is soon read, beside so many bytes of letters `to_read`, is looked at whole, and any where it is
    to be; of a larger one the headers and a part, another each day. What is built on it is looked at in any
    case when it is.
    """
    if current := current_version(warehouse):
        if whole or current.stat().st_size <= max(SOON_READ, SOON_READ_TOO * to_read):
            require_as_published(current)
        else:
            require_in_part(current, LOOKED_OVER, datetime.now(UTC).toordinal())


@contextmanager
def rebuilt(
    warehouse: Path,
    tables: Tables,
    lots: Iterable[Tables] = (),
    *,
    max_drop_percent: float = MAX_DROP_PERCENT,
    max_bytes: int | None = None,
    max_memory: int = MAX_MEMORY,
) -> Iterator[Candidate]:
    """Build a version that holds these rows and of what is there only the history of its runs.

    The build passed its checks, perhaps but those of what changes, and is private: `compared_with_current`
    tells what it changes, `put_in_place` publishes it, and without that it is gone in the end and nothing has
    changed. Hold `lock(warehouse)` meanwhile. Raises as publish does.
    """
    limits = Limits(max_drop_percent, max_bytes, max_memory)
    with _candidate(warehouse, (tables, lots), limits, anew=True) as candidate:
        yield candidate


@contextmanager
def _candidate(
    warehouse: Path,
    rows: tuple[Tables, Iterable[Tables]],
    limits: Limits,
    *,
    anew: bool = False,
    from_nothing: bool = False,
) -> Iterator[Candidate]:
    current = None if from_nothing else current_version(warehouse)
    if current and anew:
        require_as_published(current)
    name = next_version_name(warehouse)
    with private_folder(warehouse) as private:
        file = private / name
        with _writing(), _naming_damage_before(None if anew else current):
            upon = copy_of(current, file) if current and not anew else None
            built = build(
                file,
                current,
                rows[0],
                name,
                rows[1],
                anew=anew,
                known=upon is not None and version_number(name) % WHOLE_EVERY > 0,
                max_drop_percent=limits.max_drop_percent,
                max_memory=limits.max_memory,
            )
        size = file.stat().st_size
        if limits.max_bytes is not None and size > limits.max_bytes:
            raise WarehouseError(f"the new version takes {size} bytes, {RUN_LIMIT}")
        yield Candidate(file, current, built, upon)


@contextmanager
def _naming_damage_before(version: Path | None) -> Iterator[None]:
    """Whatever a build upon this version ends with: where the version is damaged, that is why."""
    try:
        yield
    except (OSError, duckdb.Error, WarehouseError):
        if version:
            require_as_published(version)
        raise


def compared_with_current(candidate: Candidate) -> AbstractContextManager[Comparison]:
    """Compare a private build with the version it follows; raises WarehouseError where it follows none."""
    if candidate.current is None:
        raise WarehouseError(f"{candidate.file.name} follows no version")
    return compared(candidate.current, candidate.file)


def put_in_place(warehouse: Path, candidate: Candidate, *, keep: int) -> Published:
    """Publish a private build in one step; `keep` is the number of versions that stay, this one included.

    Raises ChecksFailedError for one that a check of what changes keeps from it.
    """
    if candidate.built.stopped_by:
        raise ChecksFailedError(candidate.built.stopped_by)
    with _writing():
        _swap_in(warehouse, candidate.file, candidate.upon)
        _prune(warehouse, keep, candidate.current)
    built = candidate.built
    return Published(candidate.file.name, built.tables, built.marts, built.warnings)


@contextmanager
def _writing() -> Iterator[None]:
    try:
        yield
    except (OSError, duckdb.Error) as error:
        if isinstance(error, duckdb.Error) and not is_of_disk(error):
            raise
        raise WarehouseError(f"can't write the warehouse ({of_disk(first_line(error))})") from error


def _swap_in(warehouse: Path, file: Path, upon: Upon | None) -> None:
    """Make a finished build the current version: all of it on disk first, then one rename of a link."""
    if changes_file(file).exists():
        raise WarehouseError("the build was not written out whole: run again")
    sums = sums_of_build(file, upon)
    # Nobody writes to a published file, not even a shell that was started without -readonly.
    file.chmod(0o444)
    sync(file)
    write_sum(file, sums)
    version = versions_folder(warehouse) / file.name
    sum_path(file).rename(sum_path(version))
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
        sum_path(version.path).unlink(missing_ok=True)
