"""The letters: a list to search, and one of them with every figure marked."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl
from markupsafe import Markup

from dashboard.blocks import Block, Piece, Rows, View
from dashboard.letters import Span, highlighted, part_of, parts
from dashboard.markup import described, element, joined, link, marked, outside, text
from dashboard.views.figures import empty
from dashboard.views.overview import letter_rows

#: Characters of a letter shown at once; few letters are as long.
PART = 150_000
KINDS = ("count", "growth", "share", "capacity", "amount", "duration", "other")


def blocks(view: View) -> Iterator[Block]:
    """The page: the letter that the address names, else the list."""
    wanted, claim_id = view.choose.given("letter"), view.choose.given("claim")
    if claim_id and not wanted:
        found = view.ask("letter_of_claim", claim_id=claim_id)
        wanted = found["letter_id"][0] if len(found) else claim_id
    yield from letter(view, wanted, claim_id) if wanted else listed(view)


def listed(view: View) -> Iterator[Block]:
    """The list of letters, as far as the reader narrows it."""
    words, choose = view.words, view.choose
    yield Piece(element("h1", words("letter.list")) + element("p", words("letter.list_intro"), class_="lead"))
    cites = choose.given("cites")
    if cites:
        citing = element("p", words("letter.citing", identifier=cites), class_="note")
        yield Piece(citing + element("p", link(view.address("letter"), words("letter.back"))))
    found = choose.words("words", words("letter.words"))
    dossiers = {code: code for code in view.ask("dossiers")["dossier"]}
    dossier = choose.one("dossier", words("letter.dossier"), {"": words("app.all"), **dossiers}, "")
    years = {str(year): str(year) for year in view.ask("letters_by_year", as_of=view.as_of)["year"].reverse()}
    year = choose.one("year", words("letter.year"), {"": words("app.all"), **years}, "")
    letters = view.ask(
        "letters",
        as_of=view.as_of,
        run_id=None,
        dossier=dossier or None,
        year=int(year) if year else None,
        cites=cites,
        words=found or None,
        every=False,
    )
    yield letter_rows(letters, view, words("letter.list"), "letters") if len(letters) else empty(view)


def letter(view: View, wanted: str, claim_id: str | None) -> Iterator[Block]:
    """One letter, by letter_id or identifier, with the figure that is looked at first."""
    words = view.words
    found = view.ask("letter", letter=wanted, as_of=view.as_of)
    back = element("p", link(view.address("letter"), "← ", words("letter.back")), class_="back")
    if found.is_empty():
        yield Piece(element("h1", words("letter.list")) + back)
        yield Piece(element("p", words("letter.missing", letter=wanted), class_="empty", role="status"))
        return
    it = found.row(0, named=True)
    claims = view.ask("claims_of_letter", letter_id=it["letter_id"]).to_dicts()
    looked_at = next((claim for claim in claims if claim["claim_id"] == claim_id), None)
    yield Piece(back + element("h1", it["subject"] or it["letter"]) + _heading(it, view))
    if claim_id and not looked_at:
        yield Piece(element("p", words("letter.missing_claim"), class_="note", role="status"))
    if looked_at:
        yield Piece(_card(looked_at, view))
    yield from _text(it, claims, looked_at, view)
    if claims:
        yield Piece(element("h2", words("letter.all_claims")))
        yield _rows(claims, view)


def _heading(it: Mapping[str, Any], view: View) -> Markup:
    words = view.words
    dossiers = [link(view.address("letter", dossier=dossier), dossier) for dossier in it["dossiers"] or ()]
    return _state(it, view) + described(
        [
            (words("column.letter"), it["letter"]),
            (words("column.date"), words.day(it["letter_date"])),
            (words("column.sender"), it["sender"]),
            (words("letter.addressee"), it["addressee"]),
            (words("letter.signatory"), it["signatory"]),
            (words("column.dossiers"), joined(dossiers, ", ") if dossiers else None),
            (words("letter.vintages"), _vintages(it, view)),
            (words("letter.forms"), _forms(it, view)),
            (words("letter.modified"), words.moment(it["modified"]) if it["modified"] else None),
            (words("letter.licence"), it["licence"]),
            (
                words("letter.warnings"),
                "; ".join(words.told("warning", code) for code in it["warnings"] or ()),
            ),
        ]
    )


def _state(it: Mapping[str, Any], view: View) -> Markup:
    """Why the text doesn't stand: it is of after the day, was withdrawn, or was issued again."""
    words, day = view.words, view.as_of
    told_ = []
    issued, ended = it["issued_on"] or it["first_seen"].date(), it["ended_on"]
    if day and issued > day:
        told_.append(words("letter.not_then", day=words.day(day)))
    elif ended and (not day or ended <= day):
        told_.append(
            words("letter.withdrawn_on" if it["withdrawn"] else "letter.reissued_on", day=words.day(ended))
        )
    return joined(element("p", one, class_="note state", role="status") for one in told_)


def _vintages(it: Mapping[str, Any], view: View) -> Markup | None:
    """The texts in which the letter was issued, those that are not shown as links; None of only one."""
    words = view.words
    every = view.ask("vintages_of_letter", letter_id=it["letter_id"]).to_dicts()
    if len(every) < 2:
        return None

    def named(of: Mapping[str, Any]) -> Markup:
        since = words("letter.since", number=of["vintage"], day=words.day(of["issued_on"]))
        shown = of["letter_id"] == it["letter_id"]
        return (
            element("strong", since) if shown else link(view.address("letter", letter=of["letter_id"]), since)
        )

    return joined(map(named, every), " · ")


def _forms(it: Mapping[str, Any], view: View) -> Markup:
    """The files in which this text was received, the one in use first, each with where the source has it."""
    words = view.words

    def named(of: Mapping[str, Any]) -> Markup:
        used = [element("strong", f"({words('letter.in_use')})")] if of["in_use"] else []
        source = [outside(of["source_url"], of["source_url"])] if of["source_url"] else []
        return element("li", joined((of["format"] or words("app.unknown"), of["file"], *used, *source)))

    forms = view.ask("forms_of_letter", letter_id=it["letter_id"])
    return element("ul", *map(named, forms.to_dicts()), class_="forms")


def _card(claim: Mapping[str, Any], view: View) -> Markup:
    """The figure that is looked at: its sentence with the number marked, and all that is told of it."""
    sentence = marked(
        claim["sentence"] or claim["quote"], claim["sentence_quote_start"], claim["sentence_quote_end"]
    )
    return element(
        "section",
        element("h2", view.words("letter.figure")),
        element("blockquote", sentence, lang="nl"),
        described(told(claim, view)),
        element("p", link(f"#claim-{claim['claim_id']}", view.words("letter.in_text"))),
        class_="looked-at",
        aria_label=view.words("letter.figure"),
    )


def told(claim: Mapping[str, Any], view: View) -> list[tuple[str, object]]:
    """All that is told of a claim, each with its name."""
    words = view.words
    base = claim["base_period"]
    corrected = {"drop": words("letter.dropped"), "override": words("letter.overridden")}.get(claim["action"])
    return [
        (words("column.figure"), figure(claim, view)),
        (words("column.kind"), words.told("claim_kind", claim["kind"])),
        (words("column.measure"), words.code("measure", claim["measure"])),
        (words("column.period"), claim["period"] or words("app.unknown")),
        (words("column.base"), base),
        (words("column.population"), words.code("population", claim["population"])),
        (words("column.standing"), words.told("standing", claim["status"])),
        (words("column.precision"), words.told("precision", claim["precision"])),
        (words("column.statistic"), claim["statistic"] and words.told("statistic", claim["statistic"])),
        (words("column.per"), claim["per"] and words.told("per", claim["per"])),
        (words("column.source"), claim["source"]),
        (words("column.rule"), claim["rule_id"]),
        (words("column.locator"), claim["locator"]),
        (
            words("column.correction"),
            ": ".join(filter(None, (corrected, claim["reason"]))) if corrected else None,
        ),
    ]


def figure(claim: Mapping[str, Any], view: View) -> str:
    """A claim's figure as one says it, a decrease below zero."""
    sign = -1 if claim["direction"] == "decrease" else 1
    high = claim["value_high"]
    return view.words.figure(
        sign * claim["value"],
        None if high is None else sign * high,
        claim["unit"],
        claim["precision"],
        per=claim["per"],
        statistic=claim["statistic"],
    )


def _spans(
    it: Mapping[str, Any], claims: list[dict[str, Any]], looked_at: Mapping[str, Any] | None, view: View
) -> list[Span]:
    words = view.words
    spans = [
        Span(
            claim["char_start"],
            claim["char_end"],
            f"claim-{claim['claim_id']}",
            f"claim kind-{claim['kind']}",
            "\n".join(f"{name}: {value}" for name, value in told(claim, view) if value not in (None, "")),
            view.address("letter", letter=it["letter_id"], claim=claim["claim_id"]),
            looked_at is not None and claim["claim_id"] == looked_at["claim_id"],
        )
        for claim in claims
    ]
    for reference in view.ask("references_of_letter", letter_id=it["letter_id"]).to_dicts():
        held, identifier = reference["cited_letter_id"], reference["identifier"]
        address = view.address("letter", letter=held) if held else view.address("letter", cites=identifier)
        where = words("letter.held" if held else "letter.not_held", identifier=identifier)
        spans.append(
            Span(
                reference["char_start"],
                reference["char_end"],
                None,
                "reference" if held else "reference not-held",
                f"{words('letter.reference')}: {where}",
                address,
            )
        )
    return spans


def _text(
    it: Mapping[str, Any], claims: list[dict[str, Any]], looked_at: Mapping[str, Any] | None, view: View
) -> Iterator[Block]:
    words = view.words
    yield Piece(element("h2", words("letter.text")))
    if not claims:
        yield Piece(element("p", words("letter.no_claims"), class_="note"))
    else:
        there = {claim["kind"] for claim in claims}
        legend = [
            element("li", element("span", words.told("claim_kind", kind), class_=f"claim kind-{kind}"))
            for kind in KINDS
            if kind in there
        ]
        yield Piece(element("ul", *legend, class_="legend", aria_label=words("letter.kinds")))
    spans = _spans(it, claims, looked_at, view)
    cut = parts(it["text"], PART)
    number = 1
    if len(cut) > 1:
        given = view.choose.given("part")
        number = part_of(looked_at["char_start"], cut) if looked_at else 1
        number = int(given) if given and given.isdecimal() and 1 <= int(given) <= len(cut) else number
        yield Piece(_parts(it, number, len(cut), view))
    inner = highlighted(it["text"], spans, *cut[number - 1])
    name = f"letter-{it['letter_id']}"
    yield Piece(
        element(
            "div",
            inner,
            class_="letter",
            id=name,
            lang="nl",
            role="region",
            aria_label=words("letter.text"),
            tabindex="0",
        )
    )


def _parts(it: Mapping[str, Any], number: int, of: int, view: View) -> Markup:
    words = view.words
    named = [
        text(number_)
        if number_ == number
        else link(view.address("letter", letter=it["letter_id"], part=number_), str(number_))
        for number_ in range(1, of + 1)
    ]
    told_ = element("p", words("letter.parts"), " ", words("letter.part", part=number, parts=of))
    return told_ + element("p", joined(named))


def _rows(claims: list[dict[str, Any]], view: View) -> Rows:
    words = view.words

    def row(of: Mapping[str, Any]) -> list[object]:
        address = view.address("letter", letter=of["letter_id"], claim=of["claim_id"])
        return [
            link(address, figure(of, view), class_="figure"),
            words.told("claim_kind", of["kind"]),
            words.code("measure", of["measure"]),
            of["period"] or words("app.unknown"),
            words.code("population", of["population"]),
            element("span", words.told("standing", of["status"]), class_=f"badge standing-{of['status']}"),
            of["source"] or words("app.unknown"),
            link(address, "“", of["quote"], "”", class_="quote"),
        ]

    named = ("figure", "kind", "measure", "period", "population", "standing", "source", "quote")
    columns = [words(f"column.{name}") for name in named]
    frame = pl.DataFrame(claims, infer_schema_length=None)
    return Rows("claims", words("letter.all_claims"), columns, row, frame, numeric=(0,))
