"""The encoding of marked-up files: that of their mark, else the one they declare, else what fits."""

import codecs
import re

#: Encodings of such files, by the names they are declared by. What is declared as Latin-1 is Windows-1252, as
#: browsers have it.
ENCODINGS = {
    "utf-8": "utf-8", "utf8": "utf-8", "utf-16": "utf-16", "utf-16le": "utf-16-le", "utf-16be": "utf-16-be",
    "us-ascii": "windows-1252", "ascii": "windows-1252", "iso-8859-1": "windows-1252",
    "iso8859-1": "windows-1252", "latin-1": "windows-1252", "latin1": "windows-1252",
    "iso-8859-15": "iso-8859-15", "windows-1252": "windows-1252", "cp1252": "windows-1252",
}  # fmt: skip
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.-]{1,40})|<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.-]{1,40})",
    re.IGNORECASE,
)
#: Within so many bytes an encoding is declared.
_BEGINNING = 4096


def marked(content: bytes) -> str | None:
    """The encoding that the first bytes of a file tell: its mark, or zeros around a `<`."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    return {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}.get(content[:2])


def declared(content: bytes) -> str | None:
    """The name of the encoding that a file declares."""
    match = _DECLARED.search(content, 0, _BEGINNING)
    return (match[1] or match[2]).decode("ascii").lower() if match else None


def beginning(content: bytes) -> str:
    """The first characters of a file, whatever its encoding: what is needed to tell its form."""
    return content[:_BEGINNING].decode(marked(content) or "latin-1", "replace").lstrip("\ufeff \t\r\n\f\0")


def decoded(content: bytes) -> tuple[str, str]:
    """The text of a file, and its encoding; a byte that is none of its characters becomes `�`."""
    told = marked(content) or ENCODINGS.get(declared(content) or "")
    for encoding in filter(None, (told, "utf-8")):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return content.decode("windows-1252", "replace"), "windows-1252"
