"""What had been said by a day, what is the newest now, and that both tell the same."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from store_frames import a_claim, a_letter, tables

from warehouse import store
from warehouse.definitions import MARTS
from warehouse.loading import load
from warehouse.views import make_views

Build = duckdb.DuckDBPyConnection

FIRST = a_letter("Eerst: 1 2 3 4 5 6", date(2012, 4, 27))
SECOND = a_letter("Daarna: 1 2 3 4 5 6", date(2014, 10, 30))
THIRD = a_letter("Ten slotte: 1 2 3 4 5 6", date(2016, 2, 1))
#: Read on the day that store_frames.SEEN tells, 1 May 2024.
UNDATED = a_letter("Ongedateerd: 1 2 3 4 5 6", None)
LETTERS = [FIRST, SECOND, THIRD, UNDATED]


def the(quote: str, letter: dict[str, Any], **facts: Any) -> dict[str, Any]:
    return a_claim(letter, quote, float(quote), **facts)


@pytest.fixture
def made(empty_build: Build) -> Any:
    def make(*claims: dict[str, Any]) -> Build:
        load(empty_build, tables("one", LETTERS, list(claims)), "v")
        make_views(empty_build)
        return empty_build

    return make


def values(build: Build, relation: str) -> list[float]:
    return [value for (value,) in build.execute(f"SELECT value FROM {relation} ORDER BY value").fetchall()]


def test_what_had_been_said_changes_with_the_day(made: Any) -> None:
    build = made(*(the(quote, letter, period="2011") for quote, letter in zip("123", LETTERS, strict=False)))
    days = ["2012-04-26", "2012-04-27", "2014-10-29", "2014-10-30", "2016-02-01", "2030-01-01"]
    said = [values(build, f"victim_counts_as_of('{day}')") for day in days]
    assert said == [[], [1], [1], [2], [3], [3]]
    kept = build.execute("SELECT value, superseded_on FROM victim_counts ORDER BY value").fetchall()
    assert kept == [(1, SECOND["letter_date"]), (2, THIRD["letter_date"]), (3, None)]


def test_an_answer_about_a_day_shows_nothing_of_later_ones(made: Any) -> None:
    build = made(the("1", FIRST, period="2011"), the("2", SECOND, period="2011"))
    answer = build.execute("FROM victim_counts_as_of(DATE '2013-01-01')")
    names = [column[0] for column in answer.description]
    (row,) = (dict(zip(names, row, strict=True)) for row in answer.fetchall())
    assert "superseded_on" not in row
    assert (row["value"], row["is_latest"]) == (1, True)


def test_a_letter_without_a_date_counts_from_the_day_it_was_seen_and_yields_to_dated_ones(made: Any) -> None:
    build = made(
        the("1", UNDATED, period="2011"),
        the("2", SECOND, period="2011"),
        the("3", UNDATED, period="2012"),
    )
    days = ["2014-10-29", "2014-10-30", "2024-04-30", "2024-05-01"]
    said = [values(build, f"victim_counts_as_of('{day}')") for day in days]
    assert said == [[], [2], [2], [2, 3]]
    assert values(build, "victim_counts_latest") == [2, 3]


def test_letters_of_one_day_stand_side_by_side(made: Any) -> None:
    build = made(
        the("1", FIRST, period="2011"), the("2", FIRST, period="2011"), the("3", SECOND, period="2011")
    )
    assert values(build, "victim_counts_as_of('2013-01-01')") == [1, 2]
    assert values(build, "victim_counts_latest") == [3]


def test_a_period_is_the_same_by_another_name_and_so_are_two_sources_in_another_order(made: Any) -> None:
    build = made(
        the("1", FIRST, period="2011", source="CBS; CoMensha"),
        the("2", SECOND, period="2011-01/2011-12", source="CoMensha;CBS"),
        the("3", THIRD, period="2011-S1", source="CBS; CoMensha"),
        the("4", THIRD, period="2011", source="CBS"),
    )
    assert values(build, "victim_counts_latest") == [2, 3, 4]


@pytest.mark.parametrize("mart", MARTS)
def test_the_answer_about_today_is_the_latest(published: Path, mart: str) -> None:
    with store.connect(published) as connection:
        latest = connection.execute(
            f"SELECT * EXCLUDE (superseded_on) FROM {mart}_latest ORDER BY claim_id"
        ).fetchall()
        today = connection.execute(f"FROM {mart}_as_of(current_date) ORDER BY claim_id").fetchall()
    assert latest == today
    assert latest


def test_every_figure_tells_since_when_it_is_known(published: Path) -> None:
    query = "SELECT run_id, first_seen::VARCHAR, letter_date::VARCHAR FROM victim_counts ORDER BY value"
    with store.connect(published) as connection:
        assert connection.execute(query).fetchall() == [
            ("first", "2024-05-01 02:00:00", "2012-04-27"),
            ("second", "2024-05-01 02:00:00", "2013-04-27"),
        ]
