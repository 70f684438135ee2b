"""Whatever befalls Prefect's server, its worker or `serve` at night: a whole version, nothing left over."""

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from once import Once
from prefect_api import start_run
from processes import program, wait_until
from scenes import Count, Scene, copied
from test_nightly import ROOT, processes_with
from test_serving import POOL, Serving, commands_of, prefect, server_of, serving

from warehouse import store

pytestmark = pytest.mark.long_form
ENDS = 180  # seconds
#: A run in Prefect, from the moment that it has the lock.
SECONDS = 6

Evening = Callable[[], Scene]


@pytest.fixture
def evening(once: Once, scene: Scene) -> Evening:
    """The same evening, as often as it is asked for."""
    made = once("scene", lambda _: None)

    def again() -> Scene:
        shutil.rmtree(scene.folder / "night", ignore_errors=True)
        (scene.folder / "night").mkdir()
        return copied(made, scene.folder / "night")

    return again


def wait_for_run(scene: Scene, chance: random.Random) -> None:
    """Wait until a run has the lock, and a moment that may last to its end."""
    wait_until(lambda: store.taker(scene.settings.warehouse) is not None, "a run has the lock", ENDS)
    time.sleep(chance.random() * SECONDS)


@contextmanager
def in_a_run(scene: Scene, environment: dict[str, str], chance: random.Random) -> Iterator[Serving]:
    """A serve with a server of its own, in the midst of a run."""
    with serving(scene.folder, environment, "--inbox", "inbox", "--warehouse", "w.duckdb") as process:
        process.wait_for("next run: ", ENDS)
        start_run(f"{process.address()}/api", "served")
        wait_for_run(scene, chance)
        yield process


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL], ids=lambda n: n.name)
def test_serve_is_ended(
    number: signal.Signals,
    evening: Evening,
    migrated_environment: dict[str, str],
    times: dict[str, int],
    count: Count,
) -> None:
    home, chance = migrated_environment["KAMERCIJFERS_PREFECT_HOME"], random.Random(number)
    for _ in range(times["signals"]):
        scene = evening()
        with in_a_run(scene, migrated_environment, chance) as process:
            assert process.end(number, ENDS) == (-number if number == signal.SIGKILL else 0)
        if number == signal.SIGKILL:
            end_what_is_left(scene, home)
        wait_until(lambda: not processes_with(home), "all processes end", ENDS)
        state = scene.check_published()
        scene.check_next_run()
        count(f"serve ended by {number.name} in a run, published {state}")


def end_what_is_left(scene: Scene, home: str) -> None:
    """Let the run that goes on publish, then end it as systemd does: for minutes it looks for its server."""
    wait_until(lambda: store.taker(scene.settings.warehouse) is None, "the run ends", ENDS)
    for process in processes_with(home):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def test_the_server_of_serve_is_killed(
    evening: Evening, migrated_environment: dict[str, str], times: dict[str, int], count: Count
) -> None:
    home, chance = migrated_environment["KAMERCIJFERS_PREFECT_HOME"], random.Random(1)
    for _ in range(times["servers"]):
        scene = evening()
        with in_a_run(scene, migrated_environment, chance) as process:
            os.kill(server_of(process), signal.SIGKILL)
            assert process.process.wait(ENDS) == 1
        wait_until(lambda: not processes_with(home), "all processes end", ENDS)
        assert scene.check_published() == "after"
        scene.check_next_run()
        count("servers killed -9 in a run, published after")


def test_the_worker_is_killed(
    evening: Evening, prefect_environment: dict[str, str], times: dict[str, int], count: Count
) -> None:
    chance, api = random.Random(2), prefect_environment["PREFECT_API_URL"]
    for command in commands_of("kamercijfers-worker", "ExecStartPre"):
        prefect(prefect_environment, *command[1:])
    for _ in range(times["workers"]):
        scene = evening()
        start_run(api, "nightly", inbox=scene.settings.inbox, warehouse=scene.settings.warehouse)
        with working(scene.folder, prefect_environment) as worker:
            wait_for_run(scene, chance)
            worker.kill()
        # What it started goes on, unless it comes to write to it; with systemd it ends with it.
        wait_until(lambda: store.holder(scene.settings.warehouse) is None, "the run ends", ENDS)  # noqa: B023
        state = scene.check_published()
        scene.check_next_run()
        count(f"workers killed -9 in a run, published {state}")


@contextmanager
def working(folder: Path, environment: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker of the pool."""
    with (folder / "worker.log").open("wb") as log:
        command = [program("prefect"), "worker", "start", "--pool", POOL]
        worker = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        yield worker
    finally:
        worker.kill()
        worker.wait()
