"""DOCX (Office Open XML, ECMA-376, transitional and strict) to the parts of a letter.

What one reads is what is read: text put in by tracked changes and not what they took out, the results of
fields and not their codes, no hidden text, nothing of the heads and feet of pages. Footnotes and endnotes are
parts of their own. Elements are known by their local names, as the namespaces differ between versions.
"""

import posixpath
import zipfile
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import etree

from transforms.formats import packages
from transforms.formats.flow import Flow, flow_of
from transforms.formats.numbering import Numbering
from transforms.formats.packages import Paths, attribute, local
from transforms.formats.parts import BREAK, Cell, Cited, Part, Row, Table, Words, as_heading, assembled, words
from transforms.received import Received, Refused, Role

#: The part that all others are reached from, unless the package names another.
_DOCUMENT = "word/document.xml"
#: Kinds of notes that are none: the lines that part notes from the text.
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
#: Taken out, or of no reader: tracked deletions, properties of the past, codes of fields, what a ruby says.
_UNREAD = frozenset((
    "del", "moveFrom", "delText", "instrText", "delInstrText", "rPrChange", "pPrChange", "rt",
    "annotationRef", "footnoteRef", "endnoteRef", "rPr", "pPr", "sectPr", "sdtPr", "sdtEndPr", "tblPr",
    "tblGrid", "Fallback",
))  # fmt: skip
_FALSE = ("0", "false", "off", "none")


def is_docx(package: zipfile.ZipFile) -> bool:
    """Whether a zip is a text document of Word."""
    return _document_name(package) is not None


def received(package: zipfile.ZipFile) -> Received | Refused:
    """The letter in a DOCX; raises packages.RefusedError where none can be read."""
    name = _document_name(package) or _DOCUMENT
    document = packages.part(package, name)
    body = None if document is None else next((each for each in document if local(each) == "body"), None)
    if body is None:
        return Refused("broken", f"{name} holds no text; save the document anew")
    related = _related(package, name)
    styles = _styles(_found(package, related, "styles"))
    walk = _Walk(styles, Numbering.of_docx(_found(package, related, "numbering")), name)
    parts: list[Part | Table] = list(walk.parts(body))
    for kind in ("footnote", "endnote"):
        parts += walk.notes(_found(package, related, f"{kind}s"), kind, related.get(f"{kind}s", ""))
    return assembled(parts, "docx")


# The parts of the package


def _document_name(package: zipfile.ZipFile) -> str | None:
    names = set(package.namelist())
    if _DOCUMENT in names:
        return _DOCUMENT
    if "_rels/.rels" not in names or "[Content_Types].xml" not in names:
        return None
    name = _relations(package, "_rels/.rels", "").get("officeDocument")
    return name if name in names and name.startswith("word/") else None


def _related(package: zipfile.ZipFile, name: str) -> dict[str, str]:
    """The parts that the document names, by what they are to it."""
    folder, file = posixpath.split(name)
    return _relations(package, f"{folder}/_rels/{file}.rels", folder)


def _relations(package: zipfile.ZipFile, name: str, folder: str) -> dict[str, str]:
    root = packages.part(package, name)
    found: dict[str, str] = {}
    for each in root if root is not None else ():
        target, kind = each.get("Target"), each.get("Type")
        if target and kind and each.get("TargetMode") != "External":
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found.setdefault(kind.rpartition("/")[2], path)
    return found


def _found(package: zipfile.ZipFile, related: dict[str, str], kind: str) -> etree._Element | None:
    return packages.part(package, related[kind]) if kind in related else None


# Styles


class _Style(NamedTuple):
    is_heading: bool = False
    is_hidden: bool = False
    listed: tuple[str, int] | None = None  # list and depth
    is_bold: bool = False
    is_contents: bool = False  # of a table of contents
    is_raised: bool = False


def _styles(root: etree._Element | None) -> dict[str, _Style]:
    """Styles by their id, with what they have from those that they are based on."""
    raw: dict[str, tuple[str | None, _Style]] = {}
    for each in root if root is not None else ():
        if local(each) != "style":
            continue
        children = {local(child): child for child in each}
        name = (_value(children.get("name")) or "").lower()
        own = _Style(
            is_heading=name.startswith("heading ")
            or name in ("title", "subtitle")
            or _has_level(children.get("pPr")),
            is_hidden=_is_hidden(children.get("rPr")),
            listed=_listed(children.get("pPr")),
            is_bold=_is_on(children.get("rPr"), "b"),
            is_contents=name.startswith("toc ") and name != "toc heading",
            is_raised=_is_raised(children.get("rPr")),
        )
        raw[attribute(each, "styleId") or ""] = (_value(children.get("basedOn")), own)
    return {key: _inherited(raw, key) for key in raw}


def _inherited(raw: dict[str, tuple[str | None, _Style]], key: str) -> _Style:
    style, seen = _Style(), set[str]()
    at: str | None = key
    while at in raw and at not in seen:
        seen.add(at)
        above, own = raw[at]
        style = _Style(*(one or other for one, other in zip(style, own, strict=True)))  # type: ignore[arg-type]
        at = above
    return style


def _has_level(properties: etree._Element | None) -> bool:
    level = _child(properties, "outlineLvl")
    return level is not None and (_value(level) or "9") != "9"


def _listed(properties: etree._Element | None) -> tuple[str, int] | None:
    """The list that a paragraph is an item of, and how deep in it."""
    listed = _child(properties, "numPr")
    identity = _value(_child(listed, "numId"))
    return (identity, _number(_child(listed, "ilvl"), 0)) if identity else None


def _child(element: etree._Element | None, name: str) -> etree._Element | None:
    return next((each for each in element if local(each) == name), None) if element is not None else None


def _value(element: etree._Element | None) -> str | None:
    return attribute(element, "val") if element is not None else None


def _is_on(properties: etree._Element | None, name: str) -> bool:
    """Whether a property that can be on or off is on: there, and not said to be off."""
    found = _child(properties, name)
    return found is not None and (_value(found) or "1").lower() not in _FALSE


def _is_hidden(properties: etree._Element | None) -> bool:
    """Whether text isn't to be read: it is hidden, or struck through, and so stated no more."""
    return any(_is_on(properties, name) for name in ("vanish", "strike", "dstrike"))


def _is_raised(properties: etree._Element | None) -> bool:
    return _value(_child(properties, "vertAlign")) == "superscript"


# The text


class _Walk:
    """A way through the document: fields, which may go over paragraphs, and lists are counted on it."""

    def __init__(self, styles: dict[str, _Style], numbering: Numbering, part: str) -> None:
        self.styles = styles
        self.paths = Paths(part)
        self.numbering = numbering
        self.fields: list[bool] = []  # of each field that is open: whether its result has begun
        self.boxes: list[etree._Element] = []  # text boxes anchored in the paragraph
        self.numbers: dict[str, str] = {}  # of the notes, by their key
        self.counts: dict[str, int] = {}

    def parts(self, container: etree._Element) -> Iterator[Part | Table]:
        """Paragraphs and tables below an element, in their order; the text of boxes behind their anchor."""
        for each in container:
            name = local(each)
            if name == "p":
                part = self.paragraph(each)
                boxes, self.boxes = self.boxes, []
                if part is not None:
                    yield part
                for box in boxes:
                    yield from self.parts(box)
            elif name == "tbl":
                yield from self.table(each)
            elif name == "sdt" and _is_contents(each):
                continue
            elif name not in _UNREAD:
                yield from self.parts(each)

    def paragraph(self, paragraph: etree._Element) -> Part | None:
        properties = _child(paragraph, "pPr")
        style = self.styles.get(_value(_child(properties, "pStyle")) or "", _Style())
        flow = Flow()
        self.run_through(paragraph, flow, is_hidden=style.is_hidden)
        text = flow.words()
        if not text.text or style.is_contents:
            return None
        number = self.numbering.number(_listed(properties) or style.listed)
        is_strong = flow.is_strong or style.is_bold
        role: Role = "paragraph"
        if style.is_heading or _has_level(properties) or (is_strong and as_heading(text.text)):
            role = "heading"
        elif number is not None:
            role = "item"
        return Part(role, text, self.paths.of(paragraph), number or "")

    def run_through(self, element: etree._Element, flow: Flow, *, is_hidden: bool = False) -> None:
        """Put what is read of the runs below an element into the flow."""
        for each in element:
            name = local(each)
            if name == "r":
                properties = _child(each, "rPr")
                style = self.styles.get(_value(_child(properties, "rStyle")) or "", _Style())
                shows = _child(properties, "vanish") is not None and not _is_on(properties, "vanish")
                hidden = _is_hidden(properties) or (not shows and (is_hidden or style.is_hidden))
                strong = style.is_bold or _is_on(properties, "b")
                raised = style.is_raised or _is_raised(properties)
                self.run(each, flow, is_hidden=hidden, is_strong=strong, is_raised=raised)
            elif name == "txbxContent":
                self.boxes.append(each)
            elif name == "t":  # of a formula
                flow.put(each.text, is_strong=False)
            elif name not in _UNREAD:
                self.run_through(each, flow, is_hidden=is_hidden)

    def run(
        self, run: etree._Element, flow: Flow, *, is_hidden: bool, is_strong: bool, is_raised: bool = False
    ) -> None:
        """Put what is read of a run into the flow."""
        for each in run:
            name = local(each)
            if name == "fldChar":
                self.field(attribute(each, "fldCharType"))
            elif name in _UNREAD or is_hidden or not all(self.fields):
                continue
            elif name == "t":
                flow.put(each.text, is_strong=is_strong, is_raised=is_raised)
            elif name in _SIGNS:
                flow.put(_SIGNS[name], is_strong=is_strong)
            elif name == "br":
                is_line = attribute(each, "type") in (None, "textWrapping")
                flow.put(BREAK if is_line else " ", is_strong=is_strong)
            elif name == "sym":
                flow.put(_symbol(attribute(each, "char")), is_strong=is_strong)
            elif name in ("footnoteReference", "endnoteReference"):
                flow.cite(self.cited(name.removesuffix("Reference"), attribute(each, "id")))
            else:  # drawings, pictures, ruby, formulas
                self.run_through(each, flow)

    def field(self, kind: str | None) -> None:
        """Go on from the code of a field to its result, which alone is read."""
        if kind == "begin":
            self.fields.append(False)
        elif kind == "separate" and self.fields:
            self.fields[-1] = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    def cited(self, kind: str, identity: str | None) -> str:
        key = f"{kind} {identity}"
        if key not in self.numbers:
            self.counts[kind] = self.counts.get(kind, 0) + 1
            self.numbers[key] = str(self.counts[kind])
        return key

    def table(self, table: etree._Element) -> Iterator[Part | Table]:
        rows = [row for each in _rows(table) if (row := self.row(each)) is not None]
        widest = max((len(row.cells) for row in rows), default=0)
        if widest == 1:  # a frame around text
            for each in _rows(table):
                for cell in _cells(each):
                    yield from self.parts(cell)
        elif rows:
            yield Table(_merged(rows))

    def row(self, row: etree._Element) -> "_Row | None":
        properties = _child(row, "trPr")
        if _child(properties, "del") is not None or _is_on(properties, "hidden"):
            return None
        cells: list[_Cell] = []
        column = int(_number(_child(properties, "gridBefore"), 0))
        for cell in _cells(row):
            of_cell = _child(cell, "tcPr")
            wide = max(1, _number(_child(of_cell, "gridSpan"), 1))
            merge = _child(of_cell, "vMerge")
            goes_on = merge is not None and _value(merge) != "restart"
            cells.append(_Cell(column, wide, goes_on, self.cell_words(cell), self.paths.of(cell)))
            column += wide
        return _Row(cells, _is_on(properties, "tblHeader"))

    def cell_words(self, cell: etree._Element) -> Words:
        flow: list[str | Cited] = []
        for part in self.parts(cell):
            flow += [" "] if flow else []
            flow += flow_of(part)
        return words(flow)

    def notes(self, root: etree._Element | None, kind: str, part: str) -> Iterator[Part]:
        """The notes of a kind that the text cites, which are in a part of their own."""
        self.paths = Paths(part)
        for each in root if root is not None else ():
            key = f"{kind} {attribute(each, 'id')}"
            if local(each) != kind or attribute(each, "type") in _SEPARATORS or key not in self.numbers:
                continue
            yield Part("note", self.cell_words(each), self.paths.of(each), self.numbers[key], key)


#: Elements of a run that stand for a sign. A soft hyphen is seen at the end of a line alone.
_SIGNS = {"tab": " ", "ptab": " ", "cr": BREAK, "noBreakHyphen": "-", "softHyphen": ""}


def _symbol(code: str | None) -> str:
    """A sign of a font of symbols by its code; those of a font's own place have no meaning outside it."""
    try:
        number = int(code or "", 16)
    except ValueError:
        return ""
    return _OF_SYMBOL.get(number & 0xFF, "") if 0xF000 <= number <= 0xF0FF else chr(number)


#: Signs of the font Symbol that figures are written with.
_OF_SYMBOL = {0x2D: "–", 0xB1: "±", 0xB3: "≥", 0xA3: "≤", 0xB4: "×", 0xB0: "°", 0xBB: "≈", 0xA0: "€"}


def _is_contents(element: etree._Element) -> bool:
    """Whether a content control is a table of contents, whose page numbers are no figures."""
    gallery = next((each for each in element.iter() if local(each) == "docPartGallery"), None)
    return (_value(gallery) or "") == "Table of Contents"


# Tables


class _Cell(NamedTuple):
    column: int
    wide: int
    goes_on: bool  # it is merged with the one above it
    words: Words
    locator: str


class _Row(NamedTuple):
    cells: list[_Cell]
    is_head: bool


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    yield from _below(table, "tr", ("sdt", "sdtContent", "customXml", "ins", "moveTo"))


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    yield from _below(row, "tc", ("sdt", "sdtContent", "customXml"))


def _below(element: etree._Element, name: str, through: Iterable[str]) -> Iterator[etree._Element]:
    for each in element:
        if local(each) == name:
            yield each
        elif local(each) in through:
            yield from _below(each, name, through)


def _number(element: etree._Element | None, default: int) -> int:
    value = _value(element)
    return min(int(value), _MOST_COLUMNS) if value and value.isdecimal() else default


#: Word has 63.
_MOST_COLUMNS = 200


def _merged(rows: list[_Row]) -> list[Row]:
    """The rows, in which a cell that is merged with those below it is as tall as they are."""
    tall: dict[tuple[int, int], int] = {}
    top: dict[int, tuple[int, int]] = {}
    for at, row in enumerate(rows):
        for cell in row.cells:
            if cell.goes_on and cell.column in top:
                tall[top[cell.column]] += 1
            else:
                top[cell.column] = (at, cell.column)
                tall[at, cell.column] = 1
    return [
        Row(
            [
                Cell(cell.words, cell.wide, tall[at, cell.column], cell.locator, cell.column)
                for cell in row.cells
                if (at, cell.column) in tall
            ],
            row.is_head,
        )
        for at, row in enumerate(rows)
    ]
