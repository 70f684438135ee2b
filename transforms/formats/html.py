"""Letters as pages of HTML: the official ones of zoek.officielebekendmakingen.nl, and any other."""

import re
from collections.abc import Iterator
from datetime import date

from lxml import etree
from lxml import html as pages

from transforms.formats import others
from transforms.formats.encodings import decoded
from transforms.formats.links import notes_in
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
)
from transforms.formats.parts import Cell, Part, assembled, words
from transforms.headings import dossier_of, heading, office_in, office_of, own_subject
from transforms.received import Facts, Received, Refused
from transforms.vocabulary import words as vocabulary


def received(content: bytes) -> Received | Refused:
    """The letter in a file that is HTML, or why there is none."""
    text, encoding = decoded(content)
    parser = pages.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = pages.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return Refused("empty", "is HTML that holds no text; get it anew, or take it out of the inbox")
    if depth(root) > MOST_DEEP:
        return Refused(
            "broken", f"is HTML with elements more than {MOST_DEEP} deep in each other; get it as XML or PDF"
        )
    body = _body(root)
    if refused := others.not_a_page(text, text_of(body)):
        return refused
    plain = _preformatted(body)
    if plain:
        return Received(plain, "html", encoding, _facts(root, plain))
    walk = Page(root, body)
    found = list(walk.parts(body, path_of(body)))
    letter = assembled([*found, *walk.notes_left()], "html", encoding=encoding)
    return letter if isinstance(letter, Refused) else letter._replace(facts=_facts(root, letter.text))


def _body(root: Element) -> Element:
    """What holds the letter: what a page calls its text, if that has a good part of the page's words."""
    names = vocabulary("forms")["html"]
    least = len(text_of(root)) // 3
    for path, length in [*((path, 1) for path in names["text"]), *((path, least) for path in names["main"])]:
        found: list[Element] = root.xpath(path)
        if len(found) == 1 and len(text_of(found[0])) >= max(length, 1):
            return found[0]
    body = root.find("body")
    return root if body is None else body


def _preformatted(body: Element) -> str | None:
    """The text of a page that is hardly more than a text as it was typed or printed, its lines kept."""
    found = [str(pre.xpath("string()")) for pre in body.iter("pre")]
    text = "\n\n".join(found).strip()
    return text if len("".join(text.split())) * 2 > len("".join(text_of(body).split())) else None


# Elements


class Page(Walk):
    """A walk through a page; what nobody sees of it, and what only leads elsewhere, is passed over."""

    def __init__(self, root: Element, body: Element) -> None:
        self._body = body
        self._notes = notes_in(root)
        self._signs = dict(_signs(root))
        self._found: dict[Element, str] = {}
        self._walked: set[Element] = set()
        super().__init__(root, vocabulary("forms")["html"])

    def kind(self, element: Element) -> str:
        """As its name has it, or its class, or what links lead to and from."""
        if element not in self._found:
            self._found[element] = self._kind(element)
        return self._found[element]

    def _kind(self, element: Element) -> str:
        if element in self._notes.held:
            return "note"
        if element in self._notes.cited:
            return "cites"
        if element in self._notes.back or _is_hidden(element) or self._leads_elsewhere(element):
            return "skip"
        classes, named = set(element.get("class", "").lower().split()), self.names["classes"]
        if not classes.isdisjoint(named["skip"]):
            return "skip"
        if not classes.isdisjoint(named["head"]) and not any(map(self.place, element.iterancestors())):
            return "head"
        if not classes.isdisjoint(named["signature"]):
            return "signature"
        return self._kind_of_span(element, classes) or super().kind(element)

    def _kind_of_span(self, element: Element, classes: set[str]) -> str:
        """What the class or style of a span makes of it, nothing where it makes it nothing of its own."""
        named = self.names["classes"]
        if name_of(element) != "span":
            return ""
        if not classes.isdisjoint(named["sign"]):
            return "sign"
        is_raised = not classes.isdisjoint(named["raised"]) or _RAISED.search(element.get("style", ""))
        return "raised" if is_raised else ""

    def _leads_elsewhere(self, element: Element) -> bool:
        """Whether an element around the text holds links and no more."""
        if name_of(element) not in self.names["around"]:
            return False
        links = [each for each in element.iter("a") if not each.get("href", "").startswith("#")]
        return len(links) > _FEW_LINKS or element.find(".//nav") is not None

    def place(self, element: Element) -> str:
        """Whether an element holds a question or an answer, by its class."""
        places: dict[str, str] = self.names["classes"]["place"]
        return next((places[each] for each in element.get("class", "").lower().split() if each in places), "")

    def sign(self, element: Element) -> str:
        """The sign that is told, or the number that a list gives its item."""
        told = next((each for each in element.iter("span") if self.kind(each) == "sign"), None)
        return self._signs.get(element, "") if told is None else text_of(told)

    def note(self, element: Element, path: str) -> str:
        """The key of a note; its number is no word of it."""
        note = self._notes.held[element]
        self._walked.add(element)
        found = words(settled(self.flow(element, path)))
        number = re.match(rf"[\[(]?{re.escape(note.number)}[\])]?[.:]?(?:\s+|$)", found.text)
        cut = number.end() if number else 0
        cited = [(offset - cut, key) for offset, key in found.cited if offset > cut]  # not by its own number
        said = found._replace(text=found.text[cut:], cited=cited)
        self.notes.append(Part("note", said, path, number=note.number, key=note.key))
        return note.key

    def notes_left(self) -> Iterator[Part]:
        """All notes: those met on the way, and those that stand elsewhere on the page."""
        for element in self._notes.held:
            if element not in self._walked and not _is_hidden(element):
                self.note(element, path_of(element))
        yield from self.notes

    def cited(self, element: Element) -> str:
        """The key of the note that a link leads to."""
        return self._notes.cited[element]

    def is_layout(self, table: Element) -> bool:
        """Whether a table has one column, or holds tables, headings or lists and no heads."""
        if table.get("role") in ("presentation", "none"):
            return True
        if any(True for _ in table.iter("th", "caption")):
            return False
        rows = list(table.iter("tr"))
        narrow = all(len([each for each in row if name_of(each) in ("td", "th")]) < 2 for row in rows)
        inside = table.iter("table", "ul", "ol", *self.names["heading"])
        return narrow or any(each is not table for each in inside)

    def cell(self, element: Element, path: str) -> Cell:
        """A cell, over as many columns and rows as it says."""
        wide, tall = (_count(element.get(name)) for name in ("colspan", "rowspan"))
        return Cell(self.cell_words(element, path), wide, tall, path)


#: Links of a heading or footing that is about the letter.
_FEW_LINKS = 2
_RAISED = re.compile(r"vertical-align\s*:\s*(?:super|text-top)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def _is_hidden(element: Element) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN.search(element.get("style", "")) is not None
    )


def _count(text: str | None) -> int:
    """A span as an attribute has it; one that is none is 1."""
    return max(int(text), 1) if text and text.isascii() and text.isdigit() and len(text) < 6 else 1


def _signs(root: Element) -> Iterator[tuple[Element, str]]:
    """The number or letter that an ordered list gives each of its items, a dash in others."""
    for ordered in root.iter("ol"):
        start = ordered.get("start", "1")
        number = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
        kind = ordered.get("type", "1")
        for item in ordered.iterchildren("li"):
            letters = kind in ("a", "A") and number <= len(_LETTERS)
            yield item, f"{_LETTERS[number - 1] if letters else number}."
            number += 1
    for plain in root.iter("ul", "menu"):
        yield from ((item, "–") for item in plain.iterchildren("li"))


_LETTERS = "abcdefghijklmnopqrstuvwxyz"


# Facts


def _facts(root: Element, text: str) -> Facts:
    """What the head of an official page says, and what classes mark in its text."""
    told: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name, content = meta.get("name", "").lower(), " ".join(meta.get("content", "").split())
        if name and content:
            told.setdefault(name, []).append(content)
    identifiers = [said for name in ("dcterms.identifier", "dc.identifier") for said in told.get(name, ())]
    identifiers += [link.get("href", "") for link in root.iter("link") if link.get("rel") == "canonical"]
    titles = [
        text_of(element) for element in root.iter("h1", "h2") if "stuktitel" in element.get("class", "")
    ]
    offices = [*map(office_of, _classed(root, "functie")), *filter(None, map(office_in, titles))]
    return Facts(
        identifier=next(filter(None, map(identifier_in, identifiers)), None),
        dossiers=tuple(dict.fromkeys(_dossiers(told))),
        number=next(iter(told.get("overheidop.ondernummer", ())), None),
        letter_date=_date(told, text),
        sender=offices[0] if offices else None,
        signatory="; ".join(dict.fromkeys(_classed(root, "naam"))) or None,
        subject=next(filter(None, map(own_subject, told.get("dcterms.title", ()))), None),
    )


def _classed(root: Element, name: str) -> list[str]:
    """What the elements of a class within signatures say."""
    signed = [each for each in root.iter("p", "div") if "ondertekening" in each.get("class", "").split()]
    return [
        said
        for each in signed
        for inner in each.iter("span")
        if name in inner.get("class", "").split() and (said := text_of(inner).strip(" ,"))
    ]


def _dossiers(told: dict[str, list[str]]) -> Iterator[str]:
    for said in told.get("overheidop.dossiernummer", ()):
        yield from (dossier_of(number) for number in re.split(r"[;|]", said) if number.strip())


def _date(told: dict[str, list[str]], text: str) -> date | None:
    """The letter's date as the page's head has it, else where its heading has none the day of its issue."""
    for name in ("overheidop.datumbrief", "dcterms.issued", "dcterms.date"):
        for said in told.get(name, ()):
            try:
                day = date.fromisoformat(said[:10])
            except ValueError:
                continue
            if name == "overheidop.datumbrief" or heading(text, "").letter_date is None:
                return day
    return None
