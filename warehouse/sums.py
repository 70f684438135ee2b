"""The SHA-256 of each version lies beside it, in the form of `sha256sum`: it tells what a disk did to it.

DuckDB's own checksums find damage only in the blocks that a query reads.
"""

import hashlib
import math
from pathlib import Path

import duckdb

from warehouse.building import naming_damage
from warehouse.errors import WarehouseError
from warehouse.files import REPAIR, sum_path, sync
from warehouse.reading import open_file

HEADERS = 3 * 4096  # bytes of a DuckDB file before its first block


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
    if told := _told(version):
        try:
            # A file that was grown may be endless: it isn't read to its end.
            found = _digest(version) if version.stat().st_size <= _longest(version) else ""
        except OSError as error:
            raise WarehouseError(f"{version} can't be read ({error.strerror}): {REPAIR}") from error
        if found != told:
            raise WarehouseError(f"{version} is damaged, its bytes are not those published: {REPAIR}")


def require_whole(file: Path) -> None:
    """Read every value of a database, and with it the checksums; raises WarehouseError for damage."""
    with naming_damage(file), open_file(file) as connection:
        for (table,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            connection.execute(f'SELECT bit_xor(hash("{table}")) FROM "{table}"').fetchall()


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
        if _told(version):
            require_as_published(version)
        else:
            require_whole(version)
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
