"""What there is to do in the inbox: files that no run has read yet, in batches, and files to be set aside."""

import logging
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from contextlib import closing
from typing import NamedTuple

import polars as pl

from flows import alerts, sidecars, watching
from flows.archives import Archives
from flows.intake import Found, Intake, Rejection, batches, intake
from flows.limits import limit_in
from flows.readers import batch_length
from flows.recognising import Index, index_of
from flows.settings import Settings
from transforms import letters
from transforms.extract import EXTRACTOR_VERSION
from warehouse import store

log = logging.getLogger(__name__)


class Work(NamedTuple):
    """What there is to do: batches of new letters, and files newly set aside."""

    batches: list[list[Found]]
    rejected: list[Rejection]
    seen: int  # files in the inbox
    known: int  # of these passed over: in the warehouse already, set aside before, or doubles
    over: frozenset[str] = frozenset()  # rejected_id of what could not be read before, and isn't met any more


def found(settings: Settings, *, give_up: bool = True) -> Work:
    """What there is to do in the inbox; raises as intake does."""
    with watching.step("find"):
        set_aside = store.known_rejections(settings.warehouse)
        refused = [row.rejected_id for row in set_aside if is_final(row, settings)]
        known = store.known_ids(settings.warehouse).extend(pl.Series(refused, dtype=pl.String))
        index = index_of(settings.warehouse, known)
        files = intake(
            settings.inbox,
            settings.max_letter_bytes,
            give_up=give_up,
            index=index,
            warehouse=settings.warehouse,
        )
        todo = work(settings, files, set_aside, index)
        index.keep(settings.warehouse)
    watching.count(seen=todo.seen, known=todo.known, rejected=len(todo.rejected))
    return todo


def work(settings: Settings, files: Intake, set_aside: AbstractSet[store.SetAside], index: Index) -> Work:
    """Files that aren't known letters of the warehouse, in batches, and those to be set aside.

    A known letter with a newer sidecar than the one that it had is read again.
    """
    came = {file.letter_id for file in files.found}
    known = store.known_letters(settings.warehouse, came) if came else set()
    beside = store.known_sidecars(settings.warehouse, known) if known else {}
    tried = {row.rejected_id for row in set_aside if is_final(row, settings)}
    told = {(row.rejected_id, row.reason) for row in set_aside if row.extractor_version == EXTRACTOR_VERSION}
    with closing(Archives()) as opened:
        with_sidecar = [
            sidecars.of_file(file, beside.get(file.letter_id), opened, index) for file in files.found
        ]
    unknown = [file for file in with_sidecar if file.letter_id not in known or file.sidecars]
    new = [file for file, key in zip(unknown, rejection_keys(unknown), strict=True) if key not in tried]
    # What could not be read is tried again every night, and still is one rejection.
    rejected = [
        file
        for file, key in zip(files.rejected, rejection_keys(files.rejected), strict=True)
        if (key, file.reason) not in told
    ]
    for file in rejected:
        log.warning("%s: set aside as %s (%s)", file.source, file.reason, file.detail)
    if new or rejected:
        store.check_before(settings.warehouse, sum(file.size for file in new), settings.max_run_bytes)
    else:
        # As long as a failure is open: a version is whole where all of it is.
        store.look_over(settings.warehouse, 0, whole=bool(alerts.open_causes(settings.warehouse)))
    passed_over = files.seen - len(new) - len(rejected)
    length = batch_length(settings.workers, len(new), settings.batch_size)
    over = over_by_now(store.unread_files(settings.warehouse), files.rejected, index)
    return Work(batches(new, length), rejected, files.seen, passed_over, over)


def over_by_now(unread: pl.DataFrame, rejected: list[Rejection], index: Index) -> frozenset[str]:
    """Rejected_ids of files that could not be read before and aren't met as such now: readable, or gone.

    Of what lies in a folder or an archive that can't be read itself, nobody knows.
    """
    if unread.is_empty():
        return frozenset()
    met = set(rejection_keys(rejected)) | index.rejections()
    closed = tuple(f"{file.source}/" for file in rejected if file.letter_id is None)
    return frozenset(
        key
        for key, source in unread.select("rejected_id", "source").iter_rows()
        if key not in met and not source.startswith(closed)
    )


def is_final(row: store.SetAside, settings: Settings) -> bool:
    """Whether a file that was set aside, and can be read as bytes, would be set aside again."""
    if row.extractor_version != EXTRACTOR_VERSION or row.reason == "too_large":  # it isn't any more
        return False
    limits = settings.limits
    limit = {"too_slow": f"{limits.seconds:g} seconds", "too_many_claims": f"{limits.claims}"}.get(row.reason)
    return limit is None or limit_in(row.detail) == limit


def rejection_keys(files: Iterable[Found | Rejection]) -> list[str]:
    """Rejected_id that each file has in the warehouse if it was set aside before."""
    rows = [(file.source, file.letter_id, "", "", None) for file in files]
    return letters.rejected(rows, EXTRACTOR_VERSION)["rejected_id"].to_list()
