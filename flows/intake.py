"""The letters of an inbox: which files there are, which bytes they hold, and which can't be read."""

import errno
import hashlib
import logging
import os
import stat
import time
from collections.abc import Iterable, Iterator
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

import polars as pl

from flows.cleaning import escaped
from flows.errors import UserError
from flows.recognising import Index
from transforms.schemas import FILE
from transforms.sidecars import MAX_BYTES, SUFFIX

log = logging.getLogger(__name__)

#: 20 MB, in the binary sense: a letter of exactly this size is still read.
MAX_LETTER_BYTES = 20 * 1024 * 1024
STEP = "intake"
OUTSIDE = "leads out of the inbox"
#: Trying these again can't help: the file is gone, closed to us, or no file.
LASTING = (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError)


class Limits(NamedTuple):
    """What one letter may cost: seconds of processor time, and claims."""

    seconds: float
    claims: int


#: Ten thousand claims are some eight hundred pages, which take half a minute.
LIMITS = Limits(seconds=120, claims=10_000)


class Beside(NamedTuple):
    """A sidecar: the path below the inbox, the path itself, and its sha256 in hex."""

    source: str
    path: Path
    sidecar_id: str


class Found(NamedTuple):
    """A file that can be read: the path below the inbox, the path itself, sha256 in hex, bytes, sidecars.

    It has several sidecars where several files have the same bytes.
    """

    source: str
    path: Path
    letter_id: str
    size: int
    sidecars: tuple[Beside, ...] = ()


class Sized(Protocol):
    """Whatever has a size in bytes."""

    @property
    def size(self) -> int: ...  # noqa: D102


File = TypeVar("File", bound=Sized)


class Rejection(NamedTuple):
    """A file set aside; letter_id is None where its bytes could not be read."""

    source: str
    letter_id: str | None
    step: str
    reason: str
    detail: str


LIMIT = "; the limit is "


def over(what: str, limit: str) -> str:
    """Detail of a letter that exceeds a limit."""
    return f"{what}{LIMIT}{limit}"


def limit_in(detail: str | None) -> str:
    """The limit that such a detail names; nothing in any other."""
    return (detail or "").partition(LIMIT)[2]


class Intake(NamedTuple):
    """The files of an inbox in order of their path, each content once, and what was set aside.

    Those that an index recognised are only counted.
    """

    found: list[Found]
    rejected: list[Rejection]
    seen: int  # files, doubles and those recognised included


def intake(
    inbox: Path, max_bytes: int = MAX_LETTER_BYTES, *, give_up: bool = True, index: Index | None = None
) -> Intake:
    """Every letter below the inbox, hashed in a stream; of files with the same bytes the first path stays.

    Sidecars are hashed as their letters are. A file that the index recognises is not opened: it holds a
    letter that is known, and so is what its sidecar tells.

    What leads out of the inbox is set aside. Raises UserError when that is no folder, and OSError for a fault
    of a disk or network that may pass, unless give_up: then the file is set aside as unreadable.
    """
    check_folder(inbox)
    files = dict(_walk(inbox))
    index = index or Index()
    unknown = [path for path, told in files.items() if not _is_recognised(path, index, told=told)]
    found: dict[str, Found] = {}
    rejected = []
    for path in _in_order(unknown, inbox):
        source = source_name(path, inbox)
        file = identified(path, source, max_bytes, within=inbox, give_up=give_up, index=index)
        if isinstance(file, Rejection):
            rejected.append(file)
            continue
        known = found.setdefault(file.letter_id, file)
        if files[str(path)]:
            told = _beside(path, inbox, index=index)
            found[file.letter_id] = known._replace(sidecars=(*known.sidecars, *told))
    return Intake(list(found.values()), rejected, len(files))


def _is_recognised(path: str, index: Index, *, told: bool) -> bool:
    """Whether a file is as it was noted, and so is its sidecar, if it is `told` of by one."""
    return index.recognises(path) and (not told or index.recognises(path + SUFFIX))


def _beside(path: Path, inbox: Path, *, index: Index | None) -> list[Beside]:
    """The sidecar of a letter; none, and a warning, where it can't be read."""
    sidecar = path.with_name(path.name + SUFFIX)
    source = source_name(sidecar, inbox)
    file = identified(sidecar, source, MAX_BYTES, within=inbox, index=index)
    if isinstance(file, Found):
        return [Beside(source, sidecar, file.letter_id)]
    log.warning("%s: passed over as %s (%s): its letter is read without it", source, file.reason, file.detail)
    return []


def letter_paths(folder: Path) -> list[Path]:
    """Paths of all files below a folder that may hold letters, in order of their path.

    Sidecars are none of them, nor are hidden files and those that other programs write for a while.
    """
    check_folder(folder)
    return _in_order((path for path, _ in _walk(folder)), folder)


def _in_order(paths: Iterable[str], folder: Path) -> list[Path]:
    return sorted(map(Path, paths), key=lambda path: below(path, folder))


#: How names begin and end of what is no letter: hidden files, locks of office programs, what is still being
#: written, sidecars.
NO_BEGINNINGS = (".", "~$")
NO_ENDINGS = (SUFFIX, "~", ".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".swp")


def is_letter(name: str) -> bool:
    """Whether a file of this name may hold a letter; what it does hold, its content tells."""
    return not name.startswith(NO_BEGINNINGS) and not name.lower().endswith(NO_ENDINGS)


def check_folder(folder: Path) -> None:
    """Raise UserError where this is no folder that can be listed."""
    if not folder.exists():
        raise UserError(f"{folder}: no such folder")
    if not folder.is_dir():
        raise UserError(f"{folder}: is a file, a folder of letters is needed")
    if not os.access(folder, os.R_OK | os.X_OK):
        raise UserError(f"{folder}: can't be read: permission denied")


def _walk(folder: Path) -> Iterator[tuple[str, bool]]:
    """Paths of letters, as texts, and whether a sidecar lies beside them.

    Of a hundred thousand files, pathlib takes longer than the disk.
    """
    entered: set[tuple[int, int]] = set()
    _is_new(folder, entered)
    for parent, folders, files in os.walk(folder, followlinks=True, onerror=_warn_of_folder):
        # A linked folder is followed, each folder once: a link to a folder above must not go round for ever.
        folders[:] = [
            name
            for name in sorted(folders)
            if not name.startswith(".")
            and _is_within(Path(parent, name), folder)
            and _is_new(Path(parent, name), entered)
        ]
        beginning = os.path.join(parent, "")  # noqa: PTH118
        told = {name.removesuffix(SUFFIX) for name in files if name.endswith(SUFFIX)}
        yield from ((beginning + name, name in told) for name in files if is_letter(name))


def _is_within(path: Path, folder: Path) -> bool:
    """Whether a folder below this one, perhaps by way of a link, lies in it."""
    if not path.is_symlink() or path.resolve().is_relative_to(folder.resolve()):
        return True
    log.warning("%s: folder passed over (%s)", source_name(path, folder), OUTSIDE)
    return False


def _is_new(folder: Path, entered: set[tuple[int, int]]) -> bool:
    try:
        status = folder.stat()
    except OSError as error:
        _warn_of_folder(error)
        return False
    place = (status.st_dev, status.st_ino)
    if place in entered:
        return False
    entered.add(place)
    return True


def _warn_of_folder(error: OSError) -> None:
    log.warning("%s: folder passed over (%s)", error.filename, error.strerror)


def below(path: Path, folder: Path) -> str:
    """Path of a file below a folder that it was found in; pathlib takes ten times as long."""
    return str(path).removeprefix(os.path.join(folder, ""))  # noqa: PTH118


def source_name(path: Path, folder: Path) -> str:
    """Path below a folder, in POSIX form.

    Bytes that are no UTF-8 are written as escapes, and so are characters that steer a terminal.
    """
    return escaped(os.fsencode(below(path, folder)).decode("utf-8", "backslashreplace"))


def identified(
    path: Path,
    source: str,
    max_bytes: int,
    *,
    within: Path | None = None,
    give_up: bool = True,
    index: Index | None = None,
) -> Found | Rejection:
    """File with its sha256, or why it is set aside; never more than a small part of it in memory.

    It is to lie `within` this folder, if one is given. Raises OSError for a fault that may pass, unless
    give_up.
    """
    try:
        with _opened(path) as handle:
            if within and not _place(handle, path).is_relative_to(within.resolve()):
                return Rejection(source, None, STEP, "outside", OUTSIDE)
            began, before = time.time_ns(), os.fstat(handle.fileno())
            letter_id = hashlib.file_digest(handle, "sha256").hexdigest()
            size = handle.tell()
    except OSError as error:
        return _unreadable(source, error, give_up=give_up)
    if size > max_bytes:
        return Rejection(source, letter_id, STEP, "too_large", over(f"{size} bytes", f"{max_bytes}"))
    if index and size == before.st_size:
        index.note(path, before, letter_id, began)
    return Found(source, path, letter_id, size)


def _opened(path: Path) -> BufferedReader:
    # Opening a named pipe would wait for a writer that may never come.
    handle = os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC), "rb")
    if not stat.S_ISREG(os.fstat(handle.fileno()).st_mode):
        handle.close()
        raise IsADirectoryError(errno.EISDIR, "not a regular file")
    return handle


def _place(handle: BufferedReader, path: Path) -> Path:
    """Where an open file lies, whatever its name leads to by now."""
    try:
        return Path(f"/proc/self/fd/{handle.fileno()}").readlink()
    except OSError:  # no Linux
        return path.resolve()


def _unreadable(source: str, error: OSError, *, give_up: bool) -> Rejection:
    if not give_up and not isinstance(error, LASTING):
        log.warning("%s: %s; it may pass", source, error.strerror)
        raise error
    return Rejection(source, None, STEP, "unreadable", error.strerror or str(error))


def contents(files: Iterable[Found], *, give_up: bool = True) -> tuple[pl.DataFrame, list[Rejection]]:
    """Bytes of the files as a frame with schemas.FILE, and the files that can't be read any more.

    A file whose bytes changed since it was found is set aside too: it may still be being written, and the
    next run sees the whole of it. Raises OSError for a fault that may pass, unless give_up.
    """
    rows: list[tuple[str, str, bytes, bytes | None]] = []
    rejected = []
    for file in files:
        try:
            with _opened(file.path) as handle:
                content = handle.read(file.size + 1)
        except OSError as error:
            rejected.append(_unreadable(file.source, error, give_up=give_up))
            continue
        if hashlib.sha256(content).hexdigest() == file.letter_id:
            rows.append((file.letter_id, file.source, content, _content_beside(file)))
        else:
            rejected.append(
                Rejection(file.source, None, STEP, "unreadable", "changed while it was being read")
            )
    return pl.DataFrame(rows, schema=FILE, orient="row"), rejected


def _content_beside(file: Found) -> bytes | None:
    """Bytes of the sidecar of a letter; None where it has none, or one that is gone or being written."""
    for beside in file.sidecars:
        try:
            content = beside.path.read_bytes()
        except OSError:
            continue
        if hashlib.sha256(content).hexdigest() == beside.sidecar_id:
            return content
    return None


def batches(files: Iterable[File], letters: int, max_bytes: int) -> list[list[File]]:
    """Files in their order, in batches of at most so many letters and (but for a single file) bytes."""
    made: list[list[File]] = []
    size = 0
    for file in files:
        if not made or len(made[-1]) >= letters or size + file.size > max_bytes:
            made.append([])
            size = 0
        made[-1].append(file)
        size += file.size
    return made
