"""Who reads the batches of a run in Prefect: threads of this process, processes, or workers of Dask.

The task is the same for all of them: a worker reads the letters of one batch in a reading process of its
own, keeps them, and sends their frames back (`parcels`). A batch whose worker is lost is read again by
another one, as far as the runner sees to that, and else by this process, where a letter that ends processes
is found (`readers`). What is published, this process publishes.
"""

import logging
import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError
from functools import partial
from threading import Thread
from typing import Any, TypeVar

from prefect.exceptions import CrashedRun
from prefect.futures import PrefectFuture
from prefect.task_runners import ProcessPoolTaskRunner, TaskRunner, ThreadPoolTaskRunner

from flows import batching, engine
from flows.intake import File
from flows.parcels import Read
from flows.readers import Readers
from flows.settings import TASK_RUNNERS, Settings
from flows.spooling import Noted, arrived

log = logging.getLogger(__name__)

Batch = TypeVar("Batch")


def runner(chosen: Settings) -> TaskRunner[Any]:
    """The task runner that the settings name.

    Raises UserError where what it needs isn't installed.
    """
    if chosen.task_runner == "threads":
        # Each waits for a process that reads its batch: as many batches are in memory as there are of these.
        return ThreadPoolTaskRunner(max_workers=max(2, os.cpu_count() or 1))
    if chosen.task_runner == "processes":
        return ProcessPoolTaskRunner(max_workers=chosen.workers, initializer=_end_with_parent)
    engine.require_dask()
    from prefect_dask.task_runners import DaskTaskRunner

    logging.getLogger("distributed").setLevel(logging.ERROR)  # else each worker that comes and goes is told
    made: TaskRunner[Any]
    if chosen.task_runner != "dask":
        made = DaskTaskRunner(address=chosen.task_runner)
        return made
    # Its page would be one more port that anybody on the machine can open.
    here = {"host": "127.0.0.1", "dashboard_address": None}
    made = DaskTaskRunner(cluster_kwargs={"n_workers": chosen.workers, "threads_per_worker": 1, **here})
    return made


def _end_with_parent() -> None:
    """A process of the pool ends with the run, however that ends: it would wait for work for ever."""

    def wait() -> None:
        if parent := multiprocessing.parent_process():
            parent.join()
            os._exit(1)

    Thread(target=wait, daemon=True).start()


def readers_for(runner: TaskRunner[Any], readers: Readers) -> Readers | None:
    """The reading processes that a task may use: those of this run, if it runs in this process."""
    return readers if isinstance(runner, ThreadPoolTaskRunner) else None


def for_workers(chosen: Settings, where: str) -> Settings:
    """The settings as other processes and machines get them: without anybody's password.

    They put batches where the run has them, unless that is a folder that another machine need not have.
    """
    secret = ("alert_webhook", "alert_email", "alert_email_to", "alert_email_from")
    is_near = chosen.task_runner in TASK_RUNNERS or chosen.batches
    return chosen.model_copy(update=dict.fromkeys(secret) | {"batches": where if is_near else None})


def collected(
    waiting: list[PrefectFuture[Any]],
    batches: list[list[File]],
    read_here: Callable[[list[File], Readers], Read],
    readers: Readers,
    where: str,
) -> list[Noted]:
    """What became of each batch, in their order; one whose worker is lost is read again in this process.

    Their frames are then in storage. `waiting` is empty then: what a worker sent stays with its future.
    """
    done: dict[int, Noted] = {}
    for number in range(len(batches)):
        try:
            done[number] = _arrived(where, waiting.pop(0).result())
        except Exception as error:
            if not is_loss(error):
                raise
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            log.warning(
                "batch %d: lost with its worker (%s); it is read again here",
                number + 1,
                reason,
            )
            continue
        batching.tell(done[number])
    lost = [number for number in range(len(batches)) if number not in done]
    read_one = partial(batching.told_batch, where, read_here)
    again = batching.read_batches(read_one, [batches[number] for number in lost], readers)
    done |= dict(zip(lost, again, strict=True))
    return [done[number] for number in sorted(done)]


class LostParcelError(Exception):
    """What a worker put into the storage of batches isn't there, or can't be had."""


def _arrived(where: str, sent: bytes) -> Noted:
    try:
        return arrived(where, sent)
    except OSError as error:
        raise LostParcelError(str(error)) from error


def is_loss(error: Exception) -> bool:
    """Whether a task failed because its worker, or the way to it, is gone."""
    if isinstance(error, BrokenExecutor | CancelledError | CrashedRun | LostParcelError):
        return True
    return type(error).__module__.split(".")[0] in ("distributed", "tornado")
