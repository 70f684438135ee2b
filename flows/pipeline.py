"""The steps of a nightly run as plain functions: harvest, find, read in batches, gather, publish.

`run` puts them together in this process; flows.nightly puts the same steps together in Prefect.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeVar

import polars as pl

from flows import batch_store, harvesting, placing, progress, sidecars, watching
from flows.archives import Archives
from flows.cleaning import escaped
from flows.corrections import corrections
from flows.errors import UsageError, UserError
from flows.harvesting import Harvested
from flows.intake import (
    File,
    Found,
    Intake,
    Limits,
    Rejection,
    batches,
    check_folder,
    contents,
    intake,
    limit_in,
)
from flows.parcels import Read, packed
from flows.placing import Placed, placed
from flows.readers import Readers, wanted
from flows.reading import read, rejected_frame
from flows.recognising import Index, index_of
from flows.settings import Settings
from flows.spooling import Noted, Spooled, spooled, spooling
from flows.watching import Run
from transforms import letters, schemas, vocabulary
from transforms.extract import EXTRACTOR_VERSION, Extraction
from warehouse import store
from warehouse.errors import WarehouseError, check_line

log = logging.getLogger(__name__)

Result = TypeVar("Result")

#: The step in which a kept letter is read again.
KEPT = "backfill"
#: A batch holds at most so many bytes of letters, so that memory doesn't grow with the inbox.
BATCH_BYTES = 64 * 1024 * 1024


class Work(NamedTuple):
    """What there is to do: batches of new letters, and files newly set aside."""

    batches: list[list[Found]]
    rejected: list[Rejection]
    seen: int  # files in the inbox
    known: int  # of these passed over: in the warehouse already, set aside before, or doubles


class Outcome(NamedTuple):
    """What a run did; version is None when there was nothing new and so nothing was published.

    Each file looked at is known, read or set aside, and each that is read is a letter or another form of one.
    """

    run_id: str
    seen: int  # files looked at
    known: int  # of these passed over: known before, or with the bytes of another
    read: int
    rejected: dict[str, int]  # files set aside, by reason
    letters: int  # files read that are the form in use of a letter
    claims: int  # in these
    claims_read: int  # in all files read
    version: str | None
    rows: dict[str, int]  # of each mart
    kind: watching.Kind
    warnings: dict[str, int]  # bad rows, by check
    harvest: str  # as in watching.Run

    @property
    def set_aside(self) -> int:
        """Files set aside, for whatever reason."""
        return sum(self.rejected.values())

    @property
    def other_forms(self) -> int:
        """Files read that are another form of a letter than the one in use."""
        return self.read - self.letters


def run(settings: Settings) -> Outcome:
    """Read what is new in the inbox and publish it, in this process.

    Raises UserError for a missing inbox and the errors of warehouse.errors: LockedError when another run is
    on, ChecksFailedError when nothing was published.
    """
    with watching.watched(settings, "nightly", "inline") as course, locked(settings):
        harvest_first(settings)
        todo = found(settings)
        with spooling(settings, course.run) as where:
            with progress.over(len(todo.batches)), reading(settings, todo.batches) as readers:
                read_one = partial(told_batch, where, partial(read_here, settings))
                parts = read_batches(read_one, todo.batches, readers)
            return publish(settings, todo, Spooled(where, parts), course.run)


@contextmanager
def locked(settings: Settings) -> Iterator[None]:
    """Hold the lock of the warehouse, which tells when the run before was killed."""
    with store.lock(settings.warehouse, settings.letters) as killed:
        store.require_letters(settings.warehouse, settings.letters)
        if killed:
            watching.killed_before(settings, killed)
        yield


@contextmanager
def reading(settings: Settings, batches: list[list[File]]) -> Iterator[Readers]:
    """As many processes to read the batches as are worth it."""
    readers = Readers(wanted(settings.workers, len(batches), sum(map(len, batches))), limits_of(settings))
    try:
        with watching.step("read"):
            yield readers
    finally:
        readers.close()


def read_batches(
    read_one: Callable[[list[File], Readers], Result], batches: list[list[File]], readers: Readers
) -> list[Result]:
    """What becomes of all batches, in their order, as many at a time as there are readers."""
    if readers.count == 1:
        return [read_one(batch, readers) for batch in batches]
    with ThreadPoolExecutor(readers.count) as threads:
        return list(threads.map(lambda batch: read_one(batch, readers), batches))


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
    own = readers or Readers(1, limits_of(settings))
    try:
        yield own
    finally:
        if not readers:
            own.close()  # it waits there for the next batch


def read_batch(
    settings: Settings, batch: list[Found], readers: Readers, *, give_up: bool = True
) -> Extraction:
    """Frames of one batch, read when a reader is free for it; its letters are kept beside the warehouse."""
    keep = partial(keep_files, settings)
    with readers.free() as extract_files:
        files, unreadable = contents(batch, give_up=give_up)
        return read(files, unreadable, extract_files=extract_files, keep=keep)


def read_here(settings: Settings, batch: list[Found], readers: Readers) -> Read:
    """A batch, read in the process that has the run."""
    return Read(read_batch(settings, batch, readers), [])


def read_parcel(settings: Settings, batch: list[Found], readers: Readers | None, *, give_up: bool) -> bytes:
    """Frames of one batch as a worker sends them back."""
    with readers_or_own(settings, readers) as own:
        return sent(settings, Read(read_batch(settings, batch, own, give_up=give_up), []))


def sent(settings: Settings, read: Read) -> bytes:
    """A batch as a worker sends it back: its parcel, or what names it where it was put (`batches`)."""
    parcel = packed(read)
    return batch_store.put(settings.batches, parcel) if settings.batches else parcel


def keep_files(settings: Settings, files: pl.DataFrame) -> None:
    """Keep letters (schemas.FILE) and their sidecars beside the warehouse."""
    letters = files.select("letter_id", "content").iter_rows()
    store.keep_letters(settings.warehouse, letters, settings.letters)
    beside = files.select("letter_id", "sidecar").drop_nulls()
    store.keep_sidecars(settings.warehouse, beside.iter_rows(), settings.letters)


def read_kept(settings: Settings, where: str, letters: list[store.Known]) -> Spooled:
    """Read letters that are kept beside the warehouse, and put their frames into storage."""
    todo = batches(letters, settings.batch_size, BATCH_BYTES)
    with progress.over(len(todo)), reading(settings, todo) as readers:
        read_one = partial(told_batch, where, partial(read_kept_here, settings))
        return Spooled(where, read_batches(read_one, todo, readers))


def read_kept_here(settings: Settings, batch: list[store.Known], readers: Readers) -> Read:
    """A batch of kept letters, read in the process that has the run."""
    return Read(read_kept_batch(settings, batch, readers), [])


def read_kept_batch(
    settings: Settings, batch: list[store.Known], readers: Readers, *, keep: bool = False
) -> Extraction:
    """Frames of one batch of kept letters, read when a reader is free; with `keep` kept whole again."""
    with readers.free() as extract_files:
        files, unreadable = kept_contents(settings, batch)
        keep_them = partial(keep_files, settings) if keep else None
        return read(files, unreadable, extract_files=extract_files, keep=keep_them)


def kept_contents(settings: Settings, batch: list[store.Known]) -> tuple[pl.DataFrame, list[Rejection]]:
    """Bytes of the letters as a frame with schemas.FILE, and the letters that have none any more."""
    again = store.reread(settings.warehouse, batch, settings.letters)
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


def check(settings: Settings) -> None:
    """Raise what stands in the way of a run before anything slow is started."""
    if settings.harvest.is_configured:
        settings.inbox.mkdir(parents=True, exist_ok=True)
    check_folder(settings.inbox)
    corrections(settings.corrections)
    with locked(settings):
        store.known_letters(settings.warehouse)


def harvest_first(settings: Settings, run: Callable[[Settings], list[Harvested]] = harvesting.run) -> None:
    """Harvest what the settings name into the inbox, if they name any; a source that fails stops no run.

    Raises UsageError for a query that can't be one.
    """
    if not settings.harvest.is_configured:
        return
    with watching.step("harvest"):
        try:
            done = run(settings)
            fault: Exception | None = harvesting.faults(done)
            for one in done:
                if one.listed or not one.stopped:
                    log.info("harvest of %s", harvesting.summary(one))
        except UsageError:
            raise
        except (UserError, WarehouseError, OSError) as error:
            fault = error
        if fault:
            log.warning("the run goes on with what is there: %s", fault)
        watching.note_harvest(f"failed: {escaped(str(fault))}"[:500] if fault else "done")


def found(settings: Settings, *, give_up: bool = True) -> Work:
    """What there is to do in the inbox; raises as intake does."""
    with watching.step("find"):
        set_aside = store.known_rejections(settings.warehouse)
        refused = [row.rejected_id for row in set_aside if is_final(row, settings)]
        known = store.known_ids(settings.warehouse).extend(pl.Series(refused, dtype=pl.String))
        index = index_of(settings.warehouse, known)
        files = intake(settings.inbox, settings.max_letter_bytes, give_up=give_up, index=index)
        todo = work(settings, files, set_aside, index)
        index.keep(settings.warehouse)
    watching.count(seen=todo.seen, known=todo.known, rejected=len(todo.rejected))
    return todo


def work(settings: Settings, files: Intake, set_aside: AbstractSet[store.SetAside], index: Index) -> Work:
    """Files that aren't known letters of the warehouse, in batches, and those to be set aside.

    A known letter with a newer sidecar than the one that it had is read again.
    """
    found = {file.letter_id for file in files.found}
    known = store.known_letters(settings.warehouse, found) if found else set()
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
    passed_over = files.seen - len(new) - len(rejected)
    return Work(batches(new, settings.batch_size, BATCH_BYTES), rejected, files.seen, passed_over)


def is_final(row: store.SetAside, settings: Settings) -> bool:
    """Whether a file that was set aside, and can be read as bytes, would be set aside again."""
    if row.extractor_version != EXTRACTOR_VERSION or row.reason == "too_large":  # it isn't any more
        return False
    limits = limits_of(settings)
    limit = {"too_slow": f"{limits.seconds:g} seconds", "too_many_claims": f"{limits.claims}"}.get(row.reason)
    return limit is None or limit_in(row.detail) == limit


def rejection_keys(files: Iterable[Found | Rejection]) -> list[str]:
    """Rejected_id that each file has in the warehouse if it was set aside before."""
    rows = [(file.source, file.letter_id, "", "", None) for file in files]
    return letters.rejected(rows, EXTRACTOR_VERSION)["rejected_id"].to_list()


def limits_of(settings: Settings) -> Limits:
    """What one letter may cost."""
    return Limits(settings.max_letter_seconds, settings.max_letter_claims)


def publish(settings: Settings, todo: Work, read: Spooled, run: Run) -> Outcome:
    """Publish what was read and set aside as a new version, if there is any; the caller holds the lock.

    Corrections that have changed are published too.
    """
    letters = in_use(settings, read, run)
    again = letters.read.letter_form.height - read.letter_form.height
    todo = todo._replace(seen=todo.seen + again)  # kept forms that were read again
    with watching.step("publish"):
        return watching.came_to(_published_new(settings, todo, letters, run))


def in_use(
    settings: Settings,
    read: Spooled,
    run: Run,
    came: pl.DataFrame | None = None,
    *,
    from_nothing: bool = False,
) -> Placed:
    """What was read, placed among the forms that are known; one that comes into use again is read again.

    `came` tells when forms were first seen (placing.arrivals), by default as it is known.
    """
    known = None if from_nothing else store.known_forms(settings.warehouse, read.letter_form)
    known = placing.nothing_known() if known is None else known.cast(placing.FORM)
    letters = placed(read, known, run, came)
    while letters.missing:
        again = read_kept(settings, read.where, placing.of_known(known, letters.missing))
        if set(letters.missing) - set(again.letter_form["form_id"]):
            raise UserError(f"{letters.missing[0]} is to be used again and isn't kept whole: {store.REPAIR}")
        read = read.with_more(again)
        letters = placed(read, known, run, came)
    return letters


def _published_new(settings: Settings, todo: Work, letters: Placed, run: Run) -> Outcome:
    read = letters.read
    rejected = pl.concat(
        [rejected_frame(todo.rejected), without_known(settings.warehouse, read.rejected_letter)]
    )
    done = outcome(letters, rejected, run, seen=todo.seen)
    entries = corrections(settings.corrections)
    is_new = store.known_corrections(settings.warehouse) not in (None, set(entries["correction_id"]))
    if read.letter_form.is_empty() and rejected.is_empty() and not is_new:
        return done
    rows = tables(letters, rejected, done, run) | {"correction": entries}
    kept = sum(file.size for batch in todo.batches for file in batch)
    published = store.publish(
        settings.warehouse,
        rows,
        placing.lots(letters),
        keep=settings.keep_versions,
        max_drop_percent=settings.max_drop_percent,
        max_bytes=settings.max_run_bytes - kept,
        max_memory=settings.max_build_memory,
    )
    return told(done, published)


def outcome(letters: Placed, rejected: pl.DataFrame, run: Run, *, seen: int) -> Outcome:
    """What a run has read, before anything is published."""
    read = letters.read.letter_form.height
    return Outcome(
        run_id=run.run_id,
        seen=seen,
        known=seen - read - rejected.height,
        read=read,
        rejected=dict(rejected["reason"].value_counts().sort("reason").iter_rows()),
        letters=letters.tally.letters,
        claims=letters.tally.claims,
        claims_read=letters.read.claims,
        version=None,
        rows={},
        kind=run.kind,
        warnings={},
        harvest=run.harvest,
    )


def told(done: Outcome, published: store.Published) -> Outcome:
    """What a run did, with the version it published; what its checks warn of is logged."""
    for check in published.warned:
        log.warning("check %s", check_line(check))
    return done._replace(version=published.version, rows=published.marts, warnings=published.warnings)


def without_known(warehouse: Path, rejected: pl.DataFrame) -> pl.DataFrame:
    """Rejections the warehouse doesn't hold yet; a file found whole may still be lost before it is read."""
    known = store.known_rejections(warehouse, or_older=True)
    told = {(*row[:3], limit_in(row.detail)) for row in known}
    columns = rejected.select(store.SetAside._fields)
    return rejected.filter([(*row[:3], limit_in(row[3])) not in told for row in columns.iter_rows()])


def tables(letters: Placed, rejected: pl.DataFrame, outcome: Outcome, run: Run) -> dict[str, pl.DataFrame]:
    """Frames by table, but those that come in lots (placing.lots), each with the run that brought it."""
    dimensions = vocabulary.dimensions()
    arrival = [
        pl.lit(run.started, pl.Datetime("us")).alias("first_seen"),
        pl.lit(outcome.run_id).alias("run_id"),
    ]
    return {
        **dimensions,
        "source_agency": agencies(dimensions["source_agency"], letters.tally.credited),
        "run": run_row(outcome, run),
        "letter_form": letters.letter_form,
        "rejected_letter": rejected.with_columns(arrival),
    }


def agencies(listed: pl.DataFrame, credited: AbstractSet[str]) -> pl.DataFrame:
    """Credited bodies of the vocabulary, and those that claims credit besides."""
    others = sorted(credited - set(listed["source_agency"]))
    found = pl.DataFrame({"source_agency": others}, schema={"source_agency": pl.String})
    return pl.concat([listed, found.with_columns(in_vocabulary=False)], how="diagonal")


def run_row(outcome: Outcome, run: Run) -> pl.DataFrame:
    """Run as one row; the store adds when it finished and the version."""
    return pl.DataFrame(
        {
            "run_id": outcome.run_id,
            "started_at": run.started,
            "kind": run.kind,
            "engine": run.engine,
            "server_lost": run.server_lost,
            "harvest": run.harvest,
            "letters_seen": outcome.seen,
            "letters_known": outcome.known,
            "letters_read": outcome.read,
            "letters_rejected": outcome.set_aside,
            "other_forms": outcome.other_forms,
            "claims": outcome.claims,
            "extractor_version": EXTRACTOR_VERSION,
        }
    )


def summary(outcome: Outcome, *, why: bool = True) -> list[str]:
    """Tell what a run did in a few lines; without `why`, not why its harvest failed, which was said then."""
    known = f"{outcome.known} known, " if outcome.kind == "nightly" else ""
    reasons = ", ".join(f"{count} {reason}" for reason, count in outcome.rejected.items())
    lines = [
        f"{_files(outcome.seen)} looked at: {known}{outcome.read} read, {outcome.set_aside} set aside"
        + (f" ({reasons})" if reasons else "")
    ]
    if outcome.read:
        lines.append(_read(outcome))
    if outcome.harvest != "none":
        lines.insert(0, f"harvest {outcome.harvest if why else outcome.harvest.partition(':')[0]}")
    return [*lines, _published(outcome)]


def _read(outcome: Outcome) -> str:
    """Tell what the files that were read are, and where their claims went."""
    letters = "1 letter" if outcome.letters == 1 else f"{outcome.letters} letters"
    told = f"{_files(outcome.read)} read: {letters} with {outcome.claims} claims"
    if not outcome.other_forms:
        return told
    others = "1 other form" if outcome.other_forms == 1 else f"{outcome.other_forms} other forms"
    return f"{told}, {others} of a letter ({outcome.claims_read - outcome.claims} claims, not used)"


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"


def _published(outcome: Outcome) -> str:
    if outcome.version:
        marts = ", ".join(f"{mart} {count}" for mart, count in sorted(outcome.rows.items()))
        return f"published {outcome.version}" + (f" ({marts})" if marts else "")
    if outcome.kind == "backfill":
        return "nothing published: --publish does it"
    return "nothing new: nothing published"
