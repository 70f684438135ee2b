"""Kamerstukken in XML: their words, their parts, and what they say of themselves."""

from datetime import date

import pytest
from whole_letters import extracted

from transforms.forms import received
from transforms.received import Received

Parts = list[tuple[str, str, str]]

STUK = """<?xml version="1.0" encoding="utf-8"?>
<officiele-publicatie>
  <metadata>
    <meta name="OVERHEIDop.externMetadataRecord" content="https://zoek.officielebekendmakingen.nl/kst-36600-VI-912/metadata.xml"/>
  </metadata>
  <kamerstuk>
    <kamerstukkop>
      <tekstregel inhoud="vergaderjaar">Vergaderjaar 2024-2025</tekstregel>
      <tekstregel inhoud="kamernummer">2</tekstregel>
    </kamerstukkop>
    <dossier>
      <dossiernummer><dossiernr>36 600</dossiernr><begrotingshoofdstuk>VI</begrotingshoofdstuk></dossiernummer>
      <dossiernummer><dossiernr>28 638</dossiernr></dossiernummer>
      <titel>Mensenhandel</titel>
    </dossier>
    <stuk>
      <stuknr>Nr. <ondernummer kamer="2">912</ondernummer></stuknr>
      <titel>Brief van de Minister van Justitie en Veiligheid</titel>
      {dated}
      <algemeen><vrije-tekst><tekst status="goed">
        <al>Aan de Voorzitter van de Tweede Kamer der Staten-Generaal</al>
        {inside}
      </tekst>
      <tekst-sluiting><ondertekening><functie>De Minister van Justitie en Veiligheid,</functie>
        <naam><voornaam>A. B.</voornaam><achternaam>Voorbeeld</achternaam></naam></ondertekening></tekst-sluiting>
      </vrije-tekst></algemeen>
    </stuk>
  </kamerstuk>
</officiele-publicatie>"""


def read(inside: str, dated: str = "") -> Received:
    letter = received(STUK.format(inside=inside, dated=dated).encode())
    assert isinstance(letter, Received)
    return letter


def parts_of(letter: Received) -> Parts:
    """Role, number and words of each block between head and signature."""
    found = [(block.role, block.number, letter.text[block.start : block.end]) for block in letter.blocks]
    return [
        each
        for each in found
        if each[0] not in ("head", "signature") and not each[2].startswith("Aan de Voorz")
    ]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("<al>Er waren\n   310\t plaatsen.</al>", [("paragraph", "", "Er waren 310 plaatsen.")]),
        (
            '<al>In <nadruk type="cur">2012</nadruk> waren er <extref doc="kst-1-1">310</extref>.</al>',
            [("paragraph", "", "In 2012 waren er 310.")],
        ),
        ("<al>Het <onbekend>nieuwe</onbekend> woord.</al>", [("paragraph", "", "Het nieuwe woord.")]),
        (
            "<kader><tekst-a>Eén.</tekst-a><tekst-b>Twee.</tekst-b></kader>",
            [("paragraph", "", "Eén."), ("paragraph", "", "Twee.")],
        ),
        ("<al>12 m<sup>2</sup> en CO<inf>2</inf></al>", [("paragraph", "", "12 m2 en CO2")]),
        ("<al>de 1<sup>e</sup> keer</al>", [("paragraph", "", "de 1e keer")]),
        ("<al>310<sup>4</sup> zaken</al>", [("paragraph", "", "310 zaken")]),
        ('<al>310<nadruk type="sup">4</nadruk> zaken</al>', [("paragraph", "", "310 zaken")]),
        ("<al>1<nadruk type='cur'>.310</nadruk>&#160;zaken</al>", [("paragraph", "", "1.310\xa0zaken")]),
        (
            "<table><tgroup cols='3'><tbody><row><entry namest='c1' nameend='c2'>A</entry><entry>B</entry></row>"
            "<row><entry>1</entry><entry>2</entry><entry>3</entry></row></tbody></tgroup></table>",
            [("table_row", "", "A\tB"), ("table_row", "", "1\t2\t3")],
        ),
        ('<tussenkop kopopmaak="vet">Opvang</tussenkop>', [("heading", "", "Opvang")]),
        (
            "<divisie><kop><nr>2</nr><titel>Opvang</titel></kop><al>Tekst.</al></divisie>",
            [("heading", "", "2 Opvang"), ("paragraph", "", "Tekst.")],
        ),
        ('<al><nadruk type="vet">Opvang</nadruk></al>', [("heading", "", "Opvang")]),
        (
            '<al><nadruk type="vet">Er zijn 310 plaatsen.</nadruk></al>',
            [("paragraph", "", "Er zijn 310 plaatsen.")],
        ),
        (
            "<al-groep><al>Een.</al><al>Twee.</al></al-groep>",
            [("paragraph", "", "Een."), ("paragraph", "", "Twee.")],
        ),
        (
            "<al>Er zijn:<lijst><li><li.nr>a.</li.nr><al>310 plaatsen</al><al>en meer</al></li>"
            "<li><li.nr>–</li.nr><al>20 cellen</al><lijst><li><li.nr>1°.</li.nr><al>leeg</al></li></lijst></li></lijst>"
            "zei hij.</al>",
            [
                ("paragraph", "", "Er zijn:"),
                ("item", "a.", "310 plaatsen"),
                ("item", "", "en meer"),
                ("item", "–", "20 cellen"),
                ("item", "1°.", "leeg"),
                ("paragraph", "", "zei hij."),
            ],
        ),
        (
            "<al>Een<noot id='a'><noot.nr>1</noot.nr><noot.al>Kamerstuk 1.</noot.al><noot.al>Meer.</noot.al></noot>.</al>",
            [("paragraph", "", "Een."), ("note", "1", "Kamerstuk 1. Meer.")],
        ),
        (
            "<plaatje><illustratie naam='a.png'/><bijschrift>De 310</bijschrift></plaatje>",
            [("caption", "", "De 310")],
        ),
        ("<al>Een.<br/>Twee.</al>", [("paragraph", "", "Een.\nTwee.")]),
    ],
)
def test_words_and_parts(inside: str, expected: Parts) -> None:
    assert parts_of(read(inside)) == expected


def test_facts_are_those_of_the_elements() -> None:
    facts = read("<al>310</al>").facts

    assert facts.identifier == "kst-36600-VI-912"
    assert list(facts.dossiers) == ["36600-VI", "28638"]
    assert facts.number == "912"
    assert facts.sender == "Minister van Justitie en Veiligheid"
    assert facts.signatory == "A.B. Voorbeeld"
    assert facts.letter_date is None
    assert (facts.subject, facts.series) == (None, "Mensenhandel")


def test_a_chapter_may_stand_within_the_number_and_a_title_may_hold_digits() -> None:
    title = "Vaststelling van de begrotingsstaten (VI) voor het jaar 2018"
    stuk = STUK.format(inside="<al>Den Haag, 5 juni 2018</al>", dated="")
    stuk = stuk.replace("</dossiernr><begrotingshoofdstuk>VI</begrotingshoofdstuk>", " VI</dossiernr>")

    (letter,) = extracted(stuk.replace("Mensenhandel", title)).letter.to_dicts()

    assert letter["dossiers"] == ["36600-VI", "28638"]
    assert letter["subject"] == title


@pytest.mark.parametrize(
    ("inside", "dated", "expected"),
    [
        (
            "",
            '<datumtekst>Ontvangen <datum isodatum="2025-02-20">20 februari 2025</datum></datumtekst>',
            date(2025, 2, 20),
        ),
        (
            "<al>Den Haag, 18 februari 2025</al>",
            '<datumtekst>Ontvangen <datum isodatum="2025-02-20">20 februari 2025</datum></datumtekst>',
            None,
        ),
        (
            '<dagtekening>Den Haag, <datum isodatum="2025-02-18">18 februari 2025</datum></dagtekening>',
            "",
            date(2025, 2, 18),
        ),
        ('<dagtekening><datum isodatum="gisteren">gisteren</datum></dagtekening>', "", None),
    ],
    ids=["received", "the text tells it", "dated", "no day"],
)
def test_the_date_is_that_of_the_letter(inside: str, dated: str, expected: date | None) -> None:
    assert read(f"{inside}<al>310</al>", dated).facts.letter_date == expected


def test_a_claim_tells_its_element_and_opens_its_quote() -> None:
    table = (
        '<table><title>Aantal meldingen</title><tgroup cols="3"><colspec colname="a"/><colspec colname="b"/>'
        '<colspec colname="c"/><thead><row><entry morerows="1"><al>Regio</al></entry>'
        '<entry namest="b" nameend="c"><al>2016</al></entry></row>'
        '<row><entry colname="b"><al>Q1</al></entry><entry colname="c"><al>Q2</al></entry></row></thead>'
        '<tbody><row><entry colname="a"><al>Noord</al></entry><entry colname="c"><al>310<noot id="x"><noot.nr>2'
        "</noot.nr><noot.al>Voorlopig.</noot.al></noot></al></entry></row></tbody></tgroup></table>"
    )
    found = extracted(STUK.format(inside=f"<al>In 2015 waren er 20 meldingen.</al>{table}", dated=""))
    text = found.letter["text"][0]
    claims = {claim["quote"]: claim for claim in found.claim.to_dicts()}

    assert {quote: (claim["period"], claim["place"]) for quote, claim in claims.items()} == {
        "20": ("2015", "body"),
        "310": ("2016-Q2", "table"),
    }
    at = "/officiele-publicatie/kamerstuk/stuk/algemeen/vrije-tekst/tekst"
    assert claims["20"]["locator"] == f"{at}/al[2]"
    assert claims["310"]["locator"] == f"{at}/table/tgroup/tbody/row/entry[2]"
    assert all(text[claim["char_start"] : claim["char_end"]] == quote for quote, claim in claims.items())
    assert found.letter["format"][0] == "xml"


def test_a_note_credits_the_figure_that_cites_it() -> None:
    inside = "<al>In 2015 waren er 20 slachtoffers.<noot><noot.nr>1</noot.nr><noot.al>CBS, Cijfers 2015.</noot.al></noot></al>"

    (claim,) = extracted(STUK.format(inside=inside, dated="")).claim.to_dicts()

    assert (claim["source"], claim["period"]) == ("CBS", "2015")


def test_questions_and_answers_are_known_as_such() -> None:
    content = """<officiele-publicatie><kamervragen><kamervraagnummer>3021</kamervraagnummer>
      <kamervraagomschrijving type="antwoord">Antwoord van Minister <naam><achternaam>Voorbeeld</achternaam></naam>
      (<organisatie>Justitie</organisatie>) over <kamervraagonderwerp>opvang</kamervraagonderwerp>
      (ontvangen 5 juli 2018).</kamervraagomschrijving>
      <vraag><nr>Vraag 1</nr><al>Klopt het dat er in 2016 meer dan 300 plaatsen waren?</al></vraag>
      <antwoord><nr>Antwoord 1</nr><al>Ja, er waren 310 plaatsen.</al></antwoord></kamervragen></officiele-publicatie>"""
    found = extracted(content)

    assert [(claim["quote"], claim["place"]) for claim in found.claim.to_dicts()] == [
        ("300", "question"),
        ("310", "answer"),
    ]
    assert found.letter["letter_date"][0] == date(2018, 7, 5)


def test_an_older_letter_is_read_alike() -> None:
    content = """<?xml version="1.0" encoding="iso-8859-1"?><!DOCTYPE kamerwrk SYSTEM "kamerwrk.dtd">
      <kamerwrk><kop><titel>Tweede Kamer der Staten-Generaal</titel><subtitel>2</subtitel></kop>
      <frontm><vergjaar>2002-2003</vergjaar><onderw><nummer>28 638</nummer><naam>Mensenhandel</naam></onderw></frontm>
      <body><stuk><ltrlabel>Nr. </ltrlabel><nummer>9</nummer><titel>BRIEF VAN DE MINISTER VAN JUSTITIE</titel>
      <al>Aan de Voorzitter van de Tweede Kamer der Staten-Generaal</al><al>Den Haag, 12 maart 2003</al>
      <tuskop letat="vet">Caf&eacute;s</tuskop><al>In 2002 waren er 310
      slachtoffers.</al><witreg></witreg>
      <ondtek><functie>De Minister van Justitie,</functie><naam>A. Voorbeeld</naam></ondtek></stuk></body></kamerwrk>"""
    found = extracted(content.encode("latin-1"))
    (letter,) = found.letter.to_dicts()

    assert [claim["quote"] for claim in found.claim.to_dicts()] == ["310"]
    assert "Cafés" in letter["text"]
    told = ("number", "dossiers", "letter_date", "sender", "signatory", "encoding")
    assert [letter[name] for name in told] == [
        "9", ["28638"], date(2003, 3, 12), "Minister van Justitie", "A. Voorbeeld", "iso-8859-1",
    ]  # fmt: skip
