"""Composed letters written as Kamerstukken: in the XML of today, and in that of before."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from letter_model import Model
from lxml import etree
from lxml.builder import E

from transforms.formats.parts import Part, Row, Table, Words, grid

Element = Any


def as_kamerstuk(model: Model) -> bytes:
    """The letter as `officiele-publicatie` has it; laid out with indents, as the published ones are."""
    notes = notes_of(model)
    head = head_of(model)
    text = E.tekst(*_blocks(_body(model), notes, heading="tussenkop"), status="goed")
    stuk = E.stuk(
        E.stuknr("Nr. ", E.ondernummer(head["number"], kamer="2")),
        E.titel(head["title"]),
        E.algemeen(E("vrije-tekst", text)),
    )
    text.extend([E("tekst-sluiting", *_signatures(model, E.ondertekening))])
    dossiers = [E.dossiernummer(E.dossiernr(dossier)) for dossier in head["dossiers"]]
    root = E(
        "officiele-publicatie",
        E.metadata(E.meta(name="OVERHEIDop.externMetadataRecord", scheme="", content=head["record"])),
        E.kamerstuk(
            E.kamerstukkop(
                E.tekstregel("Vergaderjaar 2012-2013", inhoud="vergaderjaar"),
                E.tekstregel("Tweede Kamer der Staten-Generaal", inhoud="kameraanduiding"),
                E.tekstregel("2", inhoud="kamernummer"),
            ),
            E.dossier(*dossiers, E.titel(head["subject"])),
            stuk,
        ),
    )
    return _written(root)


def as_kamerwrk(model: Model) -> bytes:
    """The letter as `kamerwrk` has it, in Latin-1, its lines broken."""
    notes = notes_of(model)
    head = head_of(model)
    stuk = E.stuk(
        E.ltrlabel("Nr. "),
        E.nummer(head["number"]),
        E.titel(head["title"]),
        *_blocks(_body(model), notes, heading="tuskop"),
        *_signatures(model, E.ondtek),
        E.witreg(),
    )
    onderw = E.onderw(E.nummer(head["dossiers"][0] if head["dossiers"] else ""), E.naam(head["subject"]))
    root = E.kamerwrk(
        E.kop(
            E.titel("Tweede Kamer der Staten-Generaal"), E.subtitel("2"), E.subtitel("Vergaderjaar 2002-2003")
        ),
        E.frontm(E.ordernr("6K0721"), E.vergjaar("2002-2003"), onderw),
        E.body(stuk),
        kamer="tk",
        publtype="meto",
    )
    return etree.tostring(root, xml_declaration=True, encoding="iso-8859-1")


def _written(root: Element) -> bytes:
    etree.indent(root.find("kamerstuk/dossier"))
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


# Head and signature

_NUMBER = re.compile(r"(?:Nr|No)\. ?(\w+)\s*(.*)", re.DOTALL)
_DOSSIER = re.compile(r"(\d\d ?\d{3}(?:-\d\d)?)\b\s*(.*)", re.DOTALL)


def head_of(model: Model) -> dict[str, Any]:
    """What the lines of the head say: number and title, dossiers and their subject; the others are `rest`."""
    told: dict[str, Any] = {"number": "", "title": "", "dossiers": [], "subject": "", "rest": []}
    for part in model:
        if isinstance(part, Part) and part.role == "head":
            line = part.words.text
            if not told["number"] and (match := _NUMBER.match(line)):
                told["number"], told["title"] = match[1], match[2]
            elif not told["number"] and (match := _DOSSIER.match(line)):
                told["dossiers"].append(match[1])
                told["subject"] = told["subject"] or match[2]
            else:
                told["rest"].append(part)
    first = told["dossiers"][0].replace(" ", "") if told["dossiers"] else "0"
    told["record"] = f"https://zoek.officielebekendmakingen.nl/kst-{first}-{told['number']}/metadata.xml"
    return told


def _body(model: Model) -> list[Part | Table]:
    body = [
        part for part in model if isinstance(part, Table) or part.role not in ("head", "note", "signature")
    ]
    return [*head_of(model)["rest"], *body]


def _signatures(model: Model, written: Any) -> Iterator[Element]:
    for part in model:
        if isinstance(part, Part) and part.role == "signature":
            office, _, name = part.words.text.partition("\n")
            first, _, last = name.partition(" ")
            named = [E.naam(E.voornaam(first), " ", E.achternaam(last))] if name else []
            yield written(E.functie(office), *named)


# Body


def notes_of(model: Model) -> dict[str, Part]:
    return {part.key: part for part in model if isinstance(part, Part) and part.role == "note"}


def _blocks(parts: Iterable[Part | Table], notes: dict[str, Part], heading: str) -> Iterator[Element]:
    """The parts as elements: items in lists, questions and answers in theirs."""
    for place, group in groupby(parts, lambda part: part.place if isinstance(part, Part) else ""):
        inside = list(_placed(group, notes, heading))
        yield from inside if not place else [E({"question": "vraag", "answer": "antwoord"}[place], *inside)]


def _placed(parts: Iterable[Part | Table], notes: dict[str, Part], heading: str) -> Iterator[Element]:
    for is_item, group in groupby(parts, lambda part: isinstance(part, Part) and part.role == "item"):
        if is_item:
            items = [
                E.li(E("li.nr", part.number), _mixed("al", part.words, notes))
                for part in group
                if isinstance(part, Part)
            ]
            yield E.lijst(*items, type="expliciet")
            continue
        for part in group:
            if isinstance(part, Table):
                yield _table(part, notes)
            else:
                yield _mixed(heading if part.role == "heading" else "al", part.words, notes)


def _mixed(name: str, text: Words, notes: dict[str, Part]) -> Element:
    """An element with words, in which notes stand where they are cited, and some words in italics."""
    pieces: list[Any] = []
    done = 0
    for offset, key in text.cited:
        note = notes[key]
        pieces += [
            *_slanted(text.text[done:offset]),
            E.noot(E("noot.nr", note.number), E("noot.al", note.words.text), id=f"ID-{key}", type="voet"),
        ]
        done = offset
    return E(name, *pieces, *_slanted(text.text[done:]))


def _slanted(text: str) -> Sequence[Any]:
    """The text, its longest word of letters in an element, its spaces broken over lines."""
    longest = max(re.findall(r"[^\W\d_]{9,}", text), key=len, default=None)
    if longest is None:
        return [text]
    before, _, after = text.partition(longest)
    return [before.replace(", ", ",\n"), E.nadruk(longest, type="cur"), after]


def _table(table: Table, notes: dict[str, Part]) -> Element:
    """A CALS table: columns by their names, cells over several of them from one to the other."""
    width = max(map(len, grid(table.rows)), default=1)
    heads = [row for row in table.rows if row.is_head]
    others = [row for row in table.rows if not row.is_head]
    specs = [E.colspec(colnum=str(at), colname=f"col{at}") for at in range(1, width + 1)]
    thead = [E.thead(*(_row(row, notes) for row in heads))] if heads else []
    return E.table(E.tgroup(*specs, *thead, E.tbody(*(_row(row, notes) for row in others)), cols=str(width)))


def _row(row: Row, notes: dict[str, Part]) -> Element:
    entries = []
    column = 1
    for cell in row.cells:
        last = column + cell.wide - 1
        spans = (
            {"namest": f"col{column}", "nameend": f"col{last}"}
            if cell.wide > 1
            else {"colname": f"col{column}"}
        )
        more = {"morerows": str(cell.tall - 1)} if cell.tall > 1 else {}
        entries.append(E.entry(_mixed("al", cell.words, notes), **spans, **more))
        column = last + 1
    return E.row(*entries)
