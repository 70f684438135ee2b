"""The backfill flow: the steps of flows.backfilling as Prefect tasks, one for each batch of letters."""

from functools import partial
from pathlib import Path
from typing import Literal

from prefect import flow, task

from flows import backfilling, batching, pipeline, progress
from flows.backfilling import Backfilled, Wanted
from flows.settings import Settings, settings
from flows.spooling import Spooled, spooling

# Functions, not their module, as in flows.nightly: else DuckDB tells of leaks as the process ends.
from flows.tasks import (
    RETRIED,
    RUNNER,
    keep_table,
    kept_in_prefect,
    read_in_tasks,
    run_name,
    served_by,
    whole,
    with_server,
)
from flows.watching import Run
from warehouse import store


@task(task_run_name="find letters", **RETRIED)
def find_letters(chosen: Settings) -> list[store.Known]:
    """Find the letters that are to be read again."""
    return backfilling.found(chosen)


@task(task_run_name="compare and publish", **RETRIED)
def finish(
    chosen: Settings,
    wanted: Wanted,
    known: list[store.Known],
    read: Spooled,
    run: Run,
    server: str,
) -> Backfilled:
    """Last task, so that work done is work published even when Prefect's server is gone by then."""
    return backfilling.finish(chosen, wanted, known, read, with_server(run, server))


@flow(name="backfill", flow_run_name=run_name, task_runner=RUNNER)
def backfill(
    warehouse: Path | None = None,
    batch_size: int | None = None,
    publish: bool = False,
    allow_drop: bool = False,
    form: Literal["table", "ndjson"] = "table",
    rows: int = 20,
) -> Backfilled:
    """Read all letters again, print what that changes, and publish it where `publish` says so.

    What isn't given comes from the settings. Raises what flows.backfilling.run raises.
    """
    chosen = settings(warehouse=warehouse, batch_size=batch_size)
    wanted = Wanted(publish, allow_drop, form, rows)
    with kept_in_prefect(chosen, "backfill") as course, pipeline.locked(chosen):
        known = find_letters(whole(chosen))
        todo = batching.in_batches(chosen, known)
        with spooling(chosen, course.run) as where:
            with progress.over(len(todo)), batching.reading(chosen, todo) as readers:
                read_one = partial(backfilling.read_whole, keep=publish)
                reads = read_in_tasks(chosen, where, todo, readers, read_one)
                parts = [
                    part
                    for batch, read in zip(todo, reads, strict=True)
                    for part in backfilling.mended(chosen, where, batch, read, readers, keep=publish)
                ]
            done = finish(
                whole(chosen),
                whole(wanted),
                whole(known),
                whole(Spooled(where, parts)),
                whole(course.run),
                served_by(),
            )
    keep_table("backfill-diff", [count._asdict() for count in done.counts])
    return done
