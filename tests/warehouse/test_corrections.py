"""Corrections: what they change in the marts, what stays as it was, and when they no longer fit."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from editing import edit
from store_frames import a_claim, a_letter, tables

from warehouse import store
from warehouse.checking import check_results, checks
from warehouse.correcting import ENTRY
from warehouse.errors import ChecksFailedError
from warehouse.loading import load
from warehouse.views import make_views

Build = duckdb.DuckDBPyConnection
Claim = dict[str, Any]

LETTER = a_letter(
    "In 2010 waren er 984 slachtoffers. In 2011 telde CoMensha 1222 slachtoffers.", identifier="kst-28638-75"
)
EARLIER, CLAIM = (
    a_claim(LETTER, "984", 984, period="2010", sentence="In 2010 waren er 984 slachtoffers."),
    a_claim(LETTER, "1222", 1222, period="2011", source="CoMensha"),
)
PLACE = {"identifier": "kst-28638-75", "quote": "1222", "sentence": "telde  CoMensha"}
WHY = {"reason": "a slip", "found_by": "J. Jansen", "found_on": date(2024, 5, 1)}


def entries(*given: dict[str, Any]) -> pl.DataFrame:
    """Frame of entries; each has `set`, the new values, and `expects`, as the file would."""
    rows = []
    for number, entry in enumerate(given, start=1):
        overridden, expected = entry.pop("set", {}), entry.pop("expects", {"value": 1222})
        rows.append(
            PLACE | WHY | overridden | {
                "correction_id": f"c{number}",
                "entry": number,
                "action": "override" if overridden else "drop",
                "fields": list(overridden),
                "expected_fields": list(expected),
                "expected_values": [None if value is None else str(value) for value in expected.values()],
            } | entry
        )  # fmt: skip
    return pl.DataFrame(rows, schema=ENTRY)


def publish(warehouse: Path, *given: dict[str, Any], **frames: Any) -> None:
    built = tables("first", [LETTER], [EARLIER, CLAIM]) | {"correction": entries(*given)} | frames
    store.publish(warehouse, built, keep=2)


def once_more(name: str, source: str = "CoMensha", *more: Claim) -> tuple[dict[str, Any], list[Claim]]:
    """The letter and its claims, and more claims, under ids of their own; the name is its identifier."""
    letter = LETTER | {"letter_id": name, "identifier": name, "text": f"{LETTER['text']} {name}"}
    claims = [EARLIER, CLAIM | {"source": source}, *more]
    return letter, [
        claim | {"letter_id": name, "claim_id": f"{claim['claim_id']} {name}"} for claim in claims
    ]


@contextmanager
def corrected(
    build_file: Path, letters: list[tuple[dict[str, Any], list[Claim]]], *given: dict[str, Any]
) -> Iterator[Build]:
    """A build with these letters and entries, undone in the end."""
    claims = [claim for _, of_letter in letters for claim in of_letter]
    with duckdb.connect(build_file) as connection:
        connection.begin()
        load(connection, tables("one", [letter for letter, _ in letters], claims), "v")
        make_views(connection, entries(*given))
        yield connection


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "w.duckdb"


def rows(warehouse: Path, query: str) -> list[tuple[Any, ...]]:
    with store.connect(warehouse) as connection:
        return connection.execute(query).fetchall()


NEW = {"value": 1212.0, "period": "2012", "population": "age_group=minor;sex=F", "source": None}


@pytest.fixture(scope="module")
def fitting(build_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Build]:
    """Letters that are corrected each in a way of its own."""
    other = CLAIM | {"kind": "other", "measure": "x", "measure_code": None, "claim_id": "other"}
    letters = [once_more(name) for name in ("overridden", "by place", "by letter_id")]
    letters += [once_more("dropped", "CBS"), once_more("alike", "CoMensha", other)]
    with corrected(
        # open while other tests write to theirs
        shutil.copy(build_file, tmp_path_factory.mktemp("fitting")),
        letters,
        {"identifier": "overridden", "set": dict(NEW)},
        {"identifier": "dropped", "expects": {"value": 1222, "source": "CBS", "value_high": None}},
        {"identifier": "by place", "sentence": None, "quote": None, "char_start": CLAIM["char_start"]},
        {"identifier": None, "letter_id": "by letter_id"},
        {"identifier": "alike", "expects": {"value": 1222, "kind": "other"}},
    ) as build:
        yield build


def test_all_these_corrections_fit(fitting: Build) -> None:
    assert [check for check in check_results(fitting) if check.bad_rows] == []
    assert fitting.execute("SELECT letter FROM correction WHERE claim_id IS NULL").fetchall() == []


def test_an_override_changes_the_marts_and_leaves_the_claim(fitting: Build) -> None:
    mart = """
        SELECT year, value, population, source, quote, correction_id
        FROM victim_counts WHERE identifier = 'overridden' ORDER BY year
    """
    assert fitting.execute(mart).fetchall() == [
        (2010, 984, "total", None, "984", None),
        (2012, 1212, "age_group=minor;sex=F", None, "1222", "c1"),
    ]
    claim = """
        SELECT value, period, population, source, sex, age_group
        FROM {} WHERE quote = '1222' AND letter_id = 'overridden'
    """
    assert fitting.execute(claim.format("claim")).fetchall() == [
        (1222, "2011", "total", "CoMensha", None, None)
    ]
    assert fitting.execute(claim.format("corrected_claim")).fetchall() == [
        (1212, "2012", "age_group=minor;sex=F", None, "F", "minor")
    ]
    label = "SELECT label_en FROM population WHERE sex = 'F'"
    assert fitting.execute(label).fetchall() == [("minor (under 18); female",)]
    span = "SELECT span FROM period WHERE period = '2012'"
    assert fitting.execute(span).fetchall() == [("2012-01-01/2012-12-31",)]
    told = """
        SELECT action, fields, value, reason, found_by, found_on, problem
        FROM correction WHERE letter = 'overridden'
    """
    assert fitting.execute(told).fetchall() == [("override", list(NEW), 1212, *WHY.values(), None)]


def test_a_drop_takes_a_claim_from_the_marts_alone(fitting: Build) -> None:
    assert left_of(fitting, "dropped") == ["984"]
    assert fitting.execute("SELECT count(*) FROM claim WHERE letter_id = 'dropped'").fetchall() == [(2,)]
    assert fitting.execute("SELECT claims FROM coverage WHERE subject = 'CBS'").fetchall() == []


def left_of(build: Build, letter: str) -> list[str]:
    """Quotes of a letter in the mart."""
    query = "SELECT quote FROM victim_counts WHERE identifier = $1 ORDER BY quote"
    return [quote for (quote,) in build.execute(query, [letter]).fetchall()]


@pytest.mark.parametrize("letter", ["by place", "by letter_id"])
def test_letter_and_claim_are_named_in_two_ways(fitting: Build, letter: str) -> None:
    assert left_of(fitting, letter) == ["984"]


def test_claims_that_are_alike_are_told_apart(fitting: Build) -> None:
    of_alike = "SELECT claim_id FROM correction WHERE letter = 'alike'"
    assert fitting.execute(of_alike).fetchall() == [("other alike",)]
    assert left_of(fitting, "alike") == ["1222", "984"]


def test_corrected_claims_have_the_columns_of_claims(empty_build: Build) -> None:
    columns = empty_build.table("claim").columns
    assert empty_build.table("corrected_claim").columns == [*columns, "correction_id"]
    assert empty_build.table("correction").fetchall() == []


def test_comparisons_are_of_corrected_figures(build_file: Path) -> None:
    later = a_letter("In 2011 telde CoMensha 1212 slachtoffers.", date(2013, 1, 1))
    said = a_claim(later, "1212", 1212, period="2011", source="CoMensha")
    pairs = "SELECT kind, value, other_value FROM discrepancies"
    with corrected(build_file, [(LETTER, [EARLIER, CLAIM]), (later, [said])]) as build:
        assert build.execute(pairs).fetchall() == [("restated", 1222, 1212)]
        make_views(build, entries({"set": {"value": 1212.0}}))
        assert build.execute(pairs).fetchall() == []
        agreeing = "SELECT compared, agreeing FROM coverage WHERE subject = 'restated'"
        assert build.execute(agreeing).fetchall() == [(1, 1)]


def test_each_build_applies_what_the_file_says_now(warehouse: Path) -> None:
    publish(warehouse, {})
    assert rows(warehouse, "SELECT quote FROM victim_counts") == [("984",)]
    store.publish(warehouse, tables("second"), keep=2)
    assert rows(warehouse, "SELECT quote FROM victim_counts ORDER BY quote") == [("1222",), ("984",)]
    assert rows(warehouse, "SELECT * FROM correction") == []


MISFITS: list[tuple[dict[str, Any], str]] = [
    ({"expects": {"value": 1223, "kind": "growth"}}, "kind is count, not growth; value is 1222, not 1223"),
    ({"expects": {"source": None}}, "source is CoMensha, not none"),
    ({"quote": "1223"}, "no claim stands there"),
    ({"sentence": "telde het CBS"}, "no claim stands there"),
    ({"char_start": 3}, "no claim stands there"),
    ({"set": {"unit": "apples"}}, "no unit is called apples"),
    ({"set": {"measure": "apples"}}, "no measure has the code apples"),
    ({"set": {"source": "CBS; Niemand"}}, "not all are known as bodies: CBS; Niemand"),
    ({"set": {"period": "vorig jaar"}}, "no period: vorig jaar"),
    ({"set": {"value_high": 1000.0}}, "value_high is not above value"),
]


@pytest.fixture(scope="module")
def problems(build_file: Path) -> dict[str, tuple[str, str]]:
    """Quote and problem that the check finds, by letter: each misfit has a letter of its own."""
    letters = [once_more(problem_letter(number)) for number, _ in enumerate(MISFITS)]
    given = [{"identifier": problem_letter(number)} | entry for number, (entry, _) in enumerate(MISFITS)]
    (check,) = [check for check in checks() if check.name == "corrections_expected"]
    with corrected(build_file, letters, *given) as build:
        return {letter: rest for _, letter, *rest in build.execute(check.query).fetchall()}


def problem_letter(number: int) -> str:
    return f"kst-1-{number}"


@pytest.mark.parametrize(
    ("number", "entry", "problem"), [(number, *misfit) for number, misfit in enumerate(MISFITS)]
)
def test_a_correction_that_does_not_fit_is_found(
    problems: dict[str, tuple[str, str]], number: int, entry: dict[str, Any], problem: str
) -> None:
    assert problems[problem_letter(number)] == [entry.get("quote", "1222"), problem]


def test_a_correction_that_does_not_fit_stops_publishing(warehouse: Path) -> None:
    with pytest.raises(ChecksFailedError) as failure:
        publish(warehouse, {"expects": {"value": 1223}})
    (check,) = failure.value.failed
    problem = "value is 1222, not 1223"
    assert [check.name, *check.examples] == [
        "corrections_expected",
        {"entry": 1, "letter": "kst-28638-75", "quote": "1222", "problem": problem},
    ]
    assert "KAMERCIJFERS_CORRECTIONS" in str(failure.value)
    assert not warehouse.exists()


def problems_with(build: Build) -> list[tuple[str, str]]:
    """Letter and problem of each correction with a problem."""
    return build.execute(
        "SELECT letter_id, problem FROM correction WHERE problem IS NOT NULL ORDER BY entry"
    ).fetchall()


def test_two_corrections_of_one_claim_do_not_fit(build_file: Path) -> None:
    both = {"identifier": "a"}, {"identifier": "a", "set": {"value": 1212.0}}
    with corrected(build_file, [once_more("a")], *both) as build:
        assert problems_with(build) == [("a", "another entry corrects the same claim")] * 2


def test_a_correction_of_several_claims_does_not_fit(build_file: Path) -> None:
    other = CLAIM | {"kind": "other", "measure": "x", "measure_code": None, "claim_id": "other"}
    with corrected(build_file, [once_more("a", "CoMensha", other)], {"identifier": "a"}) as build:
        assert problems_with(build) == [("a", "several claims are so: give char_start, or expect more")]


def test_another_copy_of_the_letter_must_bear_the_correction_too(build_file: Path) -> None:
    copy = a_letter(LETTER["text"].replace("1222", "1212"), identifier="kst-28638-75")
    claim = a_claim(copy, "1212", 1212, period="2011", source="CoMensha")
    with corrected(build_file, [(LETTER, [EARLIER, CLAIM]), (copy, [claim])], {}) as build:
        assert problems_with(build) == [(copy["letter_id"], "no claim stands there")]
        make_views(build, entries({"identifier": None, "letter_id": LETTER["letter_id"]}))
        assert problems_with(build) == []
        assert left_of(build, "kst-28638-75") == ["1212", "984"]


def test_a_letter_that_is_not_here_is_waited_for(warehouse: Path) -> None:
    built = tables("first") | {"correction": entries({})}
    assert store.publish(warehouse, built, keep=1).warnings == {"corrections_used": 1}
    assert store.known_corrections(warehouse) == {"c1"}
    store.publish(warehouse, tables("second", [LETTER], [CLAIM]) | {"correction": entries({})}, keep=1)
    assert rows(warehouse, "SELECT claim_id, problem FROM correction") == [(CLAIM["claim_id"], None)]


def test_known_corrections_are_those_of_the_current_version(
    warehouse: Path, published_before: Callable[[str], list[str]]
) -> None:
    assert store.known_corrections(warehouse) is None
    published_before("a")
    assert store.known_corrections(warehouse) == set()
    edit(warehouse, "DROP TABLE correction CASCADE")
    assert store.known_corrections(warehouse) == set()
