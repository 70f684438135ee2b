"""Composed letters written as pages of HTML: as the official ones are, and as other programs make them."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from letter_model import Model
from lxml import etree
from lxml.html import builder as E  # noqa: N812  as its makers call it
from write_xml import head_of, notes_of

from transforms.formats.parts import Part, Row, Table, Words

Element = Any
CLASS = E.CLASS


def as_official_page(model: Model) -> bytes:
    """The letter as zoek.officielebekendmakingen.nl shows it: notes behind the text, the site around it."""
    notes, head = notes_of(model), head_of(model)
    stuk = E.DIV(
        CLASS("stuk"),
        E.H2(CLASS("stuktitel"), E.SPAN(CLASS("stuknummer"), f"Nr. {head['number']}"), f" {head['title']}"),
        E.DIV(CLASS("algemeen"), *_blocks([*head["rest"], *_body(model)], notes)),
        *(E.P(CLASS("ondertekening"), *_signature(part)) for part in _of(model, "signature")),
    )
    titles = [
        E.H1(CLASS("dossiertitel"), E.SPAN(CLASS("dossiernummer"), each), " ") for each in head["dossiers"]
    ]
    for title in titles[-1:]:
        title[-1].tail = f" {head['subject']}"
    noten = E.DIV({"id": "noten"}, E.HR(), *(_official_note(note) for note in notes.values()))
    first = head["dossiers"][0].replace(" ", "") if head["dossiers"] else "0"
    root = E.HTML(
        E.HEAD(
            E.META(charset="utf-8"),
            E.TITLE("Officiële bekendmakingen"),
            E.META(name="DCTERMS.identifier", content=f"kst-{first}-{head['number']}"),
            E.META(name="OVERHEIDop.ondernummer", content=head["number"]),
            E.STYLE("p { margin: 12px }"),
        ),
        E.BODY(
            E.DIV({"id": "Header"}, E.UL(*(E.LI(E.A(f"Menu {at}", href=f"/{at}")) for at in range(40)))),
            E.DIV({"id": "broodtekst"}, *titles, stuk, noten),
            E.SCRIPT("var plaatsen = 66613;"),
        ),
    )
    return _written(root)


def as_plain_page(model: Model) -> bytes:
    """The letter as a page with notes in a list, and the head in paragraphs."""
    notes = notes_of(model)
    listed = [
        E.LI({"id": f"fn{key}"}, E.P(note.words.text, " ", E.A("↩", href=f"#ref{key}")))
        for key, note in notes.items()
    ]
    root = E.HTML(
        E.HEAD(
            E.TITLE("Brief"),
            E.META({"http-equiv": "Content-Type", "content": "text/html; charset=windows-1252"}),
        ),
        E.BODY(
            E.E.nav(E.UL(E.LI(E.A("12 brieven", href="/")))),
            E.E.article(
                *(E.P(part.words.text) for part in _of(model, "head")),
                *_blocks(_body(model), notes, linked=True),
                *(E.P(*_lines(part.words.text)) for part in _of(model, "signature")),
                E.E.section(CLASS("footnotes"), E.OL(*listed)),
            ),
            E.DIV("66613 plaatsen", style="display: none"),
        ),
    )
    return etree.tostring(root, method="html", encoding="windows-1252", doctype="<!DOCTYPE html>")


def _written(root: Element) -> bytes:
    return etree.tostring(root, method="html", encoding="utf-8", doctype="<!DOCTYPE html>")


def _of(model: Model, role: str) -> Iterator[Part]:
    yield from (part for part in model if isinstance(part, Part) and part.role == role)


def _body(model: Model) -> list[Part | Table]:
    others = ("head", "note", "signature")
    return [part for part in model if isinstance(part, Table) or part.role not in others]


def _signature(part: Part) -> Iterator[Element]:
    office, _, name = part.words.text.partition("\n")
    yield E.SPAN(CLASS("functie"), office)
    if name:
        yield E.SPAN(CLASS("naam"), name)


def _lines(text: str) -> Iterator[Any]:
    for number, line in enumerate(text.split("\n")):
        yield from [E.BR(), line] if number else [line]


# Body


def _official_note(note: Part) -> Element:
    key = f"ID-{note.key}"
    return E.DIV(
        {"class": "voet noot snp-mouseoffset notedefault", "id": f"supernote-note-{key}"},
        E.H5(CLASS("note-close"), E.A(CLASS("note-close"), "X", href=f"#close-{key}"), " Noot"),
        E.SUP(E.SPAN(CLASS("nootnum"), E.A(id=key, name=key), note.number)),
        E.P(note.words.text),
    )


def _blocks(
    parts: Iterable[Part | Table], notes: dict[str, Part], *, linked: bool = False
) -> Iterator[Element]:
    for place, group in groupby(parts, lambda part: part.place if isinstance(part, Part) else ""):
        inside = list(_placed(group, notes, linked))
        named = {"question": "vraag", "answer": "antwoord"}.get(place)
        yield from inside if named is None or linked else [E.DIV(CLASS(named), *inside)]


def _placed(parts: Iterable[Part | Table], notes: dict[str, Part], linked: bool) -> Iterator[Element]:
    for is_item, group in groupby(parts, lambda part: isinstance(part, Part) and part.role == "item"):
        if is_item:
            yield _list([part for part in group if isinstance(part, Part)], notes, linked)
            continue
        for part in group:
            if isinstance(part, Table):
                yield _table(part, notes, linked)
            else:
                name = E.H3 if part.role == "heading" else E.P
                yield name(*_mixed(part.words, notes, linked))


def _list(items: list[Part], notes: dict[str, Part], linked: bool) -> Element:
    """A list as official pages have it, with its signs in its words; else one that browsers number."""
    if linked:
        numbered = items[0].number[:1].isdigit()
        return (E.OL if numbered else E.UL)(*(E.LI(*_mixed(part.words, notes, linked)) for part in items))
    signed = (
        E.LI(E.P(CLASS("labeled"), E.SPAN(CLASS("ol"), part.number, " "), *_mixed(part.words, notes, linked)))
        for part in items
    )
    return E.UL(CLASS("expliciet"), *signed)


def _mixed(text: Words, notes: dict[str, Part], linked: bool) -> Iterator[Any]:
    """The words, with links to the notes where they are cited."""
    done = 0
    for offset, key in text.cited:
        yield text.text[done:offset]
        if linked:
            yield E.SUP(E.A(notes[key].number, id=f"ref{key}", href=f"#fn{key}"))
        else:
            yield E.A({"class": f"nootnum supernote-click-ID-{key}"}, notes[key].number, href=f"#ID-{key}")
        done = offset
    yield text.text[done:]


def _table(table: Table, notes: dict[str, Part], linked: bool) -> Element:
    """A table with a head where the page is an official one, else with cells for heads."""
    heads = [_row(row, notes, linked, E.TH if linked else E.TD) for row in table.rows if row.is_head]
    rows = [_row(row, notes, linked, E.TD) for row in table.rows if not row.is_head]
    if linked:
        return E.TABLE(*heads, *rows)
    return E.TABLE(*([E.THEAD(*heads)] if heads else []), E.TBODY(*rows))


def _row(row: Row, notes: dict[str, Part], linked: bool, name: Any) -> Element:
    cells = []
    for cell in row.cells:
        spans = {"colspan": cell.wide, "rowspan": cell.tall}
        given = {key: str(value) for key, value in spans.items() if value > 1}
        inside = list(_mixed(cell.words, notes, linked))
        cells.append(name(given, *inside) if linked else name(given, E.P(*inside)))
    return E.TR(*cells)
