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
from collections.abc import Iterable, Sequence
from functools import cached_property
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

#: So long is the id of a letter, which is all that is noted of a file that is no archive.
LETTER_ID = 64
#: What parts the keys by which a member of an archive may be known, and marks a sidecar.
_OR, _SIDECAR = "|", "+"

#: What tells a file as it was.
STATE = ("path", "size", "inode", "changed_ns", "touched_ns")
#: What stands for a state where a row is a remark: no file has this inode.
NO_FILE = (0, 0, 0, 0)
NOT_THERE = os.stat_result((0, 0, 0, 0, 0, 0, -1, 0, 0, 0))


class Index:
    """Letters of files as noted by the run before, and as this run finds them.

    A hundred thousand files are no more than a frame: as Python's own they take longer than the disk.
    """

    def __init__(self, noted: pl.DataFrame | None = None, known: pl.Series | None = None) -> None:
        self._noted = pl.DataFrame(schema=COLUMNS) if noted is None else noted
        self._known = pl.Series(dtype=pl.String) if known is None else known
        self._remarks = {path for (path,) in self._noted.filter(inode=0).select("path").iter_rows()}
        self._recognised = self._noted.clear()
        self._found: list[tuple[bytes, int, int, int, int, str]] = []

    def recognises(self, paths: Sequence[str]) -> list[int]:
        """How many letters each of these files holds that is as it was noted, where all are known; else 0.

        What it recognises, the next run will know too.
        """
        now = _states(paths).join(self._noted, on=[*STATE], how="left", maintain_order="left")
        is_one = now["letter_id"].is_in(self._known.implode()).fill_null(value=False)
        others = now.filter(~is_one)["letter_id"].drop_nulls().unique()
        held = pl.col("letter_id").replace_strict(
            {noted: self._letters(noted) for noted in others}, default=0, return_dtype=pl.Int64
        )
        now = now.with_columns(letters=pl.when(is_one).then(1).otherwise(held))
        recognised = now.filter(pl.col("letters") > 0).select(*COLUMNS)
        self._recognised = pl.concat([self._recognised, recognised])
        return now["letters"].to_list()

    def _letters(self, noted: str) -> int:
        """How many letters an archive holds, if all that it holds is known."""
        held = [each.removeprefix(_SIDECAR).split(_OR) for each in noted.split()]
        if not all(any(key in self._ids for key in keys) for keys in held):
            return 0
        return sum(not each.startswith(_SIDECAR) for each in noted.split())

    @cached_property
    def _ids(self) -> set[str]:
        return set(self._known)

    def rejections(self) -> set[str]:
        """Rejected_ids of what is set aside within the archives that were recognised."""
        noted = self._recognised["letter_id"]
        of_archives = noted.filter(noted.str.len_bytes() != LETTER_ID)
        return {key for held in of_archives for each in held.split() for key in each.split(_OR)}

    def note(self, path: Path, before: os.stat_result, letter_id: str, began_ns: int) -> None:
        """Note the letter of a file that was in this state before its hashing began."""
        if max(before.st_mtime_ns, before.st_ctime_ns) < began_ns - TICK_NS:
            state = before.st_size, before.st_ino, before.st_mtime_ns, before.st_ctime_ns
            self._found.append((os.fsencode(path), *state, letter_id))

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
        remark = f"{of} {said}".encode("utf-8", "surrogatepass")
        if remark not in self._remarks:
            log.warning("%s", said)
        self._found.append((remark, *NO_FILE, ""))

    @property
    def noted(self) -> pl.DataFrame:
        """What this run found, in no order."""
        found = pl.DataFrame(self._found, schema=COLUMNS, orient="row")
        return pl.concat([self._recognised, found]).unique([*STATE], keep="last")

    def keep(self, warehouse: Path) -> None:
        """Keep what this run found, unless it is what was noted; hold the lock meanwhile."""
        noted = self.noted
        if noted.height != self._noted.height or noted.join(self._noted, on=[*COLUMNS], how="anti").height:
            keep_index(warehouse, noted)


def _states(paths: Sequence[str]) -> pl.DataFrame:
    """How these files are now (STATE); one that can't be asked is as no file is."""
    sizes, inodes, changed, touched = list[int](), list[int](), list[int](), list[int]()
    for path in paths:
        try:
            state = os.stat(path)  # noqa: PTH116 no Path for each file of the inbox
        except OSError:
            state = NOT_THERE
        sizes.append(state.st_size)
        inodes.append(state.st_ino)
        changed.append(state.st_mtime_ns)
        touched.append(state.st_ctime_ns)
    columns = [*map(os.fsencode, paths)], sizes, inodes, changed, touched
    return pl.DataFrame(dict(zip(STATE, columns, strict=True)), {name: COLUMNS[name] for name in STATE})


def index_of(warehouse: Path, known: pl.Series) -> Index:
    """Return what the run before noted, of which known letters alone are believed."""
    frame = kept_index(warehouse)
    if frame is None or frame.schema != pl.Schema(COLUMNS):
        return Index()
    return Index(frame, known)
