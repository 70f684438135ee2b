"""Where kept letters lie: a folder on disk, or a storage that fsspec reaches, under names that never change.

What is kept is named after its content, so to put it again is harmless. In a folder it is written beside,
synced and renamed; in object storage a put shows all of it or nothing, and what was put is safe when the
storage says so. A storage that can't be reached is no letter that is missing: it is told as such, at once.
"""

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

import fsspec

from warehouse.errors import StorageError
from warehouse.files import WRITING_PREFIX, Place, letters_folder, require_file, sync

#: Files that wait for the disk or the network at a time: several together take little more than one.
THREADS = 8
Answer = TypeVar("Answer")


class Shelves(Protocol):
    """Files by names like `ab/cdef….zst`."""

    def check(self) -> None:
        """Raise StorageError where nothing can be put there and read again."""

    def put(self, named: list[tuple[str, bytes]]) -> None:
        """Put these files there; when this returns, a crash can't lose them any more."""

    def read(self, name: str) -> bytes:
        """Bytes of a file; raises FileNotFoundError where there is none."""

    def names(self, folder: str | None = None) -> list[str]:
        """Names of all files there, or of those in `ab`."""

    def since(self, name: str) -> datetime:
        """When a file was put there (UTC)."""

    def take_out(self, name: str, to: Path) -> None:
        """Move a file into a folder on disk."""

    def shown(self, name: str) -> str:
        """What a file is called where people read it."""


def shelves(place: Place) -> Shelves:
    """The shelves of a warehouse's letters: beside it, or in another folder or storage of fsspec."""
    folder = folder_of(place)
    return InFolder(folder) if folder else InStorage(str(place.letters))


def folder_of(place: Place) -> Path | None:
    """The folder of a warehouse's letters; None where they are in a storage."""
    if place.letters is None:
        return letters_folder(place.warehouse)
    scheme = urlsplit(place.letters).scheme
    return Path(place.letters.removeprefix("file://")) if scheme in ("", "file") else None


def unopened(what: str, where: str, error: Exception) -> str:
    """Why fsspec can't open a storage of what; for S3, which is an extra of ours, what installs it."""
    scheme = urlsplit(where).scheme
    is_extra = scheme in ("s3", "s3a") and isinstance(error, ImportError)
    reason = "it needs s3fs: pip install 'kamercijfers[s3]'" if is_extra else error
    return f"{scheme}: storage of {what} that can't be opened ({reason})"


class InFolder:
    """Shelves in a folder, which need not be there yet."""

    def __init__(self, top: Path) -> None:
        self._top = top

    def check(self) -> None:
        """Nothing is tried, but that a file lies in the folder's place is told before anything is read."""
        there = next((path for path in (self._top, *self._top.parents) if path.exists()), self._top)
        if there.exists() and not there.is_dir():
            raise StorageError(
                f"{there}: is a file where the folder of the kept letters is to be: move it away, or name "
                "another folder (KAMERCIJFERS_LETTERS)"
            )

    def put(self, named: list[tuple[str, bytes]]) -> None:
        """Each is renamed to its place when it is whole and on disk; raises OSError."""
        if not named:
            return
        self._top.mkdir(parents=True, exist_ok=True)
        private = Path(tempfile.mkdtemp(prefix=WRITING_PREFIX, dir=self._top))
        try:
            with ThreadPoolExecutor(THREADS) as threads:
                for path, written in threads.map(partial(self._written, private), named):
                    path.parent.mkdir(exist_ok=True)
                    written.replace(path)
                list(threads.map(sync, sorted({self._path(name).parent for name, _ in named})))
            sync(self._top)
            sync(self._top.parent)
        finally:
            # What stays is cleared away by the next run that locks.
            shutil.rmtree(private, ignore_errors=True)

    def _written(self, private: Path, named: tuple[str, bytes]) -> tuple[Path, Path]:
        """A file that nobody writes to any more, and that the disk holds."""
        name, content = named
        file = private / name.replace("/", "")
        with file.open("xb") as out:
            out.write(content)
            out.flush()
            os.fchmod(out.fileno(), 0o444)
            os.fsync(out.fileno())
        return self._path(name), file

    def _path(self, name: str) -> Path:
        return self._top / name

    def read(self, name: str) -> bytes:
        """Bytes of a file; raises OSError."""
        require_file(self._path(name))
        return self._path(name).read_bytes()

    def names(self, folder: str | None = None) -> list[str]:
        """Names, sorted."""
        found = self._top.glob(f"{folder or '??'}/*")
        return sorted(path.relative_to(self._top).as_posix() for path in found)

    def since(self, name: str) -> datetime:
        """When it was written."""
        return datetime.fromtimestamp(self._path(name).stat().st_mtime, UTC)

    def take_out(self, name: str, to: Path) -> None:
        """It is renamed, where the folder is on the same disk."""
        shutil.move(self._path(name), to / name.replace("/", ""))

    def shown(self, name: str) -> str:
        """Its path."""
        return str(self._path(name))


class InStorage:
    """Shelves in a storage of fsspec."""

    def __init__(self, where: str) -> None:
        self._where = where.rstrip("/")
        try:
            self._storage, top = fsspec.url_to_fs(self._where)
        except (ImportError, ValueError) as error:
            raise StorageError(f"{unopened('letters', where, error)}: see to KAMERCIJFERS_LETTERS") from error
        self._top = str(top).rstrip("/")

    def check(self) -> None:
        """A trial is put there, read and removed."""
        name = f".trial-{secrets.token_hex(8)}"
        self.put([(name, b"trial")])
        if self._asked(lambda: self.read(name)) != b"trial":
            raise StorageError(f"{self._where}: gives back other bytes than are put there")
        self._asked(lambda: self._storage.rm_file(self._path(name)))

    def put(self, named: list[tuple[str, bytes]]) -> None:
        """A put each; raises StorageError."""
        with ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(self._put, named))

    def _put(self, named: tuple[str, bytes]) -> None:
        name, content = named
        self._asked(lambda: self._storage.pipe_file(self._path(name), content))

    def _path(self, name: str) -> str:
        return f"{self._top}/{name}"

    def read(self, name: str) -> bytes:
        """Bytes of a file; raises FileNotFoundError, StorageError."""
        try:
            return bytes(self._asked(lambda: self._storage.cat_file(self._path(name))))
        except StorageError as error:
            if isinstance(error.__cause__, FileNotFoundError):
                raise error.__cause__ from None
            raise

    def names(self, folder: str | None = None) -> list[str]:
        """Names, sorted; what is no letter's has no folder."""
        self._storage.invalidate_cache()
        top = self._path(folder) if folder else self._top
        try:
            found: Iterable[str] = self._asked(lambda: self._storage.find(top))
        except StorageError as error:
            if isinstance(error.__cause__, FileNotFoundError):
                return []
            raise
        names = (path.removeprefix("/").removeprefix(self._top.removeprefix("/") + "/") for path in found)
        return sorted(name for name in names if name.count("/") == 1)

    def since(self, name: str) -> datetime:
        """When it was put, as far as the storage tells; else now."""
        self._storage.invalidate_cache()
        try:
            told: datetime = self._storage.modified(self._path(name))
        except Exception:  # not every storage knows
            return datetime.now(UTC)
        return told.astimezone(UTC)

    def take_out(self, name: str, to: Path) -> None:
        """It is there before it is removed here."""
        (to / name.replace("/", "")).write_bytes(self.read(name))
        self._asked(lambda: self._storage.rm_file(self._path(name)))

    def shown(self, name: str) -> str:
        """Its address."""
        return f"{self._where}/{name}"

    def _asked(self, ask: Callable[[], Any]) -> Any:
        """What the storage answers; its faults, which each library has of its own, as StorageError."""
        try:
            return ask()
        except StorageError:
            raise
        except Exception as error:
            reason = " ".join(str(error).split()) or type(error).__name__
            raise StorageError(
                f"{self._where}: the kept letters can't be reached ({reason}): see to the storage or "
                "KAMERCIJFERS_LETTERS, and run again"
            ) from error
