"""The nightly flow: the steps of flows.pipeline as Prefect tasks, one for each batch of letters."""

from pathlib import Path

from prefect import flow, task

from flows import batching, finding, outcomes, pipeline, progress, publishing, tasks
from flows.settings import Settings, settings
from flows.spooling import Spooled, spooling
from flows.watching import Run


@task(task_run_name="harvest", **tasks.ONCE)
def harvest(chosen: Settings) -> None:
    """Harvest into the inbox what the settings name, if they name any."""
    pipeline.harvest_first(chosen)


@task(task_run_name="find letters", **tasks.RETRIED)
def find_letters(chosen: Settings) -> finding.Work:
    """Find the new letters of the inbox, in batches, and the files set aside."""
    return finding.found(chosen, give_up=tasks.is_last_try())


@task(task_run_name="publish", **tasks.RETRIED)
def publish(chosen: Settings, todo: finding.Work, read: Spooled, run: Run, server: str) -> outcomes.Outcome:
    """Last task, so that work done is work published even when Prefect's server is gone by then."""
    return publishing.publish(chosen, todo, read, tasks.with_server(run, server))


@flow(name="nightly", flow_run_name=tasks.run_name, task_runner=tasks.RUNNER)
def nightly(
    inbox: Path | None = None, warehouse: Path | None = None, batch_size: int | None = None
) -> outcomes.Outcome:
    """Read the new letters of the inbox and publish their claims; what isn't given comes from the settings.

    Raises what flows.pipeline.run raises.
    """
    chosen = settings(inbox=inbox, warehouse=warehouse, batch_size=batch_size)
    with tasks.kept_in_prefect(chosen, "nightly") as course, pipeline.locked(chosen):
        if chosen.harvest.is_configured:
            harvest(tasks.whole(chosen))
        todo = find_letters(tasks.whole(chosen))
        with spooling(chosen, course.run) as where:
            with progress.over(len(todo.batches)), batching.reading(chosen, todo.batches) as readers:
                parts = tasks.read_in_tasks(chosen, where, todo.batches, readers, batching.read_new)
            read = Spooled(where, parts)
            return publish(
                tasks.whole(chosen),
                tasks.whole(todo),
                tasks.whole(read),
                tasks.whole(course.run),
                tasks.served_by(),
            )
