"""PDF to the parts of a letter, by where and how large its words are printed.

The columns of each page are read one after the other; what belongs to the page is left out; footnotes are
lifted out and cited where their raised number stands; paragraphs go on over columns and pages; figures below
each other are tables. A page that holds no words but a picture is a scan.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, groupby

import pypdfium2 as pdfium
from pypdfium2 import raw

from transforms.formats.parts import Part, Table, assembled, words
from transforms.formats.pdf.columns import columns
from transforms.formats.pdf.furniture import without_furniture
from transforms.formats.pdf.glyphs import sheet
from transforms.formats.pdf.lines import Row, rows
from transforms.formats.pdf.notes import Keys, Notes, cited_in, divided
from transforms.formats.pdf.paragraphs import (
    Letter,
    Paragraph,
    flow,
    joined,
    known_words,
    leading,
    marker,
    paragraphs,
    role,
)
from transforms.formats.pdf.tables import PrintedTable, stretches, table_rows
from transforms.received import Facts, Received, Refused

#: What a whole file has near its end.
_END, _TAIL = b"%%EOF", 4096
_BEGINNING, _FILLING = b"%PDF-", b"\0\r\n\t \x1a"
#: Letters and figures on so many pages on average: fewer are a scan's stamp.
_FEWEST_SIGNS = 12
#: Pages with so few may be pictures.
_FEW_GLYPHS = 100
_IDENTIFIER = re.compile(r"\b((?:kst|ah-tk|ah-ek|blg)-[\w-]*\d[\w-]*)", re.IGNORECASE)


def received(content: bytes) -> Received | Refused:
    """The letter in a PDF, or why there is none."""
    if b"obj" not in content:
        return Refused("broken", "begins as a PDF file does and is none; get it anew")
    # Some programs fill the file up with zeros, and some servers put something before it.
    content = content[content.index(_BEGINNING) :].rstrip(_FILLING)
    if _END not in content[-_TAIL:]:
        return Refused("broken", "is a PDF file that breaks off before its end; get it anew")
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if error.err_code == raw.FPDF_ERR_PASSWORD:
            return Refused("encrypted", "is protected with a password; save it without one")
        return Refused("broken", "is a PDF file that can't be opened; get it anew")
    try:
        return _letter(document)
    except pdfium.PdfiumError as error:
        return Refused("broken", f"is a PDF file with a page that can't be read ({error}); get it anew")
    finally:
        document.close()


def _letter(document: pdfium.PdfDocument) -> Received | Refused:
    pages: list[tuple[list[Row], float]] = []
    signs, pictures = 0, False
    for number in range(len(document)):
        page = document[number]
        try:
            found = sheet(page)
            if len(found.glyphs) < _FEW_GLYPHS:
                pictures |= any(True for _ in page.get_objects([raw.FPDF_PAGEOBJ_IMAGE]))
        finally:
            page.close()
        signs += sum(glyph.text.isalnum() for glyph in found.glyphs)
        pages.append((rows(found.glyphs), found.height))
    if signs < _FEWEST_SIGNS * len(pages) and (pictures or not signs):
        return Refused("no_text_layer", "a scan without text; make it searchable by OCR first")
    kept, left_out = without_furniture(pages)
    return assembled(_parts(kept), "pdf", facts=_facts(document, left_out))


def _facts(document: pdfium.PdfDocument, left_out: Sequence[str]) -> Facts:
    """The identifier, where the foot of a page or the file's title bears it."""
    title = document.get_metadata_value("Title")
    found = next(filter(None, map(_IDENTIFIER.search, [*left_out, title])), None)
    return Facts(identifier=found[1].lower()) if found else Facts()


def _parts(pages: Sequence[Sequence[Row]]) -> Iterator[Part | Table]:
    """The parts of a letter, of whose pages the rows are given from the top."""
    size = _text_size(chain.from_iterable(pages))
    laid = columns(pages)
    notes, found = _read(laid, size)
    letter = Letter(Keys(notes.found), known_words(pages))
    for is_table, group in groupby(found, lambda each: isinstance(each, PrintedTable)):
        if is_table:
            yield from (Table(list(table_rows(each))) for each in group if isinstance(each, PrintedTable))
        else:
            yield from _paragraph_parts([each for each in group if isinstance(each, list)], size, letter)
    for note in notes.found:
        if note.rows:
            yield Part("note", words(flow(note.rows, letter)), f"page={note.page}", note.number, note.key)


def _read(
    laid: Sequence[Sequence[Sequence[Row]]], size: float
) -> tuple[Notes, list[list[Paragraph] | PrintedTable]]:
    """The notes, and in their order tables and the paragraphs of each stretch of a column between them."""
    notes = Notes()
    found: list[list[Paragraph] | PrintedTable] = []
    distance = leading(chain.from_iterable(laid))
    for number, page in enumerate(laid, 1):
        cited = cited_in(list(chain.from_iterable(page)))
        for column in page:
            text, small = divided(column, size)
            text += notes.add(small, number, cited)
            if found and isinstance(last := found[-1], PrintedTable):
                text = last.take(text, number)
            for stretch in stretches(text):
                if stretch.is_table:
                    found.append(PrintedTable([(number, row) for row in stretch.rows]))
                else:
                    found.append(paragraphs(stretch.rows, number, distance))
    return notes, found


def _paragraph_parts(together: Sequence[list[Paragraph]], size: float, letter: Letter) -> Iterator[Part]:
    for paragraph in joined(together, size):
        kind = role(paragraph, size)
        page = paragraph.rows[0][0]
        number, text = marker(paragraph) if kind == "item" else ("", paragraph)
        yield Part(kind, words(flow(text.rows, letter)), f"page={page}", number)


def _text_size(found: Iterator[Row]) -> float:
    """The size in which most is printed."""
    sizes: Counter[float] = Counter()
    for row in found:
        sizes[round(row.size * 2) / 2] += len(row.text)
    return sizes.most_common(1)[0][0] if sizes else 1.0
