"""What the pages of figures by year have in common: choices, the chart, the table."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import polars as pl
from markupsafe import Markup

from dashboard import charts, points, theme
from dashboard.blocks import Block, Figures, Piece, Rows, View
from dashboard.markup import element, joined, link

#: What one sees first, where there are such figures.
ALL = "total"
#: Figures that are asked for, the newest: those of a measure may be hundreds of thousands. Exports hold all.
ASKED = 5000
#: Populations that the title of a chart names.
NAMED = 3


def blocks(view: View, name: str) -> Iterator[Block]:
    """The page of this name: victims, growth or capacity."""
    words, choose = view.words, view.choose
    yield Piece(element("h1", words(f"nav.{name}")) + element("p", words(f"figures.{name}"), class_="lead"))
    measures = view.ask("measures").filter(page=name)["measure"].to_list()
    if not measures:
        yield empty(view)
        return
    labels = {measure: words.code("measure", measure) for measure in measures}
    measure = choose.one("measure", words("figures.measure"), labels, measures[0])
    found = _chosen(view, name, str(measure))
    if found.is_empty():
        yield empty(view)
        return
    yield from _chart(found, view, name, str(measure))
    yield Piece(element("h2", words("figures.table")))
    if len(found) < found["found"][0]:
        shown, total = words.number(len(found)), words.number(found["found"][0])
        yield Piece(element("p", words("figures.left_out", shown=shown, total=total), class_="note"))
    yield _table(found, view, name)


def empty(view: View) -> Piece:
    """What is shown where there is nothing."""
    return Piece(element("p", view.words("error.nothing"), class_="empty", role="status"))


def _chosen(view: View, name: str, measure: str) -> pl.DataFrame:
    """Figures of the population, source, dossier and standing that the reader chose; none chosen: of all."""
    words, choose = view.words, view.choose
    offered = view.ask("figure_choices", page=name, measure=measure)

    def codes(choice: str, label: Callable[[str], str]) -> dict[str, str]:
        return {code: label(code) for code in offered.filter(choice=choice)["code"]}

    populations = codes("population", lambda code: words.code("population", code))
    # One population at first: figures of all and of a part, on one scale, would look like a series.
    default = [ALL if ALL in populations else next(iter(populations))]
    population = choose.many("population", words("figures.population"), populations, default)
    sources = codes("source", lambda code: code or words("app.unknown"))
    source = choose.many("source", words("figures.source"), sources)
    standings = codes("standing", lambda code: words.told("standing", code))
    standing = choose.many("standing", words("figures.standing"), standings)
    dossiers = {code: code for code in sorted(codes("dossier", str))}
    dossier = choose.many("dossier", words("figures.dossier"), dossiers)
    chosen = {"populations": population, "sources": source, "standings": standing, "dossiers": dossier}
    asked = {"page": name, "measure": measure, "as_of": view.as_of, "rows": ASKED}
    return view.ask("figures", **asked, **{key: list(codes_) for key, codes_ in chosen.items()})


def _chart(found: pl.DataFrame, view: View, name: str, measure: str) -> Iterator[Block]:
    words = view.words
    every = points.points(found, words)
    if every.is_empty():
        yield Piece(element("p", words("figures.no_year", count=len(found)), class_="note"))
        return
    shown = points.drawable(every).with_columns(
        href=pl.struct("letter_id", "claim_id").map_elements(
            lambda row: view.address("letter", letter=row["letter_id"], claim=row["claim_id"]), pl.String
        )
    )
    unit = str(shown["unit"].value_counts(sort=True)["unit"][0])
    label = words.code("measure", measure)
    description = words(
        "figures.chart_alt",
        measure=label,
        first=shown["year"].min(),
        last=shown["year"].max(),
        count=len(shown),
    )
    drawn = partial(charts.by_year, shown, words, unit, page=name)
    yield Piece(element("h2", label[:1].upper() + label[1:]))
    at = words.day(view.as_of) if view.as_of else view.version
    whom = ", ".join(shown["population_label"].unique(maintain_order=True).head(NAMED))
    subtitle = f"{whom} · {words('app.title')}, {at}"

    def plain() -> Any:
        return charts.titled(drawn(linked=False), label[:1].upper() + label[1:], subtitle)

    yield Figures(f"{name}-{measure}", drawn(linked=True), plain, description)
    without = found["year"].null_count()
    notes = [words("figures.click"), *_signs(shown, view)]
    if name in charts.YEARLY and shown["partly"].any():
        notes.append(words("figures.small"))
    if without:
        notes.append(words("figures.no_year", count=without))
    if len(every) > len(shown):
        notes.append(words("figures.points_left_out", shown=len(shown), total=len(every)))
    yield Piece(element("p", joined(notes), class_="note"))


def _signs(shown: pl.DataFrame, view: View) -> list[str]:
    """What the marks of a chart mean, of those that are there."""
    words = view.words
    there = set(shown["precision"])
    signs = [f"{sign} {words.told('precision', code)}" for code, sign in theme.SIGNS.items() if code in there]
    if "range" in there:
        signs.append(words("figures.bar"))
    if "derived" in there:
        signs.append(words("figures.outline"))
    return [words("figures.signs", signs=", ".join(signs))] if signs else []


def _table(found: pl.DataFrame, view: View, name: str) -> Rows:
    words = view.words

    def row(of: Mapping[str, Any]) -> list[object]:
        derived = of["basis"] == "derived"
        high = None if derived else of["value_high"]
        standing = words.told("standing", of["standing"])
        said = words("vintage.latest") if of["is_latest"] else _superseded(of, view)
        base = [_base(of, view)] if name == "growth" else []
        how = {key: of[key] for key in ("precision", "per", "statistic")}
        return [
            of["period"] or words("app.unknown"),
            *base,
            _strong(words.figure(of["value"], high, of["unit"], **how), of, view),
            words.code("population", of["population"]),
            element("span", standing, class_=f"badge standing-{of['standing']}"),
            of["source"] or words("app.unknown"),
            said,
            joined((quotes(of, view), _letter(of, view))),
        ]

    named = ["period", *(["base"] if name == "growth" else []), "figure", "population", "standing", "source"]
    columns = [words(f"column.{column}") for column in (*named, "vintage", "quoted")]
    return Rows(
        name,
        words("figures.table"),
        columns,
        row,
        found.drop("found"),
        numeric=[2 if name == "growth" else 1],
    )


def _superseded(of: Mapping[str, Any], view: View) -> str:
    """Since when another statement is the newest one, or what became of its letter."""
    day = of["superseded_on"]
    if day and day == of["ended_on"]:
        return view.words(
            "vintage.withdrawn" if of["withdrawn"] else "vintage.reissued", day=view.words.day(day)
        )
    return view.words("vintage.superseded", day=view.words.day(day)) if day else view.words("vintage.older")


def _base(of: Mapping[str, Any], view: View) -> str:
    return of["base_period"] or (str(of["base_year"]) if of["base_year"] else view.words("app.unknown"))


def _strong(figure: str, of: Mapping[str, Any], view: View) -> Markup:
    address = view.address("letter", letter=of["letter_id"], claim=of["claim_id"])
    return link(address, figure, class_="figure" if of["is_latest"] else "figure older")


def quotes(of: Mapping[str, Any], view: View) -> Markup:
    """The quote with its link; of a derived figure how it follows, and from which."""
    if of["basis"] == "stated":
        address = view.address("letter", letter=of["letter_id"], claim=of["claim_id"])
        return link(address, "“", of["quote"], "”", class_="quote")
    inputs = [
        link(view.address("letter", claim=claim_id), str(number))
        for number, claim_id in enumerate(of["claim_ids"], 1)
    ]
    words, unit = view.words, of["unit"]
    told = [f"{words.told('method', of['method'])}: {words('figures.derived_from')}", joined(inputs, ", ")]
    if of["value_low"] is not None and of["value_high"] is not None:
        low, high = (words.figure(of[end], None, unit, "derived") for end in ("value_low", "value_high"))
        if low != high:
            told.append(words("figures.between", low=low, high=high))
    return joined(told)


def _letter(of: Mapping[str, Any], view: View) -> Markup:
    where = joined((of["letter"], view.words.day(of["letter_date"])), ", ")
    return element("span", where, class_="where")
