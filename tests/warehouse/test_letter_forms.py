"""Letters in several forms and vintages as the store holds them: which counts, and since when."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from store_frames import a_claim, a_letter, a_reference, tables

from warehouse import store
from warehouse.errors import ChecksFailedError

DAY = date(2013, 5, 3)
LETTER = {"letter_date": DAY, "identifier": "kst-28638-75"}
OTHER_LETTER = {"letter_date": date(2012, 3, 1), "identifier": "kst-28638-60"}


def read(
    text: str, *years: str, form: str = "txt", **facts: Any
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A letter and the victims that it states for these years, a number of its text each."""
    letter = a_letter(text, **(LETTER | facts), format=form)
    quotes = [word for word in text.split() if word.isdigit()]
    return letter, [a_claim(letter, q, float(q), period=y) for q, y in zip(quotes, years, strict=True)]


def publish(
    warehouse: Path, run_id: str, *of: tuple[dict[str, Any], list[dict[str, Any]]]
) -> store.Published:
    letters, claims = [letter for letter, _ in of], [claim for _, claims in of for claim in claims]
    frames = tables(run_id, letters, claims, known=store.known_forms(warehouse))
    return store.publish(warehouse, frames, keep=9)


def rows(warehouse: Path, query: str) -> list[tuple[Any, ...]]:
    with store.connect(warehouse) as connection:
        return connection.execute(query).fetchall()


def latest(warehouse: Path, day: str | None = None) -> list[float]:
    mart = f"victim_counts_as_of(DATE '{day}')" if day else "victim_counts_latest"
    return [value for (value,) in rows(warehouse, f"SELECT value FROM {mart} ORDER BY value")]


TEXT = read("Tekst: 11 12 13", "2011", "2012", "2013")
XML = read("XML: 21 22", "2011", "2012", form="xml")
WORSE_XML = read("XML met gaten: 31", "2011", form="xml")


def test_a_better_form_takes_the_place_of_a_worse_one(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    publish(warehouse, "one", TEXT)
    publish(warehouse, "two", XML)
    assert latest(warehouse) == [21, 22]
    assert rows(warehouse, "SELECT format, in_use FROM letter_form ORDER BY 1") == [
        ("txt", False),
        ("xml", True),
    ]
    assert rows(warehouse, "SELECT value FROM claim ORDER BY 1") == [(21,), (22,)]
    assert store.known_letters(warehouse) == {TEXT[0]["letter_id"], XML[0]["letter_id"]}
    publish(warehouse, "three", read("HTML: 5", "2011", form="html"))
    assert latest(warehouse) == [21, 22]


def test_one_that_states_less_than_half_is_looked_at_first(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    publish(warehouse, "one", TEXT)
    with pytest.raises(ChecksFailedError, match="row_counts"):
        publish(warehouse, "two", WORSE_XML)
    assert latest(warehouse) == [11, 12, 13]


def issued(text: str, *years: str, on: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    return read(text, *years, provider="sru", modified=datetime.fromisoformat(on))


FIRST = issued("Eerst: 11 12", "2011", "2012", on="2013-05-04")
AGAIN = issued("Daarna: 21", "2011", on="2013-08-01T09:00")
BEFORE = read("Een andere: 3", "2012", **OTHER_LETTER)
BETWEEN = read("Een latere: 5", "2012", letter_date=date(2013, 6, 1), identifier="kst-28638-80")


def withdrawn(
    of: tuple[dict[str, Any], list[dict[str, Any]]], on: date
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    return of[0] | {"withdrawn_on": on}, of[1]


def test_a_figure_that_is_not_stated_again_gives_way_to_the_one_before(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    publish(warehouse, "one", FIRST, BEFORE)
    assert latest(warehouse) == [11, 12]
    publish(warehouse, "two", AGAIN)
    assert latest(warehouse) == [3, 21]
    days = ("2013-01-01", "2013-05-03", "2013-07-31", "2013-08-01")
    assert [latest(warehouse, day) for day in days] == [[3], [11, 12], [11, 12], [3, 21]]
    superseded = "SELECT value, superseded_on FROM victim_counts ORDER BY value"
    assert rows(warehouse, superseded) == [
        (3, None), (11, date(2013, 8, 1)), (12, date(2013, 8, 1)), (21, None)
    ]  # fmt: skip


def test_a_letter_in_between_goes_on_to_supersede_one_that_is_issued_again(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    again = issued("Daarna: 21 22", "2011", "2012", on="2013-08-01T09:00")
    publish(warehouse, "one", FIRST, BETWEEN, again)
    assert latest(warehouse) == [5, 21]
    assert [latest(warehouse, day) for day in ("2013-05-03", "2013-06-01", "2013-08-01")] == [
        [11, 12], [5, 11], [5, 21]
    ]  # fmt: skip


def test_what_was_said_before_stands_again_when_a_letter_is_withdrawn(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    publish(warehouse, "one", FIRST, BEFORE, withdrawn(BETWEEN, date(2013, 7, 1)))
    assert latest(warehouse) == [11, 12]
    assert [latest(warehouse, day) for day in ("2013-05-03", "2013-06-01", "2013-07-01")] == [
        [11, 12], [5, 11], [11, 12]
    ]  # fmt: skip
    publish(warehouse, "two", withdrawn(FIRST, date(2013, 9, 1)))
    assert latest(warehouse) == [3]
    assert latest(warehouse, "2013-08-01") == [11, 12]
    assert rows(warehouse, "SELECT count(*) FROM letter WHERE withdrawn") == [(2,)]


def test_without_a_time_of_issue_the_later_text_counts_from_the_beginning(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    publish(warehouse, "one", read("a: 1", "2011"), read("b: 2", "2011"))
    assert len(latest(warehouse)) == 1
    assert latest(warehouse, "2013-05-03") == latest(warehouse)
    verdicts = "SELECT verdict, is_latest FROM discrepancies"
    assert rows(warehouse, verdicts) == [("revised", False)]


GROWN = (
    "SELECT value, letter_date, superseded_on FROM derived_figures "
    "WHERE method = 'growth_of_counts' ORDER BY ALL"
)
TWO_YEARS = issued("Eerst: 80 100", "2011", "2012", on="2013-05-04")


@pytest.mark.parametrize("source", ["CoMensha", None])
def test_what_follows_from_counts_goes_on_when_a_letter_is_issued_again(
    tmp_path: Path, source: str | None
) -> None:
    warehouse = tmp_path / "w.duckdb"
    again = issued("Met een voetnoot: 80 100", "2011", "2012", on="2013-08-01T09:00")
    both = [
        (letter, [claim | {"source": source} for claim in claims]) for letter, claims in (TWO_YEARS, again)
    ]
    publish(warehouse, "one", both[0])
    assert rows(warehouse, GROWN) == [(25, DAY, None)]
    publish(warehouse, "two", both[1])
    assert rows(warehouse, GROWN) == [(25, DAY, date(2013, 8, 1)), (25, date(2013, 8, 1), None)]


def test_what_follows_from_counts_is_kept_where_nothing_tells_when_a_letter_was_issued_again(
    tmp_path: Path,
) -> None:
    warehouse = tmp_path / "w.duckdb"
    publish(warehouse, "one", read("a: 80 100", "2011", "2012"))
    publish(warehouse, "two", read("b: 80 100", "2011", "2012"))
    assert rows(warehouse, GROWN) == [(25, DAY, None)]


def test_a_sum_of_parts_is_kept_when_a_letter_is_issued_again(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    by_sex = ("sex=F", "sex=M")
    for run_id, text in (("one", "a: 60 40"), ("two", "b: 60 40")):
        letter, claims = read(text, "2012", "2012")
        parts = [claim | {"population": of} for claim, of in zip(claims, by_sex, strict=True)]
        publish(warehouse, run_id, (letter, parts))
        assert rows(warehouse, "SELECT value, is_latest FROM derived_figures") == [(100, True)]


def test_a_growth_is_held_against_the_counts_of_the_text_that_stands(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    of = {"source": "CoMensha"}
    for run_id, text, on in (("one", "a: 80 100", "2013-05-04"), ("two", "b: 80 120", "2013-08-01")):
        letter, counts = issued(text, "2011", "2012", on=on)
        publish(warehouse, run_id, (letter, [claim | of for claim in counts]))
    letter, _ = read("Later: 25", "2012", letter_date=date(2014, 1, 1), identifier="kst-28638-99")
    change = {"kind": "growth", "unit": "percent", "direction": "increase", "base_period": "2011"} | of
    growth = a_claim(letter, "25", 25.0, period="2012", **change)
    publish(warehouse, "three", (letter, [growth]))
    told = "SELECT value, other_value, is_latest FROM discrepancies WHERE kind = 'growth'"
    assert rows(warehouse, told) == [(25, 50, True)]


def test_citations_lead_to_the_newest_vintage(tmp_path: Path) -> None:
    warehouse = tmp_path / "w.duckdb"
    citing = a_letter("Zie 28 638, nr. 75.", date(2014, 1, 1), identifier="kst-28638-99")
    cited = [a_reference(citing, "28 638, nr. 75", "28638", "75")]
    letters = [FIRST[0], AGAIN[0], citing]
    store.publish(warehouse, tables("one", letters, [*FIRST[1], *AGAIN[1]], cited), keep=1)
    assert rows(warehouse, "SELECT cited_letter_id FROM letter_citation") == [(AGAIN[0]["letter_id"],)]
