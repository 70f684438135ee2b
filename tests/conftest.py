"""What the tests share: commands and shells as users call them, the samples' warehouse, a Prefect server."""

import fcntl
import gc
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import prefect_server
import pytest
from filelock import FileLock
from once import Once, once_in
from processes import Run, clean_environment, program, shell_output

from flows import pipeline, saying
from flows.command import main
from flows.settings import settings

LETTERS = Path(__file__).with_name("letters")
SPEAK = saying.speak


# Whoever loads numpy, and each program that a test starts does, would start threads that nothing here uses.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Five thousand tests are objects that stay: looking for garbage among them takes a tenth of all the time.
gc.disable()


def pytest_collection_finish() -> None:
    """What is here by now stays; of what comes, garbage is looked for more seldom."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)
    gc.enable()


def pytest_unconfigure() -> None:
    """At the end all goes as it would."""
    gc.unfreeze()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave what takes long to the long form of the suite (`make faults`), which has no limits of time."""
    if os.environ.get("FAULTS"):
        for item in items:
            item.add_marker(pytest.mark.timeout(0))
        return
    left_out = [item for item in items if item.get_closest_marker("long_form")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Variables for a command, with a Prefect home of its own."""
    return clean_environment(KAMERCIJFERS_PREFECT_HOME=str(tmp_path / "prefect-home"))


@pytest.fixture
def kamercijfers(tmp_path: Path, environment: dict[str, str]) -> Run:
    """The command line, in a process of its own, in an empty folder."""

    def run(
        *arguments: object, stdin: str | None = None, **variables: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [program(), *map(str, arguments)],
            capture_output=True,
            check=False,
            cwd=tmp_path,
            encoding="utf-8",
            env=environment | variables,
            input=stdin,
            timeout=120,
        )

    return run


@pytest.fixture
def at_once(
    tmp_path: Path,
    environment: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> Iterator[Run]:
    """The command line, without a process of its own: for commands that don't start Prefect."""
    root = logging.getLogger()
    handlers, level, collected = root.handlers[:], root.level, gc.get_threshold()  # extract changes them

    def run(*arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
        with monkeypatch.context() as patch:
            patch.chdir(tmp_path)
            patch.setattr(sys, "argv", ["kamercijfers", *map(str, arguments)])
            patch.setattr(saying, "speak", SPEAK)  # a command may let it speak JSON from then on
            for name in os.environ.keys() - environment.keys():
                patch.delenv(name)
            for name, value in (environment | variables).items():
                patch.setenv(name, value)
            return subprocess.CompletedProcess(sys.argv, main(), *capfd.readouterr())

    yield run
    root.handlers[:] = handlers
    root.setLevel(level)
    gc.set_threshold(*collected)
    gc.enable()


@pytest.fixture
def migrated_environment(environment: dict[str, str], prefect_environment: dict[str, str]) -> dict[str, str]:
    """The same, where Prefect's database is there already: making it takes a server half a minute."""
    home = Path(environment["KAMERCIJFERS_PREFECT_HOME"])
    home.mkdir()
    shutil.copy(Path(prefect_environment["PREFECT_HOME"], prefect_server.EMPTY), home / "prefect.db")
    return environment


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Makes a folder that all workers of a run read: the first to ask makes it, the others wait for it."""
    own = tmp_path_factory.getbasetemp()
    return once_in((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "shared")


@pytest.fixture(scope="session")
def prefect_environment(once: Once) -> Iterator[dict[str, str]]:
    """Variables that lead to a real Prefect server on loopback, one for all workers of a run."""
    folder = once("prefect", prefect_server.prepare)
    with (folder / prefect_server.USERS).open() as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        with FileLock(folder / "starting.lock"):
            variables = prefect_server.variables(folder)
        yield variables


@pytest.fixture(scope="session")
def sample_warehouse(once: Once) -> Path:
    """What a run makes of the sample letters and one empty file; tests only read it."""

    def make(folder: Path) -> None:
        inbox = shutil.copytree(LETTERS, folder / "inbox")
        (inbox / "leeg.txt").touch()
        pipeline.run(settings(inbox=inbox, warehouse=folder / "sample.duckdb"))

    return once("sample", make) / "sample.duckdb"


@pytest.fixture(params=["1.4", "1.5"])
def shell(request: pytest.FixtureRequest) -> Callable[[Path, str], str]:
    """A DuckDB shell of another version than the one that writes; returns what it prints, as CSV."""
    return partial(shell_output, request.param)
