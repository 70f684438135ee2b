"""Batches of letters, each read by a process and put into storage: new ones, and ones that are kept."""

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

import polars as pl

from flows import batch_store, progress, watching
from flows.intake import File, Found, Rejection, batches, contents
from flows.parcels import Read, packed
from flows.readers import Readers, batch_length, worth_starting
from flows.reading import read
from flows.settings import Settings
from flows.spooling import Noted, Spooled, spooled
from transforms import schemas
from warehouse import store

log = logging.getLogger(__name__)

Result = TypeVar("Result")

#: The step in which a kept letter is read again.
KEPT = "backfill"
#: Seconds: as Polars takes signals, a thread that waits for another hears Ctrl-C only in between.
HEARD_WITHIN = 0.5


@contextmanager
def reading(settings: Settings, batches: list[list[File]]) -> Iterator[Readers]:
    """As many processes to read the batches as are worth it."""
    count = worth_starting(settings.workers, len(batches), sum(map(len, batches)))
    readers = Readers(count, settings.limits)
    try:
        with watching.step("read"):
            yield readers
    finally:
        readers.close()


def read_here(
    settings: Settings, where: str, todo: list[list[File]], read_one: Callable[..., Read]
) -> Spooled:
    """All batches, read by `read_one` in this process and put into storage."""
    with progress.over(len(todo)), reading(settings, todo) as readers:
        told_one = partial(told_batch, where, partial(read_one, settings))
        return Spooled(where, read_batches(told_one, todo, readers))


def read_batches(
    read_one: Callable[[list[File], Readers], Result], batches: list[list[File]], readers: Readers
) -> list[Result]:
    """What becomes of all batches, in their order, as many at a time as there are readers."""
    if readers.count == 1:
        return [read_one(batch, readers) for batch in batches]
    with ThreadPoolExecutor(readers.count) as threads:
        parts = [threads.submit(read_one, batch, readers) for batch in batches]
        try:
            for part in parts:
                while not part.done():
                    wait([part], HEARD_WITHIN)
            return [part.result() for part in parts]
        except BaseException:  # else Ctrl-C, too, has the batches at hand read to their ends first
            threads.shutdown(wait=False, cancel_futures=True)
            readers.close()
            raise


def told_batch(
    where: str, read_one: Callable[[list[File], Readers], Read], batch: list[File], readers: Readers
) -> Noted:
    """A batch, once its frames are in storage and it is told."""
    part = spooled(where, read_one(batch, readers))
    tell(part)
    return part


def tell(part: Noted) -> None:
    """Log what was set aside of a batch, and that it is done; in the process that has the run."""
    for source, reason, detail in part.rejected_letter.select("source", "reason", "detail").iter_rows():
        log.warning("%s: set aside as %s (%s)", source, reason, detail)
    progress.advance(part.letter_form.height, part.rejected_letter.height, part.tally.claims)


@contextmanager
def readers_or_own(settings: Settings, readers: Readers | None) -> Iterator[Readers]:
    """These readers; or, where a batch is read elsewhere than in the run's process, one of that process."""
    own = readers or Readers(1, settings.limits)
    try:
        yield own
    finally:
        if not readers:
            own.close()  # it waits there for the next batch


def read_parcel(
    read_one: Callable[..., Read],
    settings: Settings,
    batch: list[File],
    readers: Readers | None,
    *,
    give_up: bool,
) -> bytes:
    """A batch as a worker sends it back: its parcel, or what names it where it was put (`batches`)."""
    with readers_or_own(settings, readers) as own:
        parcel = packed(read_one(settings, batch, own, give_up=give_up))
    return batch_store.put(settings.batches, parcel) if settings.batches else parcel


def read_new(settings: Settings, batch: list[Found], readers: Readers, *, give_up: bool = True) -> Read:
    """A batch of the inbox, read when a reader is free for it; its letters are kept beside the warehouse."""
    keep = partial(keep_files, settings)
    with readers.free() as extract_files:
        files, unreadable = contents(batch, give_up=give_up)
        return Read(read(files, unreadable, extract_files=extract_files, keep=keep), [])


def keep_files(settings: Settings, files: pl.DataFrame) -> None:
    """Keep letters (schemas.FILE) and their sidecars beside the warehouse."""
    letters = files.select("letter_id", "content").iter_rows()
    store.keep_letters(settings.place, letters)
    beside = files.select("letter_id", "sidecar").drop_nulls()
    store.keep_sidecars(settings.place, beside.iter_rows())


def in_batches(settings: Settings, known: list[store.Known]) -> list[list[store.Known]]:
    """Kept letters in batches of the length that a nightly run's have."""
    return batches(known, batch_length(settings.workers, len(known), settings.batch_size))


def read_all_kept(settings: Settings, where: str, letters: list[store.Known]) -> Spooled:
    """Batches of letters that are kept beside the warehouse, read and put into storage."""
    return read_here(settings, where, in_batches(settings, letters), read_kept)


def read_kept(settings: Settings, batch: list[store.Known], readers: Readers, *, keep: bool = False) -> Read:
    """A batch of kept letters, read when a reader is free for it; with `keep` they are kept whole again."""
    with readers.free() as extract_files:
        files, unreadable = kept_contents(settings, batch)
        keep_them = partial(keep_files, settings) if keep else None
        return Read(read(files, unreadable, extract_files=extract_files, keep=keep_them), [])


def kept_contents(settings: Settings, batch: list[store.Known]) -> tuple[pl.DataFrame, list[Rejection]]:
    """Bytes of the letters as a frame with schemas.FILE, and the letters that have none any more."""
    again = store.reread(settings.place, batch)
    unreadable = []
    for letter in batch:
        if letter.sidecar_id and letter.letter_id not in again.sidecars:
            log.warning("%s: its sidecar isn't kept whole: it is read without", letter.source)
    for letter in batch:
        if letter.letter_id not in again.faults:
            continue
        fault = again.faults[letter.letter_id]
        if letter.letter_id in again.contents:
            log.warning("%s: %s; its bytes were made from its text", letter.source, fault)
        else:
            # Without the letter_id: should the file come again, it is no known rejection.
            detail = f"{fault}; its text in the warehouse gives other bytes"
            unreadable.append(Rejection(letter.source, None, KEPT, "unreadable", detail))
    rows = [
        (
            letter.letter_id,
            letter.source,
            again.contents[letter.letter_id],
            again.sidecars.get(letter.letter_id),
        )
        for letter in batch
        if letter.letter_id in again.contents
    ]
    return pl.DataFrame(rows, schema=schemas.FILE, orient="row"), unreadable
