"""The pages as one static HTML file, which needs nothing outside itself: no script, no font, no address."""

import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

import polars as pl
import pyarrow as pa
from markupsafe import Markup

from dashboard import downloads, querying, theme
from dashboard.answers import Ask, Edition, asking_at_once, edition
from dashboard.asked import answer_table, question
from dashboard.blocks import Block, Figures, Piece, Rows, View
from dashboard.labels import Words, words_of
from dashboard.markup import element, joined, link, marked, table
from dashboard.views import capacity, contradictions, coverage, growth, letter, overview, sql, victims
from warehouse.definitions import examples
from warehouse.errors import WarehouseError

#: Rows of a table and letters in full, the newest: a file for mail holds no more; exports hold all.
ROWS = 300
LETTERS = 300
EXAMPLE_ROWS = 50
#: Claims that are asked for at once.
LOT = 5000
FIGURES = {"victims": victims, "growth": growth, "capacity": capacity}
SVG = "http://www.w3.org/2000/svg"
#: A browser runs no script of it and asks nobody for anything, whatever a letter holds.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
XLINK = "{http://www.w3.org/1999/xlink}href"
STYLE = """
body { margin: 0 auto; max-width: 72rem; padding: 1rem 1.25rem 4rem; background: #fff; font-family: FONT; }
header nav ul { display: flex; flex-wrap: wrap; gap: .25rem; }
section.page { border-top: 2px solid #aab1bc; margin-top: 3rem; padding-top: 1rem; }
article.whole { border-top: 1px solid #d5dae1; margin-top: 2rem; }
svg { max-width: 100%; height: auto; }
:target { scroll-margin-top: 1rem; }
:is(span[id]:target + a, blockquote:target) { background: #ffd34d; outline: 2px solid #c24e00; }
@media print { .letter, .pair { break-inside: auto; } nav { display: none; } }
"""


class Fixed(NamedTuple):
    """Chooses the same each time: what is given, else the default."""

    chosen: Mapping[str, str]

    def one(self, key: str, label: str, options: Mapping[str, str], default: str | None) -> str | None:
        """What is given, else the default."""
        return self.chosen.get(key, default)

    def many(
        self, key: str, label: str, options: Mapping[str, str], default: Sequence[str] = ()
    ) -> Sequence[str]:
        """Nobody narrows a report down: all, but of those that have a default."""
        return default

    def words(self, key: str, label: str) -> str:
        """No words."""
        return ""

    def page(self, key: str, label: str, pages: int) -> int:
        """The first page."""
        return 1

    def given(self, key: str) -> str | None:
        """What is given."""
        return self.chosen.get(key)


#: How the names of reports end: each language has its own, so that none takes another's place.
ENDINGS = {"nl": ".html", "en": ".en.html"}


def write(warehouse: Path, folder: Path, language: str = "nl") -> Path:
    """Write the report of the current version into a folder, which is made; return its path.

    Raises NotAWarehouseError where there is no warehouse.
    """
    found = edition(warehouse)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{found.version}{ENDINGS[language]}"
    descriptor, private = tempfile.mkstemp(prefix=".report-", dir=folder)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
            for part in _parts(found, language):
                file.write(part)
        Path(private).chmod(0o644)
        Path(private).replace(target)
    except BaseException:
        Path(private).unlink(missing_ok=True)
        raise
    return target


class Links:
    """Addresses within the file, and which letters and claims they lead to."""

    def __init__(self) -> None:
        self.letters: set[str] = set()
        self.claims: set[str] = set()

    def __call__(self, page: str, **named: object) -> str:
        """Where a page, a letter or a claim stands in the file."""
        if claim := named.get("claim"):
            self.claims.add(str(claim))
            return f"#claim-{claim}"
        if letter_id := named.get("letter"):
            self.letters.add(str(letter_id))
            return f"#of-{letter_id}"
        return f"#{page}"


def _parts(found: Edition, language: str) -> Iterator[str]:
    with asking_at_once(found) as ask:
        yield from _told(found, ask, words_of(language, ask("code_labels")))


def _told(found: Edition, ask: Ask, words: Words) -> Iterator[str]:
    links = Links()
    letters = ask(
        "letters", **dict.fromkeys(("as_of", "run_id", "dossier", "year", "cites", "words")), every=True
    )
    title = words("report.title", version=found.version)
    style = theme.css() + STYLE.replace("FONT", theme.FONT)
    yield (
        f'<!DOCTYPE html>\n<html lang="{words.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f'{element("title", title)}\n<style>\n{style}</style>\n</head>\n<body class="kc">\n'
    )
    made = words("report.made", version=found.version, letters=words.number(len(letters)))
    whole = letters["letter_id"].head(LETTERS).to_list()
    if len(whole) < len(letters):
        made += " " + words("report.cut", letters=words.number(len(whole)), rows=words.number(ROWS))
    yield str(element("header", element("p", made, class_="note"), _contents(words)))
    yield "\n<main>\n"
    for name, blocks in _pages(ask, words, found, links):
        yield f'<section class="page" id="{name}">\n'
        for block in blocks:
            yield f"{_shown(block, words, found)}\n"
        yield "</section>\n"
    for letter_id in whole:
        view = _view(ask, words, found, links, letter=letter_id)
        yield f'<article class="whole" id="of-{letter_id}">\n'
        for block in letter.blocks(view):
            # A letter's heading is below that of the page of letters.
            yield (
                f"{_shown(block, words, found)}\n".replace("<h2>", "<h3>")
                .replace("</h2>", "</h3>")
                .replace("<h1>", "<h2>")
                .replace("</h1>", "</h2>")
            )
        yield "</article>\n"
    yield from _quoted(ask, words, links, set(whole))
    yield "</main>\n</body>\n</html>\n"


def _quoted(ask: Ask, words: Words, links: Links, whole: set[str]) -> Iterator[str]:
    """Of letters that aren't there in full the sentences that something here leads to."""
    claim_ids = sorted(links.claims)
    lots = [
        ask("claims", claim_ids=claim_ids[start : start + LOT]) for start in range(0, len(claim_ids), LOT)
    ]
    claims = pl.concat(lots).filter(~pl.col("letter_id").is_in(whole)) if lots else pl.DataFrame()
    named = ask("letter_names", letter_ids=sorted(links.letters - whole))
    if claims.is_empty() and named.is_empty():
        return
    intro = element("h1", words("report.quoted")) + element("p", words("report.quoted_intro"), class_="lead")
    yield f'<section class="page" id="quoted">\n{intro}\n'
    of_letters = dict(claims.sort("letter_id", "claim_id").group_by("letter_id", maintain_order=True))
    for letter_id in {**dict.fromkeys(named["letter_id"]), **{key[0]: None for key in of_letters}}:
        rows = of_letters[letter_id,].to_dicts() if (letter_id,) in of_letters else []
        it = rows[0] if rows else named.row(by_predicate=pl.col("letter_id") == letter_id, named=True)
        heading = joined((it["letter"], words.day(it["letter_date"]), it["sender"] or ""), ", ")
        yield str(
            element(
                "article", element("h2", heading), *map(_sentence, rows), class_="whole", id=f"of-{letter_id}"
            )
        )
    yield "</section>\n"


def _sentence(claim: Mapping[str, Any]) -> Markup:
    marks = claim["sentence_quote_start"], claim["sentence_quote_end"]
    sentence = marked(claim["sentence"] or claim["quote"], *marks)
    return element("blockquote", sentence, id=f"claim-{claim['claim_id']}", lang="nl")


def _contents(words: Words) -> Markup:
    pages = ("overview", *FIGURES, "contradictions", "coverage", "sql", "letter")
    links = (element("li", link(f"#{page}", words(f"nav.{page}"))) for page in pages)
    return element("nav", element("ul", *links), aria_label=words("report.contents"))


def _view(ask: Ask, words: Words, found: Edition, links: Links, **chosen: str) -> View:
    return View(ask, words, None, Fixed(chosen), links, found.version)


def _pages(ask: Ask, words: Words, found: Edition, links: Links) -> Iterator[tuple[str, Iterator[Block]]]:
    view = _view(ask, words, found, links)
    yield "overview", overview.blocks(view)
    measures = ask("measures")
    for name, page in FIGURES.items():
        of_page = measures.filter(page=name)["measure"].to_list()
        yield name, _each_measure(page, of_page, view)
    yield "contradictions", contradictions.blocks(view)
    yield "coverage", coverage.blocks(view)
    yield "sql", sql.blocks(view)
    yield "letter", letter.blocks(view)


def _each_measure(page: object, measures: list[str], view: View) -> Iterator[Block]:
    """A page of figures for each of its measures, under one heading."""
    for number, measure in enumerate(measures or [""]):
        blocks = page.blocks(view._replace(choose=Fixed({"measure": measure})))  # type: ignore[attr-defined]
        heading = next(blocks)
        if not number:
            yield heading
        yield from blocks


def _shown(block: Block, words: Words, found: Edition) -> Markup:
    if isinstance(block, Piece):
        return block.html
    if isinstance(block, Figures):
        return element("div", _svg(block), role="group", aria_label=block.description)
    if isinstance(block, Rows):
        return _rows(block, words)
    return _examples(words, found)


def _svg(it: Figures) -> Markup:
    """The chart as SVG, each mark with a title to hover over and a link, and no address of a standard."""
    ET.register_namespace("", SVG)
    root = ET.fromstring(downloads.svg(it.chart))  # noqa: S314 made by Vega a moment ago
    for place in root.iter():
        place.tag = place.tag.removeprefix(f"{{{SVG}}}")
        if address := place.attrib.pop(XLINK, None):
            place.set("href", address[address.index("#") :])  # Vega makes it a whole address
        if (label := place.get("aria-label")) and place.get("role") == "graphics-symbol":
            title = ET.Element("title")
            title.text = label
            place.insert(0, title)
    text = ET.tostring(root, encoding="unicode")
    return Markup(re.sub(r' xmlns(:\w+)?="[^"]*"', "", text))  # noqa: S704 serialised, so escaped


def _rows(it: Rows, words: Words) -> Markup:
    rows = it.frame.head(ROWS)
    shown = table(it.columns, (it.row(row) for row in rows.iter_rows(named=True)), it.caption, it.numeric)
    if len(rows) == len(it.frame):
        return shown
    left_out = words("app.left_out", shown=words.number(len(rows)), total=words.number(len(it.frame)))
    return shown + element("p", left_out, class_="note")


def _examples(words: Words, found: Edition) -> Markup:
    """Every example with its answer."""
    parts = [element("p", words("sql.static"), class_="note")]
    for name, query in examples().items():
        parts += [
            element("h2", question(name, query, words)),
            element("pre", query.partition("\n")[2].strip()),
            _answer(query, words, found),
        ]
    return Markup("").join(parts)


def _answer(query: str, words: Words, found: Edition) -> Markup:
    try:
        answer = querying.answered(found, query, rows=EXAMPLE_ROWS)
    except (querying.TooSlowError, querying.TooLargeError):
        return element("p", words("sql.too_slow", seconds=int(querying.MAX_SECONDS)), class_="note")
    except querying.FailedError as error:
        raise WarehouseError(f"{found.warehouse} can't answer an example ({error})") from error
    rows: pa.Table = answer.rows
    told = words("sql.cut" if answer.is_cut else "sql.rows", rows=words.number(rows.num_rows))
    shown = answer_table(rows, words) if rows.num_rows else Markup("")
    return element("p", told, class_="note") + shown
