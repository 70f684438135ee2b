"""Codes with labels: who is counted, when, in which standing."""

from datetime import date

import duckdb
import pytest
from store_frames import a_claim, a_letter, tables

from transforms import schemas, vocabulary
from warehouse.definitions import MACROS, sql
from warehouse.loading import load
from warehouse.views import make_views

Build = duckdb.DuckDBPyConnection
LETTER = a_letter("1 2 3 4", date(2015, 1, 1))


@pytest.fixture
def made(empty_build: Build) -> Build:
    populations = ["sex=F;age_group=minor", "nationality=NG", "setting=women;colour=blue", "total"]
    periods = ["2011", "2011-01/2011-12", "2003/", None]
    claims = [
        a_claim(LETTER, str(n), n, population=population, period=period)
        for n, (population, period) in enumerate(zip(populations, periods, strict=True), 1)
    ]
    claims[3] |= {"base_period": "2010-S2"}
    load(empty_build, tables("one", [LETTER], claims), "v")
    make_views(empty_build)
    return empty_build


def test_a_population_is_told_attribute_by_attribute(made: Build) -> None:
    assert made.execute(
        "SELECT population, label_nl, label_en, sex, age_group, nationality, setting FROM population"
    ).fetchall() == [
        ("nationality=NG", "Nigeria", "Nigeria", None, None, "NG", None),
        ("part", "deel, niet nader genoemd", "part, not further told", None, None, None, None),
        (
            "setting=women;colour=blue", "vrouwenopvang; colour=blue", "women; colour=blue",
            None, None, None, "women",
        ),
        (
            "sex=F;age_group=minor", "vrouwelijk; minderjarig (jonger dan 18)", "female; minor (under 18)",
            "F", "minor", None, None,
        ),
        ("total", "totaal", "total", None, None, None, None),
        ("unspecified", "niet vermeld", "not told", None, None, None, None),
    ]  # fmt: skip


def test_every_value_of_the_grammar_has_labels(made: Build) -> None:
    words = vocabulary.words("populations")
    used = {(entry["name"], entry["value"]) for entry in words["attribute"]}
    used |= {("nationality", code) for code in words["nationality"]["codes"]}
    assert set(made.execute("SELECT attribute, code FROM population_attribute").fetchall()) == used


def test_every_status_and_unit_has_labels_and_an_sdmx_code(made: Build) -> None:
    statuses = made.execute("SELECT status, sdmx_code, sdmx_codelist FROM status").fetchall()
    assert {status for status, _, _ in statuses} == set(schemas.STATUSES)
    assert [row[:2] for row in statuses if row[2] == "SDMX:CL_OBS_STATUS"] == [
        ("realised", "A"),
        ("expected", "F"),
    ]
    units = vocabulary.dimensions()["unit"]
    assert set(units["unit"]) == set(schemas.UNITS)
    assert units.null_count().sum_horizontal().item() == 0


def test_periods_are_days_of_the_calendar(made: Build) -> None:
    found = made.execute("SELECT period, first_day::VARCHAR, last_day::VARCHAR, year, span FROM period")
    assert found.fetchall() == [
        ("2003/", "2003-01-01", None, None, "2003-01-01/"),
        ("2010-S2", "2010-07-01", "2010-12-31", 2010, "2010-07-01/2010-12-31"),
        ("2011", "2011-01-01", "2011-12-31", 2011, "2011-01-01/2011-12-31"),
        ("2011-01/2011-12", "2011-01-01", "2011-12-31", 2011, "2011-01-01/2011-12-31"),
    ]


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2012-S1", "2012-01-01", "2012-06-30"),
        ("2022-Q4", "2022-10-01", "2022-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022-W01", "2022-01-03", "2022-01-09"),
        ("2022-08-23", "2022-08-23", "2022-08-23"),
        ("2016/2020", "2016-01-01", "2020-12-31"),
        ("/2024", None, "2024-12-31"),
        ("2012-07/2013-S1", "2012-07-01", "2013-06-30"),
        ("2022-02-30", None, None),
        ("2024-13", None, None),
        ("2022-Q5", None, None),
        ("ooit", None, None),
        (None, None, None),
    ],
)
def test_a_period_has_a_first_and_a_last_day(period: str | None, first: str | None, last: str | None) -> None:
    with duckdb.connect() as connection:
        for macro in MACROS:
            connection.execute(sql("macros", macro))
        days = (
            "SELECT period_first_day(p)::VARCHAR, period_last_day(p)::VARCHAR FROM (SELECT ?::VARCHAR AS p)"
        )
        assert connection.execute(days, [period]).fetchall() == [(first, last)]
