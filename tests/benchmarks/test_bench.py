"""The pieces of the bench run, on a few letters. What they measure is nobody's business here."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from small_gold import small_gold

from benchmarks import __main__ as bench
from benchmarks import costs, measuring
from benchmarks.floor import floor
from benchmarks.letters import files

ROOT = Path(__file__).parents[2]


def test_the_floor_finds_candidates_where_they_stand() -> None:
    texts = {row["letter_id"]: row["content"].decode() for row in files(range(3)).to_dicts()}

    found = floor(files(range(3))).to_dicts()

    assert len(found) > 100
    for row in found:
        assert texts[row["letter_id"]][row["start"] : row["end"]] == row["candidate"]
        assert any(char.isdigit() for char in row["candidate"]) == (row["value"] is not None)


def test_letters_are_read_in_other_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLARS_MAX_THREADS", "1")  # as it sets it, for all that is started later
    reading = measuring.read(2, processes=2, warm_up=0)

    assert (reading.letters, len(reading.per_letter)) == (2, 2)
    assert min(reading.claims, reading.rate, reading.wall, reading.memory) > 0


def test_a_bench_that_is_killed_leaves_no_worker_behind() -> None:
    script = (
        "import os, signal; from benchmarks.measuring import workers\n"
        "with workers(1, warm_up=0) as pool:\n"
        " print(pool.submit(os.getpid).result(), flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    # Its worker holds stdout too: this waits for both.
    killed = subprocess.run([sys.executable, "-c", script], check=False, cwd=ROOT, stdout=subprocess.PIPE)

    assert killed.returncode == -signal.SIGKILL
    assert int(killed.stdout)


@contextmanager
def threads(count: int, warm_up: int = 0) -> Iterator[ThreadPoolExecutor]:
    """Workers that need not learn the grammar first, which takes processes four seconds each."""
    with ThreadPoolExecutor(count) as pool:
        yield pool


def test_every_piece_runs_on_two_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    report, page = tmp_path / "bench.json", tmp_path / "docs"
    gold = small_gold(tmp_path)
    monkeypatch.setattr(measuring, "workers", threads)
    monkeypatch.setattr(costs, "HOSTILE", (500, 5_000))
    arguments = ["--letters", "2", "--seconds", "2", "--gold", str(gold), "--json", str(report)]
    monkeypatch.setattr(sys, "argv", ["bench", *arguments, "--write", str(page)])

    assert bench.main() == 0

    printed = capsys.readouterr().out
    parts = json.loads(report.read_text("utf-8"))
    assert json.loads((page / "benchmarks.json").read_text("utf-8")) == parts
    assert (
        parts["costs"]["command"] == "make bench BENCH_LETTERS=2 BENCH_SECONDS=2 BENCH_OPTIONS='--part costs'"
    )
    rows = {row["what"]: row for row in parts["costs"]["rows"]}
    for what in (
        "digit runs",
        "figures stated",
        "1 letters: cost",
        "1 letters: memory",
        "cost between sizes",
        "comma list: 500 bytes",
        "one core",
        "two cores",
    ):
        assert rows[what]["figure"] > 0
        assert what in printed
    assert "seed" in rows["size"]["of"]
    speeds = {row["extractor"]: row["rate"] for row in parts["speed"]["rows"]}
    assert min(speeds[name] for name in ("kamercijfers", "expression", "floor")) > 0
