"""The nightly flow: the steps of flows.pipeline as Prefect tasks, one for each batch of letters."""

import logging
import os
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.runtime import task_run
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.utilities.annotations import quote

from flows import logs, pipeline, progress
from flows.intake import Found, intake
from flows.readers import Readers
from flows.reading import gathered
from flows.settings import Settings, settings
from transforms.extract import Extraction
from warehouse import store

log = logging.getLogger(__name__)
logs.show_ours()  # a worker imports this module and no command line

Kind = TypeVar("Kind")

TRIES = 3
RETRY_DELAY = 5  # seconds
#: Each waits for a process that reads its batch: as many batches are in memory as there are of these.
THREADS: TaskRunner[Any] = ThreadPoolTaskRunner(max_workers=max(2, os.cpu_count() or 1))


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


@task(task_run_name="find letters", **RETRIED)
def find_letters(chosen: Settings) -> pipeline.Work:
    """Find the new letters of the inbox, in batches, and the files set aside."""
    return pipeline.work(chosen, intake(chosen.inbox, chosen.max_letter_bytes, give_up=is_last_try()))


@task(task_run_name="read batch {number}", **RETRIED)
def read_batch(number: int, chosen: Settings, batch: list[Found], readers: Readers) -> Extraction:  # noqa: ARG001 names the task run
    """Frames of one batch, whose letters are kept."""
    return pipeline.read_batch(chosen, batch, readers, give_up=is_last_try())


@task(task_run_name="publish", **RETRIED)
def publish(
    chosen: Settings, todo: pipeline.Work, parts: list[Extraction], started: datetime
) -> pipeline.Outcome:
    """Last task, so that work done is work published even when Prefect's server is gone by then."""
    return pipeline.publish(chosen, todo, gathered(parts), started, engine="prefect")


def whole(value: Kind) -> Kind:
    """Wrap an argument that holds no futures, so that Prefect doesn't search every part of it for them."""
    return cast(Kind, quote(value))


def run_name() -> str:
    """Name of a flow run, by the date where the operator lives."""
    return f"nightly-{datetime.now(ZoneInfo(settings().timezone)):%Y-%m-%d}"


@flow(name="nightly", flow_run_name=run_name, task_runner=THREADS)
def nightly(
    inbox: Path | None = None, warehouse: Path | None = None, batch_size: int | None = None
) -> pipeline.Outcome:
    """Read the new letters of the inbox and publish their claims; what isn't given comes from the settings.

    Raises what flows.pipeline.run raises.
    """
    chosen = settings(inbox=inbox, warehouse=warehouse, batch_size=batch_size)
    started = pipeline.now()
    with store.lock(chosen.warehouse):
        todo = find_letters(whole(chosen))
        with progress.over(len(todo.batches)), pipeline.reading(chosen, todo) as readers:
            waiting = [
                read_batch.submit(n, whole(chosen), whole(batch), whole(readers))
                for n, batch in enumerate(todo.batches, start=1)
            ]
            parts = [future.result() for future in waiting]
        outcome = publish(whole(chosen), whole(todo), whole(parts), started)
    keep_artifacts(outcome)
    return outcome


def keep_artifacts(outcome: pipeline.Outcome) -> None:
    """Keep with the run in Prefect what it did and how many rows the marts hold."""
    lines = "\n".join(f"- {line}" for line in pipeline.summary(outcome))
    create_markdown_artifact(f"# Run {outcome.run_id}\n\n{lines}\n", key="nightly-summary")
    if outcome.rows:
        rows = [{"mart": mart, "rows": count} for mart, count in sorted(outcome.rows.items())]
        create_table_artifact(rows, key="nightly-marts")
