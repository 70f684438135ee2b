"""The pages as one static HTML file, which needs nothing outside itself: no script, no font, no address."""

import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pyarrow as pa
from markupsafe import Markup

from dashboard import downloads, querying, theme
from dashboard.answers import Ask, Edition, asking, edition
from dashboard.asked import answer_table
from dashboard.blocks import Block, Figures, Piece, Rows, View
from dashboard.labels import Words, words_of
from dashboard.markup import element, link, table
from dashboard.views import capacity, contradictions, coverage, growth, letter, overview, sql, victims
from warehouse.definitions import examples
from warehouse.errors import WarehouseError

#: Rows of a table, and pairs that contradict: a file for mail holds no more; exports hold all.
ROWS = 1000
EXAMPLE_ROWS = 50
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
span[id]:target + a { background: #ffd34d; outline: 2px solid #c24e00; }
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


def write(warehouse: Path, folder: Path, language: str = "nl") -> Path:
    """Write the report of the current version into a folder, which is made; return its path.

    Raises NotAWarehouseError where there is no warehouse.
    """
    found = edition(warehouse)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{found.version}.html"
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


def _parts(found: Edition, language: str) -> Iterator[str]:
    ask = asking(found)
    words = words_of(language, ask("code_labels"))
    letters = ask(
        "letters", **dict.fromkeys(("as_of", "run_id", "dossier", "year", "cites", "words")), every=True
    )
    title = words("report.title", version=found.version)
    style = theme.css() + STYLE.replace("FONT", theme.FONT)
    yield (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f'{element("title", title)}\n<style>\n{style}</style>\n</head>\n<body class="kc">\n'
    )
    made = words("report.made", version=found.version, letters=words.number(len(letters)))
    yield str(element("header", element("p", made, class_="note"), _contents(words)))
    yield "\n<main>\n"
    for name, blocks in _pages(ask, words, found):
        yield f'<section class="page" id="{name}">\n'
        for block in blocks:
            yield f"{_shown(block, words, found)}\n"
        yield "</section>\n"
    for letter_id in letters["letter_id"]:
        view = _view(ask, words, found, letter=letter_id)
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
    yield "</main>\n</body>\n</html>\n"


def _contents(words: Words) -> Markup:
    pages = ("overview", *FIGURES, "contradictions", "coverage", "sql", "letter")
    links = (element("li", link(f"#{page}", words(f"nav.{page}"))) for page in pages)
    return element("nav", element("ul", *links), aria_label=words("report.contents"))


def _view(ask: Ask, words: Words, found: Edition, **chosen: str) -> View:
    return View(ask, words, None, Fixed(chosen), _address, found.version)


def _address(page: str, **named: object) -> str:
    """Where a page, a letter or a claim stands in the file."""
    if named.get("claim"):
        return f"#claim-{named['claim']}"
    if named.get("letter"):
        return f"#of-{named['letter']}"
    return f"#{page}"


def _pages(ask: Ask, words: Words, found: Edition) -> Iterator[tuple[str, Iterator[Block]]]:
    yield "overview", overview.blocks(_view(ask, words, found))
    measures = ask("measures")
    for name, page in FIGURES.items():
        of_page = measures.filter(page=name)["measure"].to_list()
        yield name, _each_measure(page, of_page, ask, words, found)
    yield "contradictions", contradictions.blocks(_view(ask, words, found))
    yield "coverage", coverage.blocks(_view(ask, words, found))
    yield "sql", sql.blocks(_view(ask, words, found))
    yield "letter", letter.blocks(_view(ask, words, found))


def _each_measure(
    page: object, measures: list[str], ask: Ask, words: Words, found: Edition
) -> Iterator[Block]:
    """A page of figures for each of its measures, under one heading."""
    for number, measure in enumerate(measures or [""]):
        blocks = page.blocks(_view(ask, words, found, measure=measure))  # type: ignore[attr-defined]
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
    for query in examples().values():
        question, _, text = query.partition("\n")
        parts += [
            element("h2", question.removeprefix("-- ")),
            element("pre", text.strip()),
            _answer(query, words, found),
        ]
    return Markup("").join(parts)


def _answer(query: str, words: Words, found: Edition) -> Markup:
    try:
        answer = querying.answered(found, query, rows=EXAMPLE_ROWS)
    except querying.TooSlowError:
        return element("p", words("sql.too_slow", seconds=int(querying.MAX_SECONDS)), class_="note")
    except querying.FailedError as error:
        raise WarehouseError(f"{found.warehouse} can't answer an example ({error})") from error
    rows: pa.Table = answer.rows
    told = words("sql.cut" if answer.is_cut else "sql.rows", rows=words.number(rows.num_rows))
    shown = answer_table(rows, words) if rows.num_rows else Markup("")
    return element("p", told, class_="note") + shown
