"""The nightly flow: the steps of flows.pipeline as Prefect tasks, one for each batch of letters."""

from pathlib import Path

from prefect import flow, task

from flows import batching, finding, outcomes, pipeline, progress, publishing
from flows.settings import Settings, settings
from flows.spooling import Spooled, spooling

# Functions, not their module: `serve` hands this flow on as bytes, and Prefect's threads hold it to the very
# end of the process. With the module, Python lets go of flows.outcomes there without clearing it; types of
# DuckDB that its functions lead to live on, and DuckDB tells of them as leaks, on stderr amid the records.
from flows.tasks import (
    ONCE,
    RETRIED,
    RUNNER,
    is_last_try,
    kept_in_prefect,
    read_in_tasks,
    run_name,
    served_by,
    whole,
    with_server,
)
from flows.watching import Run


@task(task_run_name="harvest", **ONCE)
def harvest(chosen: Settings) -> None:
    """Harvest into the inbox what the settings name, if they name any."""
    pipeline.harvest_first(chosen)


@task(task_run_name="find letters", **RETRIED)
def find_letters(chosen: Settings) -> finding.Work:
    """Find the new letters of the inbox, in batches, and the files set aside."""
    return finding.found(chosen, give_up=is_last_try())


@task(task_run_name="publish", **RETRIED)
def publish(chosen: Settings, todo: finding.Work, read: Spooled, run: Run, server: str) -> outcomes.Outcome:
    """Last task, so that work done is work published even when Prefect's server is gone by then."""
    return publishing.publish(chosen, todo, read, with_server(run, server))


@flow(name="nightly", flow_run_name=run_name, task_runner=RUNNER)
def nightly(
    inbox: Path | None = None, warehouse: Path | None = None, batch_size: int | None = None
) -> outcomes.Outcome:
    """Read the new letters of the inbox and publish their claims; what isn't given comes from the settings.

    Raises what flows.pipeline.run raises.
    """
    chosen = settings(inbox=inbox, warehouse=warehouse, batch_size=batch_size)
    with kept_in_prefect(chosen, "nightly") as course, pipeline.locked(chosen):
        if chosen.harvest.is_configured:
            harvest(whole(chosen))
        todo = find_letters(whole(chosen))
        with spooling(chosen, course.run) as where:
            with progress.over(len(todo.batches)), batching.reading(chosen, todo.batches) as readers:
                parts = read_in_tasks(chosen, where, todo.batches, readers, batching.read_new)
            read = Spooled(where, parts)
            return publish(whole(chosen), whole(todo), whole(read), whole(course.run), served_by())
