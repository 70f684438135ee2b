"""The claims of the warehouse's bench: always the same, and as consistent as said. Nothing is timed."""

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from benchmarks.warehouse import fill
from warehouse.checking import check_results
from warehouse.views import make_views

ROOT = Path(__file__).parents[2]
CLAIMS = 3000


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    file = tmp_path_factory.mktemp("generated") / "w.duckdb"
    fill(file, CLAIMS)
    connection = duckdb.connect(file)
    make_views(connection)
    return connection


def test_as_many_claims_as_asked_in_letters_of_eight_sentences(generated: duckdb.DuckDBPyConnection) -> None:
    assert generated.execute("SELECT count(*) FROM claim").fetchall() == [(CLAIMS,)]
    most = "SELECT count(DISTINCT sentence) FROM claim GROUP BY letter_id ORDER BY ALL DESC LIMIT 1"
    assert generated.execute(most).fetchall() == [(8,)]


def test_no_check_of_an_error_finds_a_row(generated: duckdb.DuckDBPyConnection) -> None:
    failed = [result for result in check_results(generated) if result.bad_rows and result.severity == "error"]
    assert not failed


def test_what_is_stated_again_mostly_agrees_and_all_kinds_are_compared(
    generated: duckdb.DuckDBPyConnection,
) -> None:
    agreement = generated.execute(
        "SELECT subject, compared, agreeing / compared FROM coverage WHERE aspect = 'comparison'"
    ).fetchall()
    assert {kind for kind, compared, _ in agreement if compared} == {
        "restated", "growth", "parts", "expectation", "target"
    }  # fmt: skip
    shares = {kind: share for kind, _, share in agreement}
    assert 0.5 < shares["growth"] <= 1
    assert shares["parts"] > 0.9


def test_the_same_claims_each_time(generated: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    fill(tmp_path / "again.duckdb", CLAIMS)
    generated.execute(f"ATTACH '{tmp_path / 'again.duckdb'}' AS again (READ_ONLY)")
    for table in ("letter", "claim", "letter_reference"):
        differing = f"SELECT * FROM {table} EXCEPT ALL SELECT * FROM again.{table}"
        assert not generated.execute(differing).fetchall()


def test_every_piece_runs(tmp_path: Path) -> None:
    report = tmp_path / "bench.json"
    command = [sys.executable, "-m", "benchmarks.warehouse", "--claims", "500", "--json", str(report)]

    result = subprocess.run(command, capture_output=True, check=False, cwd=ROOT, encoding="utf-8")

    assert result.returncode == 0, result.stderr
    figures = {row["what"]: row["figure"] for row in json.loads(report.read_text("utf-8"))["results"]}
    for what in ("rebuild", "checks", "example figures", "file", "size"):
        assert figures[what] > 0
        assert what in result.stdout
