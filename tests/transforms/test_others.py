"""Files that are no letters, or only a piece of one: each is refused with what it is and what to do."""

import pytest
from small_documents import docx, line, odt, printed, zipped

from transforms.forms import received
from transforms.received import Received, Refused

SENTENCE = "In 2011 waren er 1.222 slachtoffers."
PDF = printed(line(SENTENCE, 50, 700))
LONG = " ".join(f"Er waren {number} plaatsen." for number in range(500))
DOCX = docx(f"<w:p><w:r><w:t>{LONG}</w:t></w:r></w:p>")
ODT = odt(f"<text:p>{LONG}</text:p>")
XML = (
    '<?xml version="1.0"?><officiele-publicatie><kamerstuk><algemeen><vrije-tekst><tekst>'
    f"<al>{SENTENCE}</al></tekst></vrije-tekst></algemeen></kamerstuk></officiele-publicatie>"
).encode()
PAGE = f"<!DOCTYPE html><html><head><title>Brief</title></head><body><p>{SENTENCE}</p></body></html>".encode()
LOGIN = (
    b"<!DOCTYPE html><html><body><h1>Mijn dossiers</h1><form><input name=naam>"
    b"<input class=x type='password'></form></body></html>"
)
MAIL = (
    "Return-Path: <a@example.org>\r\nReceived: from example.org\r\n  by example.com\r\n"
    f"From: a@example.org\r\nSubject: Brief\r\nMIME-Version: 1.0\r\n\r\n{SENTENCE}\r\n"
).encode()
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def compound(name: str) -> bytes:
    """The beginning of a file of an older office program that has a part of this name."""
    return COMPOUND + name.encode("utf-16-le") + bytes(64)


def package(*names: str, kind: str = "") -> bytes:
    """A zip with these members, which says that it is of this kind."""
    return zipped(({"mimetype": f"application/{kind}"} if kind else {}) | dict.fromkeys(names, "<a/>"))


NONE: dict[str, tuple[bytes, str, str]] = {
    "nothing": (b"", "empty", "holds no text"),
    "PDF without its head": (PDF[9:], "broken", "PDF file without its beginning"),
    "PDF cut at the head": (PDF[200:], "broken", "PDF file without its beginning"),
    "PDF cut at the end": (PDF[:-40], "broken", "PDF file that breaks off before its end"),
    "no PDF": (b"%PDF-1.7\nniets\n%%EOF", "broken", "begins as a PDF file does and is none"),
    "HTML cut": (PAGE[:-30], "broken", "HTML that breaks off before its end"),
    "HTML cut within a figure": (PAGE[: PAGE.index(b"222")], "broken", "HTML that breaks off"),
    "HTML cut within a tag": (b"<!DOCTYPE html><body><p>12 zaken</p><p cl", "broken", "within a tag"),
    "HTML cut at the head": (PAGE[30:], "broken", "HTML without its beginning"),
    "zip cut": (zipped({"a.txt": LONG})[:-30], "broken", "a zip file that breaks off before its end"),
    "DOCX cut": (DOCX[: len(DOCX) // 2], "broken", "a DOCX file that breaks off before its end"),
    "ODT cut": (ODT[:-30], "broken", "an ODT file that breaks off before its end"),
    "DOCX cut at the head": (DOCX[100:], "broken", "without its beginning"),
    "XML cut": (XML[:-60], "broken", "XML that breaks off before its end"),
    "XML cut within a figure": (XML[: XML.index(b"222")], "broken", "XML that breaks off before its end"),
    "XML cut at the head": (XML[40:], "broken", "XML without its beginning"),
    "XML with a fault": (XML.replace(b"</al>", b"</la>"), "broken", "XML that can't be read"),
    "a page to log in": (LOGIN, "not_a_letter", "a page to log in"),
    "a page of an error": (
        b"<html><body><h1>404 Not Found</h1><p>nginx</p></body></html>",
        "not_a_letter",
        "a page that begins with '404 Not'",
    ),
    "an image": (b"\x89PNG\r\n\x1a\n" + bytes(50), "binary", "an image (PNG)"),
    "WebP": (b"RIFF\x10\0\0\0WEBPVP8 ", "binary", "an image (WebP)"),
    "SVG": (
        b'<svg xmlns="http://www.w3.org/2000/svg"><text>12</text></svg>',
        "not_a_letter",
        "an image (SVG)",
    ),
    "EML": (MAIL, "not_a_letter", "an e-mail"),
    "a plain e-mail": (
        f"From: a@example.org\nTo: b@example.org\nSubject: Brief\nDate: 3 May 2012\n\n{SENTENCE}\n".encode(),
        "not_a_letter",
        "an e-mail",
    ),
    "an e-mail saved as text": (
        f"Van: A\nVerzonden: 3 mei 2012 10:04\nAan: B\nOnderwerp: Brief\n\n{SENTENCE}\n".encode(),
        "not_a_letter",
        "an e-mail",
    ),
    "a small CSV": (
        b"jaar,vrouwen,mannen\n2010,800,193\n2011,990,232\n2012,1000,299\n",
        "not_a_letter",
        "CSV",
    ),
    "a CSV of two columns": (b"jaar,slachtoffers\n2010,993\n2011,1222\n2012,1711\n", "not_a_letter", "CSV"),
    "a CSV of a head and two rows": (b"jaar,slachtoffers\n2020,984\n2021,753\n", "not_a_letter", "CSV"),
    "a CSV of a head and one row": (b"gemeente;plaatsen\nUrk;14\n", "not_a_letter", "CSV"),
    "a small CSV with cells in quotes": (
        b'"soort, in 2021",bedrag\n"zorg, totaal","1.200,5"\n"overig","12"\n',
        "not_a_letter",
        "CSV",
    ),
    "a small CSV of semicolons": (
        b"jaar;vrouwen;mannen\n2010;800;193\n2011;990;232\n2012;1000;299",
        "not_a_letter",
        "CSV",
    ),
    "a small sheet of tabs": (b"gemeente\tplaatsen\nUrk\t14\nEde\t20\n", "not_a_letter", "CSV"),
    "a small sheet of years": (b"gemeente\t2010\t2011\nUrk\t14\t15\n", "not_a_letter", "CSV"),
    "a small CSV of years": (b"gemeente;2010;2011\nUrk;14;15\n", "not_a_letter", "CSV"),
    "MSG": (compound("__substg1.0_"), "not_a_letter", "an e-mail of Outlook"),
    "RTF": (b"{\\rtf1\\ansi Er waren 12 plaatsen.}", "binary", "an RTF file; save it as DOCX"),
    "DOC": (compound("WordDocument"), "binary", "an older Word (DOC); save it as DOCX"),
    "XLS": (compound("Workbook"), "not_a_letter", "a spreadsheet (XLS)"),
    "another of its kind": (COMPOUND, "binary", "an older office program"),
    "XLSX": (package("[Content_Types].xml", "xl/workbook.xml"), "not_a_letter", "a spreadsheet (XLSX)"),
    "ODS": (package(kind="vnd.oasis.opendocument.spreadsheet"), "not_a_letter", "a spreadsheet (ODS)"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(20), "binary", "a 7z archive; pack it as zip"),
    "bytes": (bytes(range(256)), "binary", "in no form that is read"),
    "UTF-16": (SENTENCE.encode("utf-16"), "binary", "a text in UTF-16; save it as UTF-8"),
}


@pytest.mark.parametrize("name", NONE)
def test_what_is_no_letter_is_refused_with_what_it_is(name: str) -> None:
    content, reason, told = NONE[name]
    refused = received(content)

    assert isinstance(refused, Refused), refused
    assert (refused.reason, told in refused.detail) == (reason, True), refused.detail
    what, _, to_do = refused.detail.partition("; ")
    assert (bool(what), bool(to_do)) == (True, True), refused.detail


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (b"HTTP/1.1 200 OK\r\n\r\n" + PDF, "pdf"),
        (PDF + bytes(9000), "pdf"),
        (b"Zo begint een PDF: %PDF-1.7. " + SENTENCE.encode(), "txt"),
        (f"Van: de minister\nAan: de Kamer\nVerzonden: 3 mei 2012\n\n{SENTENCE}".encode(), "txt"),
        (
            f"Vrouwen, mannen, kinderen.\n{SENTENCE[:-1]}, 12 man, 3 jongens.\nA, b, c.\nD, e, f.".encode(),
            "txt",
        ),
        # As many commas in each line, of a decimal or between clauses.
        (f"In 2019 telde men 1,5 kind\nper gezin en 2,5 auto\n{SENTENCE[:-1]} en 3,5".encode(), "txt"),
        (f"Geachte voorzitter,\n{SENTENCE[:-1]},".encode(), "txt"),
        (f"Vorig jaar, in mei\n{SENTENCE[:-1]}, 12".encode(), "txt"),
        (f"{SENTENCE[:-1]}; zo blijkt\nIn 2021 waren het er 12; zo staat vast".encode(), "txt"),
        (f"Betreft\tOpvang\nDatum\t3 mei 2012\n{SENTENCE}".encode(), "txt"),
        (f"{SENTENCE}\nGemeente\tPlaatsen\nUrk\t14\n".encode(), "txt"),
        (f"In 2011 waren er 1.222 slachtoffers, 2010\nen {SENTENCE[:-1]},2011".encode(), "txt"),
        (f"Onderwerp: Opvang\nDatum: 3 mei 2012\nVan: de minister\n\n{SENTENCE}".encode(), "txt"),
        (f"500 bedden, 404 zaken. {SENTENCE} De pagina sluit met </p>.".encode(), "txt"),
        (f"<!DOCTYPE html><body><p>500 bedden. {SENTENCE}".encode(), "html"),
        (f"<html><body><p>Fouten in 404 zaken. {SENTENCE}</p></body></html>".encode(), "html"),
    ],
)
def test_what_only_looks_like_it_is_read(content: bytes, form: str) -> None:
    letter = received(content)

    assert isinstance(letter, Received), letter
    assert (letter.format, "1.222 slachtoffers" in letter.text) == (form, True)
