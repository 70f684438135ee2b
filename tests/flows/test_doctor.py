"""`kamercijfers doctor`: a line for each thing the nights need, and what to do where it is wrong."""

import os
from pathlib import Path

import pytest
from processes import Run, free_port
from receivers import webhook
from small_letters import inbox_of, letter

from flows import pipeline
from flows.landing import Watermarks
from flows.settings import settings
from warehouse import store


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """A warehouse with a letter, where the commands look for it."""
    inbox_of(tmp_path / "inbox", a=letter())
    return tmp_path / "warehouse" / "kamercijfers.duckdb"


def said(at_once: Run, **variables: str) -> tuple[int, dict[str, str]]:
    """Exit code, and what is said of each thing."""
    result = at_once("doctor", "--inline", **variables)
    lines = {}
    for line in result.stdout.splitlines():
        state, told = line.split(maxsplit=1)
        what, seen = told.split(": ", 1)
        lines[what] = f"{state} {seen}"
    return result.returncode, lines


def test_all_is_well_before_the_first_run_and_after_it(tmp_path: Path, at_once: Run, warehouse: Path) -> None:
    code, lines = said(at_once)
    assert code == 0
    assert lines["inbox"] == f"ok 1 file in {tmp_path / 'inbox'}"
    assert lines["published file"] == f"ok none yet at {warehouse}; the first run makes it"
    pipeline.run(settings(inbox=tmp_path / "inbox", warehouse=warehouse))
    code, lines = said(at_once)
    assert code == 0
    assert lines["published file"] == "ok 1 letter, 1 claim"
    assert lines["kept"] == "ok 1 version and 1 letter are whole"
    assert lines["corrections"] == "ok 0 entries"
    assert lines["lock"] == "ok free"
    assert lines["disk"].startswith("ok ")
    assert lines["versions"].startswith("ok kamercijfers ")
    assert "Prefect server" not in lines


def test_the_harvest_is_told_without_asking_anybody(tmp_path: Path, at_once: Run, warehouse: Path) -> None:
    assert said(at_once)[1]["harvest"] == "ok none is set ([harvest] of kamercijfers.toml)"
    (tmp_path / "kamercijfers.toml").write_text(
        '[harvest]\ndossiers = ["28638"]\nsru_url = "http://127.0.0.1:9"\ncontact = "a@example.org"\n'
    )
    assert said(at_once)[1]["harvest"] == "ok 28638 from sru; watermarks: none yet"
    (tmp_path / "inbox" / ".harvest").mkdir()
    Watermarks(tmp_path / "inbox").move({"source": "sru"}, "2024-05-06")
    assert said(at_once)[1]["harvest"] == "ok 28638 from sru; watermarks: sru 2024-05-06"
    code, lines = said(at_once, KAMERCIJFERS_HARVEST__CONTACT="", KAMERCIJFERS_CONFIG="none.toml")
    assert code == 2
    assert lines == {}
    (tmp_path / "kamercijfers.toml").write_text("[harvest]\nsince = 2024-01-01\n")
    code, lines = said(at_once)
    assert code == 1
    assert lines["harvest"].startswith(
        "wrong all since 2024-01-01 from sru; watermarks: sru 2024-05-06: say who"
    )


def test_each_thing_that_is_wrong_is_said_with_what_to_do(
    tmp_path: Path, at_once: Run, warehouse: Path
) -> None:
    pipeline.run(settings(inbox=tmp_path / "inbox", warehouse=warehouse))
    (tmp_path / "inbox").rename(tmp_path / "away")
    (tmp_path / "corrections.toml").write_text("[[correction")
    with store.lock(store.Place(warehouse)):
        code, lines = said(at_once, KAMERCIJFERS_CORRECTIONS="corrections.toml")
    assert code == 1
    assert lines["inbox"] == (
        f"wrong {tmp_path / 'inbox'}: no such folder; make it, or give another path (KAMERCIJFERS_INBOX)"
    )
    assert lines["corrections"].startswith(f"wrong {tmp_path / 'corrections.toml'}: ")
    assert lines["lock"].startswith(f"wrong held by process {os.getpid()} on ")
    assert "wait for that run" in lines["lock"]
    assert lines["published file"].startswith("ok ")
    os.truncate(writable(warehouse), 1000)
    assert "`kamercijfers repair`" in said(at_once)[1]["published file"]


def test_a_folder_in_which_no_file_can_be_made_is_wrong_and_no_run_begins_there(
    tmp_path: Path, at_once: Run
) -> None:
    inbox_of(tmp_path / "inbox", a=letter())
    nowhere = "/proc/kamercijfers.duckdb"  # even root may not
    code, lines = said(at_once, KAMERCIJFERS_WAREHOUSE=nowhere)
    assert code == 1
    assert lines["folder"].startswith("wrong /proc can't be written (")
    result = at_once("nightly", "--inline", "--warehouse", nowhere)
    assert result.returncode == 1
    assert result.stderr.startswith("kamercijfers: can't write in /proc (")


def test_a_version_that_is_gone_is_a_thing_for_repair_alone(
    tmp_path: Path, at_once: Run, warehouse: Path
) -> None:
    pipeline.run(settings(inbox=tmp_path / "inbox", warehouse=warehouse))
    warehouse.resolve().unlink()
    assert said(at_once)[1]["published file"].endswith(", which is gone: run `kamercijfers repair`")


def test_what_has_the_name_of_a_warehouse_and_is_none_is_to_be_moved_away(
    tmp_path: Path, at_once: Run, warehouse: Path
) -> None:
    pipeline.run(settings(inbox=tmp_path / "inbox", warehouse=warehouse))
    warehouse.unlink()
    warehouse.mkdir()
    to_do = "move it away and run `kamercijfers repair`"
    assert said(at_once)[1]["published file"].endswith(to_do)
    assert at_once("repair").stderr.strip().endswith(to_do)
    warehouse.rmdir()
    assert at_once("repair").returncode == 0
    warehouse.unlink()
    warehouse.symlink_to(warehouse.name)  # leads back to itself
    assert said(at_once)[1]["published file"].endswith("which is gone: run `kamercijfers repair`")
    assert at_once("repair").returncode == 0
    assert said(at_once)[0] == 0


def test_a_lock_that_can_not_be_one_is_said(tmp_path: Path, at_once: Run, warehouse: Path) -> None:
    (warehouse.parent / f"{warehouse.name}.lock").mkdir(parents=True)
    assert said(at_once)[1]["lock"].endswith("let it be a file that the user of the runs can write")


def test_room_for_two_versions_is_asked_for(tmp_path: Path, at_once: Run, warehouse: Path) -> None:
    pipeline.run(settings(inbox=tmp_path / "inbox", warehouse=warehouse))
    os.truncate(writable(warehouse), 8 * 10**12)  # a hole, which takes no room
    code, lines = said(at_once)
    assert code == 1
    assert lines["disk"].startswith("wrong ")
    assert "two versions take 16,000,000 MB: make room" in lines["disk"]


def writable(warehouse: Path) -> Path:
    file = warehouse.resolve()
    file.chmod(0o644)
    return file


def test_a_library_beyond_its_bounds_is_named(tmp_path: Path, kamercijfers: Run) -> None:
    inbox_of(tmp_path / "inbox")
    for name, version in (("fastapi", "0.155.0"), ("sqlalchemy", "2.1.0")):
        facts = tmp_path / "newer" / f"{name}-{version}.dist-info"
        facts.mkdir(parents=True)
        (facts / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    path = os.pathsep.join([str(tmp_path / "newer"), os.environ.get("PYTHONPATH", "")])
    result = kamercijfers("doctor", "--inline", PYTHONPATH=path)
    assert result.returncode == 1
    first = result.stdout.splitlines()[0]
    assert first.startswith(
        "wrong  versions: fastapi is 0.155.0, not <0.151, sqlalchemy is 2.1.0, not <2.1: "
    )
    assert result.stderr == "kamercijfers: one thing to mend\n"


def test_a_server_that_does_not_answer_is_wrong(tmp_path: Path, kamercijfers: Run) -> None:
    inbox_of(tmp_path / "inbox")
    url = f"http://127.0.0.1:{free_port()}/api"
    block = {"KAMERCIJFERS_ALERT_WEBHOOK": "webhook/night"}
    result = kamercijfers("doctor", PREFECT_API_URL=url, **block)
    assert result.returncode == 1
    assert f"wrong  Prefect server: none answers at {url}: start it\n" in result.stdout
    assert f"wrong  alerts: webhook: no Prefect server answers at {url}" in result.stdout


def test_who_is_told_of_failures_is_said_and_nothing_told(at_once: Run, warehouse: Path) -> None:
    with webhook() as hook:
        code, lines = said(at_once, KAMERCIJFERS_ALERT_WEBHOOK=hook.url)
        assert hook.told == []
    assert (code, lines["alerts"]) == (0, "ok by webhook; open: none")
