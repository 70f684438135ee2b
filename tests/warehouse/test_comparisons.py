"""Which figures are compared with which, and the verdict on each pair."""

from datetime import date
from typing import Any

import duckdb
import pytest
from store_frames import a_claim, a_letter, tables

from warehouse.loading import load
from warehouse.views import make_views

Build = duckdb.DuckDBPyConnection

WORDS = " verdubbeld een derde " + " ".join(f"{number}" for number in range(10, 2000))
FIRST = a_letter(f"Eerst {WORDS}", date(2012, 4, 27))
SECOND = a_letter(f"Daarna {WORDS}", date(2014, 10, 30))
THIRD = a_letter(f"Ten slotte {WORDS}", date(2016, 2, 1))
SAME_DAY = a_letter(f"Diezelfde dag {WORDS}", date(2012, 4, 27))
UNDATED = a_letter(f"Ongedateerd {WORDS}", None)
LETTERS = [FIRST, SECOND, THIRD, SAME_DAY, UNDATED]

GROWTH = {
    "kind": "growth",
    "unit": "percent",
    "direction": "increase",
    "period": "2011",
    "base_period": "2010",
}
FALL = GROWTH | {"direction": "decrease"}
MORE = GROWTH | {"unit": "persons"}
BETWEEN = GROWTH | {"base_period": None, "period": "2010/2011"}
RANGE = {"precision": "range", "value_high": 80.0}
PLACES = {
    "kind": "capacity",
    "unit": "places",
    "measure_code": "shelter_places",
    "population": "setting=trafficking",
}


def the(value: float, letter: dict[str, Any] = FIRST, **facts: Any) -> dict[str, Any]:
    """A count of victims in 2011 that CoMensha is credited with, unless the facts say otherwise."""
    quote = facts.pop("quote", f"{value:g}")
    row = a_claim(letter, f" {quote}", value, **({"period": "2011", "source": "CoMensha"} | facts))
    start = {field: row[field] + 1 for field in ("char_start", "sentence_quote_start")}
    return row | start | {"quote": quote}


@pytest.fixture
def found(empty_build: Build) -> Any:
    def find(*claims: dict[str, Any]) -> list[tuple[str, str]]:
        load(empty_build, tables("one", LETTERS, list(claims)), "v")
        make_views(empty_build)
        query = "SELECT kind, verdict FROM discrepancies ORDER BY ALL"
        return empty_build.execute(query).fetchall()

    return find


@pytest.mark.parametrize(
    ("earlier", "later", "verdict"),
    [
        (the(984), the(1013, SECOND), "revised"),
        (the(1334, source="Nationaal Rapporteur"), the(1372, SECOND), "other_source"),
        (the(1200), the(1222, SECOND), "rounding"),
        (the(1200), the(1251, SECOND), "revised"),
        (the(1220), the(1222, SECOND), "rounding"),
        (the(1220), the(1226, SECOND), "revised"),
        (the(1210, precision="approx"), the(1222, SECOND), "rounding"),
        (the(1200, precision="at_least"), the(1272, SECOND), "rounding"),
        (the(1300, precision="at_most"), the(1222, SECOND), "rounding"),
        (the(1300, precision="at_most"), the(1422, SECOND), "revised"),
        (the(1222), the(1300, UNDATED), "contradicts"),
        (the(1222), the(1300, SAME_DAY), "contradicts"),
        (the(1222, source=None), the(1300, SECOND, source=None), "revised"),
        (the(23, **GROWTH), the(24, SECOND, **GROWTH), "rounding"),
        (the(23, **GROWTH), the(25, SECOND, **GROWTH), "revised"),
        (the(23, **GROWTH), the(23, SECOND, **FALL), "revised"),
    ],
)
def test_a_figure_that_is_stated_again(
    found: Any, earlier: dict[str, Any], later: dict[str, Any], verdict: str
) -> None:
    assert found(earlier, later) == [("restated", verdict)]


@pytest.mark.parametrize(
    "other",
    [
        the(1222, SECOND),
        the(1300, SECOND, period="2012"),
        the(1300, SECOND, period=None),
        the(1300, SECOND, population="sex=F"),
        the(1300, SECOND, population="part"),
        the(1300, SECOND, population="unspecified"),
        the(1300, SECOND, status="negated"),
        the(1300, SECOND, status="expected"),
        the(1300, SECOND, statistic="mean"),
        the(1300, SECOND, per="month"),
        the(1300, SECOND, unit="cases"),
        the(1300, SECOND, measure_code="criminal_organisations"),
        the(1300, SECOND, measure_code=None, measure="slachtoffers"),
        the(13, SECOND, source=None),
    ],
)
def test_figures_that_differ_in_what_they_are_about_are_not_compared(
    found: Any, other: dict[str, Any]
) -> None:
    assert found(the(1222), other) == []


def test_two_numbers_for_one_thing_in_a_letter_are_ours_to_doubt(found: Any) -> None:
    assert found(the(1222), the(1300, SECOND), the(1400, SECOND)) == []


def test_each_statement_is_compared_with_the_one_before_and_each_source_with_the_newest_of_others(
    empty_build: Build,
) -> None:
    claims = [
        the(984),
        the(1013, SECOND),
        the(1020, THIRD, source="CBS"),
        the(1013, THIRD),
    ]
    load(empty_build, tables("one", LETTERS, claims), "v")
    make_views(empty_build)
    query = """
        SELECT value, other_value, difference, verdict, quote, other_quote, is_latest
        FROM discrepancies ORDER BY least(value, other_value), greatest(value, other_value)
    """
    assert empty_build.execute(query).fetchall()[0] == (984, 1013, 29, "revised", "984", "1013", False)
    assert {row[3] for row in empty_build.execute(query).fetchall()[1:]} == {"other_source"}
    counted = "SELECT compared, agreeing FROM coverage WHERE aspect = 'comparison' AND subject = 'restated'"
    assert empty_build.execute(counted).fetchall() == [(3, 1)]


@pytest.mark.parametrize(
    ("growth", "end", "base", "expected"),
    [
        (the(23, **GROWTH), the(1222), the(993, period="2010"), []),
        (the(24, **GROWTH), the(1222), the(993, period="2010"), ["contradicts"]),
        (the(40, **GROWTH), the(1066), the(820, period="2010"), ["contradicts"]),
        # 820 may stand for 815 to 825, and so 30,0% for 29,2 to 30,8.
        (the(31, **GROWTH), the(1066), the(820, period="2010"), ["rounding"]),
        (the(32, **GROWTH), the(1066), the(820, period="2010"), ["contradicts"]),
        (the(23, **FALL), the(1222), the(993, period="2010"), ["contradicts"]),
        (the(37, **FALL), the(311), the(494, period="2010"), []),
        (the(37, **FALL, precision="at_least"),
         the(310), the(490, period="2010"), ["rounding"]),
        (the(40, **FALL, precision="at_least"),
         the(310), the(490, period="2010"), ["contradicts"]),
        (the(100, **GROWTH, quote="verdubbeld"), the(1334), the(668, period="2010"), []),
        (the(100, **GROWTH, quote="verdubbeld"), the(1222), the(668, period="2010"), ["contradicts"]),
        (the(33.333, **GROWTH, quote="een derde"), the(1333), the(1000, period="2010"), []),
        # In the unit of the counts
        (the(274, **MORE), the(1711), the(1437, period="2010"), []),
        (the(270, **MORE), the(1711), the(1437, period="2010"), ["rounding"]),
        (the(264, **MORE), the(1711), the(1437, period="2010"), ["contradicts"]),
        (the(100, **MORE, precision="at_least"),
         the(1490), the(1396, period="2010"), ["rounding"]),
        (the(100, **MORE), the(1484), the(1396, period="2010"), ["contradicts"]),
        # Between the ends of an interval
        (the(24, **BETWEEN), the(1222), the(993, period="2010"), ["contradicts"]),
        # Nothing to compare with: another year, population, source, status; an aim
        (the(24, **GROWTH), the(1222), the(993, period="2009"), []),
        (the(24, **GROWTH), the(1222), the(993, period="2010", population="sex=F"), []),
        (the(24, **GROWTH), the(1222), the(993, period="2010", source="CBS"), []),
        (the(24, **GROWTH), the(1222), the(993, period="2010", status="expected"), []),
        (the(24, **GROWTH, status="target"), the(1222), the(993, period="2010"), []),
        # Told by other letters
        (the(24, SECOND, **GROWTH), the(1222), the(993, period="2010"), ["contradicts"]),
        (the(24, **GROWTH), the(1222), the(993, SECOND, period="2010"), ["revised"]),
        (the(24, SECOND, **GROWTH, source=None), the(1222, source=None),
         the(993, period="2010", source=None), []),
    ],
)  # fmt: skip
def test_a_growth_is_held_against_the_counts(
    found: Any, growth: dict[str, Any], end: dict[str, Any], base: dict[str, Any], expected: list[str]
) -> None:
    assert found(growth, end, base) == [("growth", verdict) for verdict in expected]


def test_a_growth_without_a_code_is_held_against_counts_of_the_same_words_nearby(found: Any) -> None:
    women = {"measure_code": None, "measure": "vrouwen"}
    claims = [the(40, **GROWTH, **women), the(60, **women), the(50, **women, period="2010")]
    assert found(*claims) == [("growth", "contradicts")]


def test_without_a_code_what_is_far_off_or_in_other_words_is_not_compared(found: Any) -> None:
    women = {"measure_code": None, "measure": "vrouwen"}
    far = [the(40, **GROWTH, **women), the(1066, **women), the(820, **women, period="2010")]
    other = [the(40, SECOND, **GROWTH, **women | {"measure": "meisjes"}), the(60, SECOND, **women)]
    other.append(the(50, SECOND, **women, period="2010"))
    assert found(*far, *other) == []


def test_a_figure_in_place_of_a_denied_one_is_about_whom_that_was_about(found: Any) -> None:
    later = [the(984, SECOND, status="negated"), the(1013, SECOND, population="part")]
    assert found(the(984), *later) == [("restated", "revised")]


@pytest.mark.parametrize(
    ("total", "parts", "expected"),
    [
        (606, {"sex=M": 197, "sex=F": 409}, []),
        (608, {"sex=M": 197, "sex=F": 409}, ["contradicts"]),
        (610, {"sex=M": 197, "sex=F": 409}, ["rounding"]),
        (606, {"age_group=minor": 199, "age_group=adult": 409}, ["contradicts"]),
        (606, {"sex=M": 197, "age_group=minor": 400}, []),
        (606, {"sex=M": 197, "nationality=NL": 400}, []),
        (1813, {"sex=M": 280, "sex=F": 727, "part": 816}, ["contradicts"]),
        (1823, {"sex=M": 280, "sex=F": 727, "part": 816}, []),
    ],
)
def test_parts_are_added_up(found: Any, total: int, parts: dict[str, int], expected: list[str]) -> None:
    claims = [the(value, population=population) for population, value in parts.items()]
    assert found(the(total), *claims) == [("parts", verdict) for verdict in expected]


def test_parts_of_parts_are_added_up_too(found: Any) -> None:
    minors = "age_group=minor;sex="
    claims = [the(182, population=f"{minors}M"), the(231, population=f"{minors}F")]
    assert found(the(409, population="age_group=minor"), *claims) == [("parts", "contradicts")]


def test_where_the_sex_of_some_is_unknown_the_others_are_not_all(found: Any) -> None:
    sentence = {"sentence": f"van wie het geslacht onbekend is {WORDS}"}
    claims = [the(280, population="sex=M", **sentence), the(727, population="sex=F", **sentence)]
    assert found(the(1013), *claims) == []


@pytest.mark.parametrize(
    ("total", "parts", "expected"),
    [
        (1640, [610, 1040], ["rounding"]),
        (1640, [600, 1040], []),
        (1640, [400, 500], []),  # there may be more parts
        (1641, [612, 1042], []),  # so may these overlap
    ],
)
def test_a_sentence_that_divides_a_number(
    found: Any, total: int, parts: list[int], expected: list[str]
) -> None:
    sentence = f"In totaal {total}, waarvan {parts[0]} hier en {parts[1]} daar."
    rows = []
    for value in (total, *parts):
        start = sentence.index(str(value))
        at = {
            "sentence": sentence,
            "sentence_quote_start": start,
            "sentence_quote_end": start + len(str(value)),
        }
        row = the(value, population="total" if value == total else "part") | at
        rows.append(row | {"char_start": 100 + start, "char_end": 100 + start + len(str(value))})
    assert found(*rows) == [("parts", verdict) for verdict in expected]


def rows_of_table(cells: list[tuple[str, int]]) -> list[dict[str, Any]]:
    """Claims of a table of one column: its labels and numbers, one below the other."""
    rows = []
    for row, (label, value) in enumerate(cells):
        facts = PLACES | {"population": "total" if label == "Totaal" else "part"}
        claim = the(value, **facts, place="table", sentence=f"{label} {value}")
        rows.append(claim | {"char_start": 100 + 30 * row, "char_end": 104 + 30 * row})
    return rows


@pytest.mark.parametrize(("total", "expected"), [(1987, []), (1997, ["contradicts"])])
def test_a_table_is_added_up(found: Any, total: int, expected: list[str]) -> None:
    cells = [("Crisisopvang", 612), ("Vervolgopvang", 1104), ("Begeleid wonen", 271), ("Totaal", total)]
    assert found(*rows_of_table(cells)) == [("parts", verdict) for verdict in expected]


@pytest.mark.parametrize(
    ("facts", "reported", "expected"),
    [
        ({}, the(64, SECOND, **PLACES, period="2012-07-01"), ["revised"]),
        ({}, the(64, SECOND, **PLACES, period="2012-07"), ["revised"]),
        ({}, the(70, SECOND, **PLACES, period="2012-07-01"), []),
        ({}, the(64, SECOND, **PLACES, period="2012-10-01"), []),
        ({}, the(64, **PLACES, period="2012-07-01"), []),
        ({}, the(64, SECOND, **PLACES | {"population": "total"}, period="2012-07-01"), []),
        ({"precision": "approx"}, the(72, SECOND, **PLACES, period="2012-07-01"), ["rounding"]),
        (RANGE, the(72, SECOND, **PLACES, period="2012-07-01"), []),
        (RANGE, the(92, SECOND, **PLACES, period="2012-07-01"), ["revised"]),
        ({"precision": "at_most"}, the(64, SECOND, **PLACES, period="2012-07-01"), []),
    ],
)  # fmt: skip
def test_what_was_expected_is_held_against_what_came(
    found: Any, facts: dict[str, Any], reported: dict[str, Any], expected: list[str]
) -> None:
    planned = the(70, **PLACES, status="expected", period="2012-07-01", **facts)
    assert found(planned, reported) == [("expectation", verdict) for verdict in expected]


@pytest.mark.parametrize(
    ("facts", "reported", "expected"),
    [
        ({}, the(85, SECOND, **PLACES, period="2013-12-31"), ["contradicts"]),
        ({}, the(85, SECOND, **PLACES, period="2013"), ["contradicts"]),
        ({}, the(90, SECOND, **PLACES, period="2013-12"), []),
        ({}, the(95, SECOND, **PLACES, period="2013-12"), []),
        ({}, the(85, SECOND, **PLACES, period="2013-11"), []),
        ({}, the(85, **PLACES, period="2013-12"), []),
        ({"precision": "at_most"}, the(95, SECOND, **PLACES, period="2013-12"), ["contradicts"]),
        ({"precision": "at_most"}, the(85, SECOND, **PLACES, period="2013-12"), []),
        ({"precision": "approx"}, the(85, SECOND, **PLACES, period="2013-12"), ["rounding"]),
    ],
)
def test_an_aim_is_held_against_what_was_reached(
    found: Any, facts: dict[str, Any], reported: dict[str, Any], expected: list[str]
) -> None:
    aim = the(90, **PLACES, status="target", period="2013-12", **facts)
    assert found(aim, reported) == [("target", verdict) for verdict in expected]


def derived(build: Build, *claims: dict[str, Any]) -> list[tuple[object, ...]]:
    load(build, tables("one", LETTERS, list(claims)), "v")
    make_views(build)
    query = """
        SELECT
            method, year, round(value, 1), round(value_low, 1), round(value_high, 1), unit,
            len(input_claim_ids)
        FROM derived_figures WHERE basis = 'derived' ORDER BY ALL
    """
    return build.execute(query).fetchall()


def test_a_growth_implies_the_count_before_it(empty_build: Build) -> None:
    assert derived(empty_build, the(1222), the(23, **GROWTH)) == [
        ("count_before_growth", 2010, 993.5, 989.5, 997.6, "persons", 2)
    ]


def test_a_growth_implies_the_count_after_it(empty_build: Build) -> None:
    assert derived(empty_build, the(993, period="2010"), the(23, **GROWTH)) == [
        ("count_after_growth", 2011, 1221.4, 1216.4, 1226.4, "persons", 2)
    ]


def test_counts_of_two_years_imply_a_growth_as_exact_as_they_are(empty_build: Build) -> None:
    assert derived(empty_build, the(1000, period="2010"), the(1200)) == [
        ("growth_of_counts", 2011, 20.0, 9.5, 31.6, "percent", 2)
    ]


def test_counts_of_two_sources_imply_no_growth(empty_build: Build) -> None:
    assert derived(empty_build, the(993, period="2010", source="CBS"), the(1222)) == []


def test_more_than_a_percentage_sets_no_other_bound(empty_build: Build) -> None:
    ((*_, low, high, _, _),) = derived(empty_build, the(1222), the(23, **GROWTH, precision="at_least"))
    assert (low, high) == (0.0, 997.6)


def test_parts_imply_their_total(empty_build: Build) -> None:
    parts = [the(197, population="sex=M"), the(410, population="sex=F")]
    assert derived(empty_build, *parts) == [("sum_of_parts", 2011, 607.0, 602.0, 612.0, "persons", 2)]


def test_coverage_lists_what_the_vocabulary_lacks_most_often_first(empty_build: Build) -> None:
    rows = [
        the(n, measure_code=None, measure=word)
        for n, word in ((11, "Meisjes"), (12, "meisjes"), (13, "honden"))
    ]
    load(empty_build, tables("one", LETTERS, [*rows, the(14)]), "v")
    make_views(empty_build)
    found = empty_build.execute(
        "SELECT subject, claims, letters FROM coverage WHERE aspect = 'unmapped_measure'"
    ).fetchall()
    assert found == [("meisjes", 2, 1), ("honden", 1, 1)]


def test_coverage_shows_the_years_without_letters_and_without_figures(empty_build: Build) -> None:
    load(empty_build, tables("one", LETTERS, [the(11), the(12, SECOND, period="2013")]), "v")
    make_views(empty_build)
    query = "SELECT year, letters, claims FROM coverage WHERE aspect = '{}' ORDER BY year"
    assert empty_build.execute(query.format("dossier")).fetchall() == [
        (2012, 2, 1), (2013, 0, 0), (2014, 1, 1), (2015, 0, 0), (2016, 1, 0), (None, 1, 0)
    ]  # fmt: skip
    assert empty_build.execute(query.format("measure")).fetchall() == [
        (2011, 1, 1),
        (2012, 0, 0),
        (2013, 1, 1),
    ]
