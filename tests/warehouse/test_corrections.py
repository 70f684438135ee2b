"""Corrections: what they change in the marts, what stays as it was, and when they no longer fit."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from store_frames import a_claim, a_letter, tables

from warehouse import store
from warehouse.correcting import ENTRY
from warehouse.errors import ChecksFailedError

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


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    return tmp_path / "w.duckdb"


def rows(warehouse: Path, query: str) -> list[tuple[Any, ...]]:
    with store.connect(warehouse) as connection:
        return connection.execute(query).fetchall()


def test_an_override_changes_the_marts_and_leaves_the_claim(warehouse: Path) -> None:
    new = {"value": 1212.0, "period": "2012", "population": "age_group=minor;sex=F", "source": None}
    publish(warehouse, {"set": new})
    mart = "SELECT year, value, population, source, quote, correction_id FROM victim_counts ORDER BY year"
    assert rows(warehouse, mart) == [
        (2010, 984, "total", None, "984", None),
        (2012, 1212, "age_group=minor;sex=F", None, "1222", "c1"),
    ]
    claim = "SELECT value, period, population, source, sex, age_group FROM {} WHERE quote = '1222'"
    assert rows(warehouse, claim.format("claim")) == [(1222, "2011", "total", "CoMensha", None, None)]
    assert rows(warehouse, claim.format("corrected_claim")) == [
        (1212, "2012", "age_group=minor;sex=F", None, "F", "minor")
    ]
    assert rows(warehouse, "SELECT label_en FROM population WHERE sex = 'F'") == [
        ("minor (under 18); female",)
    ]
    assert rows(warehouse, "SELECT span FROM period WHERE period = '2012'") == [("2012-01-01/2012-12-31",)]
    told = "SELECT letter, action, fields, value, reason, found_by, found_on, problem FROM correction"
    assert rows(warehouse, told) == [
        ("kst-28638-75", "override", list(new), 1212, *WHY.values(), None)
    ]  # fmt: skip


def test_corrected_claims_have_the_columns_of_claims(warehouse: Path) -> None:
    publish(warehouse)
    with store.connect(warehouse) as connection:
        columns = connection.table("claim").columns
        assert connection.table("corrected_claim").columns == [*columns, "correction_id"]
        assert connection.table("correction").fetchall() == []


def test_a_drop_takes_a_claim_from_the_marts_alone(warehouse: Path) -> None:
    publish(warehouse, {"expects": {"value": 1222, "source": "CoMensha", "value_high": None}})
    assert rows(warehouse, "SELECT quote FROM victim_counts") == [("984",)]
    assert rows(warehouse, "SELECT count(*) FROM claim") == [(2,)]
    assert rows(warehouse, "SELECT claims FROM coverage WHERE subject = 'CoMensha'") == []


def test_comparisons_are_of_corrected_figures(warehouse: Path) -> None:
    later = a_letter("In 2011 telde CoMensha 1212 slachtoffers.", date(2013, 1, 1))
    said = a_claim(later, "1212", 1212, period="2011", source="CoMensha")
    both = tables("first", [LETTER, later], [EARLIER, CLAIM, said])
    store.publish(warehouse, both, keep=1)
    pairs = "SELECT kind, value, other_value FROM discrepancies"
    assert rows(warehouse, pairs) == [("restated", 1222, 1212)]
    store.publish(warehouse, tables("second") | {"correction": entries({"set": {"value": 1212.0}})}, keep=1)
    assert rows(warehouse, pairs) == []
    assert rows(warehouse, "SELECT compared, agreeing FROM coverage WHERE subject = 'restated'") == [(1, 1)]


def test_each_build_applies_what_the_file_says_now(warehouse: Path) -> None:
    publish(warehouse, {})
    store.publish(warehouse, tables("second"), keep=2)
    assert rows(warehouse, "SELECT quote FROM victim_counts ORDER BY quote") == [("1222",), ("984",)]
    assert rows(warehouse, "SELECT * FROM correction") == []


@pytest.mark.parametrize(
    "place",
    [
        {"sentence": None, "quote": None, "char_start": CLAIM["char_start"]},
        {"identifier": None, "letter_id": LETTER["letter_id"]},
    ],
)
def test_letter_and_claim_are_named_in_two_ways(warehouse: Path, place: dict[str, Any]) -> None:
    publish(warehouse, place)
    assert rows(warehouse, "SELECT quote FROM victim_counts") == [("984",)]


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (
            {"expects": {"value": 1223, "kind": "growth"}},
            "kind is count, not growth; value is 1222, not 1223",
        ),
        ({"expects": {"source": None}}, "source is CoMensha, not none"),
        ({"quote": "1223"}, "no claim stands there"),
        ({"sentence": "telde het CBS"}, "no claim stands there"),
        ({"char_start": 3}, "no claim stands there"),
        ({"set": {"unit": "apples"}}, "no unit is called apples"),
        ({"set": {"measure": "apples"}}, "no measure has the code apples"),
        ({"set": {"source": "CBS; Niemand"}}, "not all are known as bodies: CBS; Niemand"),
        ({"set": {"period": "vorig jaar"}}, "no period: vorig jaar"),
        ({"set": {"value_high": 1000.0}}, "value_high is not above value"),
    ],
)
def test_a_correction_that_does_not_fit_stops_publishing(
    warehouse: Path, entry: dict[str, Any], problem: str
) -> None:
    with pytest.raises(ChecksFailedError) as failure:
        publish(warehouse, entry)
    (check,) = failure.value.failed
    assert [check.name, *check.examples] == [
        "corrections_expected",
        {"entry": 1, "letter": "kst-28638-75", "quote": entry.get("quote", "1222"), "problem": problem},
    ]  # fmt: skip
    assert "KAMERCIJFERS_CORRECTIONS" in str(failure.value)
    assert not warehouse.exists()


def test_two_corrections_of_one_claim_stop_publishing(warehouse: Path) -> None:
    with pytest.raises(ChecksFailedError, match=r"entry=2.*another entry corrects the same claim"):
        publish(warehouse, {}, {"set": {"value": 1212.0}})


def test_claims_that_are_alike_must_be_told_apart(warehouse: Path) -> None:
    other = a_claim(LETTER, "1222", 1222, kind="other", measure="x", measure_code=None, claim_id="other")
    frames = tables("first", [LETTER], [EARLIER, CLAIM, other])
    with pytest.raises(ChecksFailedError, match="several claims are so"):
        publish(warehouse, {}, **frames)
    publish(warehouse, {"expects": {"value": 1222, "kind": "other"}}, **frames)
    assert rows(warehouse, "SELECT claim_id FROM correction") == [("other",)]


def test_another_copy_of_the_letter_must_bear_the_correction_too(warehouse: Path) -> None:
    publish(warehouse, {})
    copy = a_letter(LETTER["text"].replace("1222", "1212"), identifier="kst-28638-75")
    claim = a_claim(copy, "1212", 1212, period="2011", source="CoMensha")
    with pytest.raises(ChecksFailedError, match="no claim stands there"):
        publish(warehouse, {}, **tables("second", [copy], [claim]))
    named = {"identifier": None, "letter_id": LETTER["letter_id"]}
    publish(warehouse, named, **tables("second", [copy], [claim]))
    assert rows(warehouse, "SELECT quote FROM victim_counts ORDER BY quote") == [("1212",), ("984",)]


def test_a_letter_that_is_not_here_is_waited_for(warehouse: Path) -> None:
    built = tables("first") | {"correction": entries({})}
    assert store.publish(warehouse, built, keep=1).warnings == {"corrections_used": 1}
    assert store.known_corrections(warehouse) == {"c1"}
    store.publish(warehouse, tables("second", [LETTER], [CLAIM]) | {"correction": entries({})}, keep=1)
    assert rows(warehouse, "SELECT claim_id, problem FROM correction") == [(CLAIM["claim_id"], None)]


def test_known_corrections_are_those_of_the_current_version(warehouse: Path) -> None:
    assert store.known_corrections(warehouse) is None
    publish(warehouse)
    assert store.known_corrections(warehouse) == set()
    file = warehouse.resolve()
    file.chmod(0o644)
    with duckdb.connect(file) as connection:
        connection.execute("DROP TABLE correction CASCADE")
    assert store.known_corrections(warehouse) == set()
