"""Starting the programs of the project and waiting for them."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

#: Runs the command line with these arguments, and waits for its end.
Run = Callable[..., subprocess.CompletedProcess[str]]


def clean_environment(**more: str) -> dict[str, str]:
    """This process's variables without any that would steer the project or Prefect, and with these."""
    ours = ("KAMERCIJFERS_", "PREFECT_", "DO_NOT_TRACK")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | more


def program(name: str = "kamercijfers") -> str:
    """A program of the environment that the tests run in."""
    return str(Path(sys.executable).with_name(name))


def as_user() -> list[str]:
    """What to start a program with so that closed files and folders are closed to it, be it root's."""
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []


def shell_output(version: str, warehouse: Path, query: str) -> str:
    """What the DuckDB shell of this version prints as the answer to a query, as CSV."""
    home = Path(sys.prefix) / "shells" / version
    done = subprocess.run(
        [home / "bin" / "duckdb", "-readonly", "-csv", warehouse],
        input=query,
        env=os.environ | {"PYTHONPATH": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_well(url: str) -> bool:
    """Whether a Prefect server says so."""
    try:
        with urlopen(f"{url}/health", timeout=5) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def wait_until(holds: Callable[[], bool], what: str, seconds: float) -> None:
    """Wait for something to hold; fails the test when it doesn't in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            pytest.fail(f"not within {seconds} s: {what}")
        time.sleep(0.2)


def children_of(process: int) -> list[int]:
    """Processes that this one started, by whichever thread."""
    threads = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for thread in threads for child in thread.read_text().split()]
