"""What is there and what isn't: gaps, what the vocabulary lacks, files set aside, checks."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import polars as pl

from dashboard import charts
from dashboard.blocks import Block, Figures, Piece, Rows, View
from dashboard.markup import element, link
from dashboard.views.overview import set_aside


def blocks(view: View) -> Iterator[Block]:
    """The page."""
    words = view.words
    yield Piece(element("h1", words("nav.coverage")) + element("p", words("coverage.intro"), class_="lead"))
    yield from _measures(view)
    yield from _dossiers(view)
    yield from _part(
        view, "unmapped", view.ask("unmapped_measures", as_of=view.as_of), _unmapped(view), numeric=(1, 2)
    )
    compared = view.ask("comparisons", as_of=view.as_of)
    yield from _part(view, "comparisons", compared, _comparison(view), numeric=(1, 2, 3))
    yield from _part(view, "rejected", view.ask("rejected_letters", as_of=view.as_of), _rejected(view))
    run = view.ask("newest_run", as_of=view.as_of)
    checks = view.ask("checks", run_id=run["run_id"][0] if len(run) else "")
    yield from _part(view, "checks", checks, _check(view), numeric=(3,))


def _measures(view: View) -> Iterator[Block]:
    words = view.words
    found = view.ask("years_of_measures", as_of=view.as_of)
    yield Piece(element("h2", words("coverage.measures")))
    if found.is_empty():
        yield Piece(element("p", words("error.nothing"), class_="empty"))
        return
    counted = found.with_columns(total=pl.col("figures").sum().over("measure"))
    linked = counted.sort("total", "measure", "year", descending=[True, False, False]).with_columns(
        label=pl.col("measure").map_elements(lambda code: words.code("measure", code), pl.String),
        href=pl.col("claim_id").map_elements(lambda claim: view.address("letter", claim=claim), pl.String),
    )
    yield Figures(
        "years-of-measures",
        charts.grid(linked, words, linked=True),
        partial(charts.grid, linked.drop("href"), words, linked=False),
        words("coverage.measures_alt"),
        found,
    )
    yield Piece(element("p", words("coverage.measures_note"), class_="note"))
    told = _spans(found, "measure", "figures").sort("figures", descending=True)

    def row(of: Mapping[str, Any]) -> list[object]:
        example = link(view.address("letter", claim=of["claim_id"]), words("column.quote"))
        return [words.code("measure", of["measure"]), *_counted(of, "figures", view), example]

    columns = [words(f"column.{name}") for name in ("measure", "claims", "years", "gaps", "example")]
    yield Rows("measures", words("coverage.measures"), columns, row, told, numeric=(1,))


def _spans(found: pl.DataFrame, by: str, counted: str) -> pl.DataFrame:
    """From when to when, how many, and the years that lack, of each."""
    held = pl.col(counted) > 0
    return found.group_by(by, maintain_order=True).agg(
        pl.col(counted).sum(),
        first=pl.col("year").min(),
        last=pl.col("year").max(),
        gaps=pl.col("year").filter(~held),
        **({"claim_id": pl.col("claim_id").drop_nulls().first()} if "claim_id" in found.columns else {}),
    )


def _counted(of: Mapping[str, Any], counted: str, view: View) -> list[object]:
    words = view.words
    years = f"{of['first']}–{of['last']}" if of["last"] != of["first"] else str(of["first"])
    return [words.number(of[counted]), years, ", ".join(map(str, of["gaps"])) or words("app.none")]


def _dossiers(view: View) -> Iterator[Block]:
    words = view.words
    found = view.ask("years_of_dossiers", as_of=view.as_of)
    if found.is_empty():
        return
    yield Piece(element("h2", words("coverage.dossiers")))

    def row(of: Mapping[str, Any]) -> list[object]:
        return [
            link(view.address("letter", dossier=of["dossier"]), of["dossier"]),
            *_counted(of, "letters", view),
        ]

    columns = [words(f"column.{name}") for name in ("dossiers", "letters", "years", "gaps")]
    told = _spans(found, "dossier", "letters").sort("letters", descending=True)
    yield Rows("dossiers", words("coverage.dossiers"), columns, row, told, numeric=(1,))


#: Columns of each part, and whether words of labels.toml explain it.
PARTS = {
    "unmapped": ("subject", "claims", "letters", "example"),
    "comparisons": ("kind", "compared", "agreeing", "differing"),
    "rejected": ("file", "reason", "step", "detail", "first_seen"),
    "checks": ("check", "severity", "passed", "bad_rows"),
}
EXPLAINED = ("unmapped",)

Row = Callable[[dict[str, object]], list[object]]


def _part(
    view: View, name: str, found: pl.DataFrame, row: Any, numeric: tuple[int, ...] = ()
) -> Iterator[Block]:
    words = view.words
    yield Piece(element("h2", words(f"coverage.{name}")))
    if found.is_empty():
        yield Piece(element("p", words(f"coverage.{name}_none"), class_="note"))
        return
    if name == "comparisons" and view.as_of:
        yield Piece(element("p", words("coverage.comparisons_then"), class_="note"))
    elif name == "rejected":
        yield Piece(set_aside(view))
    elif name in EXPLAINED:
        yield Piece(element("p", words(f"coverage.{name}_note"), class_="note"))
    columns = [words(f"column.{column}") for column in PARTS[name]]
    yield Rows(name, words(f"coverage.{name}"), columns, row, found, numeric)


def _unmapped(view: View) -> Any:
    def row(of: Mapping[str, Any]) -> list[object]:
        number = view.words.number
        example = link(view.address("letter", claim=of["claim_id"]), of["example"], class_="quote")
        return [of["subject"], number(of["claims"]), number(of["letters"]), example]

    return row


def _comparison(view: View) -> Any:
    def row(of: Mapping[str, Any]) -> list[object]:
        counted = [view.words.number(of[name]) for name in ("compared", "agreeing", "differing")]
        kind = link(
            view.address("contradictions", kind=of["kind"]), view.words.told("discrepancy", of["kind"])
        )
        return [kind, *counted]

    return row


def _rejected(view: View) -> Any:
    def row(of: Mapping[str, Any]) -> list[object]:
        reason = view.words.told("rejection", of["reason"])
        detail = element("span", of["detail"] or "", lang="en")
        step = view.words.told("step", of["step"])
        return [of["file"], reason, step, detail, view.words.moment(of["first_seen"])]

    return row


def _check(view: View) -> Any:
    def row(of: Mapping[str, Any]) -> list[object]:
        words = view.words
        passed = element(
            "span", words("app.yes" if of["passed"] else "app.no"), class_=f"badge passed-{of['passed']}"
        )
        severity = words.told("severity", of["severity"])
        name = element("span", words.told("check", of["check_name"]), title=of["check_name"])
        return [name, severity, passed, words.number(of["bad_rows"])]

    return row
