"""What is told of a run: its log, its metrics, its row, also when it fails or Prefect's server is lost."""

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from processes import Run, free_port, is_well, program, wait_until
from prometheus_client.parser import text_string_to_metric_families
from small_letters import inbox_of, letter
from test_runs import rows, spoil

from flows import pipeline
from flows.settings import settings
from warehouse.errors import ChecksFailedError

SERVER_LOST = "SELECT engine, server_lost FROM run ORDER BY started_at"


def test_the_log_as_json_is_an_object_a_line_that_names_run_and_step(
    tmp_path: Path, kamercijfers: Run
) -> None:
    inbox_of(tmp_path / "inbox", a=letter(1), **{"leeg\n\x1b[31m": ""})
    command = ("nightly", "--inline", "--warehouse", "w.duckdb")
    result = kamercijfers(*command, "--log-format", "json")
    told = [json.loads(line) for line in result.stderr.splitlines()]
    ((run_id,),) = rows(tmp_path / "w.duckdb", "SELECT run_id FROM run")
    assert {(line["run"], line["kind"]) for line in told} == {(run_id, "nightly")}
    (rejected,) = [line for line in told if "set aside as" in line["message"]]
    assert rejected["message"].startswith(r"leeg\n\x1b[31m.txt: set aside as empty")
    assert (rejected["level"], rejected["step"], rejected["time"][-1]) == ("WARNING", "read", "Z")
    assert told[-1]["message"].startswith("published ")
    wrong = kamercijfers("nightly", "--inline", "--inbox", "nowhere", KAMERCIJFERS_LOG_FORMAT="json")
    assert json.loads(wrong.stderr)["level"] == "ERROR"


def test_the_log_as_text_has_a_line_for_each_record_whatever_a_file_is_called(
    tmp_path: Path, at_once: Run
) -> None:
    inbox_of(tmp_path / "inbox", **{"leeg\n\x1b[31m\u202e": ""})
    result = at_once("nightly", "--inline")
    assert "leeg\\n\\x1b[31m\\u202e.txt: set aside as empty" in result.stderr
    assert all(char.isprintable() or char == "\n" for char in result.stderr)


def test_metrics_tell_of_the_last_run_and_of_the_last_that_went_well(tmp_path: Path) -> None:
    chosen = settings(
        inbox=inbox_of(tmp_path / "inbox", a=letter(1), leeg=""),
        warehouse=tmp_path / "w.duckdb",
        metrics_file=tmp_path / "metrics" / "kamercijfers.prom",
    )
    pipeline.run(chosen)
    first = metrics(tmp_path)
    assert first["run_success"] == 1
    assert first["run_letters seen"] == 2
    assert first["run_letters read"] == first["rows letter"] == first["run_published"] == 1
    assert first["run_rejected_letters empty"] == first["versions"] == 1
    assert first["version_bytes"] == chosen.warehouse.stat().st_size
    steps = [first[f"run_duration_seconds {step}"] for step in ("find", "read", "publish")]
    assert 0 < sum(steps) <= first["run_duration_seconds whole"]

    spoil(chosen.warehouse)
    inbox_of(chosen.inbox, b=letter(2))
    with pytest.raises(ChecksFailedError):
        pipeline.run(chosen)
    second = metrics(tmp_path)
    assert second["run_success"] == 0
    assert second["last_success_time_seconds"] == first["run_end_time_seconds"]
    assert second["last_success_time_seconds"] < second["run_end_time_seconds"] <= time.time()


def metrics(folder: Path) -> dict[str, float]:
    """The metrics by their names and what they are of, but for the kind of run."""
    text = (folder / "metrics" / "kamercijfers.prom").read_text()
    found = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            of = [value for label, value in sample.labels.items() if label != "kind"]
            assert sample.labels["kind"] == "nightly"
            found[" ".join([sample.name.removeprefix("kamercijfers_"), *of])] = sample.value
    return found


@contextmanager
def server(environment: dict[str, str]) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """A Prefect server that a test may kill: its address and its process."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/api"
    variables = environment | {"PREFECT_HOME": environment["KAMERCIJFERS_PREFECT_HOME"]}
    command = [program("prefect"), "server", "start", "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(
        command, env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    ) as process:
        try:
            wait_until(lambda: is_well(url), "the Prefect server answers", 120)
            yield url, process
        finally:
            process.kill()


def test_a_server_that_is_lost_on_the_way_does_not_keep_a_run_from_publishing(
    tmp_path: Path, at_once: Run, migrated_environment: dict[str, str]
) -> None:
    letters = {f"l{number}": letter(number) for number in range(15)}
    inbox_of(tmp_path / "inbox", **letters)
    command = ("nightly", "--warehouse", "w.duckdb", "--batch-size", "1", "--log-format", "json")
    with server(migrated_environment) as (url, process):
        variables = {"PREFECT_API_URL": url, "PREFECT_CLIENT_MAX_RETRIES": "0"}
        with subprocess.Popen(
            [program(), *command],
            cwd=tmp_path,
            env=migrated_environment | variables,
            stderr=subprocess.PIPE,
            text=True,
        ) as run:
            assert run.stderr is not None
            said = ""
            while "batch 1 of 15" not in said:
                assert run.poll() is None, said
                said += run.stderr.readline()
            process.kill()
            said += run.stderr.read()
    assert run.returncode == 0, said
    assert "doesn't answer any more" in said
    assert "Traceback" not in said
    assert all(map(json.loads, said.splitlines()))
    assert "0 known, 15 read" in said
    assert rows(tmp_path / "w.duckdb", SERVER_LOST) == [("prefect", True)]
    again = at_once(*command, "--inline")
    assert "15 known, 0 read" in again.stderr
    assert rows(tmp_path / "w.duckdb", "SELECT count(*) FROM letter") == [(15,)]
