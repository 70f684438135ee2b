"""The nightly schedule, kept until stopped: a Prefect server if none is set, and a runner of the flow."""

import asyncio
import contextlib
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn
from zoneinfo import ZoneInfo

from flows import ending, engine, logs
from flows.errors import UsageError, UserError
from flows.settings import PREFIX, Settings
from warehouse import store
from warehouse.files import link_target

if TYPE_CHECKING:
    from uuid import UUID

    from prefect.client.orchestration import PrefectClient
    from prefect.runner import Runner
    from prefect.schedules import Schedule
    from prefect.types import DateTime

log = logging.getLogger(__name__)

#: The deployment; the one of prefect.yaml is called nightly, and both may be on one server.
NAME = "served"
#: What runs the server.
SERVER = Path(__file__).with_name("server.py")
HOST = "127.0.0.1"
PORT = 4200  # Prefect's own, where people look for its UI
START_SECONDS = 120
STOP_SECONDS = 10
SCHEDULED_SECONDS = 60  # the server's scheduler looks for new deployments every few seconds


def serve(settings: Settings) -> None:
    """Run the flow by settings.cron until SIGTERM or SIGINT.

    Raises UsageError for a wrong cron expression, UserError when no server can be started or reached.
    """
    engine.prepare(settings)
    from prefect.settings import PREFECT_API_URL, temporary_settings

    schedule = _schedule(settings)
    os.environ[f"{PREFIX}LOG_FORMAT"] = settings.log_format  # for the processes of its runs
    signal.signal(signal.SIGTERM, _interrupt)
    with contextlib.suppress(KeyboardInterrupt), contextlib.ExitStack() as stack:
        url, is_alive = PREFECT_API_URL.value(), _always
        if url:
            engine.check_server(url)
            gone = f"no Prefect server answers at {url} any more: start it, then this again"
        else:
            url, is_alive = stack.enter_context(_server(settings))
            gone = "the Prefect server ended; its last words are above: start this again"
        stack.enter_context(temporary_settings({PREFECT_API_URL: url}))
        # Prefect prints there what it could not ask its server, in pages.
        stack.enter_context(contextlib.redirect_stdout(stack.enter_context(Path(os.devnull).open("w"))))
        log.info("Prefect's pages are at %s", url.removesuffix("/api"))
        try:
            asyncio.run(_keep(settings, schedule, url, is_alive))
        except Exception as error:  # whatever Prefect makes of a server that is gone
            if engine.answers(url):
                raise
            ending.leaves_at_once = True  # threads of Prefect try to reach it for minutes
            raise UserError(gone) from error
    log.info("stopped")


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _always() -> bool:
    return True


def _schedule(settings: Settings) -> "Schedule":
    from prefect.client.schemas.schedules import CronSchedule
    from prefect.schedules import Cron

    try:
        CronSchedule(cron=settings.cron, timezone=settings.timezone)  # Cron alone looks at nothing
        return Cron(settings.cron, timezone=settings.timezone)
    except ValueError as error:
        raise UsageError(
            f"{settings.cron!r} is no cron expression such as '0 2 * * *' (--cron, KAMERCIJFERS_CRON)"
        ) from error


@contextlib.contextmanager
def _server(settings: Settings) -> Iterator[tuple[str, Callable[[], bool]]]:
    """Prefect server on loopback, in a process of its own: its API's address, and whether it still runs."""
    port = _free_port()
    url = f"http://{HOST}:{port}/api"
    log.info("starting a Prefect server (a first start takes half a minute)")
    process = subprocess.Popen(  # noqa: S603 our own module
        [sys.executable, "-P", str(SERVER), "--host", HOST, "--port", str(port)],
        env={**os.environ, "PREFECT_SERVER_UI_API_URL": url, "PREFECT_SERVER_LOGGING_LEVEL": "WARNING"},
        # The server ends when nobody holds the other end any more: when this process does, however it ends.
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        # Out of the terminal's reach: Ctrl-C must end the runner first, which still needs the server.
        start_new_session=True,
    )
    try:
        _wait_for(process, url)
        _noted(settings).write_text(url)
        yield url, lambda: process.poll() is None
    finally:
        _noted(settings).unlink(missing_ok=True)
        _end(process)


def _noted(settings: Settings) -> Path:
    """File that holds the address of the API of the server that `serve` started."""
    return settings.prefect_home / "serve.url"


def address(settings: Settings) -> str:
    """Address of the API of the server that `serve` started, or else where it starts one."""
    try:
        return _noted(settings).read_text()
    except (OSError, UnicodeDecodeError):
        return f"http://{HOST}:{PORT}/api"


def _free_port() -> int:
    for port in (PORT, 0):
        with contextlib.suppress(OSError), socket.socket() as probe:
            # As a server does: a port that was in use a moment ago is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((HOST, port))
            return int(probe.getsockname()[1])
    raise UserError(f"no free port on {HOST}")


def _wait_for(process: "subprocess.Popen[bytes]", url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        if engine.answers(url):
            return
        time.sleep(0.2)
    raise UserError("the Prefect server did not start; its last words are above")


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End the server and whatever it started."""
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(STOP_SECONDS)
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


async def _keep(settings: Settings, schedule: "Schedule", url: str, is_alive: Callable[[], bool]) -> None:
    """Deploy the flow with its schedule and start its runs, until a signal comes or the server is gone."""
    from prefect.runner import Runner
    from prefect.types.entrypoint import EntrypointType

    from flows.nightly import nightly

    runner = Runner(name=NAME, limit=1, pause_on_shutdown=True)
    deployment = await runner.aadd_flow(
        nightly,
        name=NAME,
        schedule=schedule,
        parameters={"inbox": str(settings.inbox), "warehouse": str(settings.warehouse)},
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    running = asyncio.create_task(runner.start())
    announcing = asyncio.create_task(_announce(deployment, settings))
    stopping = await _signals(runner, running)
    before = link_target(settings.warehouse)
    while is_alive() and not running.done() and not stopping.is_set():
        if not _alive(runner):
            before = link_target(settings.warehouse)
        await _sleep(1, stopping)
    announcing.cancel()
    is_cut_off = stopping.is_set() and bool(_alive(runner))
    if engine.answers(url):
        await _stopped(runner, running)
    else:
        await _left_alone(settings, runner, running, stopping)
    if is_cut_off:
        came = ending.published_since(before, link_target(settings.warehouse))
        log.warning("the run that was on is ended with serve: %s; the next one goes on from there", came)
    if not stopping.is_set():
        raise UserError("the schedule is kept no longer; why is told above")


async def _stopped(runner: "Runner", running: "asyncio.Task[None]") -> None:
    """Stop the runner and the run that goes on, if any; that takes half a minute in the midst of a batch."""
    import httpx

    try:
        if not running.done():
            await runner.astop()
        await running
    except httpx.TransportError:
        log.warning("the Prefect server is gone: it could not be told that the schedule pauses")


async def _left_alone(
    settings: Settings, runner: "Runner", running: "asyncio.Task[None]", stopping: asyncio.Event
) -> None:
    """Stop the runner without its server, when the run that goes on has published or a signal comes."""
    # All three would try to reach the server, for minutes, and tell of it in pages.
    runner.pause_on_shutdown = False
    runner._scheduled_run_poller.stopping = True
    logs.leave_out_prefect()
    if not stopping.is_set() and _publishes(settings, runner):
        log.warning("the Prefect server ended: the run that goes on needs none and is waited for")
        while not stopping.is_set() and _publishes(settings, runner):
            await _sleep(1, stopping)
        await _sleep(STOP_SECONDS, stopping)  # for its metrics and alerts
    processes = runner._process_manager
    for run in processes.flow_run_ids():
        await processes.kill(run, force=True)
    running.cancel()
    await asyncio.wait([running], timeout=STOP_SECONDS)


def _publishes(settings: Settings, runner: "Runner") -> bool:
    """Whether a run of this runner has the lock; asking keeps nobody from it."""
    taker = store.taker(settings.warehouse)
    return taker is not None and taker.pid in _alive(runner)


def _alive(runner: "Runner") -> list[int | None]:
    """The processes of the runs of this runner that are on."""
    processes = runner._process_manager
    handles = filter(None, map(processes.get, processes.flow_run_ids()))
    return [handle.pid for handle in handles if handle.is_alive()]


async def _sleep(seconds: float, stopping: asyncio.Event) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(stopping.wait(), seconds)


async def _signals(runner: "Runner", running: "asyncio.Task[None]") -> asyncio.Event:
    """Event that SIGTERM and SIGINT set; the runner's own handler, set when it starts, is replaced."""
    while not runner.started and not running.done():
        await asyncio.sleep(0.05)
    stopping = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    return stopping


async def next_run(
    client: "PrefectClient", deployment: "UUID", settings: Settings, *, after: "DateTime | None" = None
) -> str | None:
    """When the next run is, where the operator lives, as the server has it; None where it has none.

    A schedule alone is no proof that runs will come.
    """
    from prefect.client.schemas import filters
    from prefect.client.schemas.objects import StateType
    from prefect.client.schemas.sorting import FlowRunSort

    is_scheduled = filters.FlowRunFilterState(type=filters.FlowRunFilterStateType(any_=[StateType.SCHEDULED]))
    starts = filters.FlowRunFilterExpectedStartTime(after_=after) if after else None
    coming = await client.read_flow_runs(
        deployment_filter=filters.DeploymentFilter(id=filters.DeploymentFilterId(any_=[deployment])),
        flow_run_filter=filters.FlowRunFilter(state=is_scheduled, expected_start_time=starts),
        sort=FlowRunSort.EXPECTED_START_TIME_ASC,
        limit=1,
    )
    if not coming or not coming[0].expected_start_time:
        return None
    local = coming[0].expected_start_time.astimezone(ZoneInfo(settings.timezone))
    return f"{local:%Y-%m-%d %H:%M} ({settings.timezone})"


async def _announce(deployment: "UUID", settings: Settings) -> None:
    from prefect import get_client

    async with get_client() as client:
        for _ in range(SCHEDULED_SECONDS):
            if coming := await next_run(client, deployment, settings):
                log.info("next run: %s", coming)
                return
            await asyncio.sleep(1)
    log.warning("the Prefect server has scheduled no run yet: look at its pages")
