"""The parts of a document of elements, XML or HTML.

Runs of words between elements that stand alone are paragraphs, whatever holds them: so no word is lost of
elements that nobody knows. Each part has the XPath of the element that holds its words.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any, NamedTuple

from lxml import etree

from transforms.formats.parts import (
    BREAK,
    Cell,
    Cited,
    Part,
    Row,
    Table,
    Words,
    as_heading,
    paragraphs,
    words,
)
from transforms.received import Role

Element = etree._Element  # lxml has no other name for it
Pieces = Iterator[str | Cited]

#: In no letter do elements lie in each other so deep.
MOST_DEEP = 120
#: What stands alone: words before and behind it are paragraphs of their own.
_ALONE = frozenset(("heading", "item", "table", "caption", "signature", "head", "paragraph", "block"))


class Within(NamedTuple):
    """What holds for the words within an element."""

    role: Role = "paragraph"
    place: str = ""


class Walk:
    """A walk through a document; what differs between XML and HTML is told by who inherits from it.

    `names` are the element names of vocabulary/forms.toml by what they are.
    """

    def __init__(self, root: Element, names: Mapping[str, Any]) -> None:
        self.names = names
        self.notes: list[Part] = []
        self._kinds = {name: kind for kind in _KINDS for name in names.get(kind, ())}
        self._holders: set[Element] = set()
        for element in root.iter(etree.Element):
            if self.kind(element) in _ALONE:
                self._hold(element)

    def _hold(self, element: Element) -> None:
        for above in element.iterancestors():
            if above in self._holders or self.kind(above) == "note":
                return
            self._holders.add(above)

    # What elements are

    def kind(self, element: Element) -> str:
        """One of _KINDS; an empty one for what isn't known."""
        return self._kinds.get(name_of(element), "")

    def place(self, element: Element) -> str:
        """`question` or `answer` for an element that holds one."""
        raise NotImplementedError

    def is_strong(self, element: Element) -> bool:
        """Whether an inline element sets its words apart, as a heading does."""
        return name_of(element) in self.names["strong"]

    def sign(self, element: Element) -> str:
        """The number or sign of an item."""
        found = next((child for child in element if self.kind(child) == "sign"), None)
        return "" if found is None else text_of(found)

    def note(self, element: Element, path: str) -> str:
        """The key of the note that stands here, which is kept."""
        raise NotImplementedError

    def cited(self, element: Element) -> str:
        """The key of the note that is cited here."""
        raise NotImplementedError

    def cell(self, element: Element, path: str) -> Cell:
        """A cell of a table."""
        raise NotImplementedError

    def is_layout(self, table: Element) -> bool:
        """Whether a table only places what is in it: here one without elements."""
        return not len(table)

    # What is read

    def parts(self, element: Element, path: str, within: Within = Within()) -> Iterator[Part | Table]:  # noqa: B008
        """The parts within an element, in their order."""
        run: list[str | Cited] = [element.text or ""]
        bare = self.kind(element) in ("block", "") and not _has_words(element)
        for child, at in children(element, path):
            kind = self.kind(child)
            if kind in _ALONE or child in self._holders or (bare and not kind):
                yield from self._paragraph(run, element, path, within)
                yield from self._alone(child, at, kind, within)
                run = []
            else:
                run += self._inline(child, at)
            run.append(child.tail or "")
        yield from self._paragraph(run, element, path, within)

    def _paragraph(
        self, run: Iterable[str | Cited], element: Element, path: str, within: Within
    ) -> Iterator[Part]:
        for found in paragraphs(words(settled(run))):
            role = within.role
            if role == "paragraph" and self._is_set_apart(element) and as_heading(found.text):
                role = "heading"
            yield Part(role, found, path, place=within.place)

    def _alone(self, element: Element, path: str, kind: str, within: Within) -> Iterator[Part | Table]:
        """The parts that an element which stands alone makes."""
        place = self.place(element)
        within = within._replace(place=place) if place else within
        if kind == "table" and not self.is_layout(element):
            yield from self._tables(element, path)
        elif kind in ("heading", "caption", "head"):
            role: Role = "heading" if kind == "heading" else "caption" if kind == "caption" else "head"
            yield Part(role, words(settled(self.flow(element, path))), path, place=within.place)
        elif kind == "signature":
            yield Part("signature", words(settled(self._lines(element, path))), path)
        elif kind == "item":
            yield from self._item(element, path, within)
        elif kind != "skip":
            yield from self.parts(element, path, within)

    def _item(self, element: Element, path: str, within: Within) -> Iterator[Part | Table]:
        number = self.sign(element)
        for part in self.parts(element, path, within._replace(role="item")):
            own = isinstance(part, Part) and part.role == "item" and not part.number
            yield part._replace(number=number) if own and isinstance(part, Part) else part
            number = ""

    def flow(self, element: Element, path: str) -> Pieces:
        """The words within an element as they follow each other, all in one run."""
        yield element.text or ""
        for child, at in children(element, path):
            yield from self._inline(child, at)
            yield child.tail or ""

    def _inline(self, element: Element, path: str) -> Pieces:
        kind = self.kind(element)
        if kind in ("skip", "sign"):
            return
        if kind == "break":
            yield BREAK
        elif kind == "note":
            yield Cited(self.note(element, path))
        elif kind == "cites":
            yield Cited(self.cited(element))
        elif kind == "raised":
            found = list(self.flow(element, path))
            yield from found if any(isinstance(piece, Cited) for piece in found) else [RAISED, *found, RAISED]
        elif kind in ("inline", ""):
            yield from self.flow(element, path)
        else:  # a paragraph within a run: in a cell, in a note
            yield " "
            yield from self.flow(element, path)
            yield " "

    def _lines(self, element: Element, path: str) -> Pieces:
        """The words of a signature: what each element in it says is a line."""
        runs: list[list[str | Cited]] = [[element.text or ""]]
        for child, at in children(element, path):
            apart = [part for piece in self._inline(child, at) for part in (piece, " ")]
            runs += [apart, [child.tail or ""]]
        said = [run for run in runs if words(run).text]
        for number, run in enumerate(said):
            yield BREAK if number else ""
            yield from run

    def _is_set_apart(self, element: Element) -> bool:
        """Whether all words of an element are in one that sets them apart."""
        only = [child for child in element if isinstance(child.tag, str) and self.kind(child) != "skip"]
        if len(only) != 1 or _has_words(element):
            return False
        return self.is_strong(only[0]) or (self.kind(only[0]) == "inline" and self._is_set_apart(only[0]))

    # Tables

    def _tables(self, element: Element, path: str) -> Iterator[Part | Table]:
        """The captions and the tables of an element that holds them."""
        groups = [each for each in children(element, path) if name_of(each[0]) in self.names["groups"]]
        for child, at in children(element, path):
            if name_of(child) in self.names["titles"]:
                yield Part("caption", words(settled(self.flow(child, at))), at)
        for group, at in groups or [(element, path)]:
            yield Table([self._row(*row) for row in self._rows(group, at)])

    def _rows(self, element: Element, path: str) -> Iterator[tuple[Element, str]]:
        for child, at in children(element, path):
            name = name_of(child)
            if name in self.names["rows"]:
                yield child, at
            elif name not in self.names["cells"] and self.kind(child) != "table":
                yield from self._rows(child, at)

    def _row(self, row: Element, path: str) -> Row:
        found = [
            (child, self.cell(child, at))
            for child, at in children(row, path)
            if name_of(child) in self.names["cells"]
        ]
        above = row.getparent()
        in_heads = above is not None and name_of(above) in self.names["heads"]
        named = {name_of(child) for child, _ in found}
        return Row([cell for _, cell in found], in_heads or named == {"th"})

    def cell_words(self, element: Element, path: str) -> Words:
        """The words of a cell, in one line."""
        return words(" " if piece == BREAK else piece for piece in settled(self.flow(element, path)))


_KINDS = (
    "block", "paragraph", "heading", "item", "table", "caption", "signature", "head", "inline", "raised",
    "break", "note", "cites", "sign", "skip",
)  # fmt: skip


def name_of(element: Element) -> str:
    """The name of an element without its namespace, nothing for what isn't one."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def text_of(element: Element | None) -> str:
    """All words within an element."""
    return "" if element is None else " ".join("".join(element.itertext(etree.Element)).split())


def path_of(element: Element) -> str:
    """The XPath of an element."""
    return element.getroottree().getpath(element)


_IDENTIFIER = re.compile(r"(?:kst|ah-tk|ah-ek|kv-tk|kv-ek|blg|nds-tk|h-tk)-\w[\w-]*\w")


def identifier_in(text: str) -> str | None:
    """The identifier of a publication that an address or a text holds."""
    match = _IDENTIFIER.search(text)
    return match[0] if match else None


def children(element: Element, path: str) -> Iterator[tuple[Element, str]]:
    """The elements within one, each with its XPath, as short as it can be."""
    named = Counter(child.tag for child in element)
    seen: Counter[object] = Counter()
    for number, child in enumerate(element.iterchildren(etree.Element), 1):
        tag = str(child.tag)
        seen[tag] += 1
        if tag.startswith("{") or ":" in tag:
            yield child, f"{path}/*[{number}]"
        else:
            yield child, f"{path}/{tag}[{seen[tag]}]" if named[tag] > 1 else f"{path}/{tag}"


def depth(root: Element) -> int:
    """How deep elements lie in each other."""
    deepest = level = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        level += 1 if event == "start" else -1
        deepest = max(deepest, level)
    return deepest


def _has_words(element: Element) -> bool:
    """Whether an element holds words of its own, beside those of the elements in it."""
    texts = [element.text, *(child.tail for child in element)]
    return any(text and not text.isspace() for text in texts)


# What stands above the line

#: Before and behind words that stand above the line.
RAISED = "\0"
#: Behind these a digit above the line is part of what stands before it; elsewhere it cites a note.
_WITH_POWER = re.compile(r"(?:(?<![^\W\d_])(?:[kcdm]|h[a]?)?m|CO|NO|SO|NH|PM|[×x*·] ?10)\Z")
_MARKER = re.compile(r"\s*[\[(]?(\d{1,3}|\*{1,3})[\])]?\s*")


def settled(run: Iterable[str | Cited]) -> Pieces:
    """The pieces of a run, in which a number above the line cites the note of that number."""
    before = ""
    raised: list[str] | None = None
    for piece in run:
        if piece == RAISED:
            if raised is None:
                raised = []
                continue
            yield from _raised("".join(raised), before)
            before += "".join(raised)
            raised = None
        elif raised is not None:
            raised.append(str(piece))
        else:
            yield piece
            if isinstance(piece, str):
                before = (before + piece)[-8:]


def _raised(text: str, before: str) -> Pieces:
    marker = _MARKER.fullmatch(text)
    yield text if marker is None or _WITH_POWER.search(before) else Cited(numbered(marker[1]))


def numbered(number: str) -> str:
    """The key of whichever note has this number."""
    return f"number {number}"


# Characters


def with_characters(content: bytes) -> bytes:
    """XML with the characters that are named as in HTML (`&eacute;`), which its parser doesn't know."""
    if b"&" not in content:
        return content
    return _NAMED.sub(lambda match: _character(match[0]), content)


_NAMED = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z]{2,8}[0-9]{0,2};")


def _character(name: bytes) -> bytes:
    text = unescape(name.decode("ascii"))
    return name if text.startswith("&") else "".join(f"&#{ord(letter)};" for letter in text).encode("ascii")
