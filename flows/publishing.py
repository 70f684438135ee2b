"""What a run has read becomes the rows of a new version, which is published where anything is new."""

import logging
from collections.abc import Set as AbstractSet
from pathlib import Path

import polars as pl

from flows import placing, watching
from flows.batching import read_all_kept
from flows.corrections import corrections
from flows.errors import UserError
from flows.finding import Work
from flows.limits import limit_in
from flows.outcomes import Outcome, as_published, outcome, run_row
from flows.placing import Placed, placed
from flows.reading import rejected_frame
from flows.settings import Settings
from flows.spooling import Spooled
from flows.watching import Run
from transforms import vocabulary
from warehouse import store

log = logging.getLogger(__name__)


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
        again = read_all_kept(settings, read.where, placing.of_known(known, letters.missing))
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
    doubles = sum(file.doubles for batch in todo.batches for file in batch)
    done = outcome(letters, rejected, run, seen=todo.seen, doubles=doubles)
    entries = corrections(settings.corrections)
    known = store.known_corrections(settings.warehouse)
    given = set(entries["correction_id"])
    if known and known - given:
        log.warning(
            "%s of %s corrections that counted till now are not in %s (KAMERCIJFERS_CORRECTIONS): "
            "their figures stand again as the letters state them",
            len(known - given), len(known), settings.corrections,
        )  # fmt: skip
    is_new = known not in (None, given)
    over = todo.over - {*rejected_frame(todo.rejected)["rejected_id"], *read.rejected_letter["rejected_id"]}
    if read.letter_form.is_empty() and rejected.is_empty() and not is_new and not over:
        return done
    rows = tables(letters, rejected, entries, done, run)
    if over:
        ended = rows_over(settings.warehouse, over, run)
        rows["rejected_letter"] = pl.concat([rows["rejected_letter"], ended], how="diagonal")
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
    return as_published(done, published)


def rows_over(warehouse: Path, over: AbstractSet[str], run: Run) -> pl.DataFrame:
    """Rows of what could not be read before, and isn't met as such any more since this run."""
    ended = store.unread_files(warehouse).filter(pl.col("rejected_id").is_in(over))
    return ended.with_columns(over_since=pl.lit(run.started, pl.Datetime("us")))


def without_known(warehouse: Path, rejected: pl.DataFrame) -> pl.DataFrame:
    """Rejections the warehouse doesn't hold yet; a file found whole may still be lost before it is read."""
    known = store.known_rejections(warehouse, or_older=True)
    told = {(*row[:3], limit_in(row.detail)) for row in known}
    columns = rejected.select(store.SetAside._fields)
    return rejected.filter([(*row[:3], limit_in(row[3])) not in told for row in columns.iter_rows()])


def tables(
    letters: Placed, rejected: pl.DataFrame, entries: pl.DataFrame, outcome: Outcome, run: Run
) -> dict[str, pl.DataFrame]:
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
        # One that comes again, after it was over, stands again.
        "rejected_letter": rejected.with_columns(arrival, over_since=pl.lit(None, pl.Datetime("us"))),
        "correction": entries,
    }


def agencies(listed: pl.DataFrame, credited: AbstractSet[str]) -> pl.DataFrame:
    """Credited bodies of the vocabulary, and those that claims credit besides."""
    others = sorted(credited - set(listed["source_agency"]))
    found = pl.DataFrame({"source_agency": others}, schema={"source_agency": pl.String})
    return pl.concat([listed, found.with_columns(in_vocabulary=False)], how="diagonal")
