"""Figures that differ where they should be the same: both quotes side by side, and the verdict."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl
from markupsafe import Markup

from dashboard.blocks import Block, Piece, Rows, View
from dashboard.markup import element, joined, link, marked, text

#: Pairs on a page.
SHOWN = 20
VERDICTS = ("contradicts", "revised", "other_source", "rounding")


def blocks(view: View) -> Iterator[Block]:
    """The page."""
    words, choose = view.words, view.choose
    yield Piece(
        element("h1", words("nav.contradictions"))
        + element("p", words("contradictions.intro"), class_="lead")
    )
    found = _chosen(view.ask("contradictions", as_of=view.as_of), view)
    if found.is_empty():
        yield Piece(element("p", words("contradictions.none"), class_="empty", role="status"))
        return
    yield Piece(_counted(found, view))
    pages = -(-len(found) // SHOWN)
    page = choose.page("part", words("app.page"), pages)
    shown = found.slice((page - 1) * SHOWN, SHOWN)
    yield Piece(_cards(shown, view))
    yield Rows(
        "contradictions", words("nav.contradictions"), _columns(view), _row(view), found, numeric=(4, 5, 6)
    )


def _chosen(found: pl.DataFrame, view: View) -> pl.DataFrame:
    words, choose = view.words, view.choose
    there = set(found["verdict"])
    verdict = choose.many(
        "verdict",
        words("contradictions.verdict"),
        {code: words.told("verdict", code) for code in VERDICTS if code in there},
    )
    kinds = {code: words.told("discrepancy", code) for code in sorted(set(found["kind"]))}
    kind = choose.many("kind", words("contradictions.kind"), kinds)
    measures = {code: words.code("measure", code) for code in sorted(set(found["measure"].drop_nulls()))}
    measure = choose.many("measure", words("figures.measure"), measures)
    dossiers = {code: code for code in sorted(set(found["dossiers"].explode().drop_nulls()))}
    dossier = choose.many("dossier", words("figures.dossier"), dossiers)
    states = {state: words(f"contradictions.{state}") for state in ("open", "settled")}
    state = choose.many("state", words("contradictions.state"), states, ["open"])
    for column, codes in (("verdict", verdict), ("kind", kind), ("measure", measure)):
        if codes:
            found = found.filter(pl.col(column).is_in(list(codes)))
    if dossier:
        found = found.filter(pl.col("dossiers").list.set_intersection(list(dossier)).list.len() > 0)
    if len(state) == 1:
        found = found.filter(pl.col("is_latest") == ("open" in state))
    return found


def _counted(found: pl.DataFrame, view: View) -> Markup:
    """How many there are of each verdict."""
    words = view.words
    counts = dict(found["verdict"].value_counts().rows())
    return element(
        "ul",
        *(
            element(
                "li",
                link(
                    view.address("contradictions", verdict=code),
                    element("strong", words.number(counts[code])),
                    element("span", words.told("verdict", code)),
                ),
            )
            for code in VERDICTS
            if code in counts
        ),
        class_="tiles",
    )


def _cards(shown: pl.DataFrame, view: View) -> Markup:
    """The pairs, each an article of two quotes."""
    rows = shown.to_dicts()
    ids = sorted(
        {
            claim_id
            for row in rows
            for claim_id in (row["claim_id"], row["other_claim_id"], *row["further_claim_ids"])
        }
    )
    claims = {row["claim_id"]: row for row in view.ask("claims", claim_ids=ids).to_dicts()}
    return Markup("").join(_card(row, claims, view) for row in rows)


def _card(row: Mapping[str, Any], claims: Mapping[str, Mapping[str, Any]], view: View) -> Markup:
    words = view.words
    measure, unit = words.code("measure", row["measure"]), row["unit"]
    about = joined(
        (measure, row["period"] or words("app.unknown"), words.code("population", row["population"])), " · "
    )
    difference = words.figure(row["difference"], None, unit)
    settled = row["superseded_on"]
    verdict = element("span", words.told("verdict", row["verdict"]), class_=f"badge verdict-{row['verdict']}")
    told = [
        words.told("verdict_told", row["verdict"]),
        words("contradictions.difference", difference=difference),
        *([words("contradictions.settled_on", day=words.day(settled))] if settled else []),
    ]
    others = [row["other_claim_id"], *row["further_claim_ids"]]
    return element(
        "article",
        element("h2", about, class_="about"),
        element(
            "p",
            verdict,
            " ",
            element("span", words.told("discrepancy", row["kind"]), class_="badge"),
            " ",
            " · ".join(told),
        ),
        element(
            "div",
            _side(words.figure(row["value"], None, unit), [row["claim_id"]], claims, view),
            _side(words.figure(row["other_value"], None, unit), others, claims, view),
            class_="sides",
        ),
        class_="pair",
        # A pair is named by what is compared.
        id=f"pair-{row['claim_id'][:12]}-{row['other_claim_id'][:12]}-{row['kind']}",
    )


def _side(figure: str, claim_ids: list[str], claims: Mapping[str, Mapping[str, Any]], view: View) -> Markup:
    said = [_said(claims[claim_id], view) for claim_id in claim_ids if claim_id in claims]
    return element("div", element("p", figure, class_="stated"), *said)


def _said(claim: Mapping[str, Any], view: View) -> Markup:
    words = view.words
    sentence = marked(
        claim["sentence"] or claim["quote"], claim["sentence_quote_start"], claim["sentence_quote_end"]
    )
    address = view.address("letter", letter=claim["letter_id"], claim=claim["claim_id"])
    where = joined(
        (claim["letter"], words.day(claim["letter_date"]), claim["source"] or words("app.unknown")), " · "
    )
    return element("figure", element("blockquote", sentence), element("figcaption", link(address, where)))


def _columns(view: View) -> list[str]:
    named = (
        "verdict", "kind", "measure", "period", "value", "other_value", "difference", "source",
        "other_source", "quote", "other_quote",
    )  # fmt: skip
    return [view.words(f"column.{name}") for name in named]


def _row(view: View) -> Any:
    words = view.words

    def row(of: Mapping[str, Any]) -> list[object]:
        numbers = [text(words.number(of[name])) for name in ("value", "other_value", "difference")]
        sides = [
            link(
                view.address("letter", letter=of[f"{side}letter_id"], claim=of[f"{side}claim_id"]),
                of[f"{side}quote"],
            )
            for side in ("", "other_")
        ]
        return [
            words.told("verdict", of["verdict"]),
            words.told("discrepancy", of["kind"]),
            words.code("measure", of["measure"]),
            of["period"] or words("app.unknown"),
            *numbers,
            of["source"] or words("app.unknown"),
            of["other_source"] or words("app.unknown"),
            *sides,
        ]

    return row
