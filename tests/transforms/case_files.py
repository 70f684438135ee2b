"""The cases kept as data in tests/cases, for pytest."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark.structures import ParameterSet

CASES = Path(__file__).parents[1] / "cases"
Case = dict[str, Any]


def entries(path: Path, table: str = "case") -> list[Case]:
    """The entries of one table of a file of cases."""
    found: list[Case] = tomllib.loads(path.read_text("utf-8")).get(table, [])
    return found


def cases(name: str) -> list[ParameterSet]:
    """The cases of `<name>.toml`, each named after its text."""
    return [pytest.param(case, id=_name(case)) for case in entries(CASES / f"{name}.toml")]


def letter_cases(table: str) -> list[ParameterSet]:
    """The sentences of every file in cases/claims: those that state figures, or those that state nothing."""
    return [
        pytest.param(case, id=f"{path.stem}: {_name(case)}")
        for path in sorted((CASES / "claims").glob("*.toml"))
        for case in entries(path, table)
    ]


def _name(case: Case) -> str:
    return str(case.get("why") or case["text"])[:60]


def stated(value: object) -> object:
    """A value as the cases write it: an empty text for nothing."""
    return "" if value is None else value
