"""The letters of an inbox: which files there are, which bytes they hold, and which can't be read."""

import errno
import hashlib
import logging
import os
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from functools import partial
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

import polars as pl

from flows import archives
from flows.cleaning import escaped
from flows.errors import UserError
from flows.recognising import Index
from transforms.letters import short_hash
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

    What leads out of the inbox is set aside; what the index has warned of before, it doesn't again.
    Raises UserError when the inbox is no folder, and OSError for a fault of a disk or network that may pass,
    unless give_up: then the file is set aside as unreadable.
    """
    check_folder(inbox)
    index = index or Index()
    files = dict(_walk(inbox, index))
    with_theirs = [path + SUFFIX for path, told in files.items() if told]
    letters = index.recognises([*files, *with_theirs])
    as_told = {path for path, held in zip(with_theirs, letters[len(files) :], strict=True) if held}
    unknown: list[str] = []
    seen = 0
    for (path, told), held in zip(files.items(), letters, strict=False):
        # A letter is recognised with its sidecar, or not at all.
        if held and (not told or path + SUFFIX in as_told):
            seen += held
        else:
            unknown.append(path)
    found: dict[str, Found] = {}
    rejected = []
    for file_path in _in_order(unknown, inbox):
        source = source_name(file_path, inbox)
        for file in found_in(file_path, source, max_bytes, within=inbox, give_up=give_up, index=index):
            seen += 1
            if isinstance(file, Rejection):
                rejected.append(file)
                continue
            beside = file.sidecars
            if files[str(file_path)] and not file.member:
                beside = (*beside, *_beside(file_path, inbox, index=index))
            known = found.setdefault(file.letter_id, file._replace(sidecars=()))
            found[file.letter_id] = known._replace(sidecars=(*known.sidecars, *beside))
    return Intake(list(found.values()), rejected, seen)


def _beside(path: Path, inbox: Path, *, index: Index) -> list[Beside]:
    """The sidecar of a letter; none, and a warning, where it can't be read."""
    sidecar = path.with_name(path.name + SUFFIX)
    source = source_name(sidecar, inbox)
    file = identified(sidecar, source, MAX_BYTES, within=inbox, index=index)
    if isinstance(file, Found):
        return [Beside(source, sidecar, file.letter_id)]
    index.warn(f"{source}: passed over as {file.reason} ({file.detail}): its letter is read without it")
    return []


def letter_paths(folder: Path) -> list[Path]:
    """Paths of all files below a folder that may hold letters, in order of their path.

    Sidecars are none of them, nor are hidden files and those that other programs write for a while.
    """
    check_folder(folder)
    return _in_order((path for path, _ in _walk(folder, Index())), folder)


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


def _walk(folder: Path, index: Index) -> Iterator[tuple[str, bool]]:
    """Paths of letters, as texts, and whether a sidecar lies beside them.

    Of a hundred thousand files, pathlib takes longer than the disk.
    """
    entered: set[tuple[int, int]] = set()
    _is_new(folder, entered, index)
    warn = partial(_warn_of_folder, index)
    for parent, folders, files in os.walk(folder, followlinks=True, onerror=warn):
        # A linked folder is followed, each folder once: a link to a folder above must not go round for ever.
        folders[:] = [
            name
            for name in sorted(folders)
            if not name.startswith(".")
            and _is_within(Path(parent, name), folder, index)
            and _is_new(Path(parent, name), entered, index)
        ]
        beginning = os.path.join(parent, "")  # noqa: PTH118
        told = {name.removesuffix(SUFFIX) for name in files if name.endswith(SUFFIX)}
        yield from ((beginning + name, name in told) for name in files if is_letter(name))


def _is_within(path: Path, folder: Path, index: Index) -> bool:
    """Whether a folder below this one, perhaps by way of a link, lies in it."""
    if not path.is_symlink() or path.resolve().is_relative_to(folder.resolve()):
        return True
    index.warn(f"{source_name(path, folder)}: folder passed over ({OUTSIDE})")
    return False


def _is_new(folder: Path, entered: set[tuple[int, int]], index: Index) -> bool:
    try:
        status = folder.stat()
    except OSError as error:
        _warn_of_folder(index, error)
        return False
    place = (status.st_dev, status.st_ino)
    if place in entered:
        return False
    entered.add(place)
    return True


def _warn_of_folder(index: Index, error: OSError) -> None:
    index.warn(f"{error.filename}: folder passed over ({error.strerror})")


def below(path: Path, folder: Path) -> str:
    """Path of a file below a folder that it was found in; pathlib takes ten times as long."""
    return str(path).removeprefix(os.path.join(folder, ""))  # noqa: PTH118


def source_name(path: Path, folder: Path) -> str:
    """Path below a folder, in POSIX form.

    Bytes that are no UTF-8 are written as escapes, and so are characters that steer a terminal.
    """
    return escaped(os.fsencode(below(path, folder)).decode("utf-8", "backslashreplace"))


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
    return Rejection(source, None, STEP, "unreadable", error.strerror or str(error))


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
                    Rejection(file.source, None, STEP, "unreadable", "changed while it was being read")
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
