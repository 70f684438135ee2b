"""One run at a time: an operating-system file lock, which falls with the process that holds it."""

import json
import os
import platform
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from warehouse.errors import LockedError, WarehouseError
from warehouse.files import BUILD_PREFIX, WRITING_PREFIX, beside, letters_folder, versions_folder


@contextmanager
def lock(warehouse: Path) -> Iterator[None]:
    """Hold the lock of this warehouse, and clear away what runs that were killed had begun to write.

    Raises LockedError at once where another run holds it, a WarehouseError where its folder can't be written.
    """
    held, holder = FileLock(beside(warehouse, ".lock"), blocking=False), beside(warehouse, ".holder")
    try:
        warehouse.parent.mkdir(parents=True, exist_ok=True)
        held.acquire()
        _write_holder(holder)
        _remove_what_is_left(warehouse)
    except Timeout:
        raise _locked(warehouse, holder) from None
    except OSError as error:
        held.release()
        raise WarehouseError(f"can't write in {warehouse.parent} ({error}): give another path") from error
    try:
        yield
    finally:
        holder.unlink(missing_ok=True)
        held.release()


def _write_holder(holder: Path) -> None:
    # A file of its own: a contender may empty the lock file by opening it.
    facts = {"pid": os.getpid(), "host": platform.node(), "since": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"}
    holder.write_text(json.dumps(facts))


def _remove_what_is_left(warehouse: Path) -> None:
    for folder in versions_folder(warehouse).glob(f"{BUILD_PREFIX}*"):
        shutil.rmtree(folder)
    for folder in letters_folder(warehouse).glob(f"{WRITING_PREFIX}*"):
        shutil.rmtree(folder)


def _locked(warehouse: Path, holder: Path) -> LockedError:
    facts = _facts(holder)
    pid, host, since = facts.get("pid"), facts.get("host"), facts.get("since")
    by = f"process {pid} on {host}, since {since}" if facts else "a process that is just starting"
    return LockedError(f"another run holds {warehouse} ({by}): wait for it to end", pid, host, since)


def _facts(holder: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(holder.read_text()))
    except (OSError, ValueError):  # between taking the lock and writing who took it
        return {}
