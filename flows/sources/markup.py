"""XML of strangers: no entity is expanded, nothing is fetched, names are matched by their namespace."""

from collections.abc import Iterable, Iterator

from lxml import etree

Element = etree._Element


def parsed(content: bytes) -> Element:
    """The root of a document; raises ValueError where it isn't well-formed to its end."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, dtd_validation=False
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.LxmlError, ValueError) as error:
        raise ValueError("is no well-formed XML" if content.strip() else "is empty") from error


def is_named(element: Element, namespaces: Iterable[str], name: str) -> bool:
    """Whether an element has this name in one of these namespaces, or in none at all."""
    if not isinstance(element.tag, str):  # a comment, an entity that stays as it is
        return False
    found = etree.QName(element)
    return found.localname == name and (found.namespace is None or found.namespace in namespaces)


def children(element: Element | None, namespaces: Iterable[str], name: str) -> Iterator[Element]:
    """Children of this name."""
    if element is not None:
        yield from (child for child in element if is_named(child, namespaces, name))


def child(element: Element | None, namespaces: Iterable[str], *names: str) -> Element | None:
    """The first child of the first name, of that the first child of the next, and so on."""
    for name in names:
        element = next(children(element, namespaces, name), None)
    return element


def text(element: Element | None) -> str:
    """What an element says, on one line; nothing where there is none."""
    return "" if element is None else " ".join("".join(element.itertext(with_tail=False)).split())
