"""docs/benchmarks.md, its plots and its figures are one: all are made of docs/benchmarks.json.

After a change to benchmarks/page.md or to the tables: `python -m benchmarks.publishing docs`.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from benchmarks import publishing
from benchmarks.accuracy import OURS
from flows.errors import UserError

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def parts() -> dict[str, Any]:
    known: dict[str, Any] = json.loads((DOCS / "benchmarks.json").read_text("utf-8"))
    return known


def page() -> str:
    return (DOCS / "benchmarks.md").read_text("utf-8")


def test_the_page_is_what_its_figures_say(parts: dict[str, Any]) -> None:
    assert page() == publishing.page(parts)


def test_each_table_stands_under_the_command_that_makes_it(parts: dict[str, Any]) -> None:
    sections = page().split("\n## ")
    for name in ("accuracy", "speed", "costs"):
        (section,) = [each for each in sections if parts[name]["command"] in each]
        assert section.index(parts[name]["command"]) < section.index("| --- |")


def test_figures_of_the_tables_are_those_of_the_file(parts: dict[str, Any]) -> None:
    """Read from the page itself, not with what wrote it."""
    lines = [
        [cell.strip() for cell in line.split("|")[1:-1]]
        for line in page().splitlines()
        if line.startswith("|")
    ]
    for row in parts["accuracy"]["rows"]:
        if row["texts"] == "tests/gold" and row["found"] is not None:
            (line,) = [line for line in lines if len(line) == 16 and line[0] == row["label"]]
            assert [float(cell) for cell in line[1:7]] == [
                pytest.approx(row[name], abs=0.0005)
                for name in ("found", "missed", "false", "precision", "recall", "f1")
            ]
    for row in parts["speed"]["rows"]:
        (line,) = [line for line in lines if len(line) == 4 and line[0] == row["label"]]
        if row["rate"] is not None:
            assert float(line[2].replace(",", "")) == pytest.approx(row["rate"], rel=0.01)
            assert float(line[3].replace(",", "")) == pytest.approx(1 / row["ours"], rel=0.01)


def test_plots_show_the_figures_of_the_file(parts: dict[str, Any]) -> None:
    shown = {
        file.name: re.findall(r">([\d.,]+)</text>", file.read_text("utf-8"))
        for file in (DOCS / "benchmarks").glob("*.svg")
    }
    for row in parts["accuracy"]["rows"]:
        if row["texts"] == "tests/gold" and row["found"] is not None:
            for name in ("precision", "recall", "f1"):
                assert f"{row[name]:.3f}" in shown["accuracy.svg"]
    speeds = [float(each.replace(",", "")) for each in shown["speed.svg"]]
    for row in parts["speed"]["rows"]:
        if row["rate"] and not row["extractor"].startswith(f"{OURS}-"):
            assert any(each == pytest.approx(1 / row["ours"], rel=0.01) for each in speeds)


def test_what_was_not_measured_again_stays(parts: dict[str, Any], tmp_path: Path) -> None:
    publishing.keep(parts, tmp_path)
    again = {**parts["costs"], "day": "2030-01-01"}

    publishing.keep({"costs": again}, tmp_path)
    publishing.write(tmp_path)

    assert json.loads((tmp_path / "benchmarks.json").read_text("utf-8")) == {**parts, "costs": again}
    assert "2030-01-01" in (tmp_path / "benchmarks.md").read_text("utf-8")


def test_there_is_no_page_before_all_parts_were_measured(parts: dict[str, Any], tmp_path: Path) -> None:
    publishing.keep({"speed": parts["speed"]}, tmp_path)

    with pytest.raises(UserError, match="measure accuracy, costs"):
        publishing.write(tmp_path)
