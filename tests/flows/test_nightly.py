"""The flow on a real Prefect server."""

import re
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from prefect_api import found, left_by, runs_of
from processes import Run, clean_environment, program
from small_letters import inbox_of, letter
from test_cli import held, one_line
from test_runs import rows

ROOT = Path(__file__).resolve().parents[2]
FLOW = """
import sys
from pathlib import Path
from flows import engine, logs
from flows.settings import settings
logs.configure()
engine.prepare(settings())
from flows.nightly import nightly
try:
    nightly(inbox=Path(sys.argv[1]), warehouse=Path(sys.argv[2]))
except Exception as error:
    print(type(error).__name__)
"""


def test_a_run_leaves_its_tasks_and_artifacts_in_prefect(
    tmp_path: Path, kamercijfers: Run, prefect_environment: dict[str, str]
) -> None:
    inbox = inbox_of(tmp_path / "inbox", a=letter(1), b=letter(2), c=letter(3), leeg="")
    warehouse = tmp_path / "w.duckdb"
    command = ("nightly", "--inbox", inbox, "--warehouse", warehouse, "--batch-size", "2")
    result = kamercijfers(*command, **prefect_environment)
    assert (result.returncode, result.stdout) == (0, ""), result.stderr
    assert "3 read, 1 set aside" in result.stderr
    assert rows(warehouse, "SELECT engine, server_lost, letters_read, letters_rejected FROM run") == [
        ("prefect", False, 3, 1)
    ]

    api = prefect_environment["PREFECT_API_URL"]
    (run,) = runs_of(api, "inbox", inbox)
    assert run["name"] == f"nightly-{datetime.now(ZoneInfo('Europe/Amsterdam')):%Y-%m-%d}"
    assert run["state_type"] == "COMPLETED"
    tasks, artifacts = left_by(api, run)
    names = ("find letters", "read batch 1", "read batch 2", "publish")
    assert tasks == dict.fromkeys(names, "COMPLETED")
    assert "3 read, 1 set aside" in artifacts["nightly-summary"]
    assert "1 empty" in artifacts["nightly-summary"]
    assert '"victim_counts", "rows": 3' in artifacts["nightly-marts"]
    assert '"reason": "empty", "files": 1' in artifacts["nightly-set-aside"]
    assert "\npublish: " in artifacts["nightly-summary"]
    logged = [line["message"] for line in found(api, "logs", logs={"flow_run_id": {"any_": [run["id"]]}})]
    assert any("leeg.txt: set aside as empty" in line for line in logged)


def test_what_stops_a_run_comes_out_of_prefect_as_it_is_and_without_traceback(
    tmp_path: Path, prefect_environment: dict[str, str]
) -> None:
    inbox, warehouse = inbox_of(tmp_path / "inbox", a=letter()), tmp_path / "w.duckdb"
    command = [sys.executable, "-c", FLOW, str(inbox), str(warehouse)]
    with held(warehouse):
        result = subprocess.run(
            command, capture_output=True, check=False, cwd=tmp_path, env=prefect_environment, text=True
        )
    assert result.stdout == "LockedError\n", result.stderr
    assert "Traceback" not in result.stderr
    (run,) = runs_of(prefect_environment["PREFECT_API_URL"], "warehouse", warehouse)
    assert run["state_type"] == "FAILED"
    assert "another run holds" in run["state"]["message"]
    _, artifacts = left_by(prefect_environment["PREFECT_API_URL"], run)
    assert "failed in step start: another run holds" in artifacts["nightly-summary"]


def test_a_fault_that_passes_is_tried_again(tmp_path: Path, prefect_environment: dict[str, str]) -> None:
    inbox, warehouse = inbox_of(tmp_path / "inbox", a=letter(1)), tmp_path / "w.duckdb"
    late = inbox / "late.txt"
    late.symlink_to("late.txt")  # a link to itself fails as a disk may: not as a file that is gone
    command = [sys.executable, "-c", FLOW, str(inbox), str(warehouse)]
    with subprocess.Popen(
        command, cwd=tmp_path, env=prefect_environment, stderr=subprocess.PIPE, text=True
    ) as flow:
        assert flow.stderr is not None
        said = next(line for line in flow.stderr if "it may pass" in line)
        assert "Retry 1/2" in next(line for line in flow.stderr if "Retry" in line)
        late.unlink()
        late.write_text(letter(2))
        flow.stderr.read()
    assert "late.txt" in said
    assert rows(warehouse, "SELECT source FROM letter ORDER BY 1") == [("a.txt",), ("late.txt",)]
    assert rows(warehouse, "SELECT count(*) FROM rejected_letter") == [(0,)]


def test_a_server_that_does_not_answer_is_one_line(tmp_path: Path, kamercijfers: Run) -> None:
    inbox_of(tmp_path / "inbox", a=letter())
    result = kamercijfers("nightly", PREFECT_API_URL="http://127.0.0.1:9/api")
    assert result.returncode == 1
    assert "http://127.0.0.1:9/api" in one_line(result)


def test_without_a_server_a_temporary_one_is_used_and_gone_afterwards(
    tmp_path: Path, kamercijfers: Run, migrated_environment: dict[str, str]
) -> None:
    inbox_of(tmp_path / "inbox", a=letter())
    result = kamercijfers("nightly", "--warehouse", "w.duckdb")
    assert result.returncode == 0, result.stderr
    assert rows(tmp_path / "w.duckdb", "SELECT engine FROM run") == [("prefect",)]
    home = migrated_environment["KAMERCIJFERS_PREFECT_HOME"]
    (start,) = [line for line in result.stderr.splitlines() if "Starting temporary server" in line]
    assert re.fullmatch(r"\S+ INFO Starting temporary server on http://127.0.0.1:\d+", start)
    assert not processes_with(home)


def test_a_run_that_is_ended_leaves_no_server_behind(tmp_path: Path, environment: dict[str, str]) -> None:
    inbox_of(tmp_path / "inbox", a=letter())
    with subprocess.Popen(
        [program(), "nightly"], cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True
    ) as run:
        assert run.stderr is not None
        assert any("Starting temporary server" in line for line in run.stderr)
        run.terminate()
        said = run.stderr.read()
        assert "Traceback" not in said
        assert said.count("kamercijfers: ended by SIGTERM: nothing was published") == 1
    assert run.returncode == -signal.SIGTERM
    assert not processes_with(environment["KAMERCIJFERS_PREFECT_HOME"])


def processes_with(text: str) -> dict[int, str]:
    """Processes whose variables or command line hold this text, with their command lines."""
    here = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if text.encode() in (folder / "environ").read_bytes() + (folder / "cmdline").read_bytes():
                here[int(folder.name)] = (folder / "cmdline").read_bytes().decode().replace("\0", " ")
        except OSError:
            continue
    return here


def test_prefect_gets_a_home_of_its_own_and_sends_nothing() -> None:
    script = (
        "from flows import engine; from flows.settings import settings; engine.prepare(settings());"
        "from prefect.settings import get_current_settings; from prefect.analytics import *;"
        "from prefect._internal.analytics.enabled import is_telemetry_enabled;"
        "s = get_current_settings();"
        "print(s.home, s.server.analytics_enabled, is_telemetry_enabled(),"
        " s.server.ephemeral.startup_timeout_seconds)"
    )
    variables = {name: value for name, value in clean_environment().items() if name != "CI"}
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, cwd="/", env=variables, text=True
    )
    assert result.stdout.split() == [str(ROOT / ".prefect"), "False", "False", "120"]


def test_the_settings_of_the_folder_are_those_of_the_command_line() -> None:
    script = (
        "from prefect.settings import get_current_settings; s = get_current_settings();"
        "print(s.home.resolve(), s.server.analytics_enabled, s.server.ephemeral.startup_timeout_seconds)"
    )
    result = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env=clean_environment(),
        text=True,
    )
    assert result.stdout.split() == [str(ROOT / ".prefect"), "False", "120"]
