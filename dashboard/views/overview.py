"""What the file holds, its version, the last run, and what is new."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import polars as pl
from markupsafe import Markup

from dashboard import charts
from dashboard.blocks import Block, Figures, Piece, Rows, View
from dashboard.markup import described, element, joined, link

#: What is counted, the page that it leads to, and the column of sql/dashboard/counts.sql.
TILES = (
    ("letters", "letter", "letters"),
    ("claims", "letter", "claims"),
    ("victims", "victims", "victim_counts"),
    ("growth", "growth", "growth_percentages"),
    ("capacity", "capacity", "capacity_figures"),
    ("targets", "capacity", "policy_targets"),
    ("discrepancies", "contradictions", "discrepancies"),
    ("rejected", "coverage", "rejected_letters"),
)


def blocks(view: View) -> Iterator[Block]:
    """The page."""
    words = view.words
    counts = view.ask("counts", as_of=view.as_of).row(0, named=True)
    yield Piece(element("h1", words("app.title")) + element("p", words("app.motto"), class_="lead"))
    if not counts["letters"] and not counts["rejected_letters"]:
        yield Piece(
            element(
                "p",
                words("error.empty_then" if view.as_of else "error.empty_file"),
                class_="empty",
                role="status",
            )
        )
        return
    yield Piece(_tiles(counts, view) + set_aside(view))
    yield from _by_year(view)
    run = view.ask("newest_run", as_of=view.as_of)
    yield Piece(element("h2", words("overview.run")))
    if run.is_empty():
        yield Piece(element("p", words("overview.run_none"), class_="note"))
        return
    yield Piece(_run(run.row(0, named=True), view))
    yield from _new(run["run_id"][0], view)


def _tiles(counts: Mapping[str, Any], view: View) -> Markup:
    words = view.words
    tiles = [
        element(
            "li",
            link(
                view.address(page),
                element("strong", words.number(counts[column])),
                element("span", words(f"overview.{name}")),
            ),
        )
        for name, page, column in TILES
    ]
    span = words(
        "overview.from_to", first=words.day(counts["first_letter"]), last=words.day(counts["last_letter"])
    )
    known = element("p", span, class_="note") if counts["first_letter"] else Markup("")
    return element("ul", *tiles, class_="tiles") + known


def set_aside(view: View) -> Markup:
    """How many files were set aside, by reason; nothing where none was."""
    words = view.words
    counted = view.ask("rejected_by_reason", as_of=view.as_of).rows()
    reasons = ", ".join(f"{words.number(files)} {words.told('rejection', why)}" for why, files in counted)
    told = words("overview.by_reason", reasons=reasons)
    return element("p", told, class_="note") if counted else Markup("")


def _by_year(view: View) -> Iterator[Block]:
    words = view.words
    found = view.ask("letters_by_year", as_of=view.as_of)
    if found.is_empty():
        return
    linked = found.with_columns(
        href=pl.col("year").map_elements(lambda year: view.address("letter", year=year), pl.String)
    )
    title = words("column.letters")
    yield Piece(element("h2", words("overview.by_year")))
    yield Figures(
        "letters-by-year",
        charts.bars(linked, "year", "letters", words, title, linked=True),
        partial(charts.bars, found, "year", "letters", words, title, linked=False),
        words("overview.by_year_alt", first=found["year"][0], last=found["year"][-1]),
        found,
    )


def _run(run: Mapping[str, Any], view: View) -> Markup:
    words = view.words
    counted = ("letters_seen", "letters_known", "letters_read", "letters_rejected", "claims")
    return described(
        [
            (words("overview.version"), str(run["version"]).removesuffix(".duckdb")),
            (words("overview.run_ended"), words.moment(run["finished_at"])),
            *(
                (words(f"overview.run_{name.removeprefix('letters_')}"), words.number(run[name]))
                for name in counted
            ),
            (words("overview.harvest"), _harvest(run["harvest"], view)),
            (
                words("overview.run_kind"),
                joined((words.told("run_kind", run["kind"]), words.told("engine", run["engine"])), ", "),
            ),
            (words("overview.grammar"), run["extractor_version"]),
        ]
    )


def _harvest(outcome: str | None, view: View) -> Markup:
    """How the harvest that the run began with ended, and why it failed."""
    word, _, why = (outcome or "none").partition(": ")
    told = element("span", view.words.told("harvest", word), class_=f"badge harvest-{word}")
    return joined((told, why)) if why else told


def _new(run_id: str, view: View) -> Iterator[Block]:
    words = view.words
    yield Piece(element("h2", words("overview.new")))
    asked = dict.fromkeys(("dossier", "year", "cites", "words"))
    letters = view.ask("letters", **asked, run_id=run_id, as_of=view.as_of, every=True)
    if letters.is_empty():
        yield Piece(element("p", words("overview.new_none"), class_="note"))
    else:
        yield letter_rows(letters, view, words("overview.new_letters"), "new-letters")
    changes = view.ask("row_changes", run_id=run_id)
    yield Piece(element("h3", words("overview.row_changes")))
    if changes.is_empty():
        yield Piece(element("p", words("overview.row_changes_none"), class_="note"))
        return
    columns = [words(f"column.{name}") for name in ("relation", "rows_before", "rows", "change")]
    yield Rows(
        "row-changes", words("overview.row_changes"), columns, _change(view), changes, numeric=(1, 2, 3)
    )


def _change(view: View) -> Any:
    number = view.words.number

    def row(of: Mapping[str, Any]) -> list[object]:
        sign = "+" if of["change"] > 0 else ""
        return [
            element("code", of["relation"]),
            number(of["rows_before"]),
            number(of["rows"]),
            f"{sign}{number(of['change'])}",
        ]

    return row


def state_badges(of: Mapping[str, Any], view: View) -> list[Markup]:
    """Badges of a letter that was issued again or withdrawn."""
    again = view.words("letter.vintage", number=of["vintage"]) if of["vintage"] > 1 else None
    gone = view.words("letter.withdrawn") if of["withdrawn"] else None
    return [element("span", told, class_="badge") for told in (again, gone) if told]


def letter_rows(letters: pl.DataFrame, view: View, caption: str, name: str) -> Rows:
    """A table of letters (sql/dashboard/letters.sql), each with a link."""
    words = view.words

    def row(of: Mapping[str, Any]) -> list[object]:
        return [
            element("span", words.day(of["letter_date"]), class_="day"),
            joined(
                (link(view.address("letter", letter=of["letter_id"]), of["letter"]), *state_badges(of, view))
            ),
            of["subject"] or words("app.none"),
            of["sender"] or words("app.none"),
            ", ".join(of["dossiers"] or ()),
            words.number(of["claims"]),
        ]

    columns = [
        words(f"column.{name}") for name in ("date", "letter", "subject", "sender", "dossiers", "claims")
    ]
    return Rows(name, caption, columns, row, letters, numeric=(5,))
