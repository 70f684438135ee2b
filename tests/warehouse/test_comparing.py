"""What differs between two versions, by claim and by mart."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from store_frames import a_claim, a_letter, a_reference, a_rejection, tables

from flows.layouts import print_comparison
from warehouse import store
from warehouse.building import build
from warehouse.errors import NotAWarehouseError, WarehouseError

LETTER = a_letter(
    "In 2011 waren er 1222 slachtoffers, 12 in mei en 12 in juni; zie 28 638, nr. 57.", identifier="kst-1-2"
)
CLAIM = a_claim(LETTER, "1222", 1222, period="2011", source="CoMensha")
MAY = a_claim(LETTER, "12 in mei", 12, period="2011-05", population="part")
JUNE = a_claim(LETTER, "12 in juni", 12, period="2011-06", population="part")
REFERENCE = a_reference(LETTER, "28 638, nr. 57", "28638", "57")


#: Compares two builds with these letters, claims, references and rejections.
Compared = Callable[[dict[str, Any], dict[str, Any]], AbstractContextManager[store.Comparison]]


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Compared:
    folder, made = tmp_path_factory.mktemp("compared"), dict[str, Path]()

    def built(name: str, rows: dict[str, Any]) -> Path:
        """A build with these rows; one that another comparison has made, too."""
        key = repr((name, rows))
        if key not in made:
            made[key] = folder / str(len(made))
            lists = (rows.get(each, []) for each in ("claims", "references", "rejections"))
            build(made[key], None, tables(name, rows.get("letters", [LETTER]), *lists), name)
        return made[key]

    return lambda before, after: store.compared(built("before", before), built("after", after))


def changes(comparison: store.Comparison) -> list[tuple[str, str, list[str]]]:
    return [(row.relation, row.change, row.fields) for row in comparison.changes]


def test_versions_that_hold_the_same_differ_in_nothing(compared: Compared) -> None:
    same = {"claims": [CLAIM, MAY, JUNE], "references": [REFERENCE], "rejections": [a_rejection("x.txt")]}
    with compared(same, same) as comparison:
        assert list(comparison.changes) == []
        counts = {count.relation: count[1:] for count in comparison.counts}
    assert counts["claim"] == counts["victim_counts"] == (3, 3, 0, 0, 0)
    assert counts["letter_reference"] == counts["rejected_letter"] == (1, 1, 0, 0, 0)


def test_a_claim_that_says_something_else_is_changed_in_its_mart_too(compared: Compared) -> None:
    other = a_claim(LETTER, "1222", 1223, period="2012", source="CoMensha")
    with compared({"claims": [CLAIM, MAY]}, {"claims": [other, MAY]}) as comparison:
        rows = {row.relation: row for row in comparison.changes}
        counts = {count.relation: count[1:] for count in comparison.counts}
    assert counts["claim"] == (2, 2, 0, 0, 1)
    assert counts["victim_counts"] == (2, 2, 0, 0, 1)
    assert counts["victim_counts_latest"] == (2, 2, 1, 1, 0)  # another year is another figure
    row = rows["claim"]
    assert (row.change, row.letter, row.fields) == ("changed", "kst-1-2", ["value", "period"])
    assert row.key == {"letter_id": LETTER["letter_id"], "char_start": 17}
    assert row.before is not None
    assert row.after is not None
    assert (row.before["value"], row.after["value"], row.after["quote"]) == (1222, 1223, "1222")
    assert rows["victim_counts"].fields == ["year", "period", "value"]


def test_claims_that_come_and_go_are_added_and_gone(compared: Compared) -> None:
    with compared({"claims": [CLAIM, MAY]}, {"claims": [CLAIM, JUNE]}) as comparison:
        assert changes(comparison) == [
            (relation, change, [])
            for relation in ("claim", "victim_counts", "victim_counts_latest")
            for change in ("added", "gone")
        ]


def test_what_comes_of_comparing_figures_is_compared_too(
    compared: Compared, capsys: pytest.CaptureFixture[str]
) -> None:
    later = a_letter("Over 2011 waren het er 1251, over 2010 993.", date(2014, 10, 30))
    before = a_claim(later, "993", 993, period="2010", source="CoMensha")
    again = a_claim(later, "1251", 1251, period="2011", source="CoMensha")
    other = again | {"value": 1252.0}
    letters = [LETTER, later]
    with compared(
        {"letters": letters, "claims": [CLAIM, before, again]},
        {"letters": letters, "claims": [CLAIM, before, other]},
    ) as comparison:
        rows = {row.relation: row for row in comparison.changes}
    print_comparison(comparison._replace(changes=iter(rows.values())), "table", 20)
    shown = capsys.readouterr().out.splitlines()
    heads = {line: below.split() for line, below in pairwise(shown)}
    assert heads["discrepancies"][:2] == ["change", "letter"]
    assert "letter" not in heads["derived_figures_latest"]  # what follows from figures is of none
    found = rows["discrepancies"]
    assert (found.change, found.letter, found.fields) == ("changed", "kst-1-2", ["other_value"])
    assert found.key == {"kind": "restated", "letter_id": LETTER["letter_id"], "char_start": 17}
    grown = rows["derived_figures_latest"]
    assert (grown.change, grown.fields) == ("changed", ["value", "value_low", "value_high"])
    assert grown.key["method"] == "growth_of_counts"


def test_two_claims_at_one_place_are_told_apart(compared: Compared) -> None:
    share = CLAIM | {"kind": "share", "unit": "percent", "value": 12.0, "claim_id": "share"}
    changed = share | {"value": 13.0, "claim_id": "changed"}
    with compared({"claims": [CLAIM, share]}, {"claims": [changed, CLAIM]}) as comparison:
        assert changes(comparison) == [("claim", "changed", ["value"])]


def test_a_newer_statement_of_a_figure_changes_it_where_it_says_something_else(compared: Compared) -> None:
    later = a_letter("Over 2011 waren het er 1300, in mei 12.", date(2013, 1, 1))
    revised = a_claim(later, "1300", 1300, period="2011", source="CoMensha")
    restated = a_claim(later, "12", 12, period="2011-05", population="part")
    more = {"letters": [LETTER, later], "claims": [CLAIM, MAY, revised, restated]}
    with compared({"claims": [CLAIM, MAY]}, more) as comparison:
        rows = list(comparison.changes)
    assert [(row.relation, row.change) for row in rows] == [
        ("letter", "added"),
        ("claim", "added"),
        ("claim", "added"),
        ("victim_counts", "added"),
        ("victim_counts", "added"),
        ("victim_counts_latest", "changed"),
        ("discrepancies", "added"),
    ]
    (newest,) = (row for row in rows if row.change == "changed")
    assert newest.before is not None
    assert newest.after is not None
    assert (newest.before["value"], newest.after["value"], newest.fields) == (1222, 1300, ["value"])
    assert newest.letter == later["source"]


def test_how_a_claim_was_read_is_no_change(compared: Compared) -> None:
    again = CLAIM | {"extractor_version": "2025.1", "confidence": 0.1, "rule_id": "another"}
    with compared({"claims": [CLAIM]}, {"claims": [again]}) as comparison:
        assert changes(comparison) == []


def test_letters_citations_and_files_set_aside_are_compared_too(compared: Compared) -> None:
    redated = LETTER | {"letter_date": date(2012, 5, 1)}
    after = {"letters": [redated], "rejections": [a_rejection("x.txt")]}
    with compared({"references": [REFERENCE]}, after) as comparison:
        assert changes(comparison) == [
            ("letter", "changed", ["letter_date"]),
            ("letter_reference", "gone", []),
            ("rejected_letter", "added", []),
        ]


def test_the_current_version_is_compared_with_the_one_before(
    published_before: Callable[[str], list[str]], tmp_path: Path
) -> None:
    warehouse = tmp_path / "w.duckdb"
    first, second, third = published_before("abc")
    with store.difference(warehouse) as comparison:
        assert (comparison.before, comparison.after) == (second, third)
        assert [row.change for row in comparison.changes] == ["added"]
    with store.difference(warehouse, "3", first) as comparison:
        assert (comparison.before, comparison.after) == (third, first)
        assert [row.change for row in comparison.changes] == ["gone", "gone"]
    with store.difference(warehouse, "1") as comparison:
        assert (comparison.before, comparison.after) == (first, third)


def test_after_a_rollback_to_the_oldest_it_is_said_how_two_are_compared(
    published_before: Callable[[str], list[str]], tmp_path: Path
) -> None:
    warehouse = tmp_path / "w.duckdb"
    published_before("abc")
    store.roll_back(warehouse, "1")
    said = "no version before .*`kamercijfers diff 1 2`"
    with pytest.raises(WarehouseError, match=said), store.difference(warehouse):
        pass
    with store.difference(warehouse, "1", "2") as comparison:
        assert [row.change for row in comparison.changes] == ["added"]


def test_what_cannot_be_compared_is_one_line(
    published_before: Callable[[str], list[str]], tmp_path: Path
) -> None:
    warehouse = tmp_path / "w.duckdb"
    (first,) = published_before("a")
    for a, b, said in (
        (None, None, "no version before"),
        ("1", first, "both are version"),
        ("8", None, "no version 8"),
    ):
        with pytest.raises(WarehouseError, match=said), store.difference(warehouse, a, b):
            pass
    with (
        pytest.raises(NotAWarehouseError, match="no current version"),
        store.difference(tmp_path / "missing"),
    ):
        pass
