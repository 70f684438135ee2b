"""Where the files of a warehouse lie.

For a warehouse `W`, a name that people use, these lie beside it:

- `W` itself, a relative link to the current version;
- `W.versions/<UTC time>-<n>.duckdb`, the published versions, n counting up, each with its `….sha256`;
- `W.versions/.build-…/`, the private build of a run that goes on;
- `W.letters/ab/cdef….zst`, the letters as received, named after the SHA-256 of their bytes, compressed;
- `W.letters/ab/cdef….<SHA-256>.meta.zst`, their sidecars, each named after its own SHA-256 too;
- `W.letters/.writing-…/`, letters that a run is just keeping;
- `W.batches/<run_id>/`, the batches that a run has read and not yet published;
- `W.damaged/`, versions and letters that were damaged, as `kamercijfers repair` found them;
- `W.lock`, the lock of the run, which tells while it is held who holds it;
- `W.inbox.parquet`, which letters the files of the inbox hold, for the next run to recognise them;
- `W.alerts.json`, which alerts are open, where somebody is told of failures.
"""

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from warehouse.errors import NotAWarehouseError, WarehouseError

#: What mends a damaged warehouse; errors that tell of damage end with it.
REPAIR = "run `kamercijfers repair`"
BUILD_PREFIX = ".build-"
WRITING_PREFIX = ".writing-"
_BESIDE = (".versions", ".letters", ".batches", ".damaged", ".lock", ".inbox.parquet", ".alerts.json")
VERSION_NAME = re.compile(r"(\d{8}T\d{6}Z)-(\d+)\.duckdb")


class Place(NamedTuple):
    """Where a warehouse lies, and its letters: beside it, or in another folder or storage of fsspec."""

    warehouse: Path
    letters: str | None = None


class Version(NamedTuple):
    """A published version: its file's name and path, when it was published (UTC), its size in bytes."""

    name: str
    path: Path
    published_at: datetime
    size: int
    is_current: bool


def versions_folder(warehouse: Path) -> Path:
    """Folder of the published versions, which need not exist yet."""
    return beside(warehouse, ".versions")


def letters_folder(warehouse: Path) -> Path:
    """Folder of the kept letters, which need not exist yet."""
    return beside(warehouse, ".letters")


def batches_folder(warehouse: Path) -> Path:
    """Folder of batches that are read and not yet published, which need not exist."""
    return beside(warehouse, ".batches")


def damaged_folder(warehouse: Path) -> Path:
    """Folder of what a repair took out, which need not exist yet."""
    return beside(warehouse, ".damaged")


def alerts_file(warehouse: Path) -> Path:
    """Path of what is remembered of alerts, which need not exist yet."""
    return beside(warehouse, ".alerts.json")


def index_file(warehouse: Path) -> Path:
    """Path of what is noted of the files of the inbox, which need not exist yet."""
    return beside(warehouse, ".inbox.parquet")


def changes_file(version: Path) -> Path:
    """Path of changes that are not in a database yet, for which DuckDB looks wherever it opens one."""
    return version.with_name(f"{version.name}.wal")


def changes_beside(version: Path) -> list[Path]:
    """Files of changes beside a version that nobody published, which DuckDB would take for a part of it."""
    changes = changes_file(version)
    named = (changes.with_name(changes.name + suffix) for suffix in ("", ".recovery", ".checkpoint"))
    return [path for path in named if os.path.lexists(path)]


def require_file(path: Path) -> None:
    """Raise OSError for what is there and no file: opening a pipe would wait for a writer for ever."""
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "not a regular file")


def require_unchanged(version: Path) -> None:
    """Raise NotAWarehouseError where changes lie beside a version, or beside what a link to one leads to."""
    if changes := changes_beside(resolved(version)):
        raise NotAWarehouseError(f"{changes[0]} would change what was published: {REPAIR}")


def beside(warehouse: Path, suffix: str) -> Path:
    """Path of a file of this warehouse that lies beside it."""
    return warehouse.with_name(warehouse.name + suffix)


def own_names(warehouse: Path) -> frozenset[str]:
    """Names of all that may lie in the folder of a warehouse and is its own."""
    return frozenset(warehouse.name + suffix for suffix in ("", *_BESIDE))


def is_there(warehouse: Path) -> bool:
    """Whether anything has this name, a link that leads nowhere included."""
    return warehouse.exists() or warehouse.is_symlink()


def is_new(warehouse: Path) -> bool:
    """Whether nothing was ever published here: there is no such name, and no version without its name."""
    return not is_there(warehouse) and not versions(warehouse)


def current_file(warehouse: Path) -> Path:
    """Path of the file that the warehouse's name leads to now.

    Raises NotAWarehouseError where there is none.
    """
    link = link_target(warehouse)
    try:
        found = warehouse.resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: a link that leads back to itself
        if link_target(warehouse) != link:  # a run has just published, and removed the version before
            return current_file(warehouse)
        raise NotAWarehouseError(_nothing_there(warehouse, link)) from None
    if not found.is_file():
        if link:
            raise NotAWarehouseError(f"{warehouse} leads to {link}, which is no file: {REPAIR}")
        raise NotAWarehouseError(f"{warehouse} is a folder: give the path of a warehouse file")
    return found


def link_target(warehouse: Path) -> Path | None:
    """Where the warehouse's name leads as a link; None where it is no link."""
    try:
        return warehouse.readlink()
    except OSError:
        return None


def _nothing_there(warehouse: Path, link: Path | None) -> str:
    if link:
        return f"{warehouse} leads to {link}, which is gone: {REPAIR}"
    if there := versions(warehouse):
        return f"{warehouse} is gone, but its versions are there ({there[0].name} and before): {REPAIR}"
    return f"there is no warehouse at {warehouse}: check the path, or let a nightly run make it of a letter"


def current_version(warehouse: Path) -> Path | None:
    """Path of the version to build on, None where nothing has been published yet.

    Raises WarehouseError where the name belongs to something that publishing would overwrite, and where it
    is gone though versions are there: a version built on nothing would leave out what they hold.
    """
    if is_new(warehouse):
        return None
    if not is_there(warehouse):
        raise WarehouseError(_nothing_there(warehouse, None))
    require_link(warehouse)
    found = current_file(warehouse)
    if found.parent != versions_folder(warehouse).resolve():
        raise WarehouseError(f"{warehouse} is a link to {found}: give the path of the warehouse itself")
    return found


def require_link(warehouse: Path) -> None:
    """Raise WarehouseError where the name is no link, as that of every warehouse that runs publish to is."""
    if not warehouse.is_symlink():
        to_do = f"and {REPAIR}" if versions(warehouse) else "or give another path"
        raise WarehouseError(
            f"{warehouse} is no warehouse that runs publish to, but a copy or another file: "
            f"move it away {to_do}"
        )


def versions(warehouse: Path) -> list[Version]:
    """Return the published versions that are still there, newest first; empty where there are none."""
    current = resolved(warehouse)
    found = [_version(path, current) for path in versions_folder(warehouse).glob("*.duckdb")]
    return sorted(filter(None, found), key=lambda version: version_number(version.name), reverse=True)


def _version(path: Path, current: Path) -> Version | None:
    match = VERSION_NAME.fullmatch(path.name)
    try:
        size = path.stat().st_size
    except FileNotFoundError:  # removed by a run that has just published
        return None
    if not match:
        return None
    published_at = datetime.strptime(match[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return Version(path.name, path, published_at, size, path.resolve() == current)


def resolved(path: Path) -> Path:
    """Where a path leads; itself, where it is a link that leads back to itself."""
    try:
        return path.resolve()
    except RuntimeError:
        return path


def sum_path(version: Path) -> Path:
    """Path of the sum of a version, which need not be there."""
    return version.with_name(f"{version.name}.sha256")


def find_version(warehouse: Path, wanted: str) -> Version:
    """Version of this name, which need not have its ending, or of this running number.

    Raises WarehouseError where there is none.
    """
    there = versions(warehouse)
    for version in there:
        if Path(wanted).name in (version.name, version.path.stem, str(version_number(version.name))):
            return version
    listed = ", ".join(version.path.stem for version in there[:3])
    more = len(there) - 3
    others = f" and {more} other{'s' if more > 1 else ''}" if more > 0 else ""
    raise WarehouseError(f"{warehouse} has no version {wanted}: give one of {listed or 'none'}{others}")


def version_number(name: str) -> int:
    """Return the running number in the name of a version."""
    match = VERSION_NAME.fullmatch(name)
    return int(match[2]) if match else 0


def next_version_name(warehouse: Path) -> str:
    """Name for the version after the newest; the number orders them even where the clock was set back.

    No number comes again: not that of a version which a repair took out either.
    """
    names = [version.name for version in versions(warehouse)]
    names += [path.name for path in damaged_folder(warehouse).glob("*.duckdb")]
    number = max(map(version_number, names), default=0) + 1
    return f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{number}.duckdb"


def lead_to(warehouse: Path, version: Path, private: Path) -> None:
    """Let the warehouse's name lead to this version, in one step; `private` is a folder on the same disk."""
    link = private / "link"
    link.symlink_to(Path(version.parent.name, version.name))
    link.replace(warehouse)
    sync(warehouse.parent)


@contextmanager
def private_folder(warehouse: Path) -> Iterator[Path]:
    """Make a folder for one build, on the file system of the versions; in the end it is gone."""
    versions_folder(warehouse).mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=BUILD_PREFIX, dir=versions_folder(warehouse)))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # what stays is cleared away by the next run that locks


def sync(path: Path) -> None:
    """Make the disk hold what was written to this file or folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
