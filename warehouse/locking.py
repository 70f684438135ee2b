"""One run at a time: an operating-system file lock, which falls with the process that holds it."""

import json
import logging
import os
import platform
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from warehouse.errors import LockedError, WarehouseError
from warehouse.files import (
    BUILD_PREFIX,
    WRITING_PREFIX,
    Place,
    batches_folder,
    beside,
    changes_beside,
    is_there,
    lead_to,
    private_folder,
    sum_path,
    version_number,
    versions,
    versions_folder,
)
from warehouse.shelves import folder_of

log = logging.getLogger(__name__)


class Holder(NamedTuple):
    """Who took a lock: its process, its machine, and since when (UTC, ISO 8601)."""

    pid: int
    host: str
    since: str

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host}, since {self.since}"


@contextmanager
def lock(place: Place) -> Iterator[Holder | None]:
    """Hold the lock of this warehouse, and clear away what runs that were killed had begun to write.

    Yields the holder before, where that one ended without giving the lock back: the system took it from it.
    Raises LockedError at once where another run holds it, a WarehouseError where its folder can't be written.
    """
    warehouse = place.warehouse
    path = lock_file(warehouse)
    held = FileLock(path, blocking=False)
    try:
        with _writing(warehouse):
            warehouse.parent.mkdir(parents=True, exist_ok=True)
            held.acquire()
    except Timeout:
        if not path.exists():  # where no file can be made, as in /proc, it waits for one all the same
            with _writing(warehouse):
                path.touch()
        raise _locked(warehouse, named_in(path)) from None
    try:
        with _writing(warehouse):
            killed = named_in(path)
            # In place, as the lock is on this very file; who only asks for the lock leaves it as it is.
            path.write_text(json.dumps(this_process()._asdict()) + "\n")
            _remove_what_is_left(place)
            if killed:
                _finish_first(warehouse)
        if killed:
            log.warning("the run before (%s) ended without a word: what it had begun is cleared away", killed)
        yield killed
    finally:
        with suppress(OSError):
            os.truncate(path, 0)
        held.release()


@contextmanager
def _writing(warehouse: Path) -> Iterator[None]:
    try:
        yield
    except Timeout:  # an OSError too
        raise
    except OSError as error:
        raise WarehouseError(f"can't write in {warehouse.parent} ({error}): give another path") from error


def lock_file(warehouse: Path) -> Path:
    """Path of the lock; while it is held, the file tells who holds it."""
    return beside(warehouse, ".lock")


def holder(warehouse: Path) -> Holder | None:
    """Who holds the lock now; None where it is free. Nothing is cleared away.

    Raises OSError where that can't be found out.
    """
    path = lock_file(warehouse)
    if not path.exists():
        return None
    probe = FileLock(path, blocking=False)
    try:
        probe.acquire()
    except Timeout:
        return named_in(path) or Holder(0, "unknown", "just now")
    probe.release()
    return None


def require_free(warehouse: Path) -> None:
    """Raise LockedError where a run is on."""
    if found := holder(warehouse):
        raise _locked(warehouse, found)


def taker(warehouse: Path) -> Holder | None:
    """Who took the lock and hasn't given it back, dead or alive; asking keeps nobody from it."""
    return named_in(lock_file(warehouse))


def this_process() -> Holder:
    """Who takes a lock now: this process."""
    return Holder(os.getpid(), platform.node(), f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")


def named_in(path: Path) -> Holder | None:
    """Who is named in the file of a lock; None where nobody is."""
    try:
        facts = json.loads(path.read_text())
        return Holder(int(facts["pid"]), str(facts["host"]), str(facts["since"]))
    except (OSError, ValueError, KeyError, TypeError):  # between taking the lock and writing who took it
        return None


def left_over(place: Place) -> list[Path]:
    """What no run has published, unless one is on: what those that were killed had begun, sums of no version.

    And changes beside a version, and what didn't fit a reader's memory, which a shell may have left there.
    """
    warehouse, letters = place.warehouse, folder_of(place)
    begun = [
        *versions_folder(warehouse).glob(f"{BUILD_PREFIX}*"),
        *(letters.glob(f"{WRITING_PREFIX}*") if letters else ()),
        *batches_folder(warehouse).glob("*"),
    ]
    kept = versions(warehouse)
    begun += [path for version in kept for path in changes_beside(version.path)]
    begun += [path for path in versions_folder(warehouse).glob("*.tmp") if _is_abandoned(path)]
    there = {sum_path(version.path) for version in kept}
    return [*begun, *(path for path in versions_folder(warehouse).glob("*.sha256") if path not in there)]


def _is_abandoned(folder: Path) -> bool:
    """Whether nothing was written in a folder for a day."""
    written = [path.stat().st_mtime for path in (folder, *folder.glob("*"))]
    return max(written) < time.time() - ABANDONED_AFTER


#: Seconds; no query of a reader takes as long.
ABANDONED_AFTER = 24 * 60 * 60


def _remove_what_is_left(place: Place) -> None:
    for path in left_over(place):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _finish_first(warehouse: Path) -> None:
    """Name the first version of all, where a run was killed between putting it in place and naming it."""
    there = versions(warehouse)
    if [version_number(version.name) for version in there] == [1] and not is_there(warehouse):
        with private_folder(warehouse) as private:
            lead_to(warehouse, there[0].path, private)


def _locked(warehouse: Path, found: Holder | None) -> LockedError:
    return LockedError(
        f"another run holds {warehouse} ({found or 'a process that is just starting'}): wait for it to end",
        *(found or (None, None, None)),
    )
