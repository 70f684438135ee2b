"""Each check finds the fault it guards against, and nothing else does."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from store_frames import AGENCIES, a_claim, a_letter, a_reference, tables

from warehouse import store
from warehouse.building import build
from warehouse.checking import check_results, checks
from warehouse.errors import ChecksFailedError
from warehouse.loading import load
from warehouse.views import make_views

LETTER = a_letter("In 2011 zijn 12 slachtoffers geteld, zie 28 638, nr. 57.")
CLAIM = a_claim(LETTER, "12", 12, period="2011")
REFERENCE = a_reference(LETTER, "28 638, nr. 57", "28638", "57")
PERCENT = {"unit": "percent", "value": 101.0}

FAULTS: list[tuple[str, dict[str, Any]]] = [
    ("quotes_open", {"claims": [CLAIM | {"char_start": 8}]}),
    ("quotes_open", {"claims": [CLAIM | {"char_end": 999}]}),
    ("quotes_open", {"references": [REFERENCE | {"quote": "28 638, nr. 58"}]}),
    ("sentence_offsets_in_bounds", {"claims": [CLAIM | {"sentence_quote_end": 999}]}),
    ("sentence_offsets_in_bounds", {"claims": [CLAIM | {"sentence": None}]}),
    ("sentence_offsets_in_bounds", {"claims": [CLAIM | {"sentence_quote_start": None}]}),
    ("keys_unique", {"claims": [CLAIM, CLAIM | {"claim_id": "another"}]}),
    ("keys_unique", {"references": [REFERENCE, REFERENCE | {"reference_id": "another"}]}),
    ("periods_notation", {"claims": [CLAIM | {"period": "april 2011"}]}),
    ("periods_notation", {"claims": [CLAIM | {"period": "2011-13"}]}),
    ("periods_notation", {"claims": [CLAIM | {"base_period": "2010/2011/2012"}]}),
    ("periods_notation", {"claims": [CLAIM | {"period": "/"}]}),
    ("sources_known", {"claims": [CLAIM | {"source": "CoMensha;Niemand"}]}),
    ("measures_known", {"claims": [CLAIM | {"measure": "slachtoffers"}]}),
    ("run_counts", {"claims": [CLAIM], "run": {"letters_rejected": 1}}),
    ("run_counts", {"run": {"letters_read": 0}}),
    ("percentages_plausible", {"claims": [CLAIM | PERCENT | {"kind": "share"}]}),
    ("percentages_plausible", {"claims": [CLAIM | PERCENT | {"kind": "growth", "direction": "decrease"}]}),
    ("years_plausible", {"claims": [CLAIM | {"period": "1838"}]}),
    ("years_plausible", {"claims": [CLAIM | {"period": "2011/2053"}]}),
    ("years_plausible", {"claims": [CLAIM | {"base_period": "1944"}]}),
    ("letters_dated", {"letters": [LETTER | {"letter_date": None}]}),
    ("one_letter_per_identifier", {
        "letters": [LETTER | {"identifier": "kst-1-2"}, a_letter("Nog een.") | {"identifier": "kst-1-2"}]
    }),
]  # fmt: skip


def faults_found(connection: duckdb.DuckDBPyConnection, frames: dict[str, pl.DataFrame]) -> set[str]:
    load(connection, frames, "v")
    make_views(connection)
    return {check.name for check in check_results(connection) if check.bad_rows}


@pytest.mark.parametrize(("check", "fault"), FAULTS)
def test_a_check_finds_its_fault(
    empty_build: duckdb.DuckDBPyConnection, check: str, fault: dict[str, Any]
) -> None:
    letters, run = fault.get("letters", [LETTER]), fault.get("run", {})
    frames = tables("one", letters, fault.get("claims", []), fault.get("references", []), **run)
    assert faults_found(empty_build, frames) == {check}


def test_figures_at_the_edge_of_the_plausible_pass(empty_build: duckdb.DuckDBPyConnection) -> None:
    text = "1 2 3 4 5 6 7 8 9"
    letter = a_letter(text, date(2012, 1, 1))
    periods = ["1945", "2052", "2012-S2", "2022-W53", "2012-02-29", "2003/", "/2024", "2016-Q1/2020-Q4", None]
    claims = [
        a_claim(letter, quote, int(quote), period=p) for quote, p in zip(text.split(), periods, strict=True)
    ]
    claims[0] |= {"kind": "share", "unit": "percent", "value": 100.0}
    claims[1] |= {"kind": "growth", "unit": "percent", "value": 1900.0, "direction": "increase"}
    claims[2] |= {"source": "CoMensha; CBS"}
    claims[3] |= {"sentence": None, "sentence_quote_start": None, "sentence_quote_end": None}
    assert faults_found(empty_build, tables("one", [letter], claims)) == set()


@pytest.mark.parametrize(
    ("view", "problem"),
    [
        ("SELECT * FROM victim_counts_as_made WHERE value <> 12", "not in the mart"),
        (
            "SELECT * FROM victim_counts_as_made UNION ALL FROM victim_counts_as_made",
            "not a claim of this mart",
        ),
    ],
)
def test_a_mart_that_loses_or_doubles_a_claim_is_noticed(tmp_path: Path, view: str, problem: str) -> None:
    file = tmp_path / "build.duckdb"
    build(file, None, tables("one", [LETTER], [CLAIM]), "v")
    (check,) = [check for check in checks() if check.name == "marts_hold_their_claims"]
    with duckdb.connect(file) as connection:
        assert connection.execute(check.query).fetchall() == []
        connection.execute("CREATE TABLE victim_counts_as_made AS FROM victim_counts")
        connection.execute(f"CREATE OR REPLACE VIEW victim_counts AS {view}")
        found = connection.execute(check.query).fetchall()
    assert [row[:2] for row in found] == [(problem, "victim_counts")]


def test_every_check_is_tried_here() -> None:
    assert {check.name for check in checks()} == {name for name, _ in FAULTS} | {"marts_hold_their_claims"}


def test_a_warning_is_recorded_and_published(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    undated = [LETTER | {"letter_date": None}]
    assert store.publish(warehouse, tables("one", undated), keep=1).warnings == {"letters_dated": 1}
    with store.connect(warehouse) as connection:
        noted = connection.execute("SELECT check_name, severity, bad_rows FROM check_result WHERE NOT passed")
        assert noted.fetchall() == [("letters_dated", "warning", 1)]


def test_a_failure_names_every_check_with_at_most_three_rows(tmp_path: Path) -> None:
    letter = a_letter("10 20 30 40 50")
    claims = [a_claim(letter, quote, int(quote), period="ooit") for quote in letter["text"].split()]
    claims[0] |= {"quote": "1" * 200}
    with pytest.raises(ChecksFailedError) as failure:
        build(tmp_path / "build.duckdb", None, tables("one", [letter], claims), "v")
    lines = str(failure.value).splitlines()
    assert lines[0] == "2 of the checks failed; nothing was published, the version before stays"
    assert [line for line in lines if line.startswith("  ") and line[2] != " "] == [
        "  periods_notation: 5 bad rows",
        "  quotes_open: 1 bad row",
    ]
    assert len(lines) == 1 + 2 + 3 + 1
    assert max(map(len, lines)) < 400


def test_known_agencies_are_those_of_all_runs(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    store.publish(warehouse, tables("one"), keep=1)
    credited = tables("two", [LETTER], [CLAIM | {"source": "CBS"}]) | {"source_agency": AGENCIES.head(1)}
    assert store.publish(warehouse, credited, keep=1).marts["victim_counts"] == 1
