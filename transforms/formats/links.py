"""The notes of a page of HTML, and what cites them: links there and back, or numbers above the line.

A link that is a number or a sign cites a note where it leads further down, to what may be one; in a note such
a link leads back. Lists that are called notes hold notes, too.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from transforms.formats.markup import Element, name_of, text_of
from transforms.vocabulary import words as vocabulary


class Note(NamedTuple):
    """The key of a note, and its number."""

    key: str
    number: str


class Notes(NamedTuple):
    """The elements that hold a note each, those that cite one (with its key), and those that lead back."""

    held: dict[Element, Note]
    cited: dict[Element, str]
    back: set[Element]


_MARKER = re.compile(r"[\[(]?(\d{1,3}|[a-z]|\*{1,3}|[ivx]{1,4})[\])]?\.?", re.IGNORECASE)
_BACK = re.compile(rf"[↩↑^⏎←\ufe0e]*|\W*(?:terug|back)(?: \w+){{0,4}}\W*|{_MARKER.pattern}", re.IGNORECASE)
_HOLDS = ("li", "dd", "p", "div", "aside", "td", "section")
_TITLES = ("h1", "h2", "h3", "h4")
#: Longer than notes are.
_LONGEST = 5000


def notes_in(root: Element) -> Notes:
    """The notes of a page."""
    place = {element: at for at, element in enumerate(root.iter("*"))}
    targets = _targets(root)
    found = Notes({}, {}, set())
    links = [
        (link, targets[name])
        for link in root.iter("a")
        if (name := unquote(link.get("href", "")[1:])) in targets and link.get("href", "").startswith("#")
    ]
    for link, target in links:
        said = text_of(link)
        marker = _MARKER.fullmatch(said) or (_MARKER.search(said) if _is_named("citing", link) else None)
        if marker is None or place[target] < place[link]:
            continue
        held = _held(link, target)
        if held is not None:
            note = found.held.setdefault(held, Note(f"note {place[held]}", marker[1]))
            found.cited[link] = note.key
    for link, target in links:
        within = any(above in found.held for above in link.iterancestors())
        if within and place[target] < place[link] and _BACK.fullmatch(text_of(link)):
            found.back.add(link)
    for held, number in _listed(root, found):
        found.held[held] = Note(f"note {place[held]}", number)
    return found


def _targets(root: Element) -> dict[str, Element]:
    """What links within the page may lead to."""
    found: dict[str, Element] = {}
    for element in root.iter("*"):
        for name in (element.get("id"), element.get("name") if name_of(element) == "a" else None):
            if name:
                found.setdefault(name, element)
    return found


def _held(link: Element, target: Element) -> Element | None:
    """The element that holds the note that a link leads to; None where no note is."""
    around = set(link.iterancestors())
    inside = [element for element in (target, *target.iterancestors()) if name_of(element) in _HOLDS]
    if not inside or inside[0] in around:
        return None
    held = inside[0]
    above = held.getparent()
    if above is not None and above not in around and _is_whole_note(above, held):
        held = above
    said = text_of(held)
    if not said or len(said) > _LONGEST or any(True for _ in held.iter(*_TITLES)):
        return None
    return held


def _is_whole_note(above: Element, held: Element) -> bool:
    """Whether the note is what stands around its number or its first paragraph."""
    if name_of(above) == "tr":
        return _MARKER.fullmatch(text_of(held)) is not None
    if name_of(held) != "p" or name_of(above) not in ("li", "dd", "div", "aside"):
        return False
    return name_of(above) in ("li", "dd") or (_is_named("notes", above) and above[0] is held)


def _is_named(pattern: str, element: Element) -> bool:
    """Whether class, role or id of an element say that it is, or cites, a note."""
    said = " ".join(filter(None, (element.get(name) for name in ("class", "role", "id", "rel"))))
    return bool(said) and re.search(vocabulary("forms")["html"][pattern], said, re.IGNORECASE) is not None


def _listed(root: Element, found: Notes) -> Iterator[tuple[Element, str]]:
    """The notes of lists that are called so, and that no link leads to."""
    for element in root.iter("ol", "ul", "div", "section"):
        if not _is_named("notes", element) or any(
            each in found.held for each in (element, *element.iter("*"))
        ):
            continue
        if any(each in found.held for each in element.iterancestors()):
            continue
        inner = list(element.iter("li")) or [each for each in element if name_of(each) in ("p", "div")]
        for at, each in enumerate(inner, 1):
            own = _NUMBER.match(text_of(each))
            yield each, own[1] if own else str(at)


_NUMBER = re.compile(r"[\[(]?(\d{1,3})[\])]?\.?\s")
