"""Rows counted against the version before: what stops publishing, what doesn't, and how one goes on."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest
from editing import edit
from once import put_into
from store_frames import a_claim, a_letter, tables
from test_corrections import entries, rows

from warehouse import store
from warehouse.errors import ChecksFailedError

NUMBERS = [str(number) for number in range(100, 200)]
LETTER = a_letter(" ".join(NUMBERS), identifier="kst-28638-75")
CLAIMS = [a_claim(LETTER, quote, int(quote), period=str(1900 + int(quote))) for quote in NUMBERS]


@pytest.fixture(scope="module")
def hundred(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a warehouse with a hundred claims."""
    folder = tmp_path_factory.mktemp("hundred")
    plausible = [claim | {"period": None} for claim in CLAIMS]
    store.publish(folder / "w.duckdb", tables("first", [LETTER], plausible), keep=3)
    return folder


@pytest.fixture
def warehouse(hundred: Path, tmp_path: Path) -> Path:
    """A copy of that warehouse, for a test to write to."""
    put_into(hundred, tmp_path)
    return tmp_path / "w.duckdb"


def again(number: int, run_id: str = "second") -> dict[str, pl.DataFrame]:
    """Tables of a backfill that finds so many of the claims."""
    claims = [claim | {"period": None} for claim in CLAIMS[:number]]
    return tables(run_id, [LETTER], claims, kind="backfill")


def put(warehouse: Path, frames: dict[str, pl.DataFrame], **options: Any) -> str:
    with store.rebuilt(warehouse, frames, **options) as candidate:
        return store.put_in_place(warehouse, candidate, keep=3).version


def test_rows_are_counted_before_and_after(warehouse: Path) -> None:
    put(warehouse, again(99))
    counts = "SELECT run_id, rows_before, rows FROM row_count WHERE relation = '{}' ORDER BY run_id"
    expected = [("first", None, 100), ("second", 100, 99)]
    assert rows(warehouse, counts.format("claim")) == expected
    assert rows(warehouse, counts.format("victim_counts")) == expected
    counted = {relation for (relation,) in rows(warehouse, "SELECT relation FROM row_count")}
    assert {"letter", "source_agency", "discrepancies", "policy_targets"} <= counted


def test_a_drop_of_two_percent_is_published_and_no_more(warehouse: Path) -> None:
    before = warehouse.resolve()
    with pytest.raises(ChecksFailedError) as failure:
        put(warehouse, again(97))
    assert warehouse.resolve() == before
    lines = str(failure.value).splitlines()
    assert "    relation='claim', rows_before=100, rows=97, percent_fewer=3.0" in lines
    assert "    relation='victim_counts', rows_before=100, rows=97, percent_fewer=3.0" in lines
    assert "KAMERCIJFERS_MAX_DROP_PERCENT" in lines[-1]
    assert "--allow-drop" in lines[-1]
    put(warehouse, again(98))
    assert rows(warehouse, "SELECT count(*) FROM claim") == [(98,)]


def test_a_drop_that_is_meant_is_allowed(warehouse: Path) -> None:
    with pytest.raises(ChecksFailedError):
        put(warehouse, again(90), max_drop_percent=9.5)
    put(warehouse, again(90), max_drop_percent=10)
    put(warehouse, again(0, "third"), max_drop_percent=100)
    assert rows(warehouse, "SELECT count(*) FROM claim") == [(0,)]


def test_a_build_that_is_stopped_can_still_be_looked_at(warehouse: Path) -> None:
    with store.rebuilt(warehouse, again(50)) as candidate:
        assert [check.name for check in candidate.built.stopped_by] == ["row_counts"]
        with store.compared_with_current(candidate) as comparison:
            assert {count.relation: count.gone for count in comparison.counts}["claim"] == 50


def test_what_corrections_take_out_is_no_loss(warehouse: Path) -> None:
    drops = [{"quote": quote, "sentence": quote, "expects": {"value": int(quote)}} for quote in NUMBERS[:5]]
    frames = tables("second") | {"correction": entries(*drops)}
    store.publish(warehouse, frames, keep=3)
    assert rows(warehouse, "SELECT count(*) FROM victim_counts") == [(95,)]
    with pytest.raises(ChecksFailedError, match="relation='claim'"):
        put(warehouse, again(97, "third") | {"correction": entries()})


def test_what_goes_with_a_correction_that_is_taken_out_is_no_loss_and_all_else_is(warehouse: Path) -> None:
    periods = [
        {"quote": quote, "sentence": quote, "set": {"period": year}}
        | {"expects": {"value": int(quote), "period": None}}
        for quote, year in zip(NUMBERS[:2], ("1900", "2020"), strict=True)
    ]
    store.publish(warehouse, tables("second") | {"correction": entries(*periods)}, keep=3)
    ((corrected,),) = rows(warehouse, "SELECT count(*) FROM coverage")
    assert corrected > 121  # of a measure each year between the two is a row
    store.publish(warehouse, tables("third") | {"correction": entries()}, keep=3)
    ((plain,),) = rows(warehouse, "SELECT count(*) FROM coverage")
    assert plain == corrected - 121
    drops = [{"quote": quote, "sentence": quote, "expects": {"value": int(quote)}} for quote in NUMBERS[:5]]
    store.publish(warehouse, tables("fourth") | {"correction": entries(*drops)}, keep=3)
    # Five figures come back with their corrections; that ten claims are missing is no correction's doing.
    with pytest.raises(ChecksFailedError, match="relation='claim'") as failure:
        put(warehouse, again(90, "fifth") | {"correction": entries()})
    assert "relation='letter'" not in str(failure.value)


def test_a_summary_that_shrinks_stops_where_the_corrections_are_as_they_were(warehouse: Path) -> None:
    edit(
        warehouse,
        "INSERT INTO coverage (aspect, subject, letters) SELECT 'source', 'B' || range, 1 FROM range(10)",
    )
    with pytest.raises(ChecksFailedError, match="relation='coverage'"):
        put(warehouse, again(100))
    put(
        warehouse,
        again(100) | {"correction": entries({"expects": {"value": 100}, "quote": "100", "sentence": "100"})},
    )


def test_a_version_without_counts_gets_them(warehouse: Path) -> None:
    edit(warehouse, "DROP TABLE row_count")
    store.publish(warehouse, tables("second"), keep=3)
    assert rows(warehouse, "SELECT rows_before FROM row_count WHERE relation = 'claim'") == [(100,)]
