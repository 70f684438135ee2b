"""What `make faults` runs can be collected: folders that are fine apart may hide each other's modules."""

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _commands() -> list[str]:
    """Each command of the Makefile's `faults` that runs pytest."""
    make = ["make", "--dry-run", "--no-print-directory", "faults"]
    printed = subprocess.run(make, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [line for line in printed.splitlines() if " -m pytest " in line]


@pytest.mark.parametrize("command", _commands(), ids=lambda command: command.split()[-1])
def test_every_suite_of_faults_is_collected(command: str) -> None:
    collecting = command.replace(" -m pytest ", " -m pytest --collect-only --quiet ")
    collected = subprocess.run(collecting, shell=True, cwd=ROOT, capture_output=True, text=True, check=False)

    assert collected.returncode == 0, collected.stdout[-2000:]


def test_both_suites_are_known() -> None:
    assert len(_commands()) == 2
