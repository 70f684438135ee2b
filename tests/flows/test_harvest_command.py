"""`kamercijfers harvest`, and the nights that begin with one."""

import csv
import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from failing_servers import failing
from harvests import HASTY, landed
from prefect_api import found, left_by
from processes import Run
from published import letters
from receivers import webhook
from repository import Repository, open_repository
from small_letters import inbox_of, letter
from test_runs import rows

from flows import landing, outcomes, pipeline
from flows.settings import settings

QUICK = {f"KAMERCIJFERS_HARVEST__{name.upper()}": str(value) for name, value in HASTY.items()}


@pytest.fixture
def repository() -> Iterator[Repository]:
    with open_repository(letters(12)) as one:
        yield one


def quick(repository: Repository) -> dict[str, str]:
    """Variables for a harvest of this repository that waits for nothing."""
    return QUICK | {"KAMERCIJFERS_HARVEST__SRU_URL": f"{repository.server.url}/sru"}


def test_a_harvest_says_what_came(tmp_path: Path, at_once: Run, repository: Repository) -> None:
    done = at_once("harvest", "--dossier", "28638", "--inbox", "brieven", **quick(repository))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    said = done.stderr.splitlines()
    assert said[-1] == "kamercijfers: sru: 12 listed, 12 letters fetched, 0 known; watermark 2020-01-04"
    assert not [line for line in said if "stamina" in line or "Traceback" in line]
    assert len(landed(tmp_path / "brieven")) == 12


def test_a_dry_run_prints_what_would_be_fetched_and_touches_nothing(
    tmp_path: Path, at_once: Run, repository: Repository
) -> None:
    variables = quick(repository)
    command = ("harvest", "--dossier", "28638", "--inbox", "brieven")
    at_once(*command, "--limit", "5", **variables)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "brieven").rglob("*")}
    repository.server.asked.clear()
    done = at_once(*command, "--dry-run", "--format", "csv", **variables)
    assert done.returncode == 0, done.stderr
    listed = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [one["identifier"] for one in listed] == [f"kst-28638-{n}" for n in range(6, 13)]
    assert listed[0]["form"] == "xml"
    assert listed[0]["url"].endswith("/xml/kst-28638-6.xml")
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "brieven").rglob("*")} == before
    assert not [one.path for one in repository.server.asked if "/frbr/" in one.path]

    done = at_once(
        "harvest", "--dossier", "28638", "--inbox", "none", "--dry-run", "--limit", "2", **variables
    )
    assert "kst-28638-2" in done.stdout
    assert "kst-28638-3" not in done.stdout
    assert not (tmp_path / "none").exists()
    repository.server.faults = ["refused"]
    done = at_once(*command, "--dry-run", **variables)
    assert (done.returncode, done.stdout) == (1, "")
    (said,) = done.stderr.splitlines()
    assert said.startswith("kamercijfers: harvest of sru, list: http://127.0.0.1:")
    assert "/sru: answers 403 Forbidden; look whether the source is up and its address right" in said


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (("--dossier", '28638" OR 1'), "--dossier: '28638\" OR 1' is no dossier"),
        (("--dossier", "28638", "--since", "gisteren"), "--since: 'gisteren' is no day"),
        (("--dossier", "28638", "--source", "ftp"), "Invalid value for '--source'"),
        (("--dossier", "28638", "--limit", "0"), "Invalid value for '--limit'"),
        ((), "harvest: say which letters"),
    ],
)
def test_wrong_use_is_said_in_a_line(
    at_once: Run, repository: Repository, flags: tuple[str, ...], message: str
) -> None:
    done = at_once("harvest", "--inbox", "brieven", *flags, **quick(repository))
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr.splitlines()[-1]
    assert repository.server.asked == []


def test_a_source_that_is_down_or_says_what_is_wrong_ends_with_1(
    tmp_path: Path, at_once: Run, repository: Repository
) -> None:
    done = at_once("harvest", "--query", "dt.type==", "--inbox", "brieven", **quick(repository))
    assert done.returncode == 1
    assert "/sru: says: Query syntax error: " in done.stderr.splitlines()[-1]
    assert done.stderr.splitlines()[-1].endswith("; mend what it is asked (--query, or query of [harvest])")
    repository.server.only, repository.server.faults = "kst-28638-3.xml", ["refused"]
    done = at_once("harvest", "--dossier", "28638", "--inbox", "brieven", **quick(repository))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "kamercijfers: harvest of sru, letters: 1 letter could not be fetched (named above); "
        "harvest again later, which goes on from here"
    )
    assert "kst-28638-3: set aside, the watermark stays before it" in done.stderr
    assert len(landed(tmp_path / "brieven")) == 11


#: How a source fails, what is said of it, and what it is that one is to look at.
FAILURES = {
    "refused": ("refuses the connection", "address"),
    "unknown": ("nothing is known by the name of its host", "on the network"),
    "untrusted": ("has a certificate that isn't trusted", "certificates"),
    "no TLS": ("doesn't speak TLS", "certificates"),
    "silent": ("no answer in time", "harvest again later"),
    "hangs up": ("hangs up without an answer", "address"),
    "no HTTP": ("doesn't answer as HTTP has it", "address"),
    "404": ("isn't there (404)", "address"),
    "500": ("answers 500 Internal Server Error", "harvest again later"),
    "page": ("answers with text/html, not application/xml", "address"),
    "no XML": ("is no well-formed XML", "address"),
    "another": ("answers with no searchRetrieveResponse", "address"),
    "cut off": ("hangs up before the end of its answer", "harvest again later"),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_a_source_that_fails_is_said_once_with_the_step_and_what_to_do(
    tmp_path: Path, at_once: Run, failure: str
) -> None:
    told, todo = FAILURES[failure]
    with failing(failure, tmp_path) as url:
        asked = {"SRU_URL": url, "TIMEOUT_SECONDS": "0.3", "ATTEMPTS": "2"}
        variables = QUICK | {f"KAMERCIJFERS_HARVEST__{name}": value for name, value in asked.items()}
        done = at_once("harvest", "--dossier", "28638", "--inbox", "brieven", **variables)
    assert (done.returncode, done.stdout) == (1, "")
    *before, said = done.stderr.splitlines()
    assert said.startswith(f"kamercijfers: harvest of sru, list: {url}: {told}; ")
    assert todo in said
    assert not [line for line in before if told in line or "WARNING" in line or "Traceback" in line]
    assert "Errno" not in done.stderr


@pytest.mark.parametrize(
    ("variable", "value"),
    [("ALL_PROXY", "socks5://127.0.0.1:9"), ("HTTPS_PROXY", "ftp://x"), ("SSL_CERT_FILE", "nowhere.pem")],
)
def test_a_way_out_that_is_none_is_said_in_a_line(
    tmp_path: Path, at_once: Run, variable: str, value: str
) -> None:
    done = at_once("harvest", "--dossier", "28638", "--inbox", "brieven", **(QUICK | {variable: value}))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("kamercijfers: ")
    assert variable in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_an_inbox_that_can_not_be_one_is_said_in_a_line(tmp_path: Path, at_once: Run) -> None:
    (tmp_path / "brieven").write_text("")
    done = at_once("harvest", "--dossier", "28638", "--inbox", "brieven", **QUICK)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "brieven: is a file, a folder for letters is needed (--inbox)\n" in done.stderr


def test_a_second_harvest_leaves_with_4(tmp_path: Path, at_once: Run, repository: Repository) -> None:
    with landing.locked(tmp_path / "brieven"):
        done = at_once("harvest", "--dossier", "28638", "--inbox", "brieven", **quick(repository))
    assert done.returncode == 4
    assert "another harvest fills" in done.stderr


def test_the_section_says_what_isn_t_given(tmp_path: Path, at_once: Run, repository: Repository) -> None:
    (tmp_path / "kamercijfers.toml").write_text(
        f'[harvest]\nsru_url = "{repository.server.url}/sru"\n'
        'dossiers = ["28638"]\nlimit = 3\npause_seconds = 0\n'
    )
    done = at_once("harvest", "--inbox", "brieven")
    assert done.returncode == 0, done.stderr
    assert len(landed(tmp_path / "brieven")) == 3
    assert "no contact is set" in done.stderr


def night(tmp_path: Path, repository: Repository, **more: object) -> outcomes.Outcome:
    """A night that begins with a harvest of this repository."""
    section = HASTY | {"sru_url": f"{repository.server.url}/sru", "dossiers": ("28638",)}
    chosen = settings(inbox=tmp_path / "inbox", warehouse=tmp_path / "w.duckdb", harvest=section, **more)
    pipeline.check(chosen)
    return pipeline.run(chosen)


HARVESTS = "SELECT harvest, letters_seen FROM run ORDER BY started_at"


def test_a_night_begins_with_the_harvest_and_goes_on_without_it(
    tmp_path: Path, repository: Repository, caplog: pytest.LogCaptureFixture
) -> None:
    inbox_of(tmp_path / "inbox", a=letter(1))
    outcome = night(tmp_path, repository)
    assert outcome.harvest == "done"
    assert "harvest done" in outcomes.summary(outcome)
    assert len(list((tmp_path / "inbox").glob("*.meta.json"))) == 12
    inbox_of(tmp_path / "inbox", b=letter(2, victims=900))
    repository.server.faults = ["refused"]
    outcome = night(tmp_path, repository)
    assert outcome.harvest.startswith("failed: harvest of sru, list: http://127.0.0.1")
    assert outcomes.summary(outcome)[0] == f"harvest {outcome.harvest}"
    assert outcomes.summary(outcome, why=False)[0] == "harvest failed"
    assert outcome.read == 1
    assert [how.partition(":")[0] for how, _ in rows(tmp_path / "w.duckdb", HARVESTS)] == ["done", "failed"]
    assert caplog.text.count("answers 403") == 1
    assert "the run goes on with what is there: harvest of sru" in caplog.text


def test_who_is_told_of_failures_is_told_of_the_harvest_once_and_when_it_is_over(
    tmp_path: Path, repository: Repository
) -> None:
    inbox_of(tmp_path / "inbox", a=letter(1))
    with webhook() as hook:
        for faults in (["refused"], ["refused"], []):
            repository.server.faults = [*faults]
            night(tmp_path, repository, alert_webhook=hook.url, metrics_file=tmp_path / "night.prom")
            is_told = 'run_harvest_failed{kind="nightly"} ' + ("1.0" if faults else "0.0")
            assert is_told in (tmp_path / "night.prom").read_text()
        assert hook.events() == ["harvest_failed", "recovery"]
        failed = f"failed: harvest of sru, list: {repository.server.url}/sru: answers 403 Forbidden; "
        assert hook.told[0]["reason"].startswith(failed)


def test_a_night_without_a_section_harvests_nothing(tmp_path: Path) -> None:
    chosen = settings(inbox=inbox_of(tmp_path / "inbox", a=letter()), warehouse=tmp_path / "w.duckdb")
    assert pipeline.run(chosen).harvest == "none"
    assert rows(tmp_path / "w.duckdb", "SELECT harvest FROM run") == [("none",)]


FLOWS = """
import sys
from pathlib import Path
from flows import engine, logs
from flows.settings import settings
logs.configure()
engine.prepare(settings())
from flows.harvest import harvest
from flows.nightly import nightly
harvest(inbox=Path("inbox"), dossiers=["28638"], limit=5)
print(nightly(inbox=Path("inbox"), warehouse=Path("w.duckdb")).harvest)
"""


def test_in_prefect_the_harvest_is_a_flow_of_its_own_and_the_first_task_of_the_night(
    tmp_path: Path, prefect_environment: dict[str, str], repository: Repository
) -> None:
    (tmp_path / "kamercijfers.toml").write_text('[harvest]\ndossiers = ["28638"]\n')
    inbox = inbox_of(tmp_path / "inbox", a=letter())
    done = subprocess.run(
        [sys.executable, "-c", FLOWS],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env=quick(repository) | prefect_environment,
        text=True,
    )
    assert (done.returncode, done.stdout) == (0, "done\n"), done.stderr
    assert rows(tmp_path / "w.duckdb", "SELECT engine, harvest FROM run") == [("prefect", "done")]
    assert len(list(inbox.glob("*.meta.json"))) == 12
    api = prefect_environment["PREFECT_API_URL"]
    runs = found(api, "flow_runs", flow_runs={"name": {"like_": "harvest-"}})
    tasks = [left_by(api, run) for run in runs]
    assert any(
        left == {"fetch page 1": "COMPLETED"} and '"fetched": 5' in str(artifacts)
        for left, artifacts in tasks
    ), tasks
