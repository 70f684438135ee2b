"""The schedule: runs that fire by themselves, and an end without remains."""

import contextlib
import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from prefect_api import delete, found, runs_of, scheduled, start_run
from processes import Run, children_of, program, wait_until
from small_letters import inbox_of, letter
from test_nightly import ROOT, processes_with
from test_runs import rows

from flows.serving import HOST, PORT, SERVER

EVERY_MINUTE = "* * * * *"
FIRES = 75  # seconds within which a minute ends and a run starts
POOL = "kamercijfers"


class Serving:
    """A `kamercijfers serve` and what it says."""

    def __init__(self, folder: Path, environment: dict[str, str], *arguments: str) -> None:
        self.said = folder / "serve.log"
        with self.said.open("w") as log:
            self.process = subprocess.Popen(
                [program(), "serve", *arguments],
                cwd=folder,
                env=environment,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )

    def wait_for(self, words: str, seconds: float) -> None:
        """Wait until it says this."""
        wait_until(lambda: words in self.said.read_text(), f"serve says {words!r}", seconds)

    def address(self) -> str:
        """Where its Prefect server is."""
        (line,) = [line for line in self.said.read_text().splitlines() if "Prefect's pages are at " in line]
        return line.rpartition(" ")[2]

    def end(self, number: signal.Signals, seconds: float = 15) -> int:
        """Its exit code after this signal."""
        self.process.send_signal(number)
        return self.process.wait(seconds)


@contextmanager
def serving(folder: Path, environment: dict[str, str], *arguments: str) -> Iterator[Serving]:
    """A serve that is gone afterwards, whatever the test did; its inbox is there."""
    (folder / "inbox").mkdir(exist_ok=True)
    process = Serving(folder, environment, *arguments)
    try:
        yield process
    finally:
        if process.process.poll() is None:
            process.end(signal.SIGTERM, 60)


@pytest.fixture(scope="module")
def served(
    tmp_path_factory: pytest.TempPathFactory, prefect_environment: dict[str, str]
) -> Iterator[tuple[Path, Serving]]:
    """A schedule that fires every minute, until the last test that asks for it ends it."""
    folder = tmp_path_factory.mktemp("served")
    inbox_of(folder / "inbox", a=letter())
    with serving(folder, prefect_environment, "--cron", EVERY_MINUTE, "--log-format", "json") as process:
        process.wait_for("next run: ", 60)
        yield folder, process


def test_a_deployment_of_the_process_pool_is_accepted_and_gets_runs(
    served: tuple[Path, Serving], prefect_environment: dict[str, str]
) -> None:
    api = prefect_environment["PREFECT_API_URL"]
    for command in commands_of("kamercijfers-worker", "ExecStartPre"):
        prefect(prefect_environment, *command[1:])
    (deployment,) = found(api, "deployments", deployments={"name": {"any_": ["nightly"]}})
    assert deployment["work_pool_name"] == POOL
    assert deployment["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
    assert deployment["global_concurrency_limit"]["limit"] == 1
    (schedule,) = deployment["schedules"]
    assert (schedule["schedule"]["cron"], schedule["schedule"]["timezone"]) == (
        "0 2 * * *",
        "Europe/Amsterdam",
    )
    wait_until(lambda: bool(scheduled(api, "nightly")), "the deployment has runs to come", 30)


def test_the_doctor_tells_who_takes_the_runs_and_when_the_next_one_is(
    served: tuple[Path, Serving], prefect_environment: dict[str, str], kamercijfers: Run
) -> None:
    url = prefect_environment["PREFECT_API_URL"]
    result = kamercijfers("doctor", "--inbox", served[0] / "inbox", PREFECT_API_URL=url)
    assert f"ok     Prefect server: Prefect 3.8.8 at {url}\n" in result.stdout
    assert "ok     serve: asks for the runs of nightly/served\n" in result.stdout
    assert f"ok     work pool: {POOL}\n" in result.stdout
    assert result.stdout.count("ok     next run: ") == 2
    assert f"wrong  worker: none of {POOL} is alive: `prefect worker start --pool {POOL}`" in result.stdout
    assert result.returncode == 1
    assert result.stdout.count("wrong") == 1


def test_a_scheduled_run_fires_and_completes_and_ctrl_c_ends_it_all(
    served: tuple[Path, Serving], prefect_environment: dict[str, str]
) -> None:
    """Before tests that last: each minute there is a run more."""
    folder, process = served
    api = prefect_environment["PREFECT_API_URL"]

    def states() -> set[str]:
        return {run["state_type"] for run in runs_of(api, "inbox", folder / "inbox")}

    wait_until(lambda: "COMPLETED" in states(), "a scheduled run completes", FIRES)
    (run,) = [run for run in runs_of(api, "inbox", folder / "inbox") if run["state_type"] == "COMPLETED"][:1]
    assert run["auto_scheduled"]
    assert rows(folder / "warehouse" / "kamercijfers.duckdb", "SELECT count(*) FROM letter") == [(1,)]
    process.wait_for("published ", 10)
    assert process.end(signal.SIGINT) == 0
    records = [json.loads(line) for line in process.said.read_text().splitlines()]
    of_run = {record["message"]: (record.get("kind"), record.get("step")) for record in records}
    assert of_run["batch 1 of 1: 1 file read with 1 claim, 0 set aside"] == ("nightly", "read")
    assert ("nightly", "publish") in [told for said, told in of_run.items() if said.startswith("published ")]
    assert not processes_with(str(folder))


def test_a_worker_of_the_pool_runs_the_deployment(
    tmp_path: Path, prefect_environment: dict[str, str]
) -> None:
    inbox, warehouse = inbox_of(tmp_path / "inbox", a=letter()), tmp_path / "w.duckdb"
    start_run(prefect_environment["PREFECT_API_URL"], "nightly", inbox=inbox, warehouse=warehouse)
    said = prefect(prefect_environment, "worker", "start", "--pool", POOL, "--run-once")
    assert re.search(
        r"^\d\d:\d\d:\d\d INFO batch 1 of 1: 1 file read with 1 claim, 0 set aside$", said, re.MULTILINE
    )
    assert re.search(r"^\d\d:\d\d:\d\d INFO published \S+\.duckdb", said, re.MULTILINE)
    (run,) = runs_of(prefect_environment["PREFECT_API_URL"], "inbox", inbox)
    assert run["state_type"] == "COMPLETED"
    assert rows(warehouse, "SELECT count(*) FROM letter") == [(1,)]


def test_a_pool_that_is_gone_is_told_at_once(
    tmp_path: Path, prefect_environment: dict[str, str], kamercijfers: Run
) -> None:
    """After all that need it."""
    delete(prefect_environment["PREFECT_API_URL"], f"work_pools/{POOL}")
    inbox_of(tmp_path / "inbox", a=letter())
    said = kamercijfers("doctor", PREFECT_API_URL=prefect_environment["PREFECT_API_URL"]).stdout
    assert "wrong  work pool: that of nightly/nightly is gone: make one and deploy again" in said
    assert "the runs of nightly/nightly" not in said


def test_a_server_of_its_own_is_found_by_the_doctor_and_ends_with_it(
    tmp_path: Path, migrated_environment: dict[str, str], kamercijfers: Run
) -> None:
    inbox_of(tmp_path / "inbox", a=letter())
    with taken(PORT), serving(tmp_path, migrated_environment) as process:
        process.wait_for("next run: ", 90)
        said = kamercijfers("doctor").stdout
        assert f"ok     Prefect server: Prefect 3.8.8 at {process.address()}/api\n" in said
        assert "ok     serve: asks for the runs of nightly/served\n" in said
        assert " 02:00 (Europe/Amsterdam)" in process.said.read_text()
        assert "Prefect's pages are at http://127.0.0.1:" in process.said.read_text()
        assert process.end(signal.SIGTERM) == 0
    assert "Traceback" not in process.said.read_text()
    assert not processes_with(migrated_environment["KAMERCIJFERS_PREFECT_HOME"])


@contextmanager
def taken(port: int) -> Iterator[None]:
    """This port listened on, by whomever."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with contextlib.suppress(OSError):  # by another process
            listener.bind((HOST, port))
            listener.listen()
        yield


@contextmanager
def serving_a_run(folder: Path, environment: dict[str, str]) -> Iterator[Serving]:
    """A serve within a run of one letter, which goes on for ten seconds."""
    late = inbox_of(folder / "inbox", a=letter()) / "late.txt"
    late.symlink_to("late.txt")  # a fault that may pass
    with serving(folder, environment) as process:
        process.wait_for("next run: ", 90)
        start_run(f"{process.address()}/api", "served")
        process.wait_for("it may pass", 60)
        yield process


def test_without_its_server_a_run_publishes_before_it_ends(
    tmp_path: Path, migrated_environment: dict[str, str]
) -> None:
    with serving_a_run(tmp_path, migrated_environment) as process:
        os.kill(server_of(process), signal.SIGKILL)
        assert process.process.wait(60) == 1
    said = process.said.read_text()
    assert "the run that goes on needs none and is waited for" in said
    assert said.endswith(
        "kamercijfers: the Prefect server ended; its last words are above: start this again\n"
    )
    assert "Traceback" not in said
    published = rows(
        tmp_path / "warehouse" / "kamercijfers.duckdb", "SELECT letters_read, server_lost FROM run"
    )
    assert published == [(1, True)]
    assert not processes_with(migrated_environment["KAMERCIJFERS_PREFECT_HOME"])


@pytest.mark.long_form
def test_a_run_that_ends_with_it_is_said_to_have_published_or_not(
    tmp_path: Path, migrated_environment: dict[str, str]
) -> None:
    with serving_a_run(tmp_path, migrated_environment) as process:
        assert process.end(signal.SIGTERM, 90) == 0
    said = process.said.read_text()
    assert "the run that was on is ended with serve: nothing was published; the next one goes on" in said
    assert "Traceback" not in said
    assert not (tmp_path / "warehouse" / "kamercijfers.duckdb").exists()
    assert not processes_with(migrated_environment["KAMERCIJFERS_PREFECT_HOME"])


@pytest.mark.long_form
def test_killed_it_leaves_no_server_behind(tmp_path: Path, migrated_environment: dict[str, str]) -> None:
    home = migrated_environment["KAMERCIJFERS_PREFECT_HOME"]
    with serving(tmp_path, migrated_environment) as process:
        process.wait_for("Prefect's pages are at ", 90)
        assert processes_with(home)
        assert process.end(signal.SIGKILL) == -signal.SIGKILL
    wait_until(lambda: not processes_with(home), "the server ends", 30)


def server_of(process: Serving) -> int:
    """The Prefect server that a serve started."""
    (server,) = [
        child
        for child in children_of(process.process.pid)
        if str(SERVER).encode() in Path(f"/proc/{child}/cmdline").read_bytes()
    ]
    return server


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGKILL, -signal.SIGKILL)])
def test_it_can_be_ended_while_its_server_starts(
    tmp_path: Path, environment: dict[str, str], number: signal.Signals, code: int
) -> None:
    home = environment["KAMERCIJFERS_PREFECT_HOME"]
    with serving(tmp_path, environment) as process:
        process.wait_for("starting a Prefect server", 30)
        if number == signal.SIGKILL:
            wait_until(lambda: bool(children_of(process.process.pid)), "the server is started", 30)
        assert process.end(number) == code
    assert "Traceback" not in process.said.read_text()
    if number == signal.SIGKILL:
        wait_until(lambda: not processes_with(home), "the server ends", 30)
    assert not processes_with(home)


def commands_of(unit: str, key: str = "ExecStart") -> list[list[str]]:
    """Commands of a unit, with the programs' names as systemd starts them."""
    lines = (ROOT / "deploy" / "systemd" / f"{unit}.service").read_text().splitlines()
    return [shlex.split(line.removeprefix(f"{key}=")) for line in lines if line.startswith(f"{key}=")]


@pytest.mark.parametrize(
    "unit", sorted((ROOT / "deploy" / "systemd").glob("*.service")), ids=lambda p: p.stem
)
def test_a_unit_is_one_that_systemd_takes(tmp_path: Path, unit: Path) -> None:
    ((command, *_),) = commands_of(unit.stem)
    assert Path(program(Path(command).name)).exists()
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd here to ask")
    here = tmp_path / unit.name
    here.write_text(unit.read_text().replace("/opt/kamercijfers/.venv/bin/", f"{Path(program()).parent}/"))
    verify = ["systemd-analyze", "verify", "--man=no", str(here)]
    result = subprocess.run(verify, capture_output=True, check=False, text=True)
    ours = [line for line in result.stderr.splitlines() if unit.stem in line]
    assert (result.returncode, ours) == (0, [])


def test_the_container_is_given_what_is_there() -> None:
    lines = (ROOT / "deploy" / "Containerfile").read_text().splitlines()
    copied = [source for line in lines if line.startswith("COPY ") for source in line.split()[1:-1]]
    assert copied
    assert [source for source in copied if not list(ROOT.glob(source))] == []


def test_the_container_is_given_every_package_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    lines = (ROOT / "deploy" / "Containerfile").read_text().splitlines()
    copied = {line.split()[-1].rstrip("/") for line in lines if line.startswith("COPY ")}
    assert set(packages) - copied == set()


def prefect(environment: dict[str, str], *arguments: str) -> str:
    """Prefect's own command line, in the project's folder."""
    command = [program("prefect"), *arguments]
    result = subprocess.run(command, capture_output=True, check=False, cwd=ROOT, env=environment, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout + result.stderr
