"""Charts: functions from a frame to a chart."""

from collections.abc import Iterator, Mapping
from typing import Any

import altair as alt
import polars as pl

from dashboard import theme
from dashboard.labels import Words
from dashboard.points import LABELS, SERIES, lines, named_ends

HEIGHT = 380
#: Of a chart on a phone, in Vega's words.
NARROW = "containerSize()[0] < 500"
#: How strong earlier statements are.
FAINT = 0.3
#: Pixels by which derived figures stand beside the stated ones of their year.
ASIDE = 10
#: What of a row goes to which channel of a chart.
Encoded = dict[str, Any]
#: Pages of numbers of years; what there is room for is told of a day.
YEARLY = ("victims", "growth")
#: What the browser is told of each point.
DRAWN = (
    "year", "base_year", "value", "low", "high", "period", "partly", "is_latest", "standing", "precision",
    "quote", *LABELS,
)  # fmt: skip


def by_year(found: pl.DataFrame, words: Words, unit: str, *, linked: bool, page: str) -> alt.LayerChart:
    """Figures by year: earlier statements faint, the newest strong; ranges as bars, lines through series.

    `found` is of points(), with a column `href` where `linked`. What is derived stands beside, in outline;
    a sign tells of what isn't exact.
    """
    growth, yearly = page == "growth", page in YEARLY
    found = found.select(*DRAWN, *(["href"] if linked else []))
    x = alt.X(
        "year:Q",
        title=None,
        axis=alt.Axis(format="d", tickMinStep=1, grid=False),
        scale=alt.Scale(domain=_years(found, growth=growth), nice=False),
    )
    y = alt.Y(
        "value:Q",
        title="%" if unit == "percent" else words.code("unit", unit),
        axis=alt.Axis(labelExpr=_thousands(words), tickCount=6),
        scale=alt.Scale(padding=10 if growth else 0),
    )
    encoded: Encoded = {
        "x": x,
        "color": _standing(found, words, alt.Color, theme.STANDINGS),
        "tooltip": _tooltip(words),
        "description": "spoken:N",
        **({"href": "href:N"} if linked else {}),
    }
    shape = _standing(found, words, alt.Shape, theme.SHAPES)
    drawn_at = encoded | {"y": y, "shape": shape, "size": _size(yearly=yearly)}
    derived = pl.col("standing") == "derived"
    layers = [
        *(_changes(found, encoded, y) if growth else _series(found, x, y)),
        *_statements(found.filter(derived), encoded, drawn_at, aside=ASIDE),
        *_statements(found.filter(~derived), encoded, drawn_at, aside=0),
        *_signs(found, encoded | {"y": y}),
        *_names(found, x, y),
    ]
    # Of a layer without data Vega has no extent, and says so.
    held = [layer for layer in layers if len(layer.data)]
    chart: alt.LayerChart = _finished(alt.layer(*held).resolve_scale(shape="shared", color="shared"))
    return chart


def _changes(found: pl.DataFrame, encoded: Encoded, y: alt.Y) -> Iterator[alt.Chart]:
    """Rules from the years that changes are compared with, and the line of no change."""
    since = found.filter(pl.col("base_year").is_not_null())
    ends = {"x2": alt.X2("base_year:Q"), "y": y, "opacity": _faint(0.7, 0.2)}
    yield alt.Chart(since).mark_rule(strokeWidth=1.5).encode(**(encoded | ends))
    yield alt.Chart(pl.DataFrame({"value": [0.0]})).mark_rule(color=theme.QUIET).encode(y="value:Q")


def _series(found: pl.DataFrame, x: alt.X, y: alt.Y) -> Iterator[alt.Chart]:
    """Lines through the points of each series."""
    marked = alt.Chart(lines(found)).mark_line(
        strokeWidth=1.5, opacity=0.55, color=theme.STANDINGS["realised"], aria=False
    )
    yield marked.encode(x=x, y=y, detail=[*(f"{column}:N" for column in SERIES), "stretch:N"])


def _statements(
    found: pl.DataFrame, encoded: Encoded, drawn_at: Encoded, *, aside: int
) -> Iterator[alt.Chart]:
    """Points, earlier ones below the newest, and bars of ranges; in outline where they stand aside."""
    ranged = found.filter(pl.col("low").is_not_null() & pl.col("high").is_not_null())
    ends = {"y": alt.Y("low:Q"), "y2": alt.Y2("high:Q"), "opacity": _faint(0.5, 0.2)}
    bar = alt.Chart(ranged).mark_rule(strokeWidth=2 if aside else 5, strokeCap="round", xOffset=aside)
    yield bar.encode(**(encoded | ends))
    for kept, opacity in ((~pl.col("is_latest"), FAINT), (pl.col("is_latest"), 1)):
        mark: dict[str, Any] = {
            "opacity": opacity,
            "filled": not aside,
            "strokeWidth": 2,
            "xOffset": aside,
        }
        yield alt.Chart(found.filter(kept)).mark_point(**mark).encode(**drawn_at)
        if not aside:  # a range is a bar from one point to another
            other_ends = drawn_at | {"y": alt.Y("high:Q")}
            yield alt.Chart(ranged.filter(kept)).mark_point(**mark).encode(**other_ends)


def _signs(found: pl.DataFrame, encoded: Encoded) -> Iterator[alt.Chart]:
    """Signs above what isn't exact."""
    signs = found.with_columns(sign=pl.col("precision").replace_strict(theme.SIGNS, default=None))
    marked = alt.Chart(signs.filter(pl.col("sign").is_not_null())).mark_text(
        dy=-13, fontSize=15, fontWeight="bold", aria=False
    )
    yield marked.encode(**(encoded | {"text": "sign:N", "opacity": _faint(1, FAINT)}))


def _years(found: pl.DataFrame, *, growth: bool) -> list[float]:
    """First and last year, with some room beside them."""
    first = found["year"].min()
    if growth and (base := found["base_year"].min()) is not None:
        first = min(first, base)  # type: ignore[type-var]
    return [float(first) - 0.6, float(found["year"].max()) + 0.6]  # type: ignore[arg-type]


def _size(*, yearly: bool) -> Any:
    """Small where a number of a whole year was to be expected and it is one of a part of it."""
    if not yearly:
        return alt.value(95)
    return alt.condition("datum.partly", alt.value(28), alt.value(95))


def _faint(strong: float, faint: float) -> Any:
    return alt.condition("datum.is_latest", alt.value(strong), alt.value(faint))


def _standing(found: pl.DataFrame, words: Words, channel: Any, told_by: Mapping[str, str]) -> Any:
    """Standings as colours or shapes, in one legend for both."""
    there = [code for code in told_by if code in set(found["standing"])]
    return channel(
        "standing_label:N",
        title=words("column.standing"),
        scale=alt.Scale(
            domain=[words.told("standing", code) for code in there],
            range=[told_by[code] for code in there],
        ),
        legend=alt.Legend(columns=alt.ExprRef(f"{NARROW} ? 2 : 5")),
    )


def _names(found: pl.DataFrame, x: alt.X, y: alt.Y) -> Iterator[alt.Chart]:
    """Names of series beside their last points, on the side where there is room."""
    named = named_ends(found)
    middle = (found["year"].min() + found["year"].max()) / 2  # type: ignore[operator]
    for kept, align, dx, dy in (
        (pl.col("year") <= middle, "left", 22, 0),
        (pl.col("year") > middle, "right", -8, -13),
    ):
        mark: dict[str, Any] = {
            "align": align,
            "dx": dx,
            "dy": dy,
            "fontSize": 12,
            "color": theme.QUIET,
            "aria": False,
            "opacity": alt.ExprRef(f"{NARROW} ? 0 : 1"),  # there they would hide the points
        }
        yield alt.Chart(named.filter(kept)).mark_text(**mark).encode(x=x, y=y, text="name:N")


def _tooltip(words: Words) -> list[alt.Tooltip]:
    told = {
        "figure": "column.figure",
        "period": "column.period",
        "population_label": "column.population",
        "standing_label": "column.standing",
        "precision_label": "column.precision",
        "source_label": "column.source",
        "vintage_label": "column.vintage",
        "letter_label": "column.letter",
        "quote": "column.quote",
    }
    return [alt.Tooltip(f"{name}:N", title=words(label)) for name, label in told.items()]


def _thousands(words: Words) -> str:
    """Vega's expression for numbers along an axis: it writes them as the English do."""
    grouped = "format(datum.value, ',')"
    if not words.is_dutch:
        return grouped
    return f"replace(replace(replace({grouped}, /,/g, ';'), '.', ','), /;/g, '.')"


def bars(frame: pl.DataFrame, x: str, y: str, words: Words, title: str, *, linked: bool) -> alt.Chart:
    """A bar a year; `frame` has the columns `x` and `y`, and `href` where `linked`."""
    encoded: Encoded = {
        "x": _every_year(frame, x),
        "y": alt.Y(
            f"{y}:Q", title=title, axis=alt.Axis(labelExpr=_thousands(words), tickMinStep=1, tickCount=4)
        ),
        "tooltip": [alt.Tooltip(f"{x}:O", title=words("column.year")), alt.Tooltip(f"{y}:Q", title=title)],
    }
    if linked:
        encoded["href"] = "href:N"
    chart = alt.Chart(frame).mark_bar(color=theme.PRIMARY, cornerRadiusEnd=2).encode(**encoded)
    made: alt.Chart = _finished(chart, height=190)
    return made


def grid(frame: pl.DataFrame, words: Words, *, linked: bool) -> alt.Chart:
    """Rows of `label` by `year`, the darker the higher `figures`; nothing where it is 0."""
    encoded: Encoded = {
        "x": _every_year(frame, "year"),
        "y": alt.Y(
            "label:N",
            title=None,
            axis=alt.Axis(labelLimit=alt.ExprRef(f"{NARROW} ? 110 : 320")),
            sort=None,
        ),
        "color": alt.Color(
            "figures:Q",
            title=words("column.claims"),
            scale=alt.Scale(range=theme.SHADES, type="log"),
            legend=alt.Legend(tickMinStep=1, format="d", gradientLength=alt.ExprRef(f"{NARROW} ? 120 : 200")),
        ),
        "tooltip": [
            alt.Tooltip("label:N", title=words("column.measure")),
            alt.Tooltip("year:O", title=words("column.year")),
            alt.Tooltip("figures:Q", title=words("column.claims")),
            alt.Tooltip("letters:Q", title=words("column.letters")),
        ],
    }
    if linked:
        encoded["href"] = "href:N"
    held = frame.filter(pl.col("figures") > 0)
    chart = alt.Chart(held).mark_rect(cornerRadius=2, stroke="white", strokeWidth=1.5).encode(**encoded)
    made: alt.Chart = _finished(chart, height={"step": 22})
    return made


def _every_year(frame: pl.DataFrame, column: str) -> alt.X:
    """An axis on which every year has its place, also one of which there is nothing."""
    years = list(range(frame[column].min(), frame[column].max() + 1))  # type: ignore[arg-type,operator]
    return alt.X(
        f"{column}:O",
        title=None,
        axis=alt.Axis(labelAngle=0, labelOverlap=True),
        scale=alt.Scale(domain=years),
    )


def titled(chart: Any, title: str, subtitle: str) -> Any:
    """The chart for a file of its own, which says what it shows."""
    told = alt.TitleParams(text=title, subtitle=subtitle, anchor="start", frame="group", offset=14)
    return chart.properties(title=told)


def _finished(chart: Any, height: Any = HEIGHT) -> Any:
    return chart.properties(width="container", height=height).configure(**theme.CHART)
