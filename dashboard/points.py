"""Points of a chart: what they are of the figures, which of them a line joins, which bear a name."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard.labels import Words

#: Beyond this a browser draws too long: the newest are shown, and of the earlier statements fewer.
MAX_POINTS = 800
MAX_EARLIER = 300
#: What makes two statements the same point.
SAME_POINT = (
    "year", "base_year", "period", "value", "low", "high", "standing", "precision", "population", "source",
    "per", "statistic", "is_latest",
)  # fmt: skip
#: What a screen reader says of a point.
SPOKEN = ("figure", "population_label", "standing_label", "source_label", "vintage_label", "letter_label")
#: Texts of a point: of its tooltip, the legends, its series.
LABELS = (
    "figure", "standing_label", "precision_label", "population_label", "source_label", "letter_label",
    "vintage_label", "spoken",
)  # fmt: skip
SERIES = ("population_label", "source_label")
#: Of more series their names would hide the points.
MAX_NAMED = 6


def points(figures: pl.DataFrame, words: Words) -> pl.DataFrame:
    """Points of a chart of figures (sql/dashboard/figures.sql), one for all that say the same.

    `low` and `high` are the ends of a range or of what rounding allows; null where there is none. LABELS are
    columns of texts. `claim_id` and `letter_id` are of the newest of the statements; `partly` tells those
    about a part of the year.
    """
    ranged = figures.filter(pl.col("year").is_not_null()).with_columns(
        low=pl.when(pl.col("basis") == "derived")
        .then("value_low")
        .when(pl.col("value_high").is_not_null())
        .then("value"),
        high=pl.when((pl.col("basis") == "stated") | pl.col("value_low").is_not_null()).then("value_high"),
    )
    return (
        ranged.group_by(SAME_POINT, maintain_order=True)
        .agg(
            pl.col("claim_id", "letter_id", "letter", "letter_date", "quote", "unit", "basis").first(),
            statements=pl.len(),
        )
        .with_columns(partly=(_within_its_year() & ~_whole_year()).fill_null(value=False))
        .sort("is_latest", "letter_date", descending=True, nulls_last=True, maintain_order=True)
        .pipe(_told, words)
    )


def drawable(every: pl.DataFrame) -> pl.DataFrame:
    """Points that a browser draws in time, of those of points(): the newest and a few of the earlier ones."""
    newest, earlier = every.filter("is_latest"), every.filter(~pl.col("is_latest"))
    return pl.concat([newest.head(MAX_POINTS - min(len(earlier), MAX_EARLIER)), earlier.head(MAX_EARLIER)])


def _told(found: pl.DataFrame, words: Words) -> pl.DataFrame:
    """With the texts of the tooltip, the labels of the legends and the name of the series."""

    def shown(row: Mapping[str, Any]) -> dict[str, str]:
        high = row["high"] if row["basis"] == "stated" else None
        how = {key: row[key] for key in ("precision", "per", "statistic")}
        told = {
            "figure": words.figure(row["value"], high, row["unit"], **how),
            "standing_label": words.told("standing", row["standing"]),
            "precision_label": words.told("precision", row["precision"]),
            "population_label": words.code("population", row["population"]),
            "source_label": row["source"] or words("app.unknown"),
            "letter_label": f"{row['letter']}, {words.day(row['letter_date'])}",
            "vintage_label": words("vintage.latest" if row["is_latest"] else "vintage.older"),
        }
        when = row["period"] or str(row["year"])
        return told | {"spoken": ", ".join((when, *(told[name] for name in SPOKEN)))}

    schema = dict.fromkeys(LABELS, pl.String)
    return found.hstack(pl.DataFrame(list(map(shown, found.iter_rows(named=True))), schema=schema))


def lines(found: pl.DataFrame) -> pl.DataFrame:
    """Points that a line joins: the newest stated and realised ones of whole years that follow each other.

    `stretch` numbers the years without a gap between them within a series.
    """
    newest = found.filter(pl.col("is_latest") & (pl.col("standing") == "realised") & _whole_year())
    one_a_year = newest.unique([*SERIES, "year"], keep="first", maintain_order=True).sort(*SERIES, "year")
    after_a_gap = (pl.col("year").diff() > 1).fill_null(value=False).cum_sum().over(SERIES)
    return one_a_year.with_columns(stretch=after_a_gap).filter(pl.len().over(*SERIES, "stretch") > 1)


def _whole_year() -> pl.Expr:
    return pl.col("period") == pl.col("year").cast(pl.String)


def _within_its_year() -> pl.Expr:
    """Not of several years, as the growth from 2012-12 to 2016-12, which stands at 2016."""
    return pl.col("period").str.starts_with(pl.col("year").cast(pl.String))


def named_ends(found: pl.DataFrame) -> pl.DataFrame:
    """Last realised point of each series with a `name` that tells it from others; none of one or of many."""
    realised = found.filter(pl.col("is_latest") & (pl.col("standing") == "realised"))
    last = realised.sort("year", descending=True).unique(SERIES, keep="first", maintain_order=True)
    differing = [column for column in SERIES if last[column].n_unique() > 1]
    if not 1 < len(last) <= MAX_NAMED or not differing:
        return last.clear().with_columns(name=pl.lit(""))
    return last.with_columns(name=pl.concat_str(differing, separator=", "))
