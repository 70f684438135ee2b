"""Commands that bring letters in and read them: nightly, harvest, backfill, serve."""

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from flows import ending
from flows.cli.options import (
    BatchSize,
    Compared,
    Inbox,
    Inline,
    LogFormat,
    Printed,
    RowsShown,
    TaskRunner,
    Warehouse,
)
from flows.ending import DONE
from flows.saying import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flows.backfilling import Wanted
    from flows.outcomes import Outcome
    from flows.settings import Settings
    from flows.watching import Course

app = typer.Typer()


@app.command(epilog="Example: kamercijfers nightly --inbox letters --warehouse figures.duckdb")
def nightly(
    inbox: Inbox = None,
    warehouse: Warehouse = None,
    batch_size: BatchSize = None,
    task_runner: TaskRunner = None,
    inline: Inline = False,
    log_format: LogFormat = None,
) -> None:
    """Read what is new in the inbox and publish it, now.

    Uses the Prefect server of PREFECT_API_URL, or else a temporary one.
    """
    from flows import engine, logs, outcomes, pipeline, reporting
    from flows.settings import settings

    chosen = settings(
        inbox=inbox,
        warehouse=warehouse,
        batch_size=batch_size,
        task_runner=task_runner,
        log_format=log_format,
    )
    logs.configure(chosen.log_format)
    engine.check_runner(chosen, inline=inline)
    with _told(chosen), reporting.watched(chosen, "nightly", "inline" if inline else "prefect") as course:
        pipeline.check(chosen)
        outcome = pipeline.run(chosen) if inline else _nightly_in_prefect(chosen, course)
        for line in outcomes.summary(outcome, why=False):
            say(line)
        if not outcome.seen:
            say(f"{chosen.inbox} holds no letters: put some there, or name another --inbox")


@contextmanager
def _told(chosen: "Settings") -> "Iterator[None]":
    """Say what a run has published where a signal ends it."""
    from warehouse.files import link_target

    before = link_target(chosen.warehouse)

    def came_of_it() -> str:
        now = link_target(chosen.warehouse)
        told = ending.published_since(before, now)
        return told if now and now != before else f"{told}; run it again"

    with ending.telling(came_of_it):
        yield


def _nightly_in_prefect(chosen: "Settings", course: "Course") -> "Outcome":
    from flows import pipeline

    def flow() -> "Outcome":
        from flows.nightly import nightly

        return nightly(inbox=chosen.inbox, warehouse=chosen.warehouse, batch_size=chosen.batch_size)

    return _in_prefect(chosen, course, flow, lambda: pipeline.run(chosen))


@app.command(epilog="Example: kamercijfers harvest --dossier 28638 --since 2012-01-01 --dry-run")
def harvest(
    inbox: Inbox = None,
    dossier: Annotated[
        list[str] | None, typer.Option(help="A dossier, such as 28638 or 36600-VII; may be repeated.")
    ] = None,
    query: Annotated[
        str | None, typer.Option(help="A query in the source's own language: CQL, or an OData $filter.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="Modified on this day or later.", show_default="the watermark")
    ] = None,
    until: Annotated[str | None, typer.Option(help="Modified on this day or before.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Letters fetched at most.")] = None,
    all_types: Annotated[bool, typer.Option("--all-types", help="Other documents than letters too.")] = False,
    source: Annotated[
        Literal["sru", "odata"] | None,
        typer.Option(help="The official publications, or the Tweede Kamer.", show_default="sru"),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print what would be fetched, and fetch nothing.")
    ] = False,
    form: Printed = "table",
    log_format: LogFormat = None,
) -> int:
    """Fetch new letters from their official source into the inbox, with their metadata.

    What isn't given comes from the section harvest of kamercijfers.toml.
    """
    from flows import harvest_request, harvesting, logs, printing
    from flows.settings import settings

    chosen = settings(inbox=inbox, log_format=log_format)
    logs.configure(chosen.log_format)
    asked = harvest_request.request(
        chosen.harvest,
        source=source,
        dossiers=dossier,
        query=query,
        since=since,
        until=until,
        limit=limit,
        all_types=all_types,
    )
    if dry_run:
        columns = harvesting.Planned._fields if form != "table" else harvesting.SHOWN
        rows = ([getattr(one, name) for name in columns] for one in harvesting.planned(chosen, asked))
        printing.print_rows(columns, rows, form)
        return DONE
    done = harvesting.run(chosen, asked)
    for one in done:
        if one.listed or not one.stopped:
            say(harvesting.summary(one))
    if fault := harvesting.faults(done):
        raise fault
    return DONE


@app.command(epilog="Example: kamercijfers backfill --publish")
def backfill(
    warehouse: Warehouse = None,
    batch_size: BatchSize = None,
    task_runner: TaskRunner = None,
    inline: Inline = False,
    publish: Annotated[
        bool, typer.Option("--publish", help="Publish the result; without it nothing changes.")
    ] = False,
    allow_drop: Annotated[
        bool, typer.Option("--allow-drop", help="Publish it even if tables or marts lose many rows.")
    ] = False,
    form: Compared = "table",
    rows: RowsShown = 20,
    log_format: LogFormat = None,
) -> None:
    """Read all letters of the warehouse again with the present grammar, and print what that changes.

    Uses the Prefect server of PREFECT_API_URL, or else a temporary one.
    """
    from flows import backfilling, engine, logs, outcomes, reporting
    from flows.settings import settings

    chosen = settings(
        warehouse=warehouse, batch_size=batch_size, task_runner=task_runner, log_format=log_format
    )
    logs.configure(chosen.log_format)
    engine.check_runner(chosen, inline=inline)
    wanted = backfilling.Wanted(publish, allow_drop, form, rows)
    with _told(chosen), reporting.watched(chosen, "backfill", "inline" if inline else "prefect") as course:
        backfilling.check(chosen)
        if inline:
            outcome = backfilling.run(chosen, wanted).outcome
        else:
            outcome = _backfill_in_prefect(chosen, wanted, course)
        for line in outcomes.summary(outcome):
            say(line)


def _backfill_in_prefect(chosen: "Settings", wanted: "Wanted", course: "Course") -> "Outcome":
    from flows import backfilling

    def flow() -> "Outcome":
        from flows.backfill import backfill

        return backfill(chosen.warehouse, chosen.batch_size, *wanted).outcome

    return _in_prefect(chosen, course, flow, lambda: backfilling.run(chosen, wanted).outcome)


def _in_prefect(
    chosen: "Settings", course: "Course", flow: "Callable[[], Outcome]", inline: "Callable[[], Outcome]"
) -> "Outcome":
    """What a flow did; where its server is lost, what the same steps do without Prefect, if they are to."""
    from flows import engine

    _prepare_prefect(chosen, course)
    try:
        with ending.soon_after_ctrl_c():
            return flow()
    except Exception as error:
        engine.require_uninterrupted(error)
        engine.require_lost(course, error)
        return course.outcome or inline()


def _prepare_prefect(chosen: "Settings", course: "Course") -> None:
    """What comes before a flow is imported."""
    from flows import engine
    from flows.settings import PREFIX

    engine.prepare(chosen)
    os.environ[f"{PREFIX}TASK_RUNNER"] = chosen.task_runner  # flows ask the settings when they are imported
    engine.end_with_its_server()
    from prefect.settings import PREFECT_API_URL

    if url := PREFECT_API_URL.value():
        engine.check_server(url)
        course.server = url


@app.command(epilog="Example: kamercijfers serve --cron '0 2 * * *'")
def serve(
    cron: Annotated[
        str | None, typer.Option(help="When to run, as cron has it.", show_default="0 2 * * *")
    ] = None,
    inbox: Inbox = None,
    warehouse: Warehouse = None,
    log_format: LogFormat = None,
) -> None:
    """Run nightly on a schedule until stopped.

    Uses the Prefect server of PREFECT_API_URL, or else starts one.
    """
    from flows import engine, logs, serving
    from flows.settings import settings
    from flows.walking import check_folder

    chosen = settings(cron=cron, inbox=inbox, warehouse=warehouse, log_format=log_format)
    logs.configure(chosen.log_format)
    check_folder(chosen.inbox)
    engine.check_runner(chosen, inline=False)
    serving.serve(chosen)
