"""A Prefect server that lives as long as anybody holds a lock on its file of users, however their runs end.

As a program: `prefect_server.py USERS COMMAND...` runs the command until nobody holds a lock on USERS.
"""

import fcntl
import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from processes import clean_environment, free_port, is_well, program, wait_until

USERS = "users"
VARIABLES = "variables.json"
#: The database as migrated, without a run in it.
EMPTY = "empty.db"
START_SECONDS, STOP_SECONDS = 240, 30


def prepare(folder: Path) -> None:
    """Make the file that users of the server in this folder lock."""
    (folder / USERS).touch()


def variables(folder: Path) -> dict[str, str]:
    """Variables that lead to the server of this folder, which is started if it doesn't run; one at a time."""
    known = folder / VARIABLES
    if known.exists():
        running: dict[str, str] = json.loads(known.read_text())
        if is_well(running["PREFECT_API_URL"]):
            return running
    started = _start(folder)
    if not (folder / EMPTY).exists():
        with (
            closing(sqlite3.connect(folder / "prefect.db")) as there,
            closing(sqlite3.connect(folder / EMPTY)) as here,
        ):
            there.backup(here)
    known.write_text(json.dumps(started))
    return started


def _start(folder: Path) -> dict[str, str]:
    port = free_port()
    url = f"http://127.0.0.1:{port}/api"
    environment = clean_environment(
        PREFECT_HOME=str(folder),
        PREFECT_API_URL=url,
        PREFECT_SERVER_ANALYTICS_ENABLED="false",
        DO_NOT_TRACK="1",
        PREFECT_SERVER_LOGGING_LEVEL="WARNING",
    )
    server = [program("prefect"), "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with (folder / "server.log").open("a") as log:
        subprocess.Popen(
            [sys.executable, __file__, folder / USERS, *server],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # whoever stops the tests ends them first, then it
        )
    wait_until(lambda: is_well(url), f"the Prefect server answers (see {log.name})", START_SECONDS)
    return environment


def _keep(users: str, command: list[str]) -> None:
    """Run the command until nobody holds a lock on the file any more, then end it and all it started."""
    with Path(users).open() as file, subprocess.Popen(command) as process:
        fcntl.flock(file, fcntl.LOCK_EX)
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    _keep(sys.argv[1], sys.argv[2:])
