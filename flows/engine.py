"""Prefect's surroundings: its own home, no word to anybody. To be set before Prefect is imported."""

import logging
import os
import signal
import socket
from importlib.util import find_spec
from types import FrameType
from urllib.parse import urlsplit

from flows import ending
from flows.errors import UsageError, UserError
from flows.settings import Settings
from flows.watching import Course

log = logging.getLogger(__name__)

ANSWER_SECONDS = 10


def environment(settings: Settings) -> dict[str, str]:
    """Variables under which this project runs Prefect."""
    return {
        "PREFECT_HOME": str(settings.prefect_home),
        # The server's heartbeat, the SDK's events and the UI's advertisements.
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        # A first start migrates a database; 20 s, Prefect's own limit, is too little on a busy machine.
        "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
        # What the project's own modules log is kept with the run.
        "PREFECT_LOGGING_EXTRA_LOGGERS": "flows,transforms,warehouse",
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
        # Below this, every event that a lost server can't take is a line.
        "PREFECT_LOGGING_INTERNAL_LEVEL": "CRITICAL",
    }


def prepare(settings: Settings) -> None:
    """Set these variables where they aren't set; to be called before the first import of Prefect."""
    for name, value in environment(settings).items():
        os.environ.setdefault(name, value)


def end_with_its_server() -> None:
    """Let SIGTERM end a temporary Prefect server too, which would go on for ever as nobody's child.

    Prefect ends it when Python ends by itself. While the flow runs, Prefect's own handler comes first.
    """
    signal.signal(signal.SIGTERM, _end_by)


def _end_by(number: int, frame: FrameType | None) -> None:
    # Raised as an exception it would be lost wherever Python runs inside a library that isn't Python.
    ending.end_what_it_started()
    ending.end_by(number, frame)


def require_uninterrupted(error: BaseException) -> None:
    """Raise KeyboardInterrupt where Ctrl-C is what an error goes back to.

    A temporary server, of the same terminal, is gone with it, and Prefect tells of that instead.
    """
    told: BaseException | None = error
    while told is not None:
        if isinstance(told, KeyboardInterrupt):
            ending.leaves_at_once = True  # Prefect tries for minutes to tell a server that is gone
            raise KeyboardInterrupt from error
        told = told.__cause__ or told.__context__


def require_lost(course: Course, error: Exception) -> None:
    """Raise what ended the run, unless that is Prefect's alone: its server was lost, the run can do without.

    Afterwards the run goes on without Prefect, or has done all its work already.
    """
    import httpx

    if not course.server or answers(course.server):
        raise error
    # Prefect tries for minutes to tell its server what happened.
    ending.leaves_at_once = True
    if course.failure and not isinstance(course.failure, httpx.TransportError):
        raise course.failure from error
    log.warning("the Prefect server is lost: it does not know how this run ends")
    course.run = course.run._replace(engine="inline", server_lost=True)


def check_runner(settings: Settings, *, inline: bool) -> None:
    """Raise UserError where who is to read the batches can't be had, before anything slow is started.

    Raises UsageError for a run without Prefect, which has no task runner.
    """
    if settings.task_runner != "threads" and inline:
        raise UsageError(f"--inline has no task runner {settings.task_runner}: leave out one of the two")
    if settings.batches:
        from flows import batch_store

        try:
            batch_store.check(settings.batches)
        except OSError as error:
            raise UserError(f"{settings.batches}: batches can't be kept there ({error})") from error
    if settings.task_runner in ("threads", "processes"):
        return
    require_dask()
    if settings.task_runner == "dask":
        return
    parts = urlsplit(settings.task_runner)
    try:
        socket.create_connection((parts.hostname or "", parts.port or 0), ANSWER_SECONDS).close()
    except OSError as error:
        raise UserError(
            f"no Dask scheduler answers at {settings.task_runner} ({error.strerror or error}): start it "
            "(dask scheduler) and its workers (dask worker), or choose another --task-runner"
        ) from error


def require_dask() -> None:
    """Say what to do where the library isn't installed."""
    if find_spec("prefect_dask") is None:
        raise UserError("the task runner dask needs prefect-dask: pip install 'kamercijfers[dask]'")


def check_server(url: str) -> None:
    """Raise UserError unless a Prefect server answers at the address of this API."""
    if not answers(url):
        raise UserError(f"no Prefect server answers at {url}: start it, or unset PREFECT_API_URL")


def answers(url: str) -> bool:
    """Whether something at this address of an API says that it is well."""
    import httpx

    try:
        return httpx.get(f"{url}/health", timeout=5).is_success
    except (httpx.HTTPError, httpx.InvalidURL):
        return False
