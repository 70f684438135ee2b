"""Frames become charts: what is strong and faint, apart and named."""

from datetime import date
from typing import Any

import altair as alt
import polars as pl
import pytest

from dashboard import charts, points, theme
from dashboard.labels import Words

ENGLISH = Words("en", {("unit", "persons"): "persons", ("population", "total"): "total"})


def figures(*given: dict[str, Any]) -> pl.DataFrame:
    """Figures as sql/dashboard/figures.sql yields them, with what is given."""
    plain = {
        "year": 2011, "base_year": None, "period": None, "value": 10.0, "value_low": None, "value_high": None,
        "unit": "persons", "standing": "realised", "precision": "exact", "population": "total",
        "source": "CoMensha", "letter_id": "l", "letter": "kst-1-2", "letter_date": date(2012, 1, 1),
        "claim_id": "c", "quote": "10", "basis": "stated", "is_latest": True,
        "per": None, "statistic": None,
    }  # fmt: skip
    rows = [plain | {"period": str(row.get("year", 2011))} | row for row in given]
    schema = {"base_year": pl.Int32, "value_low": pl.Float64, "value_high": pl.Float64, "period": pl.String}
    schema |= {"per": pl.String, "statistic": pl.String}
    return pl.DataFrame(rows, schema_overrides=schema, infer_schema_length=None)


def drawn(found: pl.DataFrame, page: str = "victims") -> dict[str, Any]:
    chart = charts.by_year(points.points(found, ENGLISH), ENGLISH, "persons", linked=False, page=page)
    return chart.to_dict()  # type: ignore[no-any-return]


def marks(spec: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [layer for layer in spec["layer"] if layer["mark"]["type"] == kind]


def test_statements_of_the_same_are_one_point_and_the_newest_names_it() -> None:
    found = points.points(
        figures({"claim_id": "b", "letter_date": date(2013, 1, 1)}, {"claim_id": "a"}, {"value": 11.0}),
        ENGLISH,
    )
    assert found.select("value", "statements", "claim_id").rows() == [(10, 2, "b"), (11, 1, "c")]
    assert found["figure"].to_list() == ["10 persons", "11 persons"]
    assert found["spoken"][0] == "2011, 10 persons, total, realised, CoMensha, newest, kst-1-2, 1 Jan 2013"


def test_earlier_statements_are_faint_and_the_newest_strong() -> None:
    spec = drawn(figures({"is_latest": False, "value": 9.0}, {}))
    assert [layer["mark"]["opacity"] for layer in marks(spec, "point")] == [charts.FAINT, 1]


@pytest.mark.parametrize(
    ("newest", "earlier", "drawn_"), [(5, 5, (5, 5)), (900, 900, (500, 300)), (900, 0, (800, 0))]
)
def test_no_more_is_drawn_than_a_browser_draws_in_time(
    newest: int, earlier: int, drawn_: tuple[int, int]
) -> None:
    every = pl.DataFrame({"is_latest": [True] * newest + [False] * earlier})
    shown = points.drawable(every)["is_latest"]
    assert (shown.sum(), (~shown).sum()) == drawn_


def test_a_range_is_drawn_from_its_low_to_its_high_end() -> None:
    found = points.points(figures({"precision": "range", "value": 100.0, "value_high": 140.0}), ENGLISH)
    assert found.select("low", "high", "figure").row(0) == (100, 140, "100–140 persons")
    (rule,) = marks(drawn(figures({"precision": "range", "value": 100.0, "value_high": 140.0})), "rule")
    assert (rule["encoding"]["y"]["field"], rule["encoding"]["y2"]["field"]) == ("low", "high")


def test_what_is_derived_stands_aside_in_outline() -> None:
    derived = {
        "basis": "derived",
        "standing": "derived",
        "precision": "derived",
        "value_low": 9.0,
        "value_high": 12.0,
    }
    points = marks(drawn(figures({}, derived)), "point")
    assert [(layer["mark"]["xOffset"], layer["mark"]["filled"]) for layer in points] == [
        (charts.ASIDE, False),
        (0, True),
    ]


def test_every_standing_has_a_colour_and_a_shape_of_its_own() -> None:
    given = [{"standing": code, "year": 2000 + at} for at, code in enumerate(theme.STANDINGS)]
    encoding = marks(drawn(figures(*given)), "point")[-1]["encoding"]
    assert encoding["color"]["scale"]["range"] == list(theme.STANDINGS.values())
    assert encoding["shape"]["scale"]["range"] == list(theme.SHAPES.values())
    assert len(set(theme.SHAPES.values())) == len(theme.STANDINGS)


def test_what_isnt_exact_bears_a_sign() -> None:
    spec = drawn(figures({"precision": "approx", "year": 2012}, {"precision": "at_least"}, {"year": 2010}))
    signed = [layer for layer in marks(spec, "text") if layer["encoding"]["text"]["field"] == "sign"]
    (values,) = [spec["datasets"][layer["data"]["name"]] for layer in signed]
    assert {(row["year"], row["sign"]) for row in values} == {(2012, "≈"), (2011, "≥")}


def test_lines_join_whole_years_without_a_gap_of_one_series() -> None:
    found = points.points(
        figures(
            *({"year": year} for year in (2007, 2011, 2012, 2013)),
            {"year": 2014, "period": "2014-Q1"},
            {"year": 2014, "source": "OM"},
            {"year": 2014, "standing": "expected"},
        ),
        ENGLISH,
    )
    assert points.lines(found)["year"].to_list() == [2011, 2012, 2013]


def test_what_is_of_a_part_of_a_year_is_drawn_small_and_told_by_its_period() -> None:
    found = figures(
        {"year": 2014},
        {"year": 2014, "period": "2014-Q1"},
        {"year": 2014, "period": "2012-12/2014-12", "base_year": 2012},
    )
    of = points.points(found, ENGLISH)
    assert dict(of.select("period", "partly").rows()) == {
        "2014": False,
        "2014-Q1": True,
        "2012-12/2014-12": False,
    }
    assert {told.partition(",")[0] for told in of["spoken"]} == set(of["period"])
    for page, small in (("victims", True), ("growth", True), ("capacity", False)):
        sizes = [layer["encoding"]["size"] for layer in marks(drawn(found, page), "point")]
        assert all(("condition" in size) == small for size in sizes), page


def test_ends_are_named_by_what_differs() -> None:
    found = points.points(figures({"year": 2012}, {"year": 2013}, {"source": "OM"}), ENGLISH)
    assert set(points.named_ends(found).select("year", "name").rows()) == {(2013, "CoMensha"), (2011, "OM")}
    assert points.named_ends(points.points(figures({}), ENGLISH)).is_empty()


def test_growth_runs_from_the_year_that_it_is_compared_with() -> None:
    spec = drawn(figures({"base_year": 2008, "value": -13.0, "unit": "percent"}), "growth")
    rule = marks(spec, "rule")[0]
    assert rule["encoding"]["x2"]["field"] == "base_year"
    assert rule["encoding"]["x"]["scale"]["domain"] == [2007.4, 2011.6]


@pytest.mark.parametrize(("language", "told"), [("nl", "1.222,5"), ("en", "1,222.5")])
def test_numbers_are_written_as_the_reader_does(language: str, told: str) -> None:
    assert Words(language, {}).number(1222.5) == told


def contrast(colour: str, other: str) -> float:
    """Contrast of two colours, as WCAG has it."""

    def luminance(code: str) -> float:
        parts = [int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted(map(luminance, (colour, other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_colours_stand_out_from_white() -> None:
    assert all(contrast(colour, "#ffffff") >= 3 for colour in theme.STANDINGS.values())
    assert all(contrast(colour, "#ffffff") >= 4.5 for colour in (theme.INK, theme.QUIET, theme.PRIMARY))


def test_bars_have_a_place_for_every_year() -> None:
    frame = pl.DataFrame({"year": [2007, 2010], "letters": [1, 2]})
    chart: alt.Chart = charts.bars(frame, "year", "letters", ENGLISH, "Letters", linked=False)
    assert chart.to_dict()["encoding"]["x"]["scale"]["domain"] == [2007, 2008, 2009, 2010]
