"""Composed letters as DOCX, written by python-docx; it knows no footnotes, so their part is added."""

import io
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as Letter
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part as Package
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from letter_model import Model
from model_flows import Laid, flow, laid

from transforms.formats.parts import Table, Words

_STYLES = {"heading": "Heading 2", "item": "List Bullet"}


def as_docx(model: Model) -> bytes:
    """The letter as Word would save it."""
    letter, document = laid(model), Document()
    numbers = _footnotes(document, letter)
    document.sections[0].header.paragraphs[0].text = "Ministerie van Voorbeelden, 2031 bladzijden"
    document.sections[0].footer.paragraphs[0].text = "Pagina 1 van 12"
    for part in letter.parts:
        if isinstance(part, Table):
            _table(document, part)
            continue
        bullet = part.role == "item" and not part.number[:-1].isalnum()
        style = _STYLES.get(part.role) if part.role == "heading" or bullet else None
        paragraph = document.add_paragraph(style=style)
        if part.role == "item" and not bullet:
            paragraph.add_run(f"{part.number} ")
        _write(paragraph, part.words, numbers)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _write(paragraph: Paragraph, words: Words, numbers: dict[str, int]) -> None:
    """The words in runs as Word cuts them: anywhere."""
    for text, key in flow(words):
        if key:
            run = paragraph.add_run()
            run.font.superscript = True
            reference = OxmlElement("w:footnoteReference")
            reference.set(qn("w:id"), str(numbers[key]))
            run._r.append(reference)
        for at in range(0, len(text), 37):
            paragraph.add_run(text[at : at + 37])


def _footnotes(document: Letter, letter: Laid) -> dict[str, int]:
    """Add the part with the notes; their ids by their keys."""
    numbers = {key: at for at, key in enumerate(letter.notes, 1)}
    notes = "".join(
        f'<w:footnote w:id="{numbers[key]}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
        f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(note.words.text)}</w:t></w:r></w:p></w:footnote>'
        for key, note in letter.notes.items()
    )
    separator = (
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
        "</w:footnote>"
    )
    xml = f"<w:footnotes {nsdecls('w')}>{separator}{notes}</w:footnotes>"
    part = Package(
        PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, xml.encode(), document.part.package
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    return numbers


def _table(document: Letter, table: Table) -> None:
    width = max(sum(cell.wide for cell in row.cells) for row in table.rows)
    made = document.add_table(len(table.rows), width)
    for at, row in enumerate(table.rows):
        column = 0
        for cell in row.cells:
            written = made.cell(at, column)
            if cell.wide > 1:
                written = written.merge(made.cell(at, column + cell.wide - 1))
            written.text = cell.words.text
            column += cell.wide
        if row.is_head:
            made.rows[at]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
