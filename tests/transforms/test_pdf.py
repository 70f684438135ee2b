"""PDF: words in the order in which they are read, without what is the page's; what can't be read says why."""

import struct
import zlib
from pathlib import Path

import pytest
from small_documents import line, printed, typeset

from transforms.forms import received
from transforms.received import Received, Refused


def read(content: bytes) -> Received:
    letter = received(content)
    assert isinstance(letter, Received), letter
    return letter


def texts(letter: Received) -> list[str]:
    return [letter.text[block.start : block.end] for block in letter.blocks if not block.cells]


def cells(letter: Received) -> list[tuple[str, ...]]:
    return [
        (block.role, *(letter.text[start:end] for start, end in block.cells))
        for block in letter.blocks
        if block.cells
    ]


def refused(content: bytes) -> Refused:
    letter = received(content)
    assert isinstance(letter, Refused), letter
    assert "\n" not in letter.detail
    return letter


# Words and lines


def test_words_out_of_order_are_read_from_the_top_and_the_left() -> None:
    content = line("plaatsen bezet.", 120, 680) + line("In 2011 waren er", 60, 700) + line("van de", 60, 680)
    content += line("310 ", 142, 700)

    assert read(printed(content)).text == "In 2011 waren er 310 van de plaatsen bezet."


def test_words_set_letter_by_letter_have_their_spaces() -> None:
    places = {0: "E", 7: "r", 14: "w", 22: "a", 28: "r", 32: "e", 38: "n", 48: "3", 54: "1", 60: "0"}
    content = "".join(line(sign, 60 + at, 700) for at, sign in places.items())

    assert read(printed(content)).text == "Er waren 310"


def test_what_is_printed_twice_to_look_bold_is_read_once() -> None:
    assert (
        read(printed(line("Er waren 310", 60, 700) + line("Er waren 310", 60.3, 700))).text == "Er waren 310"
    )


def test_what_lies_beside_the_page_or_stands_upright_beside_the_text_is_left_out() -> None:
    content = line("Er waren 310 plaatsen.", 60, 700) + line("290", -200, 700) + line("290", 60, 2000)
    content += "BT /F 10 Tf 0 1 -1 0 20 300 Tm (Archief 290) Tj ET\n"

    assert read(printed(content)).text == "Er waren 310 plaatsen."


def test_a_page_across_is_read_as_one_turns_it() -> None:
    content = "BT /F 10 Tf 0 1 -1 0 100 60 Tm (Er waren 310 plaatsen.) Tj ET\n"
    content += "BT /F 10 Tf 0 1 -1 0 140 60 Tm (Een kop) Tj ET\n"

    assert read(printed(content, page="/Rotate 90")).text == "Er waren 310 plaatsen.\n\nEen kop"


def test_ligatures_small_capitals_and_hyphens_are_letters() -> None:
    letter = read(
        typeset(
            "Efficiënte offertes voor slachtoffers en fietsers, #smallcaps[Den Haag], "
            "18\u2011jarigen, slacht-?offers."
        )
    )

    assert letter.text == (
        "Efficiënte offertes voor slachtoffers en fietsers, Den Haag, 18-jarigen, slachtoffers."
    )


@pytest.mark.parametrize(
    ("first", "second", "text"),
    [
        ("er waren veel slacht-", "offers van geweld", "er waren veel slachtoffers van geweld"),
        ("de cijfers van in-", "en uitstroom in 2011", "de cijfers van in- en uitstroom in 2011"),
        ("jongeren van 18-", "jarigen en ouder dan", "jongeren van 18-jarigen en ouder dan"),
        ("de procureurs-", "generaal heeft 310", "de procureurs-generaal heeft 310"),
        (
            "aantal zij-instroom en de zij-",
            "instroom van leraren",
            "aantal zij-instroom en de zij-instroom van leraren",
        ),
        ("in de jaren 2016–", "2018 waren er 310", "in de jaren 2016–2018 waren er 310"),
    ],
)
def test_lines_read_on(first: str, second: str, text: str) -> None:
    width = 400 / (len(first) * 5.2)  # so that the first line is the longest
    content = f"BT /F 10 Tf {width:.2f} 0 0 1 60 700 Tm ({first}) Tj ET\n" + line(second, 60, 687)

    assert read(printed(content)).text == text


# Pages

LONG = "Er waren in dat jaar 310 plaatsen in de opvang, en nog eens 290 cellen in het gevangeniswezen. " * 6


def test_running_heads_and_page_numbers_are_none_of_the_letter_and_pages_are_told() -> None:
    letter = read(
        typeset(
            '#set page(height: 9cm, header: [Ministerie van Voorbeelden 1999], numbering: "1")\n'
            f"#set par(justify: true)\n{LONG * 12}"
        )
    )

    assert letter.text == (LONG * 12).strip()
    assert [locator for _, locator in letter.locators] == [
        f"page={page}" for page in range(1, len(letter.locators) + 1)
    ]
    assert len(letter.locators) > 2
    places = [start for start, _ in letter.locators]
    assert places == sorted(places)
    assert all(letter.text[start - 1] == " " for start in places[1:])


def test_the_foot_of_a_kamerstuk_gives_its_identifier() -> None:
    letter = read(typeset(f"#set page(footer: [kst-28638-75 #h(1fr) ISSN 0921 - 7371])\n{LONG}"))

    assert letter.text == LONG.strip()
    assert letter.facts.identifier == "kst-28638-75"


NOTES = """
#set page(height: 9cm)
#set super(typographic: {typographic})
In 2011 waren er 1.222#footnote[Onder wie 232 mannen.] slachtoffers. Op 16 november
2011#footnote[Kamerstuk 28 638, nr. 960.] schreef ik u over 50 m#super[2] per plaats.
"""


@pytest.mark.parametrize("typographic", ["true", "false"])
def test_notes_are_lifted_out_and_cited_by_their_raised_numbers(typographic: str) -> None:
    letter = read(typeset(NOTES.replace("{typographic}", typographic)))

    assert texts(letter) == [
        "In 2011 waren er 1.222 slachtoffers. Op 16 november 2011 schreef ik u over 50 m2 per plaats.",
        "Onder wie 232 mannen.",
        "Kamerstuk 28 638, nr. 960.",
    ]
    cited = [(letter.text[: each.offset][-5:], letter.text[each.note :][:5]) for each in letter.citations]
    assert cited == [("1.222", "Onder"), (" 2011", "Kamer")]


def test_a_note_that_goes_on_over_the_page_is_one_note() -> None:
    note = "De registratie is sinds dat jaar op een andere wijze ingericht, met 310 posten " * 12
    letter = read(typeset(f"#set page(height: 8cm)\n{LONG}#footnote[{note.strip()}] {LONG}"))

    assert letter.text.count("De registratie is sinds") == 12
    assert [block.role for block in letter.blocks].count("note") == 1
    assert letter.text[letter.blocks[-1].start : letter.blocks[-1].end] == note.strip()


def test_notes_that_are_alike_stand_at_the_foot_of_each_page() -> None:
    pages = "\n#pagebreak()\n".join(
        f"Er waren 310 plaatsen#footnote[Kamerstuk 28 638, nr. {number}.] in de opvang."
        for number in (960, 971, 971)
    )
    letter = read(typeset(f'#set page(height: 9cm, numbering: "1")\n{pages}'))

    notes = [letter.text[each.start : each.end] for each in letter.blocks if each.role == "note"]
    assert notes == [f"Kamerstuk 28 638, nr. {number}." for number in (960, 971, 971)]
    assert len(letter.citations) == 3


def test_notes_beside_each_other_below_one_column_are_read_one_after_the_other() -> None:
    first = "Onder wie 232 mannen, zoals het jaarverslag van dat jaar vermeldt op de derde bladzijde."
    second = "Zie Kamerstuk 28 638, nr. 960, waarin ik dit voor het eerst aan uw Kamer heb gemeld."
    letter = read(
        typeset(
            f"{LONG} In 2011 waren er 1.222#super[1] slachtoffers en 50#super[2] plaatsen.\n#v(1fr)\n"
            "#set text(size: 8pt)\n#grid(columns: (1fr, 1fr), column-gutter: 2em, "
            f"[#super[1] {first}], [#super[2] {second}])"
        )
    )

    assert texts(letter)[1:] == [first, second]
    assert [letter.text[each.note :][:4] for each in letter.citations] == ["Onde", "Zie "]


def test_columns_are_read_one_after_the_other_below_what_goes_over_both() -> None:
    words = [f"Zin {number} telt {number} plaatsen in de opvang van dat jaar." for number in range(100, 140)]
    letter = read(
        typeset(
            "#set page(columns: 2, height: 14cm)\n#set par(justify: true)\n"
            '#place(top, scope: "parent", float: true)[*Een kop die over beide kolommen gaat, zo breed*]\n'
            + " ".join(words)
        )
    )

    assert texts(letter) == ["Een kop die over beide kolommen gaat, zo breed", " ".join(words)]


# Tables

TABLE = """
#table(columns: {columns}, stroke: none, align: (x, y) => if x == 0 {{ left }} else {{ right }}, {cells})
"""


def table(columns: int, *cells: str) -> str:
    return TABLE.format(columns=columns, cells=", ".join(f"[{cell}]" for cell in cells))


def test_a_table_has_its_cells() -> None:
    made = table(
        4, "Regio", "Plaatsen 2010", "Plaatsen 2011", "Wachttijd (weken)",
        "Noord en Midden", "1.310", "1 290", "–", "Zuid", "80", "90", "6,5",
    )  # fmt: skip

    assert cells(read(typeset(f"Tabel 1. Opvang\n{made}\nBron: opgave gemeenten."))) == [
        ("table_row", "Regio", "Plaatsen 2010", "Plaatsen 2011", "Wachttijd (weken)"),
        ("table_row", "Noord en Midden", "1.310", "1 290", "–"),
        ("table_row", "Zuid", "80", "90", "6,5"),
    ]


def test_a_table_goes_on_on_the_next_page_without_its_heads_again() -> None:
    rows = [cell for year in range(1980, 2010) for cell in (str(year), f"{year - 1500}", f"{year - 1700}")]
    made = table(3, *rows).replace("align:", "table.header([Jaar], [Plaatsen], [Cellen]), align:")
    found = cells(read(typeset(f"#set page(height: 10cm)\n{made}")))

    assert found[0] == ("table_row", "Jaar", "Plaatsen", "Cellen")
    assert [row[1:] for row in found[1:]] == [tuple(rows[at : at + 3]) for at in range(0, len(rows), 3)]


def test_lines_of_prose_are_no_table() -> None:
    letter = read(
        typeset(f"#set page(width: 9cm)\n#set par(justify: true)\n#set text(hyphenate: false)\n{LONG}")
    )

    assert cells(letter) == []
    assert letter.text == LONG.strip()


# What can't be read


def image(side: int = 40) -> bytes:
    """A grey image, as PNG."""
    rows = b"".join(b"\0" + bytes([120] * side) for _ in range(side))

    def chunk(kind: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("stamp", ["", "Scan 3"])
def test_a_scan_is_refused_with_the_advice_to_make_it_searchable(stamp: str) -> None:
    values = ", ".join(map(str, image()))
    scan = refused(typeset(f"#image(bytes(({values})), width: 100%)\n{stamp}"))

    assert scan.reason == "no_text_layer"
    assert "OCR" in scan.detail


def test_a_page_with_a_password_is_refused() -> None:
    lock = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + "41" * 32 + "> /U <" + "42" * 32 + "> >> "
    lock += "/ID [<00> <00>]"

    assert refused(printed(line("Er waren 310 plaatsen.", 60, 700), trailer=lock)).reason == "encrypted"


WHOLE = typeset(LONG)


@pytest.mark.parametrize("share", [0.01, 0.3, 0.6, 0.9, 0.99])
def test_a_file_that_breaks_off_is_refused(share: float) -> None:
    assert refused(WHOLE[: int(len(WHOLE) * share)]).reason == "broken"


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n%%EOF",
        b"%PDF-1.7\n" + b"0 0 obj " * 10_000 + b"%%EOF",
        b"%PDF-1.7\ntrailer << /Root 1 0 R >>\nstartxref\n0\n%%EOF",
        b"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 1 0 R >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF",
    ],
)
def test_what_only_looks_like_one_is_refused(content: bytes) -> None:
    assert refused(content).reason in ("broken", "no_text_layer")


def test_a_hundred_pages_are_read_each_with_its_number() -> None:
    body = "\n#pagebreak()\n".join(
        f"Op bladzijde {page} staan {page + 1000} plaatsen." for page in range(1, 101)
    )
    letter = read(typeset(f"#set page(height: 6cm)\n{body}"))

    assert len(letter.locators) == 100
    start, locator = letter.locators[99]
    assert locator == "page=100"
    assert letter.text[start:] == "Op bladzijde 100 staan 1100 plaatsen."


def test_the_name_of_a_file_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(WHOLE)

    assert read(path.read_bytes()).format == "pdf"
