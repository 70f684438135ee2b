"""Each check finds the fault it guards against, and nothing else does."""

from collections.abc import Iterator
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
ELEVEN = {"char_start": 3, "char_end": 7, "quote": "2011"}
SPACED = LETTER["text"].replace(" ", "\n ")

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
    ("percentages_plausible", {"claims": [CLAIM | PERCENT | {"kind": "share"}]}),
    ("percentages_plausible", {"claims": [CLAIM | PERCENT | {"kind": "growth", "direction": "decrease"}]}),
    ("years_plausible", {"claims": [CLAIM | {"period": "1838"}]}),
    ("years_plausible", {"claims": [CLAIM | {"period": "2011/2053"}]}),
    ("years_plausible", {"claims": [CLAIM | {"base_period": "1944"}]}),
    ("values_plausible", {"claims": [CLAIM | {"value": 1.1e10}]}),
    ("values_plausible", {"claims": [CLAIM | {"value": 12.5}]}),
    ("values_plausible", {"claims": [CLAIM | {"value_high": 13.5, "precision": "range"}]}),
    ("figures_once", {"claims": [CLAIM, CLAIM | {"claim_id": "again"} | ELEVEN]}),
    ("letters_dated", {"letters": [LETTER | {"letter_date": None}]}),
    ("letters_dated", {"letters": [LETTER | {"letter_date": date(2090, 5, 12)}]}),
    ("letters_once", {
        "letters": [
            LETTER | {"identifier": "kst-1-3"},
            LETTER | {"letter_id": "another", "text": SPACED, "identifier": "kst-1-4"},
        ]
    }),
    ("vintages_told_apart", {
        "letters": [LETTER | {"identifier": "kst-1-2"}, a_letter("Nog een.") | {"identifier": "kst-1-2"}]
    }),
    ("vintages_told_apart", {
        "letters": [
            LETTER | {"identifier": "kst-1-5"},
            a_letter("Nog een.", date(2014, 1, 1), identifier="kst-1-5"),
        ]
    }),
]  # fmt: skip


def faults_found(connection: duckdb.DuckDBPyConnection, frames: dict[str, pl.DataFrame]) -> set[str]:
    load(connection, frames, "v")
    make_views(connection)
    return {check.name for check in check_results(connection) if check.bad_rows}


#: Faults whose checks don't tell by which letter they come.
OF_NO_LETTER: list[tuple[str, dict[str, Any]]] = [
    ("run_counts", {"claims": [CLAIM], "run": {"letters_rejected": 1}}),
    ("run_counts", {"run": {"letters_read": 0}}),
    ("populations_known", {"claims": [CLAIM | {"population": "sex=F;shoe=44"}]}),
]


def faulty(number: int, fault: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """The letters, claims and references of a fault, of which nothing is the same in another."""
    own: dict[str, list[dict[str, Any]]] = {}
    for name, row_id in (("letters", "source"), ("claims", "claim_id"), ("references", "reference_id")):
        rows = fault.get(name, [LETTER] if name == "letters" else [])
        own[name] = [
            row | {key: f"fault {number}: {row[key]}" for key in {"letter_id", row_id}} for row in rows
        ]
    for letter in own["letters"]:
        letter["text"] += f" Fout {number}."
    return own


@pytest.fixture(scope="module")
def bad_rows(build_file: Path) -> list[tuple[str, str]]:
    """Check and row of all that the checks find in one build of all faults."""
    faults = [faulty(number, fault) for number, (_, fault) in enumerate(FAULTS)]
    parts = ([row for fault in faults for row in fault[name]] for name in ("letters", "claims", "references"))
    with duckdb.connect(build_file) as connection:
        connection.begin()  # and undone
        load(connection, tables("one", *parts), "v")
        make_views(connection)
        return [
            (check.name, str(row)) for check in checks() for row in connection.execute(check.query).fetchall()
        ]


@pytest.mark.parametrize(("number", "check"), [(number, check) for number, (check, _) in enumerate(FAULTS)])
def test_a_check_finds_its_fault_and_no_other_does(
    bad_rows: list[tuple[str, str]], number: int, check: str
) -> None:
    assert {name for name, row in bad_rows if f"fault {number}: " in row} == {check}


def test_what_checks_find_is_a_fault(bad_rows: list[tuple[str, str]]) -> None:
    assert [bad for bad in bad_rows if "fault " not in bad[1]] == []


@pytest.mark.parametrize(("check", "fault"), OF_NO_LETTER)
def test_a_check_finds_a_fault_of_no_letter(
    empty_build: duckdb.DuckDBPyConnection, check: str, fault: dict[str, Any]
) -> None:
    frames = tables("one", [LETTER], fault.get("claims", []), **fault.get("run", {}))
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


NUMBERS = " ".join(str(number) for number in range(10, 1300))
EARLIER = a_letter(f"Eerst {NUMBERS}, zie 28 638, nr. 57.", date(2012, 4, 27), identifier="kst-28638-75")
LATER = a_letter(f"Daarna {NUMBERS}, zie 28 638, nr. 75.", date(2014, 10, 30), identifier="kst-28638-113")


def the(value: int, letter: dict[str, Any] = EARLIER, **facts: Any) -> dict[str, Any]:
    claim = a_claim(letter, f" {value}", value, **({"period": "2011", "source": "CoMensha"} | facts))
    claim["char_start"] += 1
    claim["sentence_quote_start"] += 1
    return claim | {"quote": f"{value}"}


#: Two letters whose figures are compared in each way, and imply others in each way.
COMPARED = [
    the(993, period="2010", direction="decrease"),
    the(1222),
    the(1251, LATER),
    the(26, kind="growth", unit="percent", direction="increase", base_period="2010"),
    the(25, kind="growth", unit="percent", direction="increase", period="2012", base_period="2011"),
    the(24, kind="growth", unit="percent", direction="increase", period="2010", base_period="2009"),
    the(400, period="2010", population="sex=F"),
    the(700, period="2010", population="sex=M"),
    the(300, period="2006"),
    the(401, period="2006", population="sex=F"),
    the(50, period="2006", population="sex=M", precision="at_most"),
    the(310, period="2004"),
    the(211, period="2004", population="sex=F"),
    the(150, period="2004", population="sex=M", precision="at_least"),
    the(410, period="2008", population="sex=F"),
    the(197, period="2008", population="sex=M"),
    the(70, status="expected", period="2013"),
    the(64, LATER, period="2013"),
    the(90, status="target", period="2014"),
    the(85, LATER, period="2014"),
    the(77, measure_code=None, measure="honden"),
]

KINDS = ("restated", "growth", "parts", "expectation", "target")
METHODS = ("growth_of_counts", "count_before_growth", "count_after_growth", "sum_of_parts")
#: Letters that have ended, of which figures are still the latest.
ENDED = "UPDATE letter SET ended_on = DATE '2030-01-01'"
TAMPERED = {
    "marts_hold_their_claims": [
        "DELETE FROM stated_figure WHERE value = 1222",
        "INSERT INTO stated_figure FROM stated_figure WHERE value = 993",
    ],
    "vintages_consistent": [
        "UPDATE stated_figure SET letter_date = '2001-01-01' WHERE value = 1222",
        "UPDATE stated_figure SET population = 'part' WHERE value = 64",
        "UPDATE stated_figure SET is_latest = true WHERE value = 1222",
        "UPDATE stated_figure SET superseded_on = '2030-01-01' WHERE value = 1222",
        "UPDATE stated_figure SET is_latest = false, superseded_on = '2014-10-30' WHERE value = 90",
    ],
    "one_letter_per_identifier": [
        "UPDATE letter SET is_current = false WHERE identifier = 'kst-28638-75'",
        "UPDATE letter SET vintage = 2 WHERE identifier = 'kst-28638-75'",
        "UPDATE letter SET identifier = 'kst-28638-75'",
    ],
    "forms_consistent": [
        "DELETE FROM letter_form WHERE identifier = 'kst-28638-75'",
        "UPDATE letter_form SET in_use = false WHERE identifier = 'kst-28638-75'",
        "UPDATE letter_form SET letter_id = 'none' WHERE identifier = 'kst-28638-75'",
        "UPDATE letter_form SET vintage = 2 WHERE identifier = 'kst-28638-75'",
    ],
    "derived_figures_follow": [
        *(f"UPDATE derived_figures SET value = value + 0.1 WHERE method = '{method}'" for method in METHODS),
        "UPDATE derived_figures SET value_high = value - 1 WHERE method = 'sum_of_parts'",
        "UPDATE derived_figures SET value_low = value + 1 WHERE method = 'sum_of_parts'",
        "UPDATE derived_figures SET basis = 'stated' WHERE method = 'sum_of_parts'",
        "UPDATE derived_figures SET measure = 'shelter_places' WHERE method = 'sum_of_parts'",
        "UPDATE derived_figures SET input_claim_ids = list_append(input_claim_ids, 'none')",
        "UPDATE derived_figures SET input_claim_ids = []",
        ENDED,
    ],
    "discrepancies_hold": [
        *(f"UPDATE discrepancies SET value = value + 1 WHERE kind = '{kind}'" for kind in KINDS),
        *(f"UPDATE discrepancies SET other_value = other_value + 1 WHERE kind = '{kind}'" for kind in KINDS),
        "UPDATE discrepancies SET difference = 0 WHERE kind = 'parts'",
        "UPDATE discrepancies SET quote = 'ooit' WHERE kind = 'restated'",
        "UPDATE discrepancies SET other_letter_id = letter_id WHERE kind = 'restated'",
        "UPDATE discrepancies SET other_claim_id = 'none' WHERE kind = 'restated'",
        "UPDATE discrepancies SET other_claim_id = claim_id WHERE kind = 'restated'",
        "UPDATE discrepancies SET further_claim_ids = ['none'] WHERE kind = 'growth'",
        "UPDATE discrepancies SET verdict = 'wrong' WHERE kind = 'growth'",
        ENDED,
    ],
    "coverage_counts": [
        "UPDATE coverage SET agreeing = agreeing + 1 WHERE subject = 'growth'",
        "DELETE FROM coverage WHERE subject = 'honden'",
        "DELETE FROM coverage WHERE aspect = 'measure' AND year = 2011",
    ],
    "citations_hold": [
        "DELETE FROM letter_citation WHERE number = '57'",
        "INSERT INTO letter_citation FROM letter_citation WHERE number = '57'",
        "UPDATE letter_citation SET cited_identifier = 'kst-1-2' WHERE number = '75'",
    ],
    "dimensions_complete": [
        "DELETE FROM period WHERE period = '2011'",
        "DELETE FROM period WHERE period = '2009'",
        "DELETE FROM population WHERE population = 'sex=F'",
        "DELETE FROM status WHERE status = 'target'",
    ],
}


@pytest.fixture(scope="module")
def compared_build(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    file = tmp_path_factory.mktemp("compared") / "build.duckdb"
    references = [
        a_reference(EARLIER, "28 638, nr. 57", "28638", "57"),
        a_reference(LATER, "28 638, nr. 75", "28638", "75"),
    ]
    build(file, None, tables("one", [EARLIER, LATER], COMPARED, references), "v")
    with duckdb.connect(file) as connection:
        yield connection


def test_figures_compared_in_every_way_pass(compared_build: duckdb.DuckDBPyConnection) -> None:
    assert {check.name for check in check_results(compared_build) if check.bad_rows} == set()
    kinds = compared_build.execute("SELECT count(DISTINCT kind) FROM discrepancies").fetchone()
    methods = compared_build.execute("SELECT count(DISTINCT method) FROM derived_figures").fetchone()
    assert (kinds, methods) == ((5,), (4,))
    # Of parts that are bounds, what comes nearest to the total.
    sums = compared_build.execute("SELECT other_value FROM discrepancies WHERE kind = 'parts' ORDER BY year")
    assert sums.fetchall() == [(361,), (401,), (1100,)]


@pytest.mark.parametrize(
    ("check", "change"), [(check, change) for check, changes in TAMPERED.items() for change in changes]
)
def test_a_mart_that_is_not_what_its_claims_say_is_noticed(
    compared_build: duckdb.DuckDBPyConnection, check: str, change: str
) -> None:
    (query,) = [each.query for each in checks() if each.name == check]
    compared_build.begin()
    try:
        changed = compared_build.execute(change).fetchone()
        assert changed is not None
        assert changed[0] > 0
        assert compared_build.execute(query).fetchall()
    finally:
        compared_build.rollback()


def test_every_check_is_tried_here() -> None:
    of_change = {"corrections_expected", "corrections_used", "row_counts"}  # in files of their own
    assert {check.name for check in checks()} == {name for name, _ in (*FAULTS, *OF_NO_LETTER)} | set(
        TAMPERED
    ) | of_change


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
