"""What follows from letters of which one is withdrawn or issued again stands as long as they do."""

from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from store_frames import a_claim, a_letter, tables
from test_properties import AT_LENGTH, FEW, OF_LETTERS, Read, add, letters_about, rows, undone

from warehouse import store
from warehouse.checking import check_results
from warehouse.loading import load
from warehouse.views import make_views

Build = duckdb.DuckDBPyConnection
Stated = tuple[dict[str, Any], list[dict[str, Any]]]

COMPARED = {"derived_figures": "letter_date", "discrepancies": "known_on"}
GROWTH: dict[str, Any] = {"kind": "growth", "unit": "percent", "direction": "increase", "base_period": "2011"}


def letter(number: int, issued: str, *figures: tuple[str, int, dict[str, Any]], **facts: Any) -> Stated:
    """A letter of a day with its figures: period, value, and what else is told of them."""
    text = f"Brief {number}: " + "; ".join(str(value) for _, value, _ in figures)
    day = date.fromisoformat(issued)
    of = a_letter(text, day, **({"identifier": f"kst-28638-{number}", "provider": "sru"} | facts))
    start, claims = len(f"Brief {number}: "), []
    for period, value, told in figures:
        span = {"char_start": start, "char_end": start + len(str(value))}
        span |= {"sentence_quote_start": span["char_start"], "sentence_quote_end": span["char_end"]}
        claim_id = f"{of['letter_id'][:8]}-{start}"
        of_claim = {"period": period, "source": "CoMensha", "claim_id": claim_id} | told
        claims.append(a_claim(of, str(value), float(value), **of_claim) | span)
        start += len(str(value)) + 2
    return of, claims


def ending(of: Stated, on: str) -> Stated:
    return of[0] | {"withdrawn_on": date.fromisoformat(on)}, of[1]


def made(build: Build, *of: Stated) -> Build:
    load(build, tables("one", [each for each, _ in of], [claim for _, claims in of for claim in claims]), "v")
    make_views(build)
    assert [each for each in check_results(build) if each.bad_rows and each.severity == "error"] == []
    return build


def stood(build: Build, mart: str, columns: str, where: str = "true") -> list[tuple[Any, ...]]:
    """Rows of a mart, from which day to which they stood."""
    since = COMPARED[mart]
    query = (
        f"SELECT {columns}, {since}, superseded_on FROM {mart} WHERE {where} ORDER BY {since}, superseded_on"
    )
    return [
        (*row[:-2], *(day and day.isoformat() for day in row[-2:])) for row in build.execute(query).fetchall()
    ]


def on(build: Build, mart: str, columns: str, day: str) -> list[tuple[Any, ...]]:
    return build.execute(f"SELECT {columns} FROM {mart}_as_of(DATE '{day}') ORDER BY ALL").fetchall()


A = letter(1, "2013-01-01", ("2011", 80, {}), ("2012", 100, {}))
B = letter(2, "2014-01-01", ("2012", 120, {}))
C = letter(3, "2014-07-01", ("2012", 160, {}))


def test_a_growth_comes_back_when_the_letter_that_superseded_it_is_withdrawn(empty_build: Build) -> None:
    build = made(empty_build, A, ending(B, "2015-01-01"))
    assert stood(build, "derived_figures", "value") == [
        (25, "2013-01-01", "2014-01-01"),
        (50, "2014-01-01", "2015-01-01"),
        (25, "2015-01-01", None),
    ]
    days = ("2012-12-31", "2013-01-01", "2014-01-01", "2014-12-31", "2015-01-01", "2020-01-01")
    said = [on(build, "derived_figures", "value", day) for day in days]
    assert said == [[], [(25,)], [(50,)], [(50,)], [(25,)], [(25,)]]
    assert build.execute("SELECT value FROM derived_figures_latest").fetchall() == [(25,)]


def test_each_withdrawal_brings_back_what_stood_before(empty_build: Build) -> None:
    build = made(empty_build, A, ending(B, "2016-01-01"), ending(C, "2015-01-01"))
    assert stood(build, "derived_figures", "value") == [
        (25, "2013-01-01", "2014-01-01"),
        (50, "2014-01-01", "2014-07-01"),
        (100, "2014-07-01", "2015-01-01"),
        (50, "2015-01-01", "2016-01-01"),
        (25, "2016-01-01", None),
    ]
    assert stood(build, "discrepancies", "value, other_value") == [
        (100, 120, "2014-01-01", "2014-07-01"),
        (120, 160, "2014-07-01", "2015-01-01"),
        (100, 120, "2015-01-01", "2016-01-01"),
    ]


def test_of_many_withdrawals_the_last_are_told_and_nothing_wrong_of_the_others(empty_build: Build) -> None:
    withdrawn = [
        ending(
            letter(10 + month, f"2014-{month:02}-01", ("2012", 100 + 10 * month, {})), f"2014-{month:02}-15"
        )
        for month in range(1, 11)
    ]
    build = made(empty_build, A, *withdrawn)
    days = ("2013-12-31", "2014-01-14", "2014-01-15", "2014-03-14", "2014-03-15", "2014-10-14", "2014-10-15")
    said = [on(build, "derived_figures", "value", day) for day in days]
    assert said == [[(25,)], [(37.5,)], [], [(62.5,)], [(25,)], [(150,)], [(25,)]]
    assert build.execute("SELECT value FROM derived_figures_latest").fetchall() == [(25,)]


def test_a_withdrawn_letter_that_is_issued_again_counts_from_that_day(empty_build: Build) -> None:
    again = letter(2, "2014-01-01", ("2012", 140, {}), modified=datetime.fromisoformat("2015-06-01T09:00"))
    first, claims = ending(B, "2015-01-01")
    build = made(
        empty_build, A, (first | {"modified": datetime.fromisoformat("2014-01-02T09:00")}, claims), again
    )
    assert stood(build, "derived_figures", "value") == [
        (25, "2013-01-01", "2014-01-01"),
        (50, "2014-01-01", "2015-01-01"),
        (25, "2015-01-01", "2015-06-01"),
        (75, "2015-06-01", None),
    ]


def test_what_no_ended_letter_had_part_in_stands_without_a_break(empty_build: Build) -> None:
    other = letter(4, "2013-06-01", ("2012", 90, {"source": "CBS"}), ("2012", 7, {"population": "sex=F"}))
    build = made(empty_build, A, ending(other, "2015-01-01"))
    assert stood(build, "derived_figures", "value") == [(25, "2013-01-01", None)]
    assert stood(build, "discrepancies", "value, other_value") == [(100, 90, "2013-06-01", "2015-01-01")]


def test_two_sources_differ_again_when_what_brought_them_together_is_withdrawn(empty_build: Build) -> None:
    other = letter(4, "2013-06-01", ("2012", 117, {"source": "CBS"}))
    alike = letter(2, "2014-01-01", ("2012", 117, {}))
    build = made(empty_build, A, other, ending(alike, "2015-01-01"))
    between = "verdict = 'other_source'"
    assert stood(build, "discrepancies", "value, other_value", between) == [
        (100, 117, "2013-06-01", "2014-01-01"),
        (100, 117, "2015-01-01", None),
    ]
    ((compared, agreeing),) = build.execute(
        "SELECT compared, agreeing FROM coverage WHERE aspect = 'comparison' AND subject = 'restated'"
    ).fetchall()
    # 100 and 117 of two bodies, twice; 117 of both; 100 and 117 of one.
    assert (compared, agreeing) == (4, 1)


def test_a_forecast_is_held_against_the_outcome_that_stands(empty_build: Build) -> None:
    forecast = letter(1, "2012-01-01", ("2012", 150, {"status": "expected"}))
    build = made(empty_build, forecast, ending(B, "2015-01-01"), C)
    expected = "kind = 'expectation'"
    assert stood(build, "discrepancies", "value, other_value", expected) == [
        (150, 120, "2014-01-01", "2014-07-01"),
        (150, 160, "2014-07-01", None),
    ]
    for day, value in (("2014-12-31", 160), ("2015-01-01", 160)):
        assert on(build, "discrepancies", "other_value", day)[:1] == [(value,)]


def test_a_stated_growth_is_held_against_the_counts_that_stand(empty_build: Build) -> None:
    growth = letter(5, "2014-03-01", ("2012", 25, GROWTH))
    build = made(empty_build, A, ending(B, "2015-01-01"), growth)
    assert stood(build, "discrepancies", "value, other_value", "kind = 'growth'") == [
        (25, 50, "2014-03-01", "2015-01-01")
    ]
    assert stood(build, "derived_figures", "value", "method = 'count_before_growth'") == [
        (80, "2015-01-01", None)
    ]


def test_a_sum_of_parts_comes_back(empty_build: Build) -> None:
    def parts(number: int, issued: str, women: int, men: int) -> Stated:
        return letter(
            number, issued, ("2012", women, {"population": "sex=F"}), ("2012", men, {"population": "sex=M"})
        )

    build = made(
        empty_build, parts(1, "2013-01-01", 60, 40), ending(parts(2, "2014-01-01", 65, 45), "2015-01-01")
    )
    assert stood(build, "derived_figures", "value", "method = 'sum_of_parts'") == [
        (100, "2013-01-01", "2014-01-01"),
        (110, "2014-01-01", "2015-01-01"),
        (100, "2015-01-01", None),
    ]


@pytest.mark.parametrize(
    "nights", [["A", "B", "B withdrawn"], ["B withdrawn", "A"], ["A", "B withdrawn", "C"]]
)
def test_nights_make_what_one_build_makes(tmp_path: Path, nights: list[str]) -> None:
    of = {"A": A, "B": B, "B withdrawn": ending(B, "2015-01-01"), "C": C}
    warehouse, whole = tmp_path / "w.duckdb", tmp_path / "whole.duckdb"
    for night in nights:
        publish(warehouse, night, of[night])
    publish(whole, "all", *(of[night] for night in nights if night != "B"))
    for relation in OF_LETTERS:
        if relation != "row_count":
            assert held(warehouse, relation) == held(whole, relation), relation


def publish(warehouse: Path, run_id: str, *of: Stated) -> None:
    claims = [claim for _, stated in of for claim in stated]
    frames = tables(run_id, [each for each, _ in of], claims, known=store.known_forms(warehouse))
    store.publish(warehouse, frames, keep=9)


def held(warehouse: Path, relation: str) -> list[tuple[Any, ...]]:
    with store.connect(warehouse) as connection:
        return rows(connection, relation)


TOLD = {
    "period": "2011",
    "source": "CoMensha",
    "population": "total",
    "precision": "exact",
    "status": "realised",
}
COUNT: dict[str, Any] = TOLD | {"kind": "count", "measure_code": "trafficking_victims"}
PLACES = TOLD | {"kind": "capacity", "measure_code": "shelter_places", "unit": "places"}
#: Each of them follows from others, or is held against them.
RELATED: list[dict[str, Any]] = [
    COUNT,
    COUNT | {"period": "2010"},
    COUNT | {"source": "CBS"},
    COUNT | {"population": "sex=F"},
    COUNT | {"population": "sex=M"},
    COUNT | {"status": "expected"},
    COUNT | {"status": "target", "period": "2011-12"},
    COUNT | GROWTH | {"base_period": "2010"},
    COUNT | GROWTH | {"base_period": "2008", "period": "2011"},
    COUNT | {"period": "2008"},
    *(COUNT | {"source": None, "period": period} for period in ("2010", "2011")),
    PLACES | {"period": "2011-12"},
    PLACES | {"period": "2011-12-31", "status": "expected"},
    PLACES | {"period": "2011-12-31/", "status": "expected"},
]
ISSUED = [date(year, month, 1) for year in (2012, 2013, 2014) for month in (2, 8)]
ENDS = [date(2013, 9, 1), date(2014, 5, 1), date(2014, 12, 1), date(2016, 3, 1)]


@settings(FEW, max_examples=60 if AT_LENGTH else 2)
@given(of=letters_about(RELATED, [*ISSUED, None], 0), draw=st.randoms(use_true_random=False))
def test_what_had_been_said_by_a_day_is_what_the_letters_that_stood_then_say(
    build_file: Path, of: list[Read], draw: Random
) -> None:
    with undone(build_file) as build:
        add(build, "one", [(ended(each, draw), claims, cited) for each, claims, cited in of])
        make_views(build)
        assert [each for each in check_results(build) if each.bad_rows and each.severity == "error"] == []
        for day in ("2013-05-05", "2014-05-01", "2014-09-01", "2030-01-01"):
            told = {mart: by_then(build, mart, day) for mart in COMPARED}
            assert told == alone(build_file, build, day), day


def ended(of: dict[str, Any], draw: Random) -> dict[str, Any]:
    """The letter, and whether and when it was withdrawn."""
    later = [end for end in ENDS if of["letter_date"] and end > of["letter_date"]]
    return of | {"withdrawn_on": draw.choice(later)} if later and draw.random() < 0.5 else of


def by_then(build: Build, mart: str, day: str) -> list[tuple[Any, ...]]:
    """What a mart answers about a day, but for since when."""
    query = f"SELECT * EXCLUDE ({COMPARED[mart]}) FROM {mart}_as_of(DATE '{day}') ORDER BY ALL"
    return build.execute(query).fetchall()


def alone(build_file: Path, build: Build, day: str) -> dict[str, list[tuple[Any, ...]]]:
    """What the marts answer about a day in a build of those letters alone that stood on it."""
    frames = {name: build.sql(f"FROM {name}").pl() for name in ("run", "letter", "claim")}
    with undone(build_file) as other:
        for name, frame in frames.items():
            other.register("frame", frame)
            other.execute(f"INSERT OR IGNORE INTO {name} BY NAME FROM frame")
        other.execute(
            f"DELETE FROM claim WHERE letter_id IN (SELECT letter_id FROM letter WHERE ended_on <= '{day}')"
        )
        other.execute("UPDATE letter SET ended_on = NULL")
        make_views(other)
        return {mart: by_then(other, mart, day) for mart in COMPARED}
