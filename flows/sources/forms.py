"""Whether the bytes of a form are what was asked for: that kind of file, whole, and of that letter."""

import io
import re
import zipfile
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

from flows.sources import Fetched, Form, Record, markup
from flows.sources.client import Client
from flows.sources.errors import NotThereError, TooLargeError, WrongAnswerError

TYPES = {
    "xml": ("application/xml", "text/xml"),
    "html": ("text/html", "application/xhtml+xml"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/zip"),
    "odt": ("application/vnd.oasis.opendocument.text", "application/zip"),
    "pdf": ("application/pdf", "application/x-pdf"),
}
#: A part that each archive has.
PARTS = {"docx": "word/document.xml", "odt": "content.xml"}
#: What a page says that is a letter, unless it names its dossier.
WORDS = (b"brief", b"minister", b"staatssecretaris")
#: How an address names a document: a segment of its path, or its beginning up to a dot.
NAMED = re.compile(r"(?:kst|blg|h|ah|stb|stcrt|trb)-[\w()]+(?:-[\w()]+)+", re.IGNORECASE)


def best(get: Client, record: Record, max_bytes: int) -> Fetched:
    """The best form of a record that there is.

    Raises NotThereError where none of those offered is there, TooLargeError where all that are there are
    too large, or what else is wrong with the first that is there.
    """
    missing: Exception = NotThereError(f"{record.identifier}: is offered in no form that is read")
    for form in record.forms:
        try:
            content = get.get(form.url, TYPES[form.kind], max_bytes, size=form.size).content
        except NotThereError as error:
            missing = error
            continue
        except TooLargeError as error:
            missing = error
            continue
        require(form, record, content)
        return Fetched(content, form, record)
    raise missing


def require(form: Form, record: Record, content: bytes) -> None:
    """Raise WrongAnswerError for bytes that aren't this form, whole, of this letter."""
    try:
        _LOOKS[form.kind](content, record)
    except ValueError as error:
        raise WrongAnswerError(f"{form.url}: {error}") from error


def other_name(url: str, identifier: str) -> str | None:
    """Name of another document than this one that an address bears; None where it bears none."""
    for segment in unquote(urlsplit(url).path).split("/"):
        found = NAMED.match(segment)
        if found and segment.lower() != identifier.lower() and not _is_of(segment, identifier):
            return segment
    return None


def _is_of(segment: str, identifier: str) -> bool:
    return segment.lower().startswith(f"{identifier.lower()}.")


def _xml(content: bytes, record: Record) -> None:
    root = markup.parsed(content)
    if markup.is_named(root, ("http://www.w3.org/1999/xhtml",), "html"):
        raise ValueError("is a page, no letter")
    for meta in root.iterfind("metadata/meta[@name='OVERHEIDop.externMetadataRecord']"):
        named = other_name(str(meta.get("content", "")), record.identifier)
        if named:
            raise ValueError(f"is {named}, not {record.identifier}")


def _html(content: bytes, record: Record) -> None:
    page = content.lower()
    if b"<html" not in page[:4096] or b"</html" not in page:
        raise ValueError("is no whole page")
    # Some servers tell what is wrong with them by a page that says 200.
    names = [record.identifier.lower(), *(one.dossier for one in record.dossiers)]
    spaced = [f"{name[:-3]} {name[-3:]}" for name in names if name.isdecimal()]
    if not any(word in page for word in (*WORDS, *map(str.encode, names + spaced))):
        raise ValueError("is a page about something else")


def _pdf(content: bytes, _record: Record) -> None:
    if b"%PDF-" not in content[:1024] or b"%%EOF" not in content[-2048:]:
        raise ValueError("is no whole PDF")


def _archive(kind: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise ValueError(f"is no whole {kind} file") from error
    if PARTS[kind] not in names:
        raise ValueError(f"is no {kind} file")


_LOOKS: dict[str, Callable[[bytes, Record], None]] = {
    "xml": _xml,
    "html": _html,
    "pdf": _pdf,
    "docx": lambda content, _: _archive("docx", content),
    "odt": lambda content, _: _archive("odt", content),
}
