"""The form of a file is known by its content; what is no letter, or is meant to do harm, is refused in a line."""

import codecs
import time

import pytest

from transforms.forms import form_of, received
from transforms.received import Received, Refused

STUK = (
    "<officiele-publicatie><kamerstuk><stuk><algemeen><vrije-tekst><tekst>{}</tekst></vrije-tekst></algemeen></stuk>"
    "</kamerstuk></officiele-publicatie>"
)
LETTER = STUK.format("<al>Er waren 310 cafés.</al>")


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (b"Er waren 310 plaatsen.", "txt"),
        (b"", "txt"),
        (b"Een %PDF-1.7 is geen brief.", "txt"),
        (b"\xef\xbb\xbf\n%PDF-1.4", "pdf"),
        (b"PK\x03\x04", "office"),
        (b"<b>Er</b> waren 310 plaatsen, en <script>alert(1)</script> meer.", "txt"),
        (b"<naam> schreef dat er 310 plaatsen waren.", "txt"),
        (b"< 310 plaatsen", "txt"),
        (b"Brief\n<!DOCTYPE html><html><body>310</body></html>", "txt"),
        (b"\n <?xml version='1.0'?><a/>", "xml"),
        (LETTER.encode(), "xml"),
        (codecs.BOM_UTF8 + LETTER.encode(), "xml"),
        (LETTER.encode("utf-16"), "xml"),
        (LETTER.encode("utf-16-be"), "xml"),
        (b"<!-- een brief --><kamerwrk><body/></kamerwrk>", "xml"),
        (b"<kamerwrk><body>", "xml"),
        (b"<brief><al>310</al></brief>", "xml"),
        (b"<!doctype HTML><p>310", "html"),
        (b"<HTML><p>310", "html"),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' ''><html/>", "html"),
        (b"<div><p>Er waren 310 plaatsen.</p></div>\n", "html"),
        ("<html><p>310</p></html>".encode("utf-16"), "html"),
    ],
)
def test_the_form_is_known_by_content(content: bytes, form: str) -> None:
    assert form_of(content) == form


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "iso-8859-1", "windows-1252"]
)
def test_an_encoding_is_that_of_the_mark_or_the_declaration(encoding: str) -> None:
    declared = {"utf-8-sig": "utf-8", "utf-16-le": "utf-16"}.get(encoding, encoding)
    content = f'<?xml version="1.0" encoding="{declared}"?>{LETTER}'.encode(encoding)
    if encoding == "utf-16-le":
        content = codecs.BOM_UTF16_LE + content

    letter = received(content)

    assert isinstance(letter, Received)
    assert letter.text == "Er waren 310 cafés."


@pytest.mark.parametrize(
    ("content", "reason", "detail"),
    [
        (
            b"<metadata_gegevens><metadata name='DC.title' content='310'/></metadata_gegevens>",
            "not_a_letter",
            "metadata",
        ),
        (b"<officiele-publicatie><staatscourant/></officiele-publicatie>", "not_a_letter", "staatscourant"),
        (b"<?xml version='1.0'?><rss><item>310</item></rss>", "not_a_letter", "RSS"),
        (b'{"identifier": "kst-1-1"}', "not_a_letter", "JSON"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "binary", "image"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "binary", "image"),
        (b"<officiele-publicatie><kamerstuk><al>310", "broken", "get it anew"),
        (STUK.format("").encode(), "empty", "no text"),
        (b"<html><body></body></html>", "empty", "no text"),
        (b"<html></html>", "empty", "no text"),
        (b"", "empty", "no text"),
    ],
)
def test_what_is_no_letter_is_refused(content: bytes, reason: str, detail: str) -> None:
    refused = received(content)

    assert isinstance(refused, Refused)
    assert refused.reason == reason
    assert detail in refused.detail


LAUGHS = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))
HARM = {
    "a billion laughs": f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]>'
    + STUK.format("<al>&l9;</al>"),
    "a file from elsewhere": '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    + STUK.format("<al>310 &f;</al>"),
    "an entity in a parameter": '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x">%p;]>'
    + STUK.format("<al>310</al>"),
    "an entity in an attribute": f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "{"x" * 10000}">]>'
    + STUK.format(f'<al id="{"&a;" * 1000}">310</al>'),
    "elements in each other": STUK.format("<al>" * 5000 + "310" + "</al>" * 5000),
    "elements in each other, less deep": STUK.format("<al>" * 150 + "310" + "</al>" * 150),
    "an encoding that hides": '<?xml version="1.0" encoding="UTF-7"?>+ADw-kamerwrk/+AD4-',
    "blocks of HTML in each other": "<!DOCTYPE html>" + "<div>" * 3000 + "310",
    "words of HTML in each other": "<!DOCTYPE html>" + "<b>" * 3000 + "310",
}


@pytest.mark.parametrize("name", HARM)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_harm_ends_as_a_refusal_in_a_line(name: str, encoding: str) -> None:
    before = time.process_time()
    refused = received(HARM[name].encode(encoding))

    assert isinstance(refused, Refused)
    assert refused.reason in ("broken", "undecodable")
    assert refused.detail.isprintable()
    assert len(refused.detail) < 200
    assert time.process_time() - before < 5


@pytest.mark.parametrize(
    "inside",
    [
        '<table><tgroup cols="99999999999"><colspec colnum="-4" colname="a"/><tbody><row>'
        '<entry namest="a" nameend="z" morerows="999999">310</entry></row></tbody></tgroup></table>',
        "<table/><lijst><li/></lijst><noot/><kop/><al/><ondertekening/><al>310</al>",
        "<al>310<noot><noot.al>een<noot><noot.al>twee</noot.al></noot></noot.al></noot></al>",
        "<al>310 &eacute;&onbekend;</al>",
        "<lijst>" + "<li><li.nr>1.</li.nr><al>310 zaken</al></li>" * 20_000 + "</lijst>",
        "<al>" + "310 <nadruk>zaken</nadruk> " * 20_000 + "</al>",
    ],
    ids=["spans", "nothing in them", "notes in notes", "unknown names", "many items", "many words"],
)
def test_odd_elements_are_read(inside: str) -> None:
    before = time.process_time()
    content = f'<?xml version="1.0"?><!DOCTYPE officiele-publicatie SYSTEM "op.dtd">{STUK.format(inside)}'

    letter = received(content.encode())

    assert isinstance(letter, Received)
    assert "310" in letter.text
    assert time.process_time() - before < 10


@pytest.mark.parametrize(
    "inside",
    [
        '<table><tr><td colspan="999999">310</td><td rowspan="99999">4</td></tr><tr><td>5</td></tr></table>',
        "<table><tr><td>" * 30 + "310" + "</td></tr></table>" * 30,
        "<p>310<a href='#a'>1</a></p><p id='a'><a href='#a'>1</a></p>",
        "<ol start='-9'><li value='x'>310</ol>",
        "<p>310<a href='#b'>1</a> <a href='#c'>2</a></p><p id='b'><a href='#c'>2</a></p><p id='c'>3</p>",
        "<p>310" + "<a href='#x'>1</a>" * 2000 + "</p><p id='x'>1 noot</p>",
    ],
    ids=[
        "spans",
        "tables in tables",
        "a link to itself",
        "numbers of items",
        "notes that cite notes",
        "many links",
    ],
)
def test_odd_pages_are_read(inside: str) -> None:
    before = time.process_time()

    letter = received(f"<!DOCTYPE html><body>{inside}".encode())

    assert isinstance(letter, Received)
    assert "310" in letter.text
    assert time.process_time() - before < 10
