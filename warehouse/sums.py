"""The SHA-256 of each version lies beside it, in the form of `sha256sum`: it tells what a disk did to it.

DuckDB's own checksums find damage only in the blocks that a query reads.
"""

import hashlib
from pathlib import Path

from warehouse.building import naming_damage
from warehouse.errors import WarehouseError
from warehouse.files import REPAIR, sum_path, sync
from warehouse.reading import open_file


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
            found = _digest(version)
        except OSError as error:
            raise WarehouseError(f"{version} can't be read ({error.strerror}): {REPAIR}") from error
        if found != told:
            raise WarehouseError(f"{version} is damaged, its bytes are not those published: {REPAIR}")


def require_whole(file: Path) -> None:
    """Read every value of a database, and with it the checksums; raises WarehouseError for damage."""
    with naming_damage(file), open_file(file) as connection:
        for (table,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            connection.execute(f'SELECT bit_xor(hash("{table}")) FROM "{table}"').fetchall()


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
