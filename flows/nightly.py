"""The nightly flow: the steps of flows.pipeline as Prefect tasks, one for each batch of letters."""

from pathlib import Path

from prefect import flow, task

from flows import pipeline, progress
from flows.intake import Found
from flows.readers import Readers
from flows.reading import gathered
from flows.settings import Settings, settings
from flows.tasks import (
    ONCE,
    RETRIED,
    THREADS,
    is_last_try,
    kept_in_prefect,
    run_name,
    served_by,
    whole,
    with_server,
)
from flows.watching import Run
from transforms.extract import Extraction


@task(task_run_name="harvest", **ONCE)
def harvest(chosen: Settings) -> None:
    """Harvest into the inbox what the settings name, if they name any."""
    pipeline.harvest_first(chosen)


@task(task_run_name="find letters", **RETRIED)
def find_letters(chosen: Settings) -> pipeline.Work:
    """Find the new letters of the inbox, in batches, and the files set aside."""
    return pipeline.found(chosen, give_up=is_last_try())


@task(task_run_name="read batch {number}", **RETRIED)
def read_batch(number: int, chosen: Settings, batch: list[Found], readers: Readers) -> Extraction:  # noqa: ARG001 names the task run
    """Frames of one batch, whose letters are kept."""
    return pipeline.read_batch(chosen, batch, readers, give_up=is_last_try())


@task(task_run_name="publish", **RETRIED)
def publish(
    chosen: Settings, todo: pipeline.Work, parts: list[Extraction], run: Run, server: str
) -> pipeline.Outcome:
    """Last task, so that work done is work published even when Prefect's server is gone by then."""
    return pipeline.publish(chosen, todo, gathered(parts), with_server(run, server))


@flow(name="nightly", flow_run_name=run_name, task_runner=THREADS)
def nightly(
    inbox: Path | None = None, warehouse: Path | None = None, batch_size: int | None = None
) -> pipeline.Outcome:
    """Read the new letters of the inbox and publish their claims; what isn't given comes from the settings.

    Raises what flows.pipeline.run raises.
    """
    chosen = settings(inbox=inbox, warehouse=warehouse, batch_size=batch_size)
    with kept_in_prefect(chosen, "nightly") as course, pipeline.locked(chosen):
        if chosen.harvest.is_configured:
            harvest(whole(chosen))
        todo = find_letters(whole(chosen))
        with progress.over(len(todo.batches)), pipeline.reading(chosen, todo.batches) as readers:
            waiting = [
                read_batch.submit(n, whole(chosen), whole(batch), whole(readers))
                for n, batch in enumerate(todo.batches, start=1)
            ]
            parts = [future.result() for future in waiting]
        return publish(whole(chosen), whole(todo), whole(parts), whole(course.run), served_by())
