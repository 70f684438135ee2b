"""Files of a folder that may hold letters: which there are, in which order, under which names."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from flows.cleaning import escaped
from flows.errors import UserError
from flows.recognising import Index
from transforms.sidecars import SUFFIX
from warehouse.files import own_names

OUTSIDE = "leads out of the inbox; put what it leads to into the inbox itself"
LET_READ = "let the user of the runs read it"
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
        raise UserError(f"{folder}: no such folder; make it, or give another path")
    if not folder.is_dir():
        raise UserError(f"{folder}: is a file, a folder of letters is needed; give its path")
    if not os.access(folder, os.R_OK | os.X_OK):
        raise UserError(f"{folder}: can't be read (permission denied); {LET_READ}, or give another path")


class Closed(NamedTuple):
    """A folder that is there and can't be listed, and the fault that says why."""

    path: Path
    error: OSError


def letter_paths(
    folder: Path, warehouse: Path | None = None, closed: list[Closed] | None = None
) -> list[Path]:
    """Paths of all files below a folder that may hold letters, in order of their path.

    Sidecars are none of them, nor are hidden files, those that other programs write for a while, and what
    belongs to the warehouse. Folders that can't be listed are added to `closed`, or else warned of.
    """
    check_folder(folder)
    return in_order((path for path, _ in walk(folder, Index(), warehouse, closed)), folder)


def in_order(paths: Iterable[str], folder: Path) -> list[Path]:
    """Paths of files of a folder, in order of what comes below it."""
    return sorted(map(Path, paths), key=lambda path: below(path, folder))


def walk(
    folder: Path, index: Index, warehouse: Path | None = None, closed: list[Closed] | None = None
) -> Iterator[tuple[str, bool]]:
    """Paths of letters, as texts, and whether a sidecar lies beside them; a warehouse may lie among them.

    Folders that can't be listed are added to `closed`, or else warned of. Of a hundred thousand files,
    pathlib takes longer than the disk.
    """
    entered: set[tuple[int, int]] = set()
    note = partial(_note_closed, index, closed)
    _is_new(folder, entered, note)
    for parent, folders, files in os.walk(folder, followlinks=True, onerror=note):
        own = _own(parent, warehouse)
        # A linked folder is followed, each folder once: a link to a folder above must not go round for ever.
        folders[:] = [
            name
            for name in sorted(folders)
            if not name.startswith(".")
            and name not in own
            and _is_within(Path(parent, name), folder, index)
            and _is_new(Path(parent, name), entered, note)
        ]
        beginning = os.path.join(parent, "")  # noqa: PTH118
        told = {name.removesuffix(SUFFIX) for name in files if name.endswith(SUFFIX)}
        yield from ((beginning + name, name in told) for name in files if is_letter(name) and name not in own)


def _own(parent: str, warehouse: Path | None) -> frozenset[str]:
    """Names of what is the warehouse's own in this folder, by whatever way one came there."""
    if warehouse is None:
        return frozenset()
    with suppress(OSError):
        if os.path.samefile(parent, warehouse.parent):  # noqa: PTH121
            return own_names(warehouse)
    return frozenset()


def _is_within(path: Path, folder: Path, index: Index) -> bool:
    """Whether a folder below this one, perhaps by way of a link, lies in it."""
    if not path.is_symlink() or path.resolve().is_relative_to(folder.resolve()):
        return True
    index.warn(f"{source_name(path, folder)}: folder passed over ({OUTSIDE})")
    return False


def _is_new(folder: Path, entered: set[tuple[int, int]], note: Callable[[OSError], None]) -> bool:
    try:
        status = folder.stat()
    except OSError as error:
        note(error)
        return False
    place = (status.st_dev, status.st_ino)
    if place in entered:
        return False
    entered.add(place)
    return True


def _note_closed(index: Index, closed: list[Closed] | None, error: OSError) -> None:
    """Note a folder that can't be listed; one that is gone by now holds no letter that is missed."""
    if closed is None or isinstance(error, FileNotFoundError):
        index.warn(f"{error.filename}: folder passed over ({error.strerror})")
    else:
        closed.append(Closed(Path(os.fsdecode(error.filename)), error))


def below(path: Path, folder: Path) -> str:
    """Path of a file below a folder that it was found in; pathlib takes ten times as long."""
    return str(path).removeprefix(os.path.join(folder, ""))  # noqa: PTH118


def source_name(path: Path, folder: Path) -> str:
    """Path below a folder, in POSIX form.

    Bytes that are no UTF-8 are written as escapes, and so are characters that steer a terminal.
    """
    return escaped(os.fsencode(below(path, folder)).decode("utf-8", "backslashreplace"))
