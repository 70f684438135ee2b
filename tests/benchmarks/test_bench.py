"""The pieces of the bench run, on a few letters. What they measure is nobody's business here."""

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.letters import files
from benchmarks.rivals import floor

ROOT = Path(__file__).parents[2]


def test_the_floor_finds_candidates_where_they_stand() -> None:
    texts = {row["letter_id"]: row["content"].decode() for row in files(range(3)).to_dicts()}

    found = floor(files(range(3))).to_dicts()

    assert len(found) > 100
    for row in found:
        assert texts[row["letter_id"]][row["start"] : row["end"]] == row["candidate"]
        assert any(char.isdigit() for char in row["candidate"]) == (row["value"] is not None)


def test_every_piece_runs_on_twenty_letters(tmp_path: Path) -> None:
    report = tmp_path / "bench.json"
    command = [sys.executable, "-m", "benchmarks", "--letters", "20", "--seconds", "1", "--json", str(report)]

    result = subprocess.run(
        command, capture_output=True, check=False, cwd=ROOT, encoding="utf-8", timeout=200
    )

    assert result.returncode == 0, result.stderr
    rows = {row["what"]: row for row in json.loads(report.read_text("utf-8"))["results"]}
    for what in (
        "digit runs",
        "figures stated",
        "1 letters: cost",
        "1 letters: memory",
        "cost between sizes",
        "comma list: 50,000 bytes",
    ):
        assert rows[what]["figure"] > 0
    for what in ("one core", "two cores", "floor", "ours to the floor", "recogniser"):
        assert rows[what]["unit"]
        assert what in result.stdout
    assert "seed" in rows["size"]["of"]
