"""The letters of an inbox: which bytes its files hold, and which can't be read."""

import errno
import hashlib
import logging
import os
import stat
import time
from collections.abc import Iterable
from contextlib import closing
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

import polars as pl

from flows import archives
from flows.limits import MAX_LETTER_BYTES, over
from flows.recognising import Index
from flows.walking import LET_READ, OUTSIDE, Closed, check_folder, in_order, is_letter, source_name, walk
from transforms.letters import short_hash
from transforms.schemas import FILE
from transforms.sidecars import MAX_BYTES, SUFFIX

log = logging.getLogger(__name__)

STEP = "intake"
#: A batch holds at most so many bytes of letters, so that memory doesn't grow with the inbox.
BATCH_BYTES = 64 * 1024 * 1024
#: What is to be done where a file can't be read.
TO_DO: dict[type[OSError], str] = {
    PermissionError: LET_READ,
    FileNotFoundError: "put the file there again, or take out what leads to it",
    IsADirectoryError: "put a file in its place, or take it out of the inbox",
}
#: Trying these again can't help: the file is gone, closed to us, or no file.
LASTING = (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError)


class Beside(NamedTuple):
    """A sidecar: the path below the inbox, the path itself, its sha256 in hex, its place in an archive."""

    source: str
    path: Path
    sidecar_id: str
    member: str = ""


class Found(NamedTuple):
    """A file that can be read: path below the inbox, the path itself, sha256 in hex, bytes, sidecars.

    It has several sidecars where several files have the same bytes; a place in the file where that is an
    archive.
    """

    source: str
    path: Path
    letter_id: str
    size: int
    sidecars: tuple[Beside, ...] = ()
    member: str = ""
    doubles: int = 0  # other files of the run with the same bytes


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


class Intake(NamedTuple):
    """The files of an inbox in order of their path, each content once, and what was set aside.

    Those that an index recognised are only counted.
    """

    found: list[Found]
    rejected: list[Rejection]
    seen: int  # files, doubles and those recognised included


def intake(
    inbox: Path,
    max_bytes: int = MAX_LETTER_BYTES,
    *,
    give_up: bool = True,
    index: Index | None = None,
    warehouse: Path | None = None,
) -> Intake:
    """Every letter below the inbox, hashed in a stream; of files with the same bytes the first path stays.

    One that lies in the inbox itself stays before a member of an archive. Sidecars are hashed as their
    letters are. A file that the index recognises is not opened: it holds a letter that is known, and so is
    what its sidecar tells.

    What belongs to the warehouse is passed over, where that lies in the inbox too. What leads out of the
    inbox is set aside, and so is a folder that can't be listed, which counts as one file; what the index has
    warned of before, it doesn't again.
    Raises UserError when the inbox is no folder, and OSError for a fault of a disk or network that may pass,
    unless give_up: then the file is set aside as unreadable.
    """
    check_folder(inbox)
    index = index or Index()
    closed: list[Closed] = []
    files = dict(walk(inbox, index, warehouse, closed))
    with_theirs = [path + SUFFIX for path, told in files.items() if told]
    letters = index.recognises([*files, *with_theirs])
    as_told = {path for path, held in zip(with_theirs, letters[len(files) :], strict=True) if held}
    unknown: list[str] = []
    rejected = [_unlisted(folder, inbox, give_up=give_up) for folder in closed]
    seen = len(rejected)
    for (path, told), held in zip(files.items(), letters, strict=False):
        # A letter is recognised with its sidecar, or not at all.
        if held and (not told or path + SUFFIX in as_told):
            seen += held
        else:
            unknown.append(path)
    found: dict[str, Found] = {}
    for file_path in in_order(unknown, inbox):
        source = source_name(file_path, inbox)
        for file in found_in(file_path, source, max_bytes, within=inbox, give_up=give_up, index=index):
            seen += 1
            if isinstance(file, Rejection):
                rejected.append(file)
                continue
            beside = file.sidecars
            if files[str(file_path)] and not file.member:
                beside = (*beside, *_beside(file_path, inbox, index=index))
            one = _one_of(found.get(file.letter_id), file, beside)
            if one.source == file.source:  # in its place in the order of paths
                found.pop(file.letter_id, None)
            found[file.letter_id] = one
    return Intake(list(found.values()), rejected, seen)


def _one_of(known: Found | None, file: Found, beside: tuple[Beside, ...]) -> Found:
    """Of files with the same bytes the one by which their letter is named, with the sidecars of all."""
    if known is None:
        return file._replace(sidecars=beside)
    named = file if known.member and not file.member else known
    return named._replace(sidecars=(*known.sidecars, *beside), doubles=known.doubles + 1)


def _beside(path: Path, inbox: Path, *, index: Index) -> list[Beside]:
    """The sidecar of a letter; none, and a warning, where it can't be read."""
    sidecar = path.with_name(path.name + SUFFIX)
    source = source_name(sidecar, inbox)
    file = identified(sidecar, source, MAX_BYTES, within=inbox, index=index)
    if isinstance(file, Found):
        return [Beside(source, sidecar, file.letter_id)]
    index.warn(f"{source}: passed over as {file.reason} ({file.detail}): its letter is read without it")
    return []


def found_in(
    path: Path,
    source: str,
    max_bytes: int,
    *,
    within: Path | None = None,
    give_up: bool = True,
    index: Index | None = None,
) -> list[Found | Rejection]:
    """The letter that a file is, or those that it holds where it is an archive; as `identified` has them."""
    file, is_zip = _hashed(path, source, max_bytes, within=within, give_up=give_up, index=index)
    if not is_zip or (isinstance(file, Rejection) and file.reason != "too_large"):
        return [file]
    try:
        with _opened(path) as handle:
            if not archives.is_archive(handle):
                return [file]
            if within and not _place(handle, path).is_relative_to(within.resolve()):
                return [Rejection(source, None, STEP, "outside", OUTSIDE)]
            began, before = time.time_ns(), os.fstat(handle.fileno())
            held = [_held(path, source, each) for each in archives.members(handle, max_bytes, is_letter)]
    except OSError as error:
        return [_unreadable(source, error, give_up=give_up)]
    if not held:
        return [Rejection(source, file.letter_id, STEP, "empty", "a zip file without letters")]
    if index:
        index.note_archive(path, before, map(_keys, held), began)
    return held


def _held(path: Path, source: str, member: archives.Member | archives.Bad) -> Found | Rejection:
    name = "/".join(filter(None, (source, member.name)))
    if isinstance(member, archives.Bad):
        return Rejection(name, None, STEP, member.reason, member.detail)
    told = member.sidecar_id
    beside = (Beside(f"{name}{SUFFIX}", path, told, member.sidecar),) if told else ()
    return Found(name, path, member.letter_id, member.size, beside, member.place)


def _keys(file: Found | Rejection) -> tuple[str, str, str]:
    """By what the next run may know a member: as a letter, or as set aside; and the id of its sidecar."""
    letter_id = file.letter_id or ""
    beside = file.sidecars[0].sidecar_id if isinstance(file, Found) and file.sidecars else ""
    return letter_id, short_hash(file.source, letter_id or "unreadable"), beside


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
    return _hashed(path, source, max_bytes, within=within, give_up=give_up, index=index)[0]


def _hashed(
    path: Path, source: str, max_bytes: int, *, within: Path | None, give_up: bool, index: Index | None
) -> tuple[Found | Rejection, bool]:
    """The file as `identified` has it, and whether it begins as a zip does."""
    try:
        with _opened(path) as handle:
            if within and not _place(handle, path).is_relative_to(within.resolve()):
                return Rejection(source, None, STEP, "outside", OUTSIDE), False
            began, before = time.time_ns(), os.fstat(handle.fileno())
            is_zip = handle.peek(4).startswith(archives.BEGINNINGS)
            letter_id = hashlib.file_digest(handle, "sha256").hexdigest()
            size = handle.tell()
    except OSError as error:
        return _unreadable(source, error, give_up=give_up), False
    if size > max_bytes:
        detail = over(f"{size} bytes", f"{max_bytes}")
        return Rejection(source, letter_id, STEP, "too_large", detail), is_zip
    if index and size == before.st_size:
        index.note(path, before, letter_id, began)
    return Found(source, path, letter_id, size), is_zip


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
    return Rejection(source, None, STEP, "unreadable", _why(error))


def _why(error: OSError) -> str:
    """What keeps a file from being read, and what to do, where that is known."""
    said = error.strerror or str(error)
    to_do = next((advice for kind, advice in TO_DO.items() if isinstance(error, kind)), "")
    return f"{said}; {to_do}" if to_do else said


def _unlisted(folder: Closed, inbox: Path, *, give_up: bool) -> Rejection:
    """A folder that can't be listed: nobody knows which letters it holds."""
    rejection = _unreadable(source_name(folder.path, inbox), folder.error, give_up=give_up)
    return rejection._replace(detail=f"a folder, of which no letter can be read: {rejection.detail}")


def contents(files: Iterable[Found], *, give_up: bool = True) -> tuple[pl.DataFrame, list[Rejection]]:
    """Bytes of the files as a frame with schemas.FILE, and the files that can't be read any more.

    A file whose bytes changed since it was found is set aside too: it may still be being written, and the
    next run sees the whole of it. Raises OSError for a fault that may pass, unless give_up.
    """
    rows: list[tuple[str, str, bytes, bytes | None]] = []
    rejected = []
    with closing(archives.Archives()) as opened:
        for file in files:
            try:
                content = _content(file, opened)
            except OSError as error:
                rejected.append(_unreadable(file.source, error, give_up=give_up))
                continue
            if hashlib.sha256(content).hexdigest() == file.letter_id:
                rows.append((file.letter_id, file.source, content, _content_beside(file, opened)))
            else:
                rejected.append(
                    Rejection(
                        file.source,
                        None,
                        STEP,
                        "unreadable",
                        "changed while it was being read; the next run reads it",
                    )
                )
    return pl.DataFrame(rows, schema=FILE, orient="row"), rejected


def _content(file: Found, opened: archives.Archives) -> bytes:
    """Bytes of a file, or of a member of an archive; a byte more where it has grown."""
    if file.member:
        return opened.content(file.path, file.member, file.size)
    with _opened(file.path) as handle:
        return handle.read(file.size + 1)


def sidecar_content(beside: Beside, opened: archives.Archives) -> bytes:
    """Bytes of a sidecar, of which a byte more than it may have is none; raises OSError."""
    if beside.member:
        return opened.content(beside.path, beside.member, MAX_BYTES)
    with beside.path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _content_beside(file: Found, opened: archives.Archives) -> bytes | None:
    """Bytes of the sidecar of a letter; None where it has none, or one that is gone or being written."""
    for beside in file.sidecars:
        try:
            content = sidecar_content(beside, opened)
        except OSError:
            continue
        if hashlib.sha256(content).hexdigest() == beside.sidecar_id:
            return content
    return None


def batches(files: Iterable[File], letters: int, max_bytes: int = BATCH_BYTES) -> list[list[File]]:
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
