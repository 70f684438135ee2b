"""Kamerstukken and answers to questions in XML, as officielebekendmakingen.nl publishes them, new and old."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from lxml import etree

from transforms.formats.encodings import ENCODINGS, declared
from transforms.formats.markup import (
    MOST_DEEP,
    Element,
    Walk,
    depth,
    identifier_in,
    name_of,
    path_of,
    settled,
    text_of,
    with_characters,
)
from transforms.formats.parts import Cell, Part, Table, Words, assembled, words
from transforms.headings import dossier_of, heading, office_in, office_of
from transforms.received import Facts, Received, Refused
from transforms.vocabulary import words as vocabulary


def received(content: bytes) -> Received | Refused:
    """The letter in a file that is XML, or why there is none."""
    root = parsed(content)
    if isinstance(root, Refused):
        return root
    document = _document(root)
    if document is None:
        return Refused("not_a_letter", _other(root))
    walk = Kamerstuk(root)
    head = list(_head(root))
    parts: list[Part | Table] = [*(part for part, _ in head), *walk.parts(document, path_of(document))]
    encoding = root.getroottree().docinfo.encoding
    letter = assembled([*parts, *walk.notes], "xml", encoding=(encoding or "utf-8").lower())
    return letter if isinstance(letter, Refused) else letter._replace(facts=_facts(root, letter.text))


def parsed(content: bytes) -> Element | Refused:
    """The root of an XML document: nothing is fetched, no entity of its own is read."""
    told = declared(content)
    if told is not None and told not in ENCODINGS:  # nothing can hide in those
        return Refused("undecodable", f"is XML in the encoding {told}; save it as UTF-8")
    if any(mark in content for mark in _ENTITIES):
        return Refused("broken", "is XML with entities of its own; save it without them")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(with_characters(content), parser)
    except etree.XMLSyntaxError as error:
        told = str(error.msg or _TOO_SOON[0]).partition("\n")[0][:120]
        if told.startswith(_TOO_SOON) or not _ENDED.search(content[-_TAIL:].replace(b"\0", b"")):
            return Refused("broken", "is XML that breaks off before its end; get it anew")
        return Refused("broken", f"is XML that can't be read ({told}); get it anew")
    etree.strip_tags(root, etree.Entity)  # what is named and nobody declares
    if depth(root) > MOST_DEEP:
        return Refused(
            "broken", f"is XML with elements more than {MOST_DEEP} deep in each other; get it as HTML or PDF"
        )
    return root


#: How the parser says that more should have come.
_TOO_SOON = ("Premature end", "Start tag expected")
#: The end of an element, and perhaps of what may stand behind the last one.
_ENDED, _TAIL = re.compile(rb"(?:</[^<>]+|/|--|\?)>\s*\Z"), 400
_ENTITIES = [
    mark.encode(encoding) for mark in ("<!ENTITY",) for encoding in ("utf-8", "utf-16-le", "utf-16-be")
]


def _names() -> dict[str, list[str]]:
    names: dict[str, list[str]] = vocabulary("forms")["xml"]
    return names


def _document(root: Element) -> Element | None:
    """What a letter or an answer stands in."""
    if name_of(root) == "kamerwrk":
        return root
    inside = [child for child in root if name_of(child) in _names()["documents"]]
    return inside[0] if name_of(root) in _names()["roots"] and inside else None


def _other(root: Element) -> str:
    """What an XML file is that is no letter."""
    name = name_of(root)
    if name in _names()["metadata"]:
        return f"holds metadata ({name}); the letter is another file of the same publication"
    inside = next((name_of(child) for child in root if name_of(child) not in ("", "metadata")), "")
    if name in _names()["roots"] and inside:
        return f"is a publication of another kind ({inside}); letters are a kamerstuk or kamervragen"
    if known := vocabulary("forms")["others"].get(name):
        return f"is {known}"
    return (
        f"is XML of another kind (its root is {name[:60]}); letters are an officiele-publicatie or a kamerwrk"
    )


# Elements


class Kamerstuk(Walk):
    """A walk through a Kamerstuk or answers to questions; what the head tells is passed over."""

    def __init__(self, root: Element) -> None:
        self._told = {element for _, elements in _head(root) for element in elements}
        self._keys: set[str] = set()
        self._columns: dict[Element | None, dict[str, int]] = {}
        super().__init__(root, _names())

    def kind(self, element: Element) -> str:
        """As the vocabulary has it, but for the head, and the number of a question, which heads it."""
        if element in self._told:
            return "skip"
        if name_of(element) == "nr" and (above := element.getparent()) is not None and self.place(above):
            return "heading"
        if name_of(element) in ("nootref", "voetnootref"):
            return "cites"
        if name_of(element) in self.names["strong"] and element.get("type", "") in self.names["raised_types"]:
            return "raised"
        return super().kind(element)

    def place(self, element: Element) -> str:
        """Whether an element holds a question or an answer."""
        places: dict[str, str] = self.names["places"]
        return places.get(name_of(element), "")

    def note(self, element: Element, path: str) -> str:
        """The key of a note; its number is that of `noot.nr`."""
        number = self.sign(element).strip("[]() .") or element.get("nr", "")
        key = element.get("id") or ""
        if not key or key in self._keys:
            key = f"{key} {len(self.notes)}"
        self._keys.add(key)
        self.notes.append(
            Part("note", words(settled(self.flow(element, path))), path, number=number, key=key)
        )
        return key

    def cited(self, element: Element) -> str:
        """The key of the note that a reference names."""
        return next((str(value) for name, value in element.items() if name.startswith("ref")), "")

    def is_strong(self, element: Element) -> bool:
        """Whether words are in bold or italics."""
        return super().is_strong(element) and not element.get("type", "").startswith("ond")

    def cell(self, element: Element, path: str) -> Cell:
        """A cell as CALS tells it: by the names of columns, and how many rows more it has."""
        group = next(
            (each for each in element.iterancestors() if name_of(each) in self.names["groups"]), None
        )
        if group not in self._columns:
            self._columns[group] = _columns(group)
        columns = self._columns[group]
        first = _column(columns, element.get("namest") or element.get("colname") or "")
        last = _column(columns, element.get("nameend") or "")
        last = first if last is None else last
        wide = last - first + 1 if first is not None and last is not None else 1
        return Cell(
            self.cell_words(element, path),
            max(wide, 1),
            _count(element.get("morerows"), 0) + 1,
            path,
            first,
        )


def _column(columns: dict[str, int], name: str) -> int | None:
    """The place of a column, from 0; where a table names none, its usual name tells (`c2`, `col2`)."""
    if columns:
        return columns.get(name)
    usual = re.fullmatch(r"(?:c|col)([1-9]\d{0,2})", name)
    return int(usual[1]) - 1 if usual else None


def _columns(group: Element | None) -> dict[str, int]:
    """The places of a table's columns, from 0, by their names."""
    specified = [child for child in group if name_of(child) == "colspec"] if group is not None else []
    numbers: dict[str, int] = {}
    column = 0
    for spec in specified:
        column = _count(spec.get("colnum"), column + 1)
        numbers[spec.get("colname") or f"c{column}"] = max(column - 1, 0)
    return numbers


def _count(text: str | None, default: int) -> int:
    """A count as an attribute has it."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else default


# The head


class Headline(NamedTuple):
    """A part of the head, and the elements that it is read from."""

    part: Part
    elements: list[Element]


def _head(root: Element) -> Iterator[Headline]:
    """The lines of the head, as letters print them: the Chamber, the dossiers, number and title."""
    for line in root.iterfind(".//tekstregel"):
        if line.get("inhoud") != "kamernummer":
            yield _line([line])
    for kop in (element for element in root if name_of(element) == "kop"):
        yield from (_line([child], None if _LETTERS.search(text_of(child)) else "") for child in kop)
    for dossier in root.iterfind(".//dossier"):
        yield from _dossier_lines(dossier)
    for subject in root.iterfind(".//frontm/onderw"):
        yield _line(list(subject))
    for piece in _pieces(root):
        numbers = [child for child in piece if name_of(child) in ("ltrlabel", "stuknr", "nummer")]
        title = [child for child in piece if name_of(child) == "titel"][:1]
        if numbers or title:
            yield _line([*numbers, *title])
        yield from (_line([child]) for child in piece if name_of(child) == "datumtekst")
    for name in ("kamervraagnummer", "kamervraagomschrijving"):
        yield from (_line([line]) for line in root.iterfind(f".//{name}"))


def _pieces(root: Element) -> Iterator[Element]:
    yield from (element for path in ("kamerstuk/stuk", "body/stuk") for element in root.iterfind(path))


def _line(elements: list[Element], text: str | None = None) -> Headline:
    said = " ".join(filter(None, map(text_of, elements))) if text is None else text
    return Headline(Part("head", Words(said), path_of(elements[0])), elements)


def _dossier_lines(dossier: Element) -> Iterator[Headline]:
    """A line a dossier; the last one has the title."""
    numbers = [element for element in dossier if name_of(element) == "dossiernummer"]
    title = dossier.find("titel")
    for at, number in enumerate(numbers):
        last = [title] if title is not None and at == len(numbers) - 1 else []
        said = " ".join(filter(None, (_dossier(number, " "), *map(text_of, last))))
        yield _line([number, *last], said)


def _dossier(element: Element, between: str) -> str:
    """The number of a dossier and its chapter: `36 600 VII`."""
    number = text_of(element.find("dossiernr"))
    chapter = next(
        (
            text_of(each)
            for each in element
            if name_of(each) in ("begrotingshoofdstuk", "toevoeging", "hoofdstuk")
        ),
        "",
    )
    return f"{number}{between}{chapter.strip(' -()')}" if chapter else number


#: What a line of the head has at least.
_LETTERS = re.compile(r"[^\W\d_]{2}")
_CHAPTERS = ("begrotingshoofdstuk", "toevoeging", "hoofdstuk")


# Facts


def _facts(root: Element, text: str) -> Facts:
    """What the elements say of a letter."""
    metas = [f"{meta.get('content', '')}" for meta in root.iterfind("metadata/meta")]
    signed = [element for name in _names()["signature"] for element in root.iter(name)]
    offices = [office_of(text_of(each)) for element in signed for each in element.iter("functie")]
    names = [_name(each) for element in signed for each in element.iter("naam")]
    titles = [text_of(title) for piece in _pieces(root) for title in piece.iterfind("titel")]
    offices = [office for office in offices if office] or [
        office for title in titles if (office := office_in(title))
    ]
    return Facts(
        identifier=next(filter(None, map(identifier_in, metas)), None),
        dossiers=tuple(dict.fromkeys(_dossiers(root))),
        number=next(filter(None, map(text_of, _numbers(root))), None),
        letter_date=_date(root, text),
        sender="; ".join(dict.fromkeys(offices)) or None,
        signatory="; ".join(dict.fromkeys(filter(None, names))) or None,
        subject=text_of(root.find(".//kamervraagonderwerp")) or None,
        series=next(filter(None, map(text_of, _series(root))), None),
    )


def _dossiers(root: Element) -> Iterator[str]:
    found = [_dossier(element, "-") for element in root.iterfind(".//dossier/dossiernummer")]
    legacy = [text_of(element) for element in root.iterfind(".//frontm/onderw/nummer")]
    yield from (dossier_of(number) for number in (*found, *legacy) if number)


def _series(root: Element) -> Iterator[Element]:
    """The titles of dossiers."""
    for path in (".//dossier/titel", ".//frontm/onderw/naam"):
        yield from root.iterfind(path)


def _numbers(root: Element) -> Iterator[Element]:
    for path in ("kamerstuk/stuk/stuknr/ondernummer", "body/stuk/nummer", ".//kamervraagnummer"):
        yield from root.iterfind(path)


def _name(element: Element) -> str:
    """`I. W. Opstelten` and `I.W. Opstelten` are one name."""
    parts = [text_of(child) for child in element] or [text_of(element)]
    return re.sub(r"(?<=[A-Z]\.) (?=[A-Z]\.)", "", " ".join(filter(None, parts)))


def _date(root: Element, text: str) -> date | None:
    """The date of a letter: that of its dating, else where its heading has none that of its title."""
    for path in (".//dagtekening//datum", "kamerstuk/stuk/datumtekst/datum"):
        for element in root.iterfind(path):
            try:
                day = date.fromisoformat(element.get("isodatum") or "")
            except ValueError:
                continue
            if path.startswith(".//") or heading(text, "").letter_date is None:
                return day
    return None
