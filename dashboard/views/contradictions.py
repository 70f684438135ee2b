"""Figures that differ where they should be the same: both quotes side by side, and the verdict."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl
from markupsafe import Markup

from dashboard.blocks import Block, Piece, Rows, View
from dashboard.labels import rounded
from dashboard.markup import element, joined, link, marked, text

#: Pairs on a page.
SHOWN = 20
#: Pairs that are asked for, the newest: of a hundred thousand figures they may be millions. Exports hold all.
ASKED = 2000
#: Kinds of which the other side is no statement, but what follows from some.
CALCULATED = ("growth", "parts")
VERDICTS = ("contradicts", "revised", "other_source", "rounding")


def blocks(view: View) -> Iterator[Block]:
    """The page."""
    words, choose = view.words, view.choose
    yield Piece(
        element("h1", words("nav.contradictions"))
        + element("p", words("contradictions.intro"), class_="lead")
    )
    counted, chosen = _chosen(view)
    total = int(counted["pairs"].sum())
    if not total:
        yield Piece(element("p", words("contradictions.none"), class_="empty", role="status"))
        return
    yield Piece(_counted(counted, view))
    found = view.ask("contradictions", as_of=view.as_of, rows=ASKED, **chosen)
    if len(found) < total:
        told = words("figures.left_out", shown=words.number(len(found)), total=words.number(total))
        yield Piece(element("p", told, class_="note"))
    pages = -(-len(found) // SHOWN)
    page = choose.page("part", words("app.page"), pages)
    shown = found.slice((page - 1) * SHOWN, SHOWN)
    yield Piece(_cards(shown, view))
    yield Rows(
        "contradictions", words("nav.contradictions"), _columns(view), _row(view), found, numeric=(4, 5, 6)
    )


def _chosen(view: View) -> tuple[pl.DataFrame, dict[str, Any]]:
    """How many there are of what the reader chose, and this as parameters of the query."""
    words, choose = view.words, view.choose
    every = view.ask("contradictions_counted", as_of=view.as_of, dossiers=[])
    there = set(every["verdict"])
    verdicts = {code: words.told("verdict", code) for code in VERDICTS if code in there}
    kinds = {code: words.told("discrepancy", code) for code in sorted(set(every["kind"]))}
    measures = {code: words.code("measure", code) for code in sorted(set(every["measure"].drop_nulls()))}
    dossiers = {code: code for code in sorted(view.ask("dossiers")["dossier"])}
    states = {state: words(f"contradictions.{state}") for state in ("open", "settled")}
    chosen = {
        "verdicts": list(choose.many("verdict", words("contradictions.verdict"), verdicts)),
        "kinds": list(choose.many("kind", words("contradictions.kind"), kinds)),
        "measures": list(choose.many("measure", words("figures.measure"), measures)),
    }
    dossier = list(choose.many("dossier", words("figures.dossier"), dossiers))
    state = choose.many("state", words("contradictions.state"), states, ["open"])
    is_open = ("open" in state) if len(state) == 1 else None
    counted = view.ask("contradictions_counted", as_of=view.as_of, dossiers=dossier)
    for column, codes in zip(("verdict", "kind", "measure"), chosen.values(), strict=True):
        if codes:
            counted = counted.filter(pl.col(column).is_in(codes))
    if is_open is not None:
        counted = counted.filter(is_latest=is_open)
    return counted, {**chosen, "dossiers": dossier, "open": is_open}


def _counted(counted: pl.DataFrame, view: View) -> Markup:
    """How many there are of each verdict."""
    words = view.words
    counts = dict(counted.group_by("verdict").agg(pl.col("pairs").sum()).rows())
    return element(
        "ul",
        *(
            element(
                "li",
                link(
                    view.address("contradictions", **_kept(view), verdict=code),
                    element("strong", words.number(counts[code])),
                    element("span", words.told("verdict", code)),
                ),
            )
            for code in VERDICTS
            if code in counts
        ),
        class_="tiles",
    )


def _kept(view: View) -> dict[str, str]:
    """What else was chosen, for the address of a choice."""
    chosen = {name: view.choose.given(name) for name in ("kind", "measure", "dossier", "state")}
    return {name: code for name, code in chosen.items() if code is not None}


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
    # Between percentages lie points.
    difference = words.figure(
        row["difference"], None, "percentage_points" if unit == "percent" else unit, "derived"
    )
    calculated = "derived" if row["kind"] in CALCULATED else None
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
            _side(words.figure(row["other_value"], None, unit, calculated), others, claims, view),
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


def _short(value: float, of: Mapping[str, Any]) -> float:
    return rounded(value, of["unit"]) if of["kind"] in CALCULATED else value


def _row(view: View) -> Any:
    words = view.words

    def row(of: Mapping[str, Any]) -> list[object]:
        numbers = [
            text(words.number(_short(of[name], of))) for name in ("value", "other_value", "difference")
        ]
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
