"""Letters of files that haven't changed since they were hashed: an index beside the warehouse, like git's.

A file is as it was while its path, size, inode and both its times are: of its bytes, and of whatever changed
about it, which nobody can set back. What changed shortly before it was hashed could change once more within
one tick of a clock: it is not noted, and hashed again by the next run.

An archive is noted by the letters that it holds and their sidecars, and recognised where all of these are
known or were set aside.

What is passed over in the inbox is noted too, so that it is said on the night that it comes, and no other.
"""

import logging
import os
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from pathlib import Path

import polars as pl

from warehouse.noting import keep_index, kept_index

log = logging.getLogger(__name__)

COLUMNS = {
    "path": pl.Binary,  # names of files need not be UTF-8
    "size": pl.Int64,
    "inode": pl.UInt64,
    "changed_ns": pl.Int64,
    "touched_ns": pl.Int64,
    "letter_id": pl.String,
}
#: Longer than a tick of any clock that files have their times from.
TICK_NS = 3 * 10**9

#: What parts the keys by which a member of an archive may be known, and marks a sidecar.
_OR, _SIDECAR = "|", "+"

State = tuple[bytes, int, int, int, int]
#: What stands for a state where a row is a remark: no file has this inode.
NO_FILE = (0, 0, 0, 0)


class Index:
    """Letters of files as noted by the run before, and as this run finds them."""

    def __init__(self, noted: dict[State, str] | None = None, known: AbstractSet[str] = frozenset()) -> None:
        self._noted = noted or {}
        self._known = known
        self._found: dict[State, str] = {}

    def recognises(self, path: str) -> int:
        """How many letters a file holds that is as it was noted, where all are known; else none."""
        try:
            state = _state(path, os.stat(path))  # noqa: PTH116 no Path for each file of the inbox
        except OSError:
            return 0
        noted = self._noted.get(state)
        if noted is None:
            return 0
        letters = 1 if noted in self._known else self._letters(noted)
        if letters:
            self._found[state] = noted
        return letters

    def _letters(self, noted: str) -> int:
        """How many letters an archive holds, if all that it holds is known."""
        held = [each.removeprefix(_SIDECAR).split(_OR) for each in noted.split()]
        if not all(any(key in self._known for key in keys) for keys in held):
            return 0
        return sum(not each.startswith(_SIDECAR) for each in noted.split())

    def note(self, path: Path, before: os.stat_result, letter_id: str, began_ns: int) -> None:
        """Note the letter of a file that was in this state before its hashing began."""
        if max(before.st_mtime_ns, before.st_ctime_ns) < began_ns - TICK_NS:
            self._found[_state(path, before)] = letter_id

    def note_archive(
        self, path: Path, before: os.stat_result, held: Iterable[tuple[str, str, str]], began_ns: int
    ) -> None:
        """Note what an archive holds: of each member letter_id, rejected_id, sidecar_id, if it has one."""
        noted = []
        for letter_id, rejected_id, sidecar_id in held:
            noted.append(_OR.join(filter(None, (letter_id, rejected_id))))
            noted += [_SIDECAR + sidecar_id] if sidecar_id else []
        self.note(path, before, " ".join(noted), began_ns)

    def warn(self, said: str, of: str = "") -> None:
        """Warn of what is passed over, unless the run before did; `of` tells apart what is said alike."""
        remark = (f"{of} {said}".encode("utf-8", "surrogatepass"), *NO_FILE)
        if remark not in self._noted:
            log.warning("%s", said)
        self._found[remark] = ""

    def keep(self, warehouse: Path) -> None:
        """Keep what this run found, unless it is what was noted; hold the lock meanwhile."""
        if self._found != self._noted:
            rows = [(*state, letter_id) for state, letter_id in self._found.items()]
            keep_index(warehouse, pl.DataFrame(rows, schema=COLUMNS, orient="row"))


def _state(path: str | Path, status: os.stat_result) -> State:
    return os.fsencode(path), status.st_size, status.st_ino, status.st_mtime_ns, status.st_ctime_ns


def index_of(warehouse: Path, known: AbstractSet[str]) -> Index:
    """Return what the run before noted, of which known letters alone are believed."""
    frame = kept_index(warehouse)
    if frame is None or frame.schema != pl.Schema(COLUMNS):
        return Index()
    *state, letter_ids = frame.get_columns()
    return Index(dict(zip(zip(*state, strict=True), letter_ids, strict=True)), known)
