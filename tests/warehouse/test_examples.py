"""The ready queries answer on the sample letters, alike in the shells 1.4 and 1.5 and in Python."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from warehouse import store


def test_there_are_fifteen_examples_or_more_and_each_begins_with_its_question() -> None:
    assert len(store.examples()) >= 15
    for name, query in store.examples().items():
        question = query.splitlines()[0]
        assert question.startswith("-- "), name
        assert question.endswith("?") or question.endswith("one."), name


def rows(warehouse: Path, name: str) -> list[dict[str, object]]:
    with store.connect(warehouse) as connection:
        answer = connection.execute(store.examples()[name])
        columns = [column[0] for column in answer.description]
        return [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]


@pytest.mark.parametrize("name", ["victims_by_year", "growth_by_year"])
def test_of_each_year_the_whole_comes_first_and_a_part_of_it_says_so(
    sample_warehouse: Path, name: str
) -> None:
    periods: dict[object, list[object]] = {}
    for row in rows(sample_warehouse, name):
        periods.setdefault(row["year"], []).append(row["period"])
    for year, of_year in periods.items():
        whole = [period == str(year) for period in of_year]
        assert whole == sorted(whole, reverse=True), year
    assert any(len(set(of_year)) > 1 for of_year in periods.values()) or name != "victims_by_year"


def test_of_a_year_the_number_of_a_quarter_stands_behind_that_of_the_year(sample_warehouse: Path) -> None:
    of_2021 = [row for row in rows(sample_warehouse, "victims_by_year") if row["year"] == 2021]
    assert {(row["period"], row["value"]) for row in of_2021} == {("2021", 791), ("2021-Q1", 191)}
    assert of_2021[-1]["value"] == 191


def test_every_example_that_gives_values_of_years_gives_their_period_too() -> None:
    for name, query in store.examples().items():
        columns = query.rpartition("SELECT")[2].partition("FROM")[0]
        if "year" in columns and ("value" in columns or "percent" in columns):
            assert "period" in columns, name


@pytest.mark.parametrize("name", sorted(store.examples()))
def test_an_example_answers_alike_everywhere(
    shell: Callable[[Path, str], str], sample_warehouse: Path, name: str
) -> None:
    # As text, since Python and the shells write numbers and lists each in their own way.
    query = f"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM (\n{store.examples()[name]}\n)"
    with store.connect(sample_warehouse) as connection:
        answer = connection.execute(query)
        columns = [column[0] for column in answer.description]
        expected = [["NULL" if value is None else value for value in row] for row in answer.fetchall()]
    assert len(expected) > 0
    assert list(csv.reader(io.StringIO(shell(sample_warehouse, query)))) == [columns, *expected]
