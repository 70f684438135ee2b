"""Folders of the inbox that the user of the runs can't list."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from processes import as_user, program
from small_letters import inbox_of, letter
from test_runs import rows


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Path]:
    """A closed folder with a letter, in an inbox with another."""
    inbox_of(tmp_path / "inbox", a=letter(1))
    folder = inbox_of(tmp_path / "inbox" / "sub", b=letter(2))
    folder.chmod(0)
    yield folder
    folder.chmod(0o755)


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """Where the commands look for it."""
    return tmp_path / "warehouse" / "kamercijfers.duckdb"


def as_a_user(environment: dict[str, str], folder: Path, *arguments: str) -> tuple[int, str]:
    """Exit code of a command, and all that it says."""
    done = subprocess.run(
        [*as_user(), program(), *arguments],
        capture_output=True,
        check=False,
        cwd=folder,
        encoding="utf-8",
        env=environment,
        timeout=120,
    )
    return done.returncode, done.stdout + done.stderr


SET_ASIDE = (
    "sub: set aside as unreadable (a folder, of which no letter can be read: Permission denied; "
    "let the user of the runs read it)"
)


def test_a_closed_folder_is_set_aside_once_and_counted(
    tmp_path: Path, environment: dict[str, str], closed: Path, warehouse: Path
) -> None:
    code, said = as_a_user(environment, tmp_path, "nightly", "--inline")
    assert code == 0
    assert SET_ASIDE in said
    assert "2 files looked at: 0 known, 1 read, 1 set aside (1 unreadable)" in said
    assert rows(warehouse, "SELECT source, step, reason, letter_id FROM rejected_letter") == [
        ("sub", "intake", "unreadable", None)
    ]
    code, said = as_a_user(environment, tmp_path, "nightly", "--inline")
    assert (code, SET_ASIDE in said) == (0, False)
    assert "2 files looked at: 2 known, 0 read, 0 set aside" in said
    closed.chmod(0o755)
    code, said = as_a_user(environment, tmp_path, "nightly", "--inline")
    assert "2 files looked at: 1 known, 1 read, 0 set aside" in said
    assert rows(warehouse, "SELECT source FROM letter ORDER BY source") == [("a.txt",), ("sub/b.txt",)]


def test_the_doctor_names_a_closed_folder(tmp_path: Path, environment: dict[str, str], closed: Path) -> None:
    code, said = as_a_user(environment, tmp_path, "doctor", "--inline")
    assert code == 1
    assert (
        f"wrong  inbox: 1 folder of {tmp_path / 'inbox'} can't be read, sub for one (Permission denied): "
        "let the user of the runs read it, and what is in it\n"
    ) in said
    closed.chmod(0o755)
    code, said = as_a_user(environment, tmp_path, "doctor", "--inline")
    assert (code, f"ok     inbox: 2 files in {tmp_path / 'inbox'}\n" in said) == (0, True)


def test_extract_sets_a_closed_folder_aside(
    tmp_path: Path, environment: dict[str, str], closed: Path
) -> None:
    code, said = as_a_user(environment, tmp_path, "extract", "inbox")
    assert code == 1
    assert "sub: unreadable (a folder: Permission denied" in said


def test_what_is_closed_to_a_run_is_said_with_what_to_do(
    tmp_path: Path, environment: dict[str, str], closed: Path, warehouse: Path
) -> None:
    batches = warehouse.with_name(f"{warehouse.name}.batches")
    (batches / "of-another").mkdir(parents=True)
    batches.chmod(0)
    code, said = as_a_user(environment, tmp_path, "nightly", "--inline")
    batches.chmod(0o755)
    last = said.splitlines()[-1]
    assert (code, last.startswith(f"kamercijfers: {batches}/")) == (1, True)
    assert last.endswith(
        ": Permission denied; let the user of this program read and write there, or give another path"
    )
    closed.parent.chmod(0)
    code, said = as_a_user(environment, tmp_path, "nightly", "--inline")
    closed.parent.chmod(0o755)
    assert (code, said.splitlines()[-1]) == (
        1,
        f"kamercijfers: {closed.parent}: can't be read (permission denied); "
        "let the user of the runs read it, or give another path",
    )
