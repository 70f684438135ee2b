"""Which year a figure gets, which statement is the latest, and what stays out of the marts."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from store_frames import a_claim, a_letter, tables

from warehouse import store
from warehouse.definitions import (
    COMPARISONS,
    MACROS,
    MADE_DIMENSIONS,
    MADE_MARTS,
    MARTS,
    READING_MACROS,
    TABLES,
    VIEWS,
    names,
    sql,
)
from warehouse.loading import load
from warehouse.views import make_views

Build = duckdb.DuckDBPyConnection

GROWTH = {"kind": "growth", "unit": "percent", "direction": "increase"}
PLACES = {"kind": "capacity", "unit": "places", "measure_code": "shelter_places"}
LETTER = a_letter("1 2 3 4 5 6 7 8 9", date(2015, 1, 1))
LATER = a_letter("In 2016: 1 2 3 4 5 7 8 9", date(2016, 1, 1))
UNDATED = a_letter("Ongedateerd: 1 2 3 4 5", None)


def the(quote: str, letter: dict[str, Any] = LETTER, **facts: Any) -> dict[str, Any]:
    return a_claim(letter, quote, float(quote), **facts)


def marts_of(build: Build, query: str, *claims: dict[str, Any]) -> list[tuple[object, ...]]:
    load(build, tables("one", [LETTER, LATER, UNDATED], list(claims)), "v")
    make_views(build)
    return build.execute(query).fetchall()


@pytest.fixture(scope="module")
def macros() -> Build:
    connection = duckdb.connect()
    for macro in MACROS:
        connection.execute(sql("macros", macro))
    return connection


@pytest.mark.parametrize(
    ("period", "start", "end", "whole", "deadline"),
    [
        ("2011", 2011, 2011, 2011, "2011"),
        ("2012-S1", 2012, 2012, 2012, "2012-S1"),
        ("2022-Q2", 2022, 2022, 2022, "2022-Q2"),
        ("2024-10", 2024, 2024, 2024, "2024-10"),
        ("2022-W01", 2022, 2022, 2022, "2022-W01"),
        ("2022-08-23", 2022, 2022, 2022, "2022-08-23"),
        ("2016/2020", 2016, 2020, None, "2020"),
        ("2012-01/2012-07", 2012, 2012, 2012, "2012-07"),
        ("2014/", 2014, None, None, None),
        ("2012-07/", 2012, None, None, None),
        ("/2024", None, 2024, None, "2024"),
        (None, None, None, None, None),
    ],
)
def test_periods_have_years(
    macros: Build,
    period: str | None,
    start: int | None,
    end: int | None,
    whole: int | None,
    deadline: str | None,
) -> None:
    query = (
        "SELECT period_start_year(p), period_end_year(p), period_year(p), period_end(p) FROM (SELECT ? AS p)"
    )
    assert macros.execute(query, [period]).fetchall() == [(start, end, whole, deadline)]


def test_a_number_about_several_years_is_no_year_s(empty_build: Build) -> None:
    claims = [the("1", period="2011"), the("2", period="2003/"), the("3", period="2012/2013"), the("4")]
    claims.append(the("5", period="2012-S1", status="expected"))
    found = marts_of(empty_build, "SELECT value, year FROM victim_counts ORDER BY value", *claims)
    assert found == [(1, 2011), (2, None), (3, None), (4, None), (5, 2012)]


def test_growth_ends_in_its_year_and_starts_from_its_base(empty_build: Build) -> None:
    claims = [
        the("1", **GROWTH, period="2016/2019"),
        the("2", **GROWTH, period="2003/"),
        the("3", **GROWTH, period="2011", base_period="2010"),
        the("4", **GROWTH, period="2012"),
        the("5", **GROWTH, period="2013-Q1", base_period="2011/2012"),
    ]
    query = "SELECT value, year, base_year FROM growth_percentages ORDER BY value"
    assert marts_of(empty_build, query, *claims) == [
        (1, 2019, 2016), (2, None, 2003), (3, 2011, 2010), (4, 2012, None), (5, 2013, None)
    ]  # fmt: skip


def test_a_level_has_the_year_in_which_it_holds_or_from_which_it_is_planned(empty_build: Build) -> None:
    periods = {
        "1": "2011",
        "2": "2012-07/",  # since when there has been a change: not the year of the level reached
        "3": "/2010",
        "4": "2012/2013",
        "5": None,
        "6": "2012-01/2012-03",
    }
    claims = [the(quote, **PLACES, period=period) for quote, period in periods.items()]
    planned = the("7", **PLACES | {"status": "expected"}, period="2012-07/")
    found = marts_of(empty_build, "SELECT value, year FROM capacity_figures ORDER BY value", *claims, planned)
    assert found == [(1, 2011), (2, None), (3, None), (4, None), (5, None), (6, 2012), (7, 2012)]


def test_a_target_has_the_year_of_its_deadline(empty_build: Build) -> None:
    periods = {"1": "2014-12", "2": "2018/2030", "3": "2014/", "4": "/2024", "5": None}
    claims = [the(quote, **GROWTH | {"status": "target"}, period=period) for quote, period in periods.items()]
    found = marts_of(empty_build, "SELECT value, deadline, year FROM policy_targets ORDER BY value", *claims)
    assert found == [
        (1, "2014-12", 2014), (2, "2030", 2030), (3, None, None), (4, "2024", 2024), (5, None, None)
    ]  # fmt: skip


def test_only_figures_of_a_mart_s_own_kind_enter_it(empty_build: Build) -> None:
    claims = [
        the("1", measure_code=None, measure="meisjes"),
        the("2", status="negated"),
        the("3", status="target"),
        the("4", measure_code="criminal_organisations", unit="cases"),
        the("5", kind="share", unit="percent"),
        the("6", **PLACES | {"kind": "growth"}),
        the("7", **PLACES, status="negated"),
        the("8", kind="growth", unit="percent", status="negated"),
    ]
    union = " UNION ALL ".join(f"SELECT '{mart}', value FROM {mart}" for mart in MARTS)
    assert marts_of(empty_build, union, *claims) == [("policy_targets", 3)]


def test_the_newest_statement_of_the_same_figure_is_the_latest(empty_build: Build) -> None:
    claims = [
        the("1", period="2011"),
        the("2", LATER, period="2011"),  # supersedes the first, with another value
        the("3", LATER, period="2011"),  # the same letter: both stay
        the("4", UNDATED, period="2011"),  # an undated letter supersedes nothing
        the("4", period="2012"),  # the figures below each differ from this one in a way that matters
        the("5", LATER, period="2012", source="CBS"),
        the("7", LATER, period="2012", population="sex=F"),
        the("8", LATER, period="2012", status="expected"),
        the("9", LATER, period="2012", statistic="mean", per="month"),
        the("5", UNDATED, period="2009"),  # the only one of its year
    ]
    query = "SELECT value, period, is_latest FROM victim_counts ORDER BY period, value, letter_date"
    assert marts_of(empty_build, query, *claims) == [
        (5, "2009", True),
        (1, "2011", False), (2, "2011", True), (3, "2011", True), (4, "2011", False),
        (4, "2012", True), (5, "2012", True), (7, "2012", True), (8, "2012", True), (9, "2012", True),
    ]  # fmt: skip
    latest = empty_build.execute("SELECT value FROM victim_counts_latest WHERE year = 2011").fetchall()
    assert sorted(latest) == [(2,), (3,)]


def test_a_growth_of_the_other_direction_or_a_new_denial_supersedes(empty_build: Build) -> None:
    shortage = PLACES | {"measure_code": "shelter_shortage", "status": "negated", "period": "2010"}
    claims = [
        the("1", **GROWTH, period="2011", base_period="2010"),
        the("2", LATER, **GROWTH | {"direction": "decrease"}, period="2011", base_period="2010"),
        the("3", LATER, **GROWTH, period="2011", base_period="2009"),
        the("4", **shortage) | {"value": 0.0},
        the("5", LATER, **shortage),  # a denied five says nothing about how many there are
    ]
    union = "SELECT value FROM growth_percentages_latest UNION ALL SELECT value FROM capacity_figures_latest"
    assert sorted(marts_of(empty_build, union, *claims)) == [(0,), (2,), (3,)]


def test_every_mart_begins_with_the_shared_columns(published: Path) -> None:
    shared = [
        "year", "period", "measure", "population", "value", "value_high", "unit", "status", "precision",
        "basis", "source", "letter_id", "identifier", "letter_date", "claim_id", "quote", "is_latest",
    ]  # fmt: skip
    with store.connect(published) as connection:
        for mart in MARTS:
            for relation in (mart, f"{mart}_latest"):
                assert connection.table(relation).columns[:17] == shared


def test_every_sql_file_is_in_use() -> None:
    assert names("schema") == sorted(TABLES)
    assert names("dimensions") == sorted(MADE_DIMENSIONS)
    assert names("comparisons") == sorted(COMPARISONS)
    assert names("marts") == sorted((*MADE_MARTS, *VIEWS))
    assert names("macros") == sorted((*MACROS, *READING_MACROS))
