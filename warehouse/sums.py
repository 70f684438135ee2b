"""The SHA-256 of each version lies beside it, in the form of `sha256sum`: it tells what a disk did to it.

DuckDB's own checksums find damage only in the blocks that a query reads.
"""

import hashlib
import math
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import duckdb

from warehouse.blocks import HEADERS, all_rows
from warehouse.building import naming_damage
from warehouse.errors import WarehouseError
from warehouse.files import REPAIR, sum_path, sync
from warehouse.reading import open_file

PART = 256 * 1024  # bytes read at a time: they stay in the processor's cache while they are copied


def write_sum(file: Path) -> None:
    """Write the sum of a version that is to be published beside it; the disk holds it then."""
    path = sum_path(file)
    path.write_text(f"{_digest(file)}  {file.name}\n")
    path.chmod(0o444)
    sync(path)


def require_as_published(version: Path) -> None:
    """Raise WarehouseError where the bytes of a version aren't those that were published.

    One without a sum, of an earlier program, passes.
    """
    _read_as_published(version, None)


def copy_as_published(version: Path, file: Path) -> bool:
    """Copy a version; what is hashed is what is copied, so that nothing else is built upon.

    Returns whether a sum tells that it is what was published. Raises as require_as_published does, and
    OSError where the copy can't be written.
    """
    with file.open("xb") as copy:
        return _read_as_published(version, copy)


def _read_as_published(version: Path, copy: BinaryIO | None) -> bool:
    told = _told(version)
    if not told and not copy:
        return False
    digest = hashlib.sha256()
    for part in _parts(version, is_bounded=bool(told)):
        digest.update(part)
        if copy:
            copy.write(part)
    if told and digest.hexdigest() != told:
        raise WarehouseError(f"{version} is damaged, its bytes are not those published: {REPAIR}")
    return told is not None


def _parts(version: Path, *, is_bounded: bool) -> Iterator[memoryview]:
    """The bytes of a version, part by part; none of a file that was grown, which may be endless."""
    part = memoryview(bytearray(PART))
    try:
        with version.open("rb", buffering=0) as opened:
            if is_bounded and version.stat().st_size > _longest(version):
                return
            while size := opened.readinto(part):
                yield part[:size]
    except OSError as error:
        raise WarehouseError(f"{version} can't be read ({error.strerror}): {REPAIR}") from error


def require_whole(file: Path, upon: Path | None = None) -> None:
    """Read every value of a database, and with it the checksums; raises WarehouseError for damage.

    Of a copy of `upon`, which is whole, read what was written since then.
    """
    with naming_damage(file), open_file(file) as connection:
        for rows in all_rows(connection, (file, upon) if upon else None):
            connection.execute(f"SELECT bit_xor(hash(part)) FROM {rows}").fetchall()


def _longest(version: Path) -> float:
    """Bytes that a version can have, as its header tells; endless where it can't be opened."""
    try:
        with open_file(version) as connection:
            size = "SELECT block_size * total_blocks FROM pragma_database_size()"
            return float(connection.execute(size).fetchall()[0][0]) + HEADERS
    except (WarehouseError, duckdb.Error):
        return math.inf


def version_fault(version: Path, upon: Path | None = None) -> str | None:
    """What is wrong with a version; None where it is whole. One without a sum may be a copy of `upon`."""
    try:
        if _told(version):
            require_as_published(version)
        else:
            require_whole(version, upon)
    except WarehouseError as error:
        return str(error).removesuffix(f": {REPAIR}")
    return None


def _told(version: Path) -> str | None:
    """The sum that a version had when it was published; None where nothing tells it."""
    try:
        told = sum_path(version).read_text("ascii").partition(" ")[0]
    except (OSError, UnicodeDecodeError):
        return None
    return told if len(told) == hashlib.sha256().digest_size * 2 else None


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
