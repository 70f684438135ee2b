"""The steps of a backfill as plain functions: all letters that are kept, read again by the present grammar.

`run` puts them together in this process; flows.backfill puts the same steps together in Prefect.
"""

import contextlib
import logging
from functools import partial
from typing import Literal, NamedTuple

from flows import batching, outcomes, pipeline, placing, publishing, reporting, watching
from flows.corrections import corrections
from flows.layouts import print_comparison
from flows.outcomes import Outcome
from flows.parcels import Read
from flows.placing import placed
from flows.readers import Readers
from flows.settings import Settings
from flows.spooling import Noted, Spooled, spooled, spooling
from flows.streams import ReaderGoneError
from flows.watching import Run
from warehouse import store
from warehouse.errors import check_lines

log = logging.getLogger(__name__)


#: What the candidate is called where no version will ever have its name.
UNPUBLISHED = "what the grammar makes of it now"


class Wanted(NamedTuple):
    """What is wanted of a backfill: to publish it, be it with fewer rows, or only to show it; and how."""

    publish: bool = False
    allow_drop: bool = False
    form: Literal["table", "ndjson"] = "table"
    rows: int = 20  # of each relation, in a table


class Backfilled(NamedTuple):
    """What a backfill did, and how many rows of each relation it changes."""

    outcome: Outcome
    counts: list[store.Count]


def run(settings: Settings, wanted: Wanted) -> Backfilled:
    """Read all letters again, in this process; print what that changes, and publish it where that is wanted.

    Raises the errors of warehouse.errors: NotAWarehouseError where there is nothing to read again,
    LockedError when another run is on, ChecksFailedError when the build is not to be published.
    """
    with reporting.watched(settings, "backfill", "inline") as course, pipeline.locked(settings):
        known = found(settings)
        todo = batching.in_batches(settings, known)
        with spooling(settings, course.run) as where:
            read_one = partial(batching.read_kept, keep=wanted.publish)
            read = batching.read_here(settings, where, todo, read_one)
            return finish(settings, wanted, known, read, course.run)


def found(settings: Settings) -> list[store.Known]:
    """Letters that are to be read again."""
    with watching.step("find"):
        known = store.letters_to_read_again(settings.place)
        size = sum(letter.size for letter in known)
        store.check_before(settings.warehouse, 0, settings.max_run_bytes, to_read=size)
    watching.count(seen=len(known))
    return known


def check(settings: Settings) -> None:
    """Raise what stands in the way of a backfill before anything slow is started."""
    store.require_free(settings.warehouse)  # a first run has no warehouse to read again yet
    store.letters_to_read_again(settings.place)
    corrections(settings.corrections)
    with pipeline.locked(settings):
        pass


def read_whole(
    settings: Settings, batch: list[store.Known], readers: Readers, *, keep: bool, give_up: bool = True
) -> Read:
    """A batch without the letters that aren't kept whole: for their texts the warehouse has to be opened."""
    del give_up  # what isn't kept whole is damaged, at the first try too
    damaged = [letter.letter_id for letter in batch if not store.is_kept(settings.place, letter.letter_id)]
    whole = [letter for letter in batch if letter.letter_id not in damaged]
    return batching.read_kept(settings, whole, readers, keep=keep)._replace(damaged=damaged)


def mended(
    settings: Settings, where: str, batch: list[store.Known], read: Noted, readers: Readers, *, keep: bool
) -> list[Noted]:
    """A batch, and one more of those of its letters that their texts in the warehouse give."""
    if not read.damaged:
        return [read]
    damaged = [letter for letter in batch if letter.letter_id in read.damaged]
    return [read, spooled(where, batching.read_kept(settings, damaged, readers, keep=keep))]


def finish(
    settings: Settings,
    wanted: Wanted,
    known: list[store.Known],
    read: Spooled,
    run: Run,
) -> Backfilled:
    """Build anew, print what that changes, publish it where that is wanted; the caller holds the lock."""
    with watching.step("publish"):
        done = _finished(settings, wanted, known, read, run)
        watching.came_to(done.outcome)
    return done


def _finished(
    settings: Settings, wanted: Wanted, known: list[store.Known], read: Spooled, run: Run
) -> Backfilled:
    rejected = publishing.without_known(settings.warehouse, read.rejected_letter)
    letters = placed(read, placing.nothing_known(), run, placing.arrivals(known))
    outcome = outcomes.outcome(letters, rejected, run, seen=len(known))
    entries = corrections(settings.corrections)
    tables = publishing.tables(letters, rejected, entries, outcome, run)
    max_drop = 100 if wanted.allow_drop else settings.max_drop_percent
    with store.rebuilt(
        settings.warehouse,
        tables,
        placing.lots(letters),
        max_drop_percent=max_drop,
        max_bytes=settings.max_run_bytes,
        max_memory=settings.max_build_memory,
    ) as candidate:
        with store.compared_with_current(candidate) as comparison:
            # Who has seen enough of it may still want it published.
            with contextlib.suppress(*[ReaderGoneError] if wanted.publish else []):
                after = comparison.after if wanted.publish else UNPUBLISHED
                print_comparison(comparison._replace(after=after), wanted.form, wanted.rows)
            counts = comparison.counts
        if wanted.publish:
            published = store.put_in_place(settings.warehouse, candidate, keep=settings.keep_versions)
            outcome = outcomes.as_published(outcome, published)
        else:
            for line in (line for check in candidate.built.stopped_by for line in check_lines(check)):
                log.warning("this would keep it from being published: %s", line.strip())
    return Backfilled(outcome, counts)
