"""Zips of letters: each member is a file of its own, read in memory within bounds, under no name of the zip.

A zip that is a DOCX or an ODT is a letter and no archive. Within an archive there may be another one, and
nothing deeper. A member that can't be read is set aside alone; what would unpack to too much as a whole is.
"""

import hashlib
import io
import logging
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from flows.cleaning import escaped
from flows.limits import over
from transforms.sidecars import MAX_BYTES, SUFFIX

log = logging.getLogger(__name__)

#: How a zip begins, an empty one too.
BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06")
#: What an archive may unpack to: some hundred of the largest letters.
MAX_ARCHIVE_BYTES = 2 * 1024**3
#: An archive within another one is held in memory.
MAX_NESTED_BYTES = 64 * 1024**2
_LEVELS = 2


class Member(NamedTuple):
    """A letter in an archive: its place there (`3`, or `3/0` in one within), name, sha256 in hex, size.

    Of its sidecar, if it has one, the place and the sha256.
    """

    place: str
    name: str
    letter_id: str
    size: int
    sidecar: str = ""
    sidecar_id: str = ""


class Bad(NamedTuple):
    """A member that is set aside, or the whole archive where it has no name."""

    name: str
    reason: str
    detail: str


def is_archive(file: BinaryIO) -> bool:
    """Whether an open file that begins as a zip does can be read as one, and is no DOCX, ODT or XLSX."""
    from transforms.formats import packages

    with suppress(*packages.BROKEN), zipfile.ZipFile(file) as archive:
        return not _is_document(archive)
    return False


def _is_document(archive: zipfile.ZipFile) -> bool:
    from transforms.formats import docx, odt, others, packages

    with suppress(packages.RefusedError):
        return docx.is_docx(archive) or odt.is_odt(archive) or others.other_document(archive) is not None
    return True  # a broken or harmful one, and nothing to open


def members(file: BinaryIO, max_bytes: int, is_letter: Callable[[str], bool]) -> Iterator[Member | Bad]:
    """The letters of an open archive, in their order, and what is set aside.

    Raises OSError for a fault of the disk.
    """
    from transforms.formats.packages import BROKEN, RefusedError

    try:
        with zipfile.ZipFile(file) as archive:
            yield from _Unpacking(max_bytes, is_letter).members(archive, "", "")
    except RefusedError as error:
        yield Bad("", *error.refused)
    except BROKEN as error:
        if isinstance(error, OSError):
            raise
        yield Bad("", "broken", f"a zip file that can't be read ({error}); get it anew")


class _Unpacking:
    """What is unpacked of an archive, and how much may be."""

    def __init__(self, max_bytes: int, is_letter: Callable[[str], bool]) -> None:
        self.max_bytes, self.is_letter = max_bytes, is_letter
        self.left = MAX_ARCHIVE_BYTES

    def members(self, archive: zipfile.ZipFile, above: str, folder: str) -> Iterator[Member | Bad]:
        """Members of the archive at a place, whose name is `folder`."""
        from transforms.formats.packages import RefusedError, check

        check(archive.infolist(), MAX_ARCHIVE_BYTES)
        beside = {member.filename: number for number, member in enumerate(archive.infolist())}
        for number, member in enumerate(archive.infolist()):
            place, name = f"{above}{number}", escaped(f"{folder}{member.filename}")
            last = member.filename.replace("\\", "/").rpartition("/")[2]
            if member.is_dir() or not self.is_letter(last):
                continue
            try:
                content = self.unpacked(archive, member)
            except RefusedError as error:
                if self.left <= 0:
                    raise
                yield Bad(name, *error.refused)
                continue
            inner = _opened(content)
            if inner is None:
                sidecar = beside.get(member.filename + SUFFIX)
                letter = self.letter(place, name, content)
                yield letter if sidecar is None else self.with_sidecar(letter, archive, above, sidecar)
            elif above.count("/") + 2 > _LEVELS:
                yield Bad(name, "zip_bomb", "is a zip file within others; unpack it")
            else:
                with inner:
                    yield from self.members(inner, f"{place}/", f"{name}/")

    def unpacked(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
        """Bytes of a member, taken from what is left of those that the archive may unpack to."""
        from transforms.formats.packages import RefusedError, unpacked

        most = max(self.max_bytes + 1, MAX_NESTED_BYTES)
        content = unpacked(archive, member, min(most, self.left))
        self.left -= len(content)
        if self.left <= 0:
            raise RefusedError("zip_bomb", f"a zip file that unpacks to more than {MAX_ARCHIVE_BYTES} bytes")
        return content

    def letter(self, place: str, name: str, content: bytes) -> Member | Bad:
        """A member, unless it is larger than letters may be."""
        if len(content) > self.max_bytes:
            return Bad(name, "too_large", over(f"{len(content)} bytes", f"{self.max_bytes}"))
        return Member(place, name, hashlib.sha256(content).hexdigest(), len(content))

    def with_sidecar(
        self, letter: Member | Bad, archive: zipfile.ZipFile, above: str, number: int
    ) -> Member | Bad:
        """A letter with the sidecar that is this member of its archive, if that can be read."""
        from transforms.formats.packages import RefusedError, unpacked

        if isinstance(letter, Bad):
            return letter
        try:
            content = unpacked(archive, archive.infolist()[number], MAX_BYTES)
        except RefusedError as error:
            log.warning("%s: its sidecar is passed over (%s)", letter.name, error)
            return letter
        self.left -= len(content)
        sidecar_id = hashlib.sha256(content).hexdigest()
        return letter._replace(sidecar=f"{above}{number}", sidecar_id=sidecar_id)


def _opened(content: bytes) -> zipfile.ZipFile | None:
    """The archive in these bytes, None where they are a letter."""
    from transforms.formats.packages import BROKEN

    if not content.startswith(BEGINNINGS):
        return None
    with suppress(*BROKEN):
        archive = zipfile.ZipFile(io.BytesIO(content))
        if not _is_document(archive):
            return archive
        archive.close()
    return None


class Archives:
    """Archives whose members are read again, the last one held open: members of one come after each other."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._archive: zipfile.ZipFile | None = None

    def content(self, path: Path, place: str, size: int) -> bytes:
        """The bytes of a member of so many bytes; more or fewer where the archive has changed.

        Raises OSError where there is none any more.
        """
        from transforms.formats.packages import BROKEN, RefusedError, unpacked

        try:
            if self._archive is None or path != self._path:
                self.close()
                self._path, self._archive = path, zipfile.ZipFile(path)
            archive = self._archive
            *outer, last = map(int, place.split("/"))
            for number in outer:
                inner = unpacked(archive, archive.infolist()[number], MAX_NESTED_BYTES)
                archive = zipfile.ZipFile(io.BytesIO(inner))
            return unpacked(archive, archive.infolist()[last], size)
        except OSError:
            raise
        except (RefusedError, IndexError, *BROKEN) as error:
            raise FileNotFoundError(2, "no such member in the zip file any more") from error

    def close(self) -> None:
        """Let go of the archive that is held open."""
        if self._archive is not None:
            self._archive.close()
            self._archive = None
