"""What letters disagree on, from their text to the verdict: samples, the series, a set kept elsewhere."""

import json
from pathlib import Path
from typing import Any

import pytest

from flows import pipeline
from flows.settings import Settings
from warehouse import store

ROOT = Path(__file__).parents[2]
#: Labelled letters that are kept beside the checkout: their text isn't ours to keep in it.
SHARED = ROOT.parent / "shared" / "gold"

FOUND = "SELECT kind, year, value, other_value, verdict FROM discrepancies ORDER BY ALL"


def made(folder: Path, letters: Path) -> Path:
    settings = Settings(_env_file=None, inbox=letters, warehouse=folder / "w.duckdb")
    pipeline.run(settings)
    return settings.warehouse


def found(warehouse: Path, query: str = FOUND) -> list[tuple[Any, ...]]:
    with store.connect(warehouse) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("series"), ROOT / "tests" / "letters" / "series")


def test_the_series_disagrees_where_it_does_and_nowhere_else(series: Path) -> None:
    assert found(series) == [
        ("expectation", 2013, 70, 64, "revised"),
        ("growth", 2014, 12, 7.896, "contradicts"),
        ("growth", 2015, -37, -36.7347, "rounding"),
        ("growth", 2015, 100, 94, "rounding"),
        ("parts", 2014, 45640, 45650, "rounding"),
        ("restated", 2019, 1334, 1372, "other_source"),
        ("restated", 2020, 984, 1013, "revised"),
        ("target", 2014, 90, 85, "contradicts"),
    ]


def test_what_agrees_in_the_series_is_counted(series: Path) -> None:
    counts = "SELECT subject, agreeing FROM coverage WHERE aspect = 'comparison' ORDER BY subject"
    assert found(series, counts) == [
        ("expectation", 0), ("growth", 3), ("parts", 1), ("restated", 1), ("target", 0)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2020-12-31", [(2019, 1334)]),
        ("2021-12-31", [(2019, 1334), (2019, 1372), (2020, 984)]),
        ("2022-12-31", [(2019, 1334), (2019, 1372), (2020, 1013), (2021, 791)]),
    ],
)
def test_the_series_had_said_something_else_by_each_day(
    series: Path, day: str, said: list[tuple[int, int]]
) -> None:
    query = f"""
        SELECT year, value FROM victim_counts_as_of('{day}')
        WHERE population = 'total' AND year > 2018
        ORDER BY ALL
    """
    assert found(series, query) == said


def test_the_count_before_the_first_growth_is_derived_with_its_interval(series: Path) -> None:
    query = """
        SELECT round(value, 1), round(value_low, 1), round(value_high, 1), source
        FROM derived_figures WHERE year = 2010 AND measure = 'trafficking_victims'
    """
    assert found(series, query) == [(993.5, 989.5, 997.6, "CoMensha")]


def test_the_letters_of_the_series_cite_each_other(series: Path) -> None:
    behind = found(series, store.examples()["letters_behind_a_letter"])
    assert [(steps, cited) for steps, cited, *_ in behind] == [
        (1, "kst-28638-9303"), (1, "kst-28638-9304"), (2, "kst-28638-9302"), (3, "kst-28638-9301")
    ]  # fmt: skip
    assert all(row[-1] for row in behind)


def test_the_samples_disagree_on_two_years(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for letter in (ROOT / "tests" / "letters").glob("*.txt"):
        (inbox / letter.name).write_bytes(letter.read_bytes())
    assert found(made(tmp_path, inbox)) == [
        ("restated", 2019, 1372, 1334, "other_source"),
        ("restated", 2020, 984, 1013, "revised"),
    ]


@pytest.mark.skipif(not SHARED.exists(), reason=f"there are no labelled letters in {SHARED}")
def test_the_labelled_letters_disagree_as_their_labels_say(tmp_path: Path) -> None:
    labels = [json.loads(line) for line in (SHARED / "letters_pairs.jsonl").read_text("utf-8").splitlines()]
    kinds = {"restatement": "restated", "inconsistent_growth": "growth"}
    wanted = sorted((kinds[label["type"]], int(label["period"])) for label in labels if not label["agree"])
    assert [row[:2] for row in sorted(found(made(tmp_path, SHARED / "letters")))] == wanted
