"""Composed letters as ODT, written by odfdo."""

import io

from letter_model import Model
from model_flows import Laid, flow, laid
from odfdo import Document, Header, LineBreak, List, ListItem, Note, Paragraph, Span
from odfdo import Table as OdfTable

from transforms.formats.parts import Part, Table


def as_odt(model: Model) -> bytes:
    """The letter as a word processor would save it."""
    letter, document = laid(model), Document("text")
    document.body.clear()
    bullets: List | None = None
    for part in letter.parts:
        if isinstance(part, Part) and part.role == "item" and not part.number[:-1].isalnum():
            if bullets is None:
                bullets = List()
                document.body.append(bullets)
            item = ListItem()
            item.append(_paragraph(part, letter))
            bullets.append(item)
            continue
        bullets = None
        document.body.append(_table(part) if isinstance(part, Table) else _paragraph(part, letter))
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _paragraph(part: Part, letter: Laid) -> Paragraph:
    made = Header(2) if part.role == "heading" else Paragraph()
    if part.role == "item" and part.number[:-1].isalnum():
        made.append(f"{part.number} ")
    for text, key in flow(part.words):
        if key:
            note = letter.notes[key]
            made.append(Note("footnote", note_id=key, citation=note.number, body=note.words.text))
        for at, line in enumerate(text.split("\n") if text else ()):
            if at:
                made.append(LineBreak())
            made.append(line[:20])
            if line[20:]:
                made.append(Span(line[20:]))
    return made


def _table(table: Table) -> OdfTable:
    width = max(sum(cell.wide for cell in row.cells) for row in table.rows)
    made = OdfTable("Tabel", width=width, height=len(table.rows))
    for at, row in enumerate(table.rows):
        column = 0
        for cell in row.cells:
            made.set_value((column, at), cell.words.text)
            if cell.wide > 1:
                made.set_span((column, at, column + cell.wide - 1, at))
            column += cell.wide
    return made
