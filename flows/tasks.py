"""What the flows have in common: what is tried again, how many run at a time, what is kept in Prefect."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

from prefect import task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.context import FlowRunContext
from prefect.runtime import flow_run, task_run
from prefect.utilities.annotations import quote

from flows import batching, channels, engine, logs, outcomes, reporting, runners, watching
from flows.intake import File
from flows.parcels import Read
from flows.readers import Readers
from flows.settings import Settings, settings
from flows.spooling import Noted
from flows.watching import Course, Kind, Run

log = logging.getLogger(__name__)

# A process that Prefect starts imports this before its flow begins, and no command line. Not always does it
# import the flow's own module: `serve` hands it the flow as bytes.
logs.follow(settings().log_format)

Value = TypeVar("Value")

TRIES = 3
RETRY_DELAY = 5  # seconds
#: Of the settings, for flows that a schedule starts; a command line may name another.
RUNNER = runners.runner(settings())


def may_pass(_task: Any, _run: Any, state: Any) -> bool:
    """Whether a failure may pass: a fault of a disk or a network does, bad data and a failed check don't."""
    return isinstance(state.result(raise_on_failure=False), OSError)


def is_last_try() -> bool:
    """Whether the running task will not be tried again."""
    return bool(task_run.run_count >= TRIES)


# Frames are not kept as results: what is worth keeping is published.
RETRIED: dict[str, Any] = {
    "retries": TRIES - 1,
    "retry_delay_seconds": RETRY_DELAY,
    "retry_condition_fn": may_pass,
    "cache_policy": NO_CACHE,
    "persist_result": False,
}

#: What tries again by itself, or isn't worth it.
ONCE: dict[str, Any] = {"cache_policy": NO_CACHE, "persist_result": False}


@task(task_run_name="read batch {number}", **RETRIED)
def read_batch(number: int, read_parcel: Callable[..., bytes]) -> bytes:  # noqa: ARG001 names the task run
    """The parcel of one batch, which this reads: all that it needs is bound to it.

    Neither Prefect nor Dask looks into a `partial`; of named tuples Dask would make tuples.
    """
    return read_parcel(give_up=is_last_try())


def whole(value: Value) -> Value:
    """Wrap an argument that holds no futures, so that Prefect doesn't search every part of it for them."""
    return cast(Value, quote(value))


def run_name() -> str:
    """Name of a flow run, by the date where the operator lives."""
    return f"{flow_run.flow_name}-{datetime.now(ZoneInfo(settings().timezone)):%Y-%m-%d}"


def task_readers(readers: Readers) -> Readers | None:
    """Reading processes that the tasks of this flow run may use: none where they run in other processes."""
    context = FlowRunContext.get()
    return runners.readers_for(context.task_runner, readers) if context else readers


def read_in_tasks(
    chosen: Settings,
    where: str,
    batches: list[list[File]],
    readers: Readers,
    read_one: Callable[..., Read],
) -> list[Noted]:
    """What became of each batch, in their order, read by a task each; their frames are then in storage."""
    sent, own = runners.for_workers(chosen, where), task_readers(readers)
    waiting = [
        read_batch.submit(number, partial(batching.read_parcel, read_one, sent, batch, own))
        for number, batch in enumerate(batches, start=1)
    ]
    return runners.collected(waiting, batches, partial(read_one, chosen), readers, where)


def served_by() -> str:
    """Address of the API of the server that has the flow run; empty outside of one."""
    context = FlowRunContext.get()
    return str(context.client.api_url).rstrip("/") if context and context.client else ""


def with_server(run: Run, server: str) -> Run:
    """The run, and whether its server is lost by now."""
    is_lost = bool(server) and not engine.answers(server)
    if is_lost:
        log.warning("the Prefect server doesn't answer any more: the run goes on without it")
    return run._replace(server_lost=is_lost)


@contextmanager
def kept_in_prefect(settings: Settings, kind: Kind) -> Iterator[Course]:
    """Watch a run, and keep with it in Prefect what it did, or why it failed.

    What it did is logged too where no command line says it.
    """
    is_commanded = watching.current() is not None
    with reporting.watched(settings, kind, "prefect") as course:
        course.server = served_by()
        if channels.needs_server(settings):  # while there is one that has them
            course.channels = channels.opened(settings)
        try:
            yield course
        except Exception as error:
            course.failure = error
            keep_summary(kind, course, [f"failed in step {course.step}: {error}"])
            raise
        if course.outcome:
            lines = outcomes.summary(course.outcome)
            for line in [] if is_commanded else outcomes.summary(course.outcome, why=False):
                log.info("%s", line)
            keep_summary(kind, course, lines)
            keep_figures(kind, course.outcome)


def keep_summary(kind: Kind, course: Course, lines: list[str]) -> None:
    """Keep what a run did in words, with the seconds that each step took."""
    took = [f"{step}: {seconds:.1f} s" for step, seconds in course.seconds.items()]
    # As it is: what an error tells may hold words of a letter, which are no marks and no HTML.
    text = "\n".join([*lines, *took]).replace("```", "'''")
    markdown = f"# Run {course.run.run_id}\n\n```\n{text}\n```\n"
    _keep(lambda: create_markdown_artifact(markdown, key=f"{kind}-summary"))


def keep_figures(kind: Kind, outcome: outcomes.Outcome) -> None:
    """Keep how many rows the marts hold, why files were set aside, and what checks warn of."""
    keep_table(f"{kind}-marts", [{"mart": m, "rows": rows} for m, rows in sorted(outcome.rows.items())])
    keep_table(f"{kind}-set-aside", [{"reason": r, "files": files} for r, files in outcome.rejected.items()])
    keep_table(f"{kind}-checks", [{"check": c, "rows": rows} for c, rows in sorted(outcome.warnings.items())])


def keep_table(key: str, rows: list[dict[str, Any]]) -> None:
    """Keep a table, if it has rows."""
    if rows:
        _keep(lambda: create_table_artifact(rows, key=key))


def _keep(create: Callable[[], object]) -> None:
    """Keep an artifact; what was published stays so, whatever becomes of it."""
    # Prefect would try for more than a minute to reach a server that is gone.
    server = served_by()
    if server and not engine.answers(server):
        return
    try:
        create()
    except Exception as error:
        log.warning("Prefect could not keep an artifact: %s", error)
