"""What can go wrong with a warehouse; each message says in plain words what to do."""

from collections.abc import Sequence
from typing import Any, NamedTuple

#: In what DuckDB says of a file that a disk has changed.
SIGNS_OF_DAMAGE = ("Corrupt database file", "Could not read enough bytes")


class CheckResult(NamedTuple):
    """What one check found: how many bad rows, and up to three of them by column name; what one can do."""

    name: str
    severity: str
    bad_rows: int
    examples: Sequence[dict[str, Any]]
    advice: str | None = None


class WarehouseError(Exception):
    """The warehouse can't be used or added to; the message is one line saying what to do."""


class NotAWarehouseError(WarehouseError):
    """There is no warehouse at this path."""


class MissingLetterError(WarehouseError):
    """A letter's bytes aren't kept."""


class DamagedLetterError(WarehouseError):
    """A kept letter's file doesn't hold the bytes it is named after."""


class StorageError(WarehouseError, OSError):
    """The storage of the kept letters can't be reached; as with a disk or a network, that may pass."""


class LockedError(WarehouseError):
    """Another run holds the lock; pid, host and since (UTC, ISO 8601) are the holder's, where known."""

    def __init__(self, message: str, pid: int | None, host: str | None, since: str | None) -> None:
        super().__init__(message)
        self.pid, self.host, self.since = pid, host, since


class ChecksFailedError(WarehouseError):
    """A build failed its checks and was not published; `failed` holds them, the message shows them."""

    def __init__(self, failed: Sequence[CheckResult]) -> None:
        super().__init__("\n".join(_lines(failed)))
        self.failed = failed


def first_line(error: Exception) -> str:
    """Return what an error of DuckDB says, without the excerpt and the advice below it."""
    return str(error).splitlines()[0]


def of_disk(said: str) -> str:
    """What an error says of a disk: what keeps it from being written, and what to do, where that is told."""
    return next((f"{cause}: {to_do}" for cause, to_do in _TO_DO.items() if cause in said), said)


#: What systems, and DuckDB after them, say of a disk that can't be written, and what a user can do.
_TO_DO = {
    "No space left on device": "make room on that disk, or give another path",
    "Disk quota exceeded": "make room on that disk, or give another path",
    "Read-only file system": "give another path, or let that disk be written",
}


def is_of_disk(error: Exception) -> bool:
    """Whether DuckDB tells of a disk that can't be written, which is of one kind or another by the moment."""
    return type(error).__name__ in ("IOException", "FatalException") or "ould not write" in str(error)


def is_of_memory(error: Exception) -> bool:
    """Whether DuckDB tells that it may take no more memory."""
    return type(error).__name__ == "OutOfMemoryException"


def is_damage(error: Exception) -> bool:
    """Whether a disk has changed the file."""
    return any(sign in str(error) for sign in SIGNS_OF_DAMAGE)


def check_lines(check: CheckResult) -> list[str]:
    """Tell what a check found: how many rows, some of them, what one can do."""
    return [
        f"{check.name}: {check.bad_rows} bad row{'' if check.bad_rows == 1 else 's'}",
        *(f"  {_row_line(row)}" for row in check.examples),
        *([f"  {check.advice}"] if check.advice else []),
    ]


def check_line(check: CheckResult) -> str:
    """The same in one line, as it is told of a check that warns."""
    rows = f"{check.bad_rows} row{'' if check.bad_rows == 1 else 's'} to look at"
    shown = "; ".join(_row_line(row) for row in check.examples)
    more = "; …" if check.bad_rows > len(check.examples) else ""
    return f"{check.name}: {rows} ({shown}{more})" + (f": {check.advice}" if check.advice else "")


def _lines(failed: Sequence[CheckResult]) -> list[str]:
    lines = [f"{len(failed)} of the checks failed; nothing was published, the version before stays"]
    return lines + [f"  {line}" for check in failed for line in check_lines(check)]


def _row_line(row: dict[str, Any]) -> str:
    return ", ".join(f"{name}={_shortened(value)}" for name, value in row.items())


def _shortened(value: object, longest: int = 80) -> str:
    shown = repr(value)
    return shown if len(shown) <= longest else f"{shown[: longest - 1]}…"
