"""The SHA-256 of each version lies beside it, in the form of `sha256sum`: it tells what a disk did to it.

DuckDB's own checksums find damage only in the blocks that a query reads. A remark in the same file, which
`sha256sum` passes over, has a checksum of each block: by these a build finds what it has written itself, and
that all else is as it was published.
"""

import errno
import hashlib
import math
import os
import shutil
import zlib
from collections.abc import Iterator, Set
from pathlib import Path
from typing import NamedTuple

import duckdb

from warehouse.blocks import BLOCK, HEADERS, SIZE, all_rows
from warehouse.building import naming_damage, require_schema_version
from warehouse.errors import WarehouseError
from warehouse.files import REPAIR, require_file, require_unchanged, sum_path, sync
from warehouse.reading import open_file

#: What stands before the checksums of the blocks: that it is a remark, and what they are of.
_OF_BLOCKS = f"# CRC-32 of the first {HEADERS} bytes, and of every {BLOCK} after them: "
#: A file system, or a kernel, that can't copy by itself says one of these.
_CANT_COPY = (errno.EXDEV, errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP)


class Sums(NamedTuple):
    """The SHA-256 of a version in hex, and the CRC-32 of its headers and of each of its blocks."""

    digest: str
    parts: tuple[int, ...]


class Upon(NamedTuple):
    """A version that a build is a copy of, with the sums that it had when it was published."""

    version: Path
    sums: Sums


def write_sum(file: Path, sums: Sums | None = None) -> None:
    """Write the sums of a version that is to be published beside it; the disk holds them then."""
    told = sums or _summed(file)
    path = sum_path(file)
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    parts = " ".join(f"{part:08x}" for part in told.parts)
    path.write_text(f"{told.digest}  {file.name}\n{_OF_BLOCKS}{parts}\n")
    path.chmod(0o444)
    sync(path)


def require_as_published(version: Path) -> None:
    """Raise WarehouseError where the bytes of a version aren't those that were published.

    So where nothing tells which these were; but one without a sum that an earlier program made passes.
    """
    if told := _required(version):
        _require(version, told)


def require_in_part(version: Path, size: int, turn: int) -> None:
    """Raise WarehouseError where a version has another length, other headers or another part than published.

    The part takes so many bytes; with turns that follow each other, the parts do. A version of an earlier
    program, without a sum or with another, passes.
    """
    told = _required(version)
    sums = _noted(version, told) if told else None
    if not sums:
        return
    count, length = len(sums.parts), max(1, size // BLOCK)
    first = turn % math.ceil(count / length) * length
    try:
        if _parts_in(version) != count:
            raise _damaged(version)
        # The last part tells of a byte more or less.
        _require_parts(Upon(version, sums), [0, *range(first, min(first + length, count)), count - 1])
    except OSError as error:
        raise _unreadable(version, error) from error


def _require(version: Path, told: str) -> Sums:
    """The sums of a version that has this SHA-256; raises WarehouseError for any other."""
    sums = _summed(version, is_bounded=True)
    if sums.digest != told:
        raise _damaged(version)
    return sums


def is_unnoted(version: Path) -> bool:
    """Whether a version lacks its sum which was made by a program that notes it."""
    if _told(version):
        return False
    try:
        with open_file(version) as connection:
            require_schema_version(connection)
    except (WarehouseError, duckdb.Error):
        return False
    return True


def _required(version: Path) -> str | None:
    """The sum that a version had when it was published; None for one of an earlier program alone."""
    told = _told(version)
    if not told and is_unnoted(version):
        lacks = f"{sum_path(version)} is missing or holds no sum"
        raise WarehouseError(
            f"{lacks}, so that nothing tells whether {version.name} is as published: {REPAIR}"
        )
    return told


def _damaged(version: Path) -> WarehouseError:
    return WarehouseError(f"{version} is damaged, its bytes are not those published: {REPAIR}")


def _unreadable(version: Path, error: OSError) -> WarehouseError:
    return WarehouseError(f"{version} can't be read ({error.strerror}): {REPAIR}")


def copy_of(version: Path, file: Path) -> Upon | None:
    """Copy a version; its sums, where any tell what it was when it was published.

    Neither is looked at: `sums_of_build` does that, once the build is made. Raises WarehouseError where the
    version surely isn't what was published, OSError where it can't be read or the copy can't be written.
    """
    told = _told(version)
    sums = (_noted(version, told) or _require(version, told)) if told else None
    if sums and _parts_in(version) != len(sums.parts):
        raise _damaged(version)
    with version.open("rb") as source, file.open("xb") as copy:
        try:
            # Nothing passes through this process, and where the file system can, nothing is copied at all.
            while os.copy_file_range(source.fileno(), copy.fileno(), 2**30):
                pass
        except (AttributeError, OSError) as error:
            if isinstance(error, OSError) and error.errno not in _CANT_COPY:
                raise
            source.seek(0)
            copy.seek(0)
            shutil.copyfileobj(source, copy)
    return Upon(version, sums) if sums else None


def sums_of_build(file: Path, upon: Upon | None = None) -> Sums:
    """The sums of a build that is whole: each value of it was read, or is as in the version that it is upon.

    Raises WarehouseError where it isn't, and where what it was copied from wasn't as it was published.
    """
    sums = _summed(file)
    alike = set[int]()
    if upon:
        before = upon.sums.parts
        pairs = enumerate(zip(sums.parts, before, strict=False))
        alike = {number for number, (one, other) in pairs if one == other}
        _require_parts(upon, [number for number in range(len(before)) if number not in alike])
    try:
        require_whole(file, {number - 1 for number in alike})
    except WarehouseError as error:
        raise WarehouseError(f"{str(error).removesuffix(f': {REPAIR}')}: run again") from error
    return sums


def _require_parts(upon: Upon, numbers: list[int]) -> None:
    """Raise WarehouseError where these parts of a version aren't those that were published."""
    with upon.version.open("rb", buffering=0) as opened:
        for number in numbers:
            opened.seek(HEADERS + (number - 1) * BLOCK if number else 0)
            if zlib.crc32(opened.read(BLOCK if number else HEADERS)) != upon.sums.parts[number]:
                raise _damaged(upon.version)


def require_whole(file: Path, known: Set[int] = frozenset()) -> None:
    """Read every value of a database, and with it the checksums; raises WarehouseError for damage.

    Blocks that are `known` to be whole are left out, and so are rows that lie in no other.
    """
    with naming_damage(file), open_file(file) as connection:
        ((size, count),) = connection.execute(SIZE).fetchall()
        # A block that the file should have and hasn't is among them: who reads it is told so.
        others = [number for number in range(count) if number not in known] if size == BLOCK else None
        for rows in all_rows(connection, others if known else None):
            connection.execute(f"SELECT bit_xor(hash(part)) FROM {rows}").fetchall()


def _summed(version: Path, *, is_bounded: bool = False) -> Sums:
    digest, parts = hashlib.sha256(), []
    for part in _parts(version, is_bounded=is_bounded):
        digest.update(part)
        parts.append(zlib.crc32(part))
    return Sums(digest.hexdigest(), tuple(parts))


def _parts(version: Path, *, is_bounded: bool) -> Iterator[memoryview]:
    """The headers and the blocks of a version; none of a file that was grown, which may be endless."""
    part = memoryview(bytearray(BLOCK))
    try:
        require_file(version)
        with version.open("rb", buffering=0) as opened:
            if is_bounded and version.stat().st_size > _longest(version):
                return
            size = opened.readinto(part[:HEADERS])
            while size:
                yield part[:size]
                size = opened.readinto(part)
    except OSError as error:
        raise _unreadable(version, error) from error


def _parts_in(version: Path) -> int:
    """How many parts a version has by its length."""
    return 1 + math.ceil(max(0, version.stat().st_size - HEADERS) / BLOCK)


def _longest(version: Path) -> float:
    """Bytes that a version can have, as its header tells; endless where it can't be opened."""
    try:
        with open_file(version) as connection:
            size = "SELECT block_size * total_blocks FROM pragma_database_size()"
            return float(connection.execute(size).fetchall()[0][0]) + HEADERS
    except (WarehouseError, duckdb.Error):
        return math.inf


def version_fault(version: Path) -> str | None:
    """What is wrong with a version; None where it is whole."""
    try:
        require_unchanged(version)
        if not _told(version):
            require_whole(version)
        require_as_published(version)
    except WarehouseError as error:
        return str(error).removesuffix(f": {REPAIR}")
    return None


def _told(version: Path) -> str | None:
    """The sum that a version had when it was published; None where nothing tells it."""
    told = _lines(version)[0].partition(" ")[0]
    return told if len(told) == hashlib.sha256().digest_size * 2 else None


def _noted(version: Path, digest: str) -> Sums | None:
    """The sums of a version as they were noted; None where an earlier program wrote but the one."""
    *_, told = _lines(version)
    if not told.startswith(_OF_BLOCKS):
        return None
    try:
        return Sums(digest, tuple(int(part, 16) for part in told.removeprefix(_OF_BLOCKS).split()))
    except ValueError:
        return None


def _lines(version: Path) -> list[str]:
    try:
        require_file(sum_path(version))
        return sum_path(version).read_text("ascii").splitlines() or [""]
    except (OSError, UnicodeDecodeError):
        return [""]
