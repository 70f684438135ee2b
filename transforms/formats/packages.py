"""Documents that are a zip of XML parts (DOCX, ODT): their parts, without the harm that a zip or XML can do.

Nothing is ever written to disk under a name from within. How much a member may unpack to is bounded, in bytes
and by its packed size, whatever the zip says of itself. XML is parsed without entities and without network.
"""

import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from transforms.received import Refused

#: A letter of a thousand pages has 20 MB of XML; a tree of it takes some ten times its bytes.
MAX_MEMBER_BYTES = 64 * 1024 * 1024
MAX_PACKAGE_BYTES = 256 * 1024 * 1024
#: Deflate reaches 1:1032, XML of letters 1:20; what is small may be as dense as it likes.
MAX_RATIO = 200
SMALL_BYTES = 1024 * 1024
#: A document has some tens.
MAX_MEMBERS = 10_000

_CHUNK = 1024 * 1024
#: Deflated or stored: what documents are packed with.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: What zipfile raises for a file that is none or is damaged.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError)


class RefusedError(Exception):
    """No letter can be read from this package."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.refused = Refused(reason, detail)


def opened(content: bytes) -> zipfile.ZipFile:
    """The zip in these bytes, its list of members looked at.

    Raises RefusedError where it is damaged, encrypted, or would unpack to too much.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except BROKEN as error:
        raise RefusedError("broken", f"a zip file that can't be opened ({error}); get it anew") from error
    check(package.infolist())
    return package


def check(members: Sequence[zipfile.ZipInfo], max_bytes: int = MAX_PACKAGE_BYTES) -> None:
    """Raise RefusedError where the members are too many, or say themselves that they unpack to too much."""
    if len(members) > MAX_MEMBERS:
        raise RefusedError("zip_bomb", f"a zip file of {len(members)} members; at most {MAX_MEMBERS}")
    whole = sum(member.file_size for member in members)
    if whole > max_bytes:
        raise RefusedError("zip_bomb", f"a zip file that unpacks to {whole} bytes; at most {max_bytes}")


def unpacked(package: zipfile.ZipFile, member: zipfile.ZipInfo, max_bytes: int = MAX_MEMBER_BYTES) -> bytes:
    """The bytes of a member.

    Raises RefusedError where it is encrypted or damaged, or where there is more of it than there may be.
    """
    if member.flag_bits & 0x1:
        raise RefusedError("encrypted", "is protected with a password; save it without one")
    if member.compress_type not in _METHODS:
        raise RefusedError(
            "broken", f"is packed in a way that isn't read ({member.compress_type}); pack it anew"
        )
    most = min(max_bytes, max(SMALL_BYTES, member.compress_size * MAX_RATIO))
    parts, size = [], 0
    try:
        with package.open(member) as stream:
            while part := stream.read(_CHUNK):
                size += len(part)
                if size > most:
                    raise RefusedError("zip_bomb", f"unpacks to more than {most} bytes")
                parts.append(part)
    except BROKEN as error:
        raise RefusedError("broken", f"a damaged zip file ({error}); get it anew") from error
    return b"".join(parts)


def part(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    """The XML of a member, None where there is none of that name.

    Raises RefusedError as `unpacked` does, and where it is no XML or declares a document type, which no part
    of a document has.
    """
    try:
        member = package.getinfo(name)
    except KeyError:
        return None
    return xml(unpacked(package, member), name)


def xml(content: bytes, name: str) -> etree._Element:
    """The root of an XML part, read without entities, document type and network."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RefusedError("broken", f"{name} is no well-formed XML ({error}); save it anew") from error
    if root.getroottree().docinfo.doctype:
        raise RefusedError("broken", f"{name} declares a document type, which no part of a document has")
    return root


class Paths:
    """Where elements of a part stand: `content.xml#/office:document-content[1]/…/text:p[4]`, an XPath in it.

    Prefixes are the part's own; an element without one is `*`. Asked for in the order of the document, all
    paths together take a time that grows with it and no faster.
    """

    def __init__(self, part: str) -> None:
        self._part = part
        self._reached: dict[etree._Element, _Reached] = {}

    def of(self, element: etree._Element) -> str:
        """The name of the part and the XPath of the element."""
        above = element.getparent()
        if above is None:
            return f"{self._part}#/{_step(element, 1, 1)}"
        if above not in self._reached:
            self._reached[above] = _Reached(self.of(above), above.iterchildren(), Counter())
        reached = self._reached[above]
        if not reached.goes_to(element):  # it was passed before: from the beginning
            reached = self._reached[above] = _Reached(reached.path, above.iterchildren(), Counter())
            reached.goes_to(element)
        return f"{reached.path}/{_step(element, reached.counts[element.tag], reached.counts.total())}"


class _Reached(NamedTuple):
    """How far the children of an element have been counted."""

    path: str
    rest: Iterator[etree._Element]
    counts: Counter[object]

    def goes_to(self, element: etree._Element) -> bool:
        """Count on to a child; False where it has been counted."""
        for each in self.rest:
            self.counts[each.tag] += 1
            if each is element:
                return True
        return False


def _step(element: etree._Element, of_its_name: int, of_all: int) -> str:
    return f"{element.prefix}:{local(element)}[{of_its_name}]" if element.prefix else f"*[{of_all}]"


def local(element: etree._Element) -> str:
    """The name of an element without its namespace, which differs between versions of a form."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    """The value of an attribute by its name without namespace."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None
