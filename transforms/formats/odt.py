"""ODT (OpenDocument text, ISO 26300) to the parts of a letter.

What one reads is what is read: the text with its tracked changes, the results of fields, no hidden text, no
remarks, nothing of the heads and feet of pages. Footnotes and endnotes are parts of their own.
"""

import re
import zipfile
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from lxml import etree

from transforms.formats import packages
from transforms.formats.flow import Flow, flow_of
from transforms.formats.numbering import Count, Level
from transforms.formats.packages import Paths, attribute, local
from transforms.formats.parts import BREAK, Cell, Cited, Part, Row, Table, Words, as_heading, assembled, words
from transforms.received import Received, Refused, Role

_CONTENT, _STYLES, _MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
_TYPES = (
    b"application/vnd.oasis.opendocument.text",
    b"application/vnd.oasis.opendocument.text-template",
)
#: Taken out, or of no reader: deletions, remarks, tables of contents, declarations, what a ruby says.
_UNREAD = frozenset((
    "tracked-changes", "annotation", "annotation-end", "table-of-content", "alphabetical-index", "forms",
    "variable-decls", "sequence-decls", "user-field-decls", "dde-connection-decls", "ruby-text", "title",
    "desc", "image", "object", "event-listeners", "table-column", "table-columns", "soft-page-break",
    "script", "illustration-index", "table-index", "object-index", "user-index", "note-citation",
))  # fmt: skip
_NUMBERS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
#: Repeated cells and spaces are counted in the file: no letter has more of them side by side.
_MOST_REPEATED = 200


def is_odt(package: zipfile.ZipFile) -> bool:
    """Whether a zip is an OpenDocument text, which says so in its first member."""
    try:
        member = package.getinfo("mimetype")
    except KeyError:
        return _CONTENT in package.namelist() and _MANIFEST in package.namelist()
    return member.file_size < 100 and packages.unpacked(package, member).strip() in _TYPES


def received(package: zipfile.ZipFile) -> Received | Refused:
    """The letter in an ODT; raises packages.RefusedError where none can be read."""
    manifest = packages.part(package, _MANIFEST)
    if manifest is not None and any(local(each) == "encryption-data" for each in manifest.iter()):
        return Refused("encrypted", "is protected with a password; save it without one")
    content = packages.part(package, _CONTENT)
    text = None if content is None else content.find("./{*}body/{*}text")
    if content is None or text is None:
        return Refused("broken", "content.xml holds no text; save the document anew")
    walk = _Walk(_Styles([content, packages.part(package, _STYLES)]))
    parts = list(walk.parts(text))
    return assembled([*parts, *walk.notes], "odt")


# Styles


class _Style(NamedTuple):
    is_hidden: bool = False
    is_bold: bool = False
    is_title: bool = False
    is_raised: bool = False


class _Styles:
    """Styles of text and of lists, by their names."""

    def __init__(self, roots: list[etree._Element | None]) -> None:
        self._raw: dict[str, tuple[str | None, _Style]] = {}
        self.lists: dict[str, dict[int, Level]] = {}
        for root in roots:
            for each in root.iter() if root is not None else ():
                name = attribute(each, "name") or ""
                if local(each) == "style":
                    self._raw.setdefault(name, (attribute(each, "parent-style-name"), _own(each)))
                elif local(each) == "list-style":
                    self.lists.setdefault(name, dict(_levels(each)))

    def of(self, element: etree._Element) -> _Style:
        """The style of an element, with what it has from those above it."""
        style, seen = _Style(), set[str]()
        name = attribute(element, "style-name")
        while name in self._raw and name not in seen:
            seen.add(name)
            above, own = self._raw[name]
            style = _Style(*(one or other for one, other in zip(style, own, strict=True)))
            name = above
        return style


def _own(element: etree._Element) -> _Style:
    texts = [each for each in element if local(each) in ("text-properties", "section-properties")]
    name = (attribute(element, "display-name") or attribute(element, "name") or "").lower()
    return _Style(
        is_hidden=any(
            attribute(each, "display") == "none"
            or (attribute(each, "text-line-through-style") or "none") != "none"  # stated no more
            for each in texts
        ),
        is_bold=any(attribute(each, "font-weight") in ("bold", "600", "700", "800", "900") for each in texts),
        is_title=name in ("title", "subtitle") or name.startswith("heading"),
        is_raised=any(_RAISED.match(attribute(each, "text-position") or "") for each in texts),
    )


#: How far above the line a text stands: `super 58%`, `33% 58%`.
_RAISED = re.compile(r"super|[1-9]\d*(?:\.\d+)?%")


def _levels(element: etree._Element) -> Iterator[tuple[int, Level]]:
    for each in element:
        depth = int(attribute(each, "level") or "1") - 1
        if local(each) != "list-level-style-number":
            yield depth, Level("bullet")
            continue
        shown = min(int(attribute(each, "display-levels") or "1"), depth + 1)
        numbers = ".".join(f"%{level + 1}" for level in range(depth + 1 - shown, depth + 1))
        notation = _NUMBERS.get(attribute(each, "num-format") or "", "none")
        text = f"{attribute(each, 'num-prefix') or ''}{numbers}{attribute(each, 'num-suffix') or ''}"
        yield depth, Level(notation, text, int(attribute(each, "start-value") or "1"))


# The text


class _Walk:
    """A way through the document, on which lists are counted and notes gathered."""

    def __init__(self, styles: _Styles) -> None:
        self.styles = styles
        self.notes: list[Part] = []
        self.count = Count()
        self.boxes: list[etree._Element] = []
        self.paths = Paths(_CONTENT)

    def parts(self, container: etree._Element) -> Iterator[Part | Table]:
        """Headings, paragraphs, items and tables below an element, in their order."""
        for each in container:
            name = local(each)
            if name in ("p", "h"):
                yield from self.paragraph(each)
            elif name == "list":
                yield from self.items(each, attribute(each, "style-name") or "", 0)
            elif name == "table":
                yield from self.table(each)
            elif name in _UNREAD or self.is_hidden(each):
                continue
            else:
                yield from self.parts(each)

    def is_hidden(self, element: etree._Element) -> bool:
        """Whether nobody sees an element: a section that isn't displayed, text that is hidden."""
        if local(element) in ("hidden-paragraph", "hidden-text"):
            return attribute(element, "is-hidden") != "false"
        return attribute(element, "display") == "none" or self.styles.of(element).is_hidden

    def paragraph(self, element: etree._Element, number: str | None = None) -> Iterator[Part | Table]:
        """The part that a paragraph is, and those of the boxes that are anchored in it."""
        style = self.styles.of(element)
        flow = Flow()
        if not self.is_hidden(element) and not _hides_itself(element):
            self.run_through(element, flow, is_strong=style.is_bold)
        boxes, self.boxes = self.boxes, []
        text = flow.words()
        if text.text:
            role: Role = "paragraph" if number is None else "item"
            if local(element) == "h" or style.is_title or (flow.is_strong and as_heading(text.text)):
                role = "heading"
            yield Part(role, text, self.paths.of(element), number or "")
        for box in boxes:
            yield from self.parts(box)

    def run_through(
        self, element: etree._Element, flow: Flow, *, is_strong: bool, is_raised: bool = False
    ) -> None:
        """Put what is read of an element into the flow: its text, and that between and in its children."""
        flow.put(element.text, is_strong=is_strong, is_raised=is_raised)
        for each in element:
            name = local(each)
            if name in _SIGNS:
                flow.put(_SIGNS[name], is_strong=is_strong)
            elif name == "note":
                self.note(each, flow)
            elif name in ("text-box", "custom-shape", "rect"):
                self.boxes.append(each)
            elif name and name not in _UNREAD and not self.is_hidden(each):
                style = self.styles.of(each)
                strong, raised = is_strong or style.is_bold, is_raised or style.is_raised
                self.run_through(each, flow, is_strong=strong, is_raised=raised)
            flow.put(each.tail, is_strong=is_strong, is_raised=is_raised)

    def note(self, element: etree._Element, flow: Flow) -> None:
        """A footnote or endnote, which stands where it is cited."""
        body = element.find("./{*}note-body")
        citation = element.find("./{*}note-citation")
        if body is None:
            return
        key = f"{attribute(element, 'note-class')} {len(self.notes)}"
        number = "" if citation is None else (attribute(citation, "label") or "".join(citation.itertext()))
        at = len(self.notes)
        self.notes.append(Part("note", Words(""), key=key))
        path = self.paths.of(element)
        self.notes[at] = Part("note", self.together(body), path, number.strip(), key)
        flow.cite(key)

    def together(self, element: etree._Element) -> Words:
        """The words of all paragraphs in a cell or a note."""
        boxes, self.boxes = self.boxes, []
        flow: list[str | Cited] = []
        for part in self.parts(element):
            flow += [" "] if flow else []
            flow += flow_of(part)
        self.boxes = boxes
        return words(flow)

    def items(self, element: etree._Element, name: str, depth: int) -> Iterator[Part | Table]:
        """The items of a list; the first paragraph of each has its number."""
        levels = self.styles.lists.get(attribute(element, "style-name") or name, {})
        for item in element:
            is_first = local(item) == "list-item"
            for each in item:
                kind = local(each)
                if kind == "list":
                    yield from self.items(each, name, depth + 1)
                elif kind in ("p", "h"):
                    number = self.count.number(name, levels, depth) if is_first else ""
                    yield from self.paragraph(each, number)
                    is_first = False
                elif kind == "table":
                    yield from self.table(each)

    def table(self, element: etree._Element) -> Iterator[Part | Table]:
        rows = list(self.rows(element, is_head=False))
        if max((len(row.cells) for row in rows), default=0) == 1:  # a frame around text
            for row in _rows(element):
                yield from chain.from_iterable(self.parts(cell) for cell in row)
        elif rows:
            yield Table(rows)

    def rows(self, element: etree._Element, *, is_head: bool) -> Iterator[Row]:
        for each in _rows(element):
            if attribute(each, "visibility") in ("collapse", "filter"):
                continue
            head = is_head or any(local(above) == "table-header-rows" for above in each.iterancestors())
            cells: list[Cell] = []
            for cell in each:
                if local(cell) not in ("table-cell", "covered-table-cell"):
                    continue
                times = min(_times(cell, "number-columns-repeated"), _MOST_REPEATED)
                if local(cell) == "table-cell":
                    text = self.together(cell)
                    wide, tall = _times(cell, "number-columns-spanned"), _times(cell, "number-rows-spanned")
                    cells += [Cell(text, wide, tall, self.paths.of(cell))] * times
            if cells:
                yield Row(cells, head)


def _rows(element: etree._Element) -> Iterator[etree._Element]:
    for each in element:
        if local(each) == "table-row":
            yield each
        elif local(each) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(each)


def _times(element: etree._Element, name: str) -> int:
    value = attribute(element, name)
    return max(1, int(value)) if value and value.isdecimal() and len(value) < 8 else 1


def _hides_itself(paragraph: etree._Element) -> bool:
    return any(
        local(each) == "hidden-paragraph" and attribute(each, "is-hidden") != "false" for each in paragraph
    )


#: Elements that stand for a sign.
_SIGNS = {"s": " ", "tab": " ", "line-break": BREAK}
