"""Pages of HTML: what one sees of them, their notes, and what they say of themselves."""

from datetime import date

import pytest
from whole_letters import extracted

from transforms.forms import received
from transforms.received import Received

Parts = list[tuple[str, str, str]]


def read(body: str, head: str = "") -> Received:
    letter = received(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode())
    assert isinstance(letter, Received)
    return letter


def parts_of(letter: Received) -> Parts:
    return [(block.role, block.number, letter.text[block.start : block.end]) for block in letter.blocks]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>Er waren\n 310&nbsp;plaatsen</p>", [("paragraph", "", "Er waren 310\xa0plaatsen")]),
        ("<p>12 m<sup>2</sup>, CO<sub>2</sub></p>", [("paragraph", "", "12 m2, CO2")]),
        ("<h2>Opvang</h2><div>Een.<p>Twee.</p>Drie.</div>", [
            ("heading", "", "Opvang"), ("paragraph", "", "Een."), ("paragraph", "", "Twee."), ("paragraph", "", "Drie."),
        ]),
        ("<p>De Minister,<br>A. Voorbeeld</p>", [("paragraph", "", "De Minister,\nA. Voorbeeld")]),
        ("Een.<br><br>Twee.", [("paragraph", "", "Een."), ("paragraph", "", "Twee.")]),
        ("<p><strong>Opvang</strong></p>", [("heading", "", "Opvang")]),
        ("<p><b>Let op.</b> Er zijn 310 zaken</p>", [("paragraph", "", "Let op. Er zijn 310 zaken")]),
        ("<ol start='3'><li>drie<li>vier</ol><ol type=a><li>a</ol><ul><li>punt</ul>", [
            ("item", "3.", "drie"), ("item", "4.", "vier"), ("item", "a.", "a"), ("item", "–", "punt"),
        ]),
        ("<ul class='expliciet'><li class='li'><p class='labeled'><span class='ol'>a. </span>een</p></li></ul>", [
            ("item", "a.", "een"),
        ]),
        ("<o:p>Van</o:p><my-tag>Word</my-tag>", [("paragraph", "", "Van"), ("paragraph", "", "Word")]),
        ("<table><caption>Zaken</caption><tr><th>A<th>B<tr><td>c<td>1</table>", [
            ("caption", "", "Zaken"), ("table_head", "", "A\tB"), ("table_row", "", "c\t1"),
        ]),
    ],
)  # fmt: skip
def test_words_and_parts(body: str, expected: Parts) -> None:
    assert parts_of(read(body)) == expected


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var zaken = 666;</script>",
        "<style>p { width: 666px }</style>",
        "<noscript>666 zaken</noscript>",
        "<template><p>666 zaken</p></template>",
        "<!-- 666 zaken -->",
        "<nav><ul><li>666 brieven</li></ul></nav>",
        "<div hidden>666 zaken</div>",
        "<span aria-hidden='true'>666</span>",
        "<p><del>666</del><s>666</s><strike>666</strike></p>",
        "<p style='color: red; display:none'>666 zaken</p>",
        "<form><button>666 zaken</button><select><option>666</option></select></form>",
        "<footer><a href='/a'>1</a> <a href='/b'>2</a> <a href='/c'>666</a></footer>",
        "<svg><text>666</text></svg>",
        "<h5 class='note-close'>666</h5>",
    ],
)
def test_what_nobody_sees_is_left_out(hidden: str) -> None:
    letter = read(f"<p>Er waren 310 zaken.</p>{hidden}<p>Dat is meer.</p>")

    assert letter.text == "Er waren 310 zaken.\n\nDat is meer."


SAID = "In 2015 waren er 20 slachtoffers"


@pytest.mark.parametrize(
    "body",
    [
        f'<p>{SAID}<a class="nootnum supernote-click-ID-1" href="#ID-1">1</a>.</p><div id="noten"><hr>'
        '<div class="voet noot notedefault" id="supernote-note-ID-1"><h5 class="note-close">X Noot</h5>'
        '<sup><span class="nootnum"><a id="ID-1" name="ID-1"></a>1</span></sup><p>CBS, Cijfers.</p></div></div>',
        f'<p>{SAID}<sup><a href="#fn1" id="ref1">1</a></sup>.</p><section class="footnotes"><ol><li id="fn1">'
        '<p>CBS, Cijfers. <a href="#ref1">↩</a></p></li></ol></section>',
        f'<p>{SAID}<a href="#_ftn1" name="_ftnref1">[1]</a>.</p><div id="ftn1"><p class="MsoFootnoteText">'
        '<a href="#_ftnref1" name="_ftn1">[1]</a> CBS, Cijfers.</p></div>',
        f"<p>{SAID}<sup>1</sup>.</p><div class='voetnoten'><p>1 CBS, Cijfers.</p></div>",
        f"<p>{SAID}<sup>1</sup>.</p><ol class='footnotes'><li>CBS, Cijfers.</li></ol>",
        f"<p>{SAID}<span style='vertical-align: super'>1</span>.</p><ol class='footnotes'><li>CBS, Cijfers.</li></ol>",
        f"<p>{SAID}<span class='sup'>1</span>.</p><ol class='footnotes'><li>CBS, Cijfers.</li></ol>",
        f"<p>{SAID}<a href='#n'>1</a>.</p><table><tr><td><a name='n'>1</a></td><td>CBS, Cijfers.</td></tr></table>",
    ],
    ids=[
        "official",
        "list with ways back",
        "Word",
        "numbers above the line",
        "a list called so",
        "above the line by style",
        "above the line by class",
        "rows of a table",
    ],
)
def test_notes_are_lifted_out_and_cited(body: str) -> None:
    letter = read(body)

    assert parts_of(letter)[-1] == ("note", "1", "CBS, Cijfers.")
    assert [letter.text[: citation.offset] for citation in letter.citations] == [SAID]
    assert letter.text.startswith(f"{SAID}.\n\n")
    (claim,) = extracted(f"<!DOCTYPE html>{body}").claim.to_dicts()
    assert (claim["value"], claim["source"], claim["place"]) == (20, "CBS", "body")


def test_a_link_to_a_heading_cites_nothing() -> None:
    letter = read("<p>Zie <a href='#h'>2</a>.</p><h2 id='h'>2 Opvang</h2><p>Tekst.</p>")

    assert letter.text == "Zie 2.\n\n2 Opvang\n\nTekst."
    assert letter.citations == []


def test_the_letter_is_what_a_page_calls_its_text() -> None:
    menu = "<div class='menu'>" + "<a href='/'>666 brieven</a>" * 5 + "</div>"

    letter = read(
        f"{menu}<div id='broodtekst'><h1 class='dossiertitel'>28 638 Mensenhandel</h1><p>{SAID}.</p></div>{menu}"
    )

    assert parts_of(letter) == [("head", "", "28 638 Mensenhandel"), ("paragraph", "", f"{SAID}.")]


def test_facts_are_those_of_an_official_page() -> None:
    head = (
        '<meta name="DCTERMS.identifier" content="kst-28638-912"><meta name="OVERHEIDop.dossiernummer" content="28638;29911">'
        '<meta name="OVERHEIDop.ondernummer" content="912"><meta name="DCTERMS.issued" content="2018-07-05">'
    )
    body = (
        "<h2 class='stuktitel'><span class='stuknummer'>Nr. 912</span> BRIEF VAN DE MINISTER VAN JUSTITIE</h2><p>310</p>"
        "<p class='ondertekening'><span class='functie'>De Minister van Justitie,</span> <span class='naam'>A. Voorbeeld</span></p>"
    )

    facts = read(body, head).facts

    assert (facts.identifier, list(facts.dossiers), facts.number) == (
        "kst-28638-912",
        ["28638", "29911"],
        "912",
    )
    assert (facts.sender, facts.signatory) == ("Minister van Justitie", "A. Voorbeeld")
    assert facts.letter_date == date(2018, 7, 5)


def test_a_page_has_its_facts_as_letters_print_them() -> None:
    head = (
        '<meta name="DCTERMS.title" content="Opvang; Brief regering; Stand van de wachtlijst">'
        '<meta name="OVERHEIDop.dossiernummer" content="36 600 VI">'
    )
    body = (
        "<h1>Opvang</h1><p>De voorzitter van de Tweede Kamer<br>der Staten-Generaal<br>Postbus 1</p>"
        "<dl><dt>Datum</dt><dd>5 juli 2018</dd></dl><p>Er waren in 2017 310 plaatsen.</p>"
        "<p>DE MINISTER VAN JUSTITIE EN VEILIGHEID,</p><p>Anna van der Voorbeeld</p>"
    )

    (letter,) = extracted(f"<html><head>{head}</head><body>{body}</body></html>").letter.to_dicts()

    assert {name: letter[name] for name in ("addressee", "sender", "signatory", "subject", "dossiers")} == {
        "addressee": "Voorzitter van de Tweede Kamer der Staten-Generaal",
        "sender": "Minister van Justitie en Veiligheid",
        "signatory": "Anna van der Voorbeeld",
        "subject": "Stand van de wachtlijst",
        "dossiers": ["36600-VI"],
    }


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ('<!DOCTYPE html><meta charset="utf-8"><p>cafés'.encode(), "utf-8"),
        ("<!DOCTYPE html><meta charset=iso-8859-1><p>cafés – 310".encode("cp1252"), "windows-1252"),
        ("<!DOCTYPE html><p>cafés".encode(), "utf-8"),
        ("<!DOCTYPE html><p>cafés".encode("latin-1"), "windows-1252"),
        ('<!DOCTYPE html><meta charset="utf-8"><p>cafés'.encode("latin-1"), "windows-1252"),
        ("<!DOCTYPE html><p>cafés".encode("utf-16"), "utf-16"),
        ('<!DOCTYPE html><meta charset="nonsens"><p>cafés'.encode(), "utf-8"),
    ],
)
def test_the_encoding_is_what_fits(content: bytes, encoding: str) -> None:
    letter = received(content)

    assert isinstance(letter, Received)
    assert letter.text.startswith("cafés")
    assert letter.encoding == encoding


def test_a_page_of_typed_text_is_read_as_text() -> None:
    text = "Er waren in 2015 in de op-\nvang 310 plaatsen1.\n\n1  Kamerstuk 28 638, nr. 9.\n"

    found = extracted(f"<html><body><pre>{text}</pre></body></html>")

    assert [claim["value"] for claim in found.claim.to_dicts()] == [310]
    assert found.letter["format"][0] == "html"


def test_a_claim_tells_its_element() -> None:
    (claim,) = extracted(
        f"<!DOCTYPE html><html><body><div><p>Een.</p><p>{SAID}.</p></div></body></html>"
    ).claim.to_dicts()

    assert claim["locator"] == "/html/body/div/p[2]"
