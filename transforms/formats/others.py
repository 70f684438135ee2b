"""Files that are no letters, or only a piece of one, known by their content: what they are and what to do."""

import re
import zipfile
from contextlib import suppress

from transforms.formats import packages
from transforms.received import Refused
from transforms.vocabulary import words

_AS_LETTER = "save it as PDF, DOCX, ODT or text"
#: What is to be done with what is no letter.
TAKE_OUT = "take it out of the inbox, or get the letter that it came with"
_IMAGE = "an image ({}), no letter; save a scan as PDF with its text (OCR), or take it out of the inbox"
_FIRST, _TAIL = 1024, 66_000

#: How files of other programs begin; in some the words of a page are found only by a program that reads them.
_SIGNATURES = (
    (rb"\{\\rtf", "an RTF file; save it as DOCX, ODT or text"),
    (rb"%!PS", "a PostScript file; save it as PDF"),
    (rb"\x89PNG", _IMAGE.format("PNG")),
    (rb"\xff\xd8\xff", _IMAGE.format("JPEG")),
    (rb"GIF8[79]a", _IMAGE.format("GIF")),
    (rb"II\*\x00|MM\x00\*", _IMAGE.format("TIFF")),
    (rb"RIFF....WEBP", _IMAGE.format("WebP")),
    (rb"BM.{4}\x00\x00\x00\x00", _IMAGE.format("BMP")),
    (rb"....ftyp(?:hei|hev|mif|avif)", _IMAGE.format("HEIF")),
    (rb"\x00\x00\x01\x00", _IMAGE.format("ICO")),
    (rb"\x1f\x8b", "a gzip file; unpack it"),
    (rb"7z\xbc\xaf\x27\x1c", "a 7z archive; pack it as zip"),
    (rb"Rar!\x1a\x07", "a RAR archive; pack it as zip"),
    (rb"\xfd7zXZ\x00|BZh[1-9]1AY&SY", "a compressed file; unpack it"),
    (rb".{257}ustar", "a tar archive; pack it as zip"),
)
_SIGNED = [(re.compile(pattern, re.DOTALL), told) for pattern, told in _SIGNATURES]

#: What a compound file of older office programs holds, by the name of a part of it.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IN_COMPOUND = {
    "EncryptedPackage": ("encrypted", "is protected with a password; save it without one"),
    "WordDocument": ("binary", "is a file of an older Word (DOC); save it as DOCX"),
    "__substg1.0_": ("not_a_letter", "is an e-mail of Outlook (MSG); save the letter that is in it"),
    "Workbook": ("not_a_letter", f"is a spreadsheet (XLS), no letter; {TAKE_OUT}"),
    "PowerPoint Document": ("not_a_letter", f"is a presentation (PPT), no letter; {TAKE_OUT}"),
}
#: What documents that are a zip are, by a folder of the zip or the type that they say they have.
_BY_FOLDER = {"xl/": "a spreadsheet (XLSX)", "ppt/": "a presentation (PPTX)", "visio/": "a drawing (VSDX)"}
_BY_TYPE = {
    b"opendocument.spreadsheet": "a spreadsheet (ODS)",
    b"opendocument.presentation": "a presentation (ODP)",
    b"opendocument.graphics": "a drawing (ODG)",
    b"epub": "a book (EPUB)",
}


def not_read(content: bytes) -> Refused | None:
    """Why bytes that are no form that is read are none, where that can be told; a text is left to others."""
    if content.startswith(_COMPOUND):
        held = (told for name, told in _IN_COMPOUND.items() if name.encode("utf-16-le") in content)
        return Refused(*next(held, ("binary", f"is a file of an older office program; {_AS_LETTER}")))
    beginning = content[:_FIRST].removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
    for pattern, told in _SIGNED:
        if pattern.match(content) or pattern.match(beginning):
            return Refused("binary", f"is {told}")
    return _without_beginning(content)


def _without_beginning(content: bytes) -> Refused | None:
    """Why the end of a file is none; a text that speaks of such ends goes on behind them."""
    tail = content[-_TAIL:]
    if b"PK\x05\x06" in tail and b"PK\x01\x02" in tail:
        return Refused("broken", "is a DOCX, ODT or zip file without its beginning; get it anew")
    if b"%%EOF" in tail[-_FIRST:] and b"endobj" in content:
        return Refused("broken", "is a PDF file without its beginning; get it anew")
    return None


def not_a_text(text: str) -> Refused | None:
    """Why a text is no letter's: it is an e-mail as it is sent, or the end of an XML or HTML file."""
    head = _HEADERS.match(text)
    if head and (len(_OF_MAIL.findall(head[0])) >= _FEWEST_HEADERS or _SENT.search(head[0])):
        return Refused("not_a_letter", "is an e-mail (EML, MHTML); save the letter that is in it")
    ended = _ENDED.search(text[-_FIRST:])
    if ended and ended[1] in ("html", "body", *words("forms")["xml"]["roots"]):
        form = "HTML" if ended[1] in ("html", "body") else "XML"
        return Refused("broken", f"is {form} without its beginning; get it anew")
    return None


#: The head of an e-mail, and of its lines those that no letter's head has.
_HEADERS = re.compile(r"(?:[A-Za-z][\w-]{1,40}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n){0,50}){2,200}")
_OF_MAIL = re.compile(
    r"^(?:Message-ID|MIME-Version|Received|Return-Path|Delivered-To|DKIM-Signature|Content-Type|From|To|Cc|Date"
    r"|Sent|Reply-To|Subject):",
    re.MULTILINE | re.IGNORECASE,
)
#: What an e-mail that was printed or saved as text says in Dutch, and no letter.
_SENT = re.compile(r"^Verzonden:.*\n(?:.*\n)*?Aan:", re.MULTILINE)
_FEWEST_HEADERS = 3
_ENDED = re.compile(r"</([\w-]+)\s*>\s*\Z")


def not_a_page(content: str, said: str) -> Refused | None:
    """Why a page that says no more than this is no letter, or no whole one."""
    page = content.lower()
    if "<html" in page and "</html" not in page and "</body" not in page:
        return Refused("broken", "is HTML that breaks off before its end; get it anew")
    if _IN_A_TAG.search(content[-_FIRST:]):
        return Refused("broken", "is HTML that breaks off within a tag; get it anew")
    names = words("forms")["html"]
    if len(said) > names["longest_of_none"]:
        return None
    if _PASSWORD.search(page):
        return Refused("not_a_letter", "is a page to log in, no letter; fetch the letter once you have")
    if told := re.search(names["of_none"], said, re.IGNORECASE):
        return Refused("not_a_letter", f"is a page that begins with {told[1]!r}, no letter; fetch it again")
    return None


_IN_A_TAG = re.compile(r"</?[A-Za-z][^<>]*\Z")
_PASSWORD = re.compile(r"<input\b[^>]{0,500}\btype\s*=\s*[\"']?password\b")


def of_zip(content: bytes) -> Refused:
    """Why a zip that can't be opened is none: it breaks off, and what it began as."""
    what = "a DOCX file" if b"word/" in content or b"[Content_Types].xml" in content else "a zip file"
    if b"opendocument.text" in content[:200] or b"content.xml" in content:
        what = "an ODT file"
    return Refused("broken", f"is {what} that breaks off before its end; get it anew")


def other_document(package: zipfile.ZipFile) -> str | None:
    """What a zip is that is the document of another program, None where it is none."""
    names = package.namelist()
    if "mimetype" in names and package.getinfo("mimetype").file_size < 100:
        with suppress(packages.RefusedError):
            kind = packages.unpacked(package, package.getinfo("mimetype"))
            return next((what for told, what in _BY_TYPE.items() if told in kind), None)
    if "[Content_Types].xml" in names:
        folders = (what for folder, what in _BY_FOLDER.items() if any(n.startswith(folder) for n in names))
        return next(folders, "a document of another program")
    return None
