"""A file's bytes to what was received: its form is known by its content, never by its name."""

import csv
import json
import re
from collections import Counter
from itertools import chain

from transforms.formats import encodings, others
from transforms.letters import decoded
from transforms.received import Received, Refused
from transforms.vocabulary import words


def received(content: bytes) -> Received | Refused:
    """The letter in a file, or why there is none."""
    form = form_of(content)
    if form == "xml":
        from transforms.formats import xml  # noqa: PLC0415  a text needs no parser, and is read at once

        return xml.received(content)
    if form == "html":
        from transforms.formats import html  # noqa: PLC0415

        return html.received(content)
    if form == "office":
        from transforms.formats import office  # noqa: PLC0415

        return office.received(content)
    if form == "pdf":
        from transforms.formats.pdf import reader  # noqa: PLC0415

        return reader.received(content)
    return others.not_read(content) or _typed(content)


def _typed(content: bytes) -> Received | Refused:
    """The letter in a plain text, or why there is none."""
    letter = decoded(content)
    if letter.text is None:
        return Refused(letter.reason or "undecodable", letter.detail or "")
    if refused := others.not_a_text(letter.text):
        return refused
    if _is_json(letter.text):
        return Refused("not_a_letter", f"holds data (JSON), no letter; {others.TAKE_OUT}")
    if _is_sheet(letter.text):
        return Refused("not_a_letter", f"holds rows of cells (CSV), no letter; {others.TAKE_OUT}")
    return Received(letter.text, "txt", letter.encoding)


def form_of(content: bytes) -> str:
    """`xml`, `html`, `office` (DOCX, ODT), `pdf` or `txt`: a text that holds some markup is a text.

    What begins with a declaration or with an element that is known is XML or HTML; so is what begins with
    another element and ends with its end.
    """
    if content.startswith(_OFFICE):
        return "office"
    if (pdf := _PDF.search(content, 0, _FIRST)) and (not pdf["before"] or b"endobj" in content):
        return "pdf"
    beginning = encodings.beginning(content)
    if not beginning.startswith("<"):
        return "txt"
    match = _ROOT.match(beginning)
    root = match["root"].rpartition(":")[2] if match else ""
    if root.lower() in _PAGE or (match and match["doctype"] and match["doctype"].lower() == "html"):
        return "html"
    names = words("forms")
    if beginning.startswith("<?xml") or root in (*names["xml"]["roots"], *names["xml"]["metadata"]):
        return "xml"
    ended = _END.search(content[-_LAST:].replace(b"\0", b""))
    last = ended[1].decode("latin-1") if ended else ""
    if last and root.lower() in (
        *names["html"]["block"],
        *names["html"]["paragraph"],
        *names["html"]["heading"],
    ):
        return "html"
    return "xml" if match and last == match["root"] else "txt"


#: How zips begin, empty ones too; how PDFs do, perhaps behind what a server or a mail put before them.
_OFFICE = (b"PK\x03\x04", b"PK\x05\x06")
_PDF, _FIRST = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*+(?P<before>(?:.*?\s)??)%PDF-", re.DOTALL), 1024
#: What goes before the first element: declarations, comments, the type of the document.
_ROOT = re.compile(
    r"(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE\s+(?P<doctype>[\w:.-]+)[^>\[]*(?:\[.*?\]\s*)?>)*+"
    r"<(?P<root>[A-Za-z][\w:.-]*)",
    re.DOTALL | re.IGNORECASE,
)
_PAGE = ("html", "body", "head")
_END = re.compile(rb"</([A-Za-z][\w:.-]*)\s*>\s*\Z")
_LAST = 400


def _is_json(text: str) -> bool:
    if text.lstrip()[:1] not in ("{", "["):
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_sheet(text: str) -> bool:
    """Whether the first lines have as many cells each, and next to none has others."""
    lines = [line for line in text[:_LOOKED_AT].splitlines() if line.strip()]
    if len(text) > _LOOKED_AT:
        lines.pop()  # which may break off
    for between, (fewest, least) in _FEWEST.items():
        counts = Counter(len(re.findall(between, line)) for line in lines)
        count, often = counts.most_common(1)[0]
        if len(lines) >= fewest and count >= least and often * 20 >= len(lines) * 19:
            return True
    return any(_is_small_sheet(lines, between) for between in ",;\t")


def _is_small_sheet(lines: list[str], between: str) -> bool:
    """Whether a few lines are a head and rows of as many cells each, with a column of numbers alone.

    A sentence has a space behind a comma, and words around the comma of a decimal.
    """
    if len(lines) < _FEWEST_OF_SMALL or between not in lines[0]:
        return False
    try:
        head, *rows = csv.reader(lines, delimiter=between, strict=True)
    except csv.Error:
        return False
    if any(len(row) != len(head) for row in rows) or any(
        re.match(r"\s", cell) for cell in chain(head, *rows)
    ):
        return False
    if not re.search(_NAMED, head[0]) or not all(re.search(_NAMED, cell) or _is_year(cell) for cell in head):
        return False
    return any(all(_NUMBER.fullmatch(cell) for cell in column) for column in zip(*rows, strict=True))


def _is_year(cell: str) -> bool:
    return _YEAR.fullmatch(cell.strip()) is not None


_FEWEST_OF_SMALL = 2
_NAMED, _YEAR = r"[^\W\d_]", re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"\s*[-+]?(?:€ ?)?\d[\d.,/-]*\s?%?\s*")
_LOOKED_AT = 10_000
#: What parts cells, how many lines with how many of it can't be by chance: in prose a space follows a comma.
_FEWEST = {r";(?! )": (4, 1), ";": (4, 2), r"\t": (4, 2), r",(?! )": (4, 1), ",": (8, 2)}
