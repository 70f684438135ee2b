"""What the flows have in common: what is tried again, how many run at a time, what is kept in Prefect."""

import os
from datetime import datetime
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run, task_run
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner
from prefect.utilities.annotations import quote

from flows import pipeline
from flows.settings import settings

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


def whole(value: Kind) -> Kind:
    """Wrap an argument that holds no futures, so that Prefect doesn't search every part of it for them."""
    return cast(Kind, quote(value))


def run_name() -> str:
    """Name of a flow run, by the date where the operator lives."""
    return f"{flow_run.flow_name}-{datetime.now(ZoneInfo(settings().timezone)):%Y-%m-%d}"


def keep_artifacts(outcome: pipeline.Outcome) -> None:
    """Keep with the run in Prefect what it did and how many rows the marts hold."""
    lines = "\n".join(f"- {line}" for line in pipeline.summary(outcome))
    create_markdown_artifact(f"# Run {outcome.run_id}\n\n{lines}\n", key=f"{outcome.kind}-summary")
    if outcome.rows:
        rows = [{"mart": mart, "rows": count} for mart, count in sorted(outcome.rows.items())]
        create_table_artifact(rows, key=f"{outcome.kind}-marts")
