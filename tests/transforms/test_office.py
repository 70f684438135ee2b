"""DOCX and ODT: what one sees of them is read, and what they mark; none of them does harm."""

import io
import time
import zipfile

import pytest
from lxml import etree
from small_documents import ODF, W, docx, odt, zipped

from transforms.forms import received
from transforms.received import Block, Received, Refused


def read(content: bytes) -> Received:
    letter = received(content)
    assert isinstance(letter, Received), letter
    return letter


def texts(letter: Received) -> list[tuple[str, str, str]]:
    return [(block.role, block.number, letter.text[block.start : block.end]) for block in letter.blocks]


def cells(letter: Received) -> list[tuple[str, ...]]:
    return [
        (block.role, *(letter.text[start:end] for start, end in block.cells))
        for block in letter.blocks
        if block.cells
    ]


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF 40 \\h</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
BOX = "<w:txbxContent>{}</w:txbxContent>"


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (run("Er ") + "<w:ins>" + run("310") + "</w:ins> <w:del>" + run("290") + "</w:del>", "Er 310"),
        ("<w:del><w:r><w:delText>290</w:delText></w:r></w:del>" + run("310"), "310"),
        ("<w:moveFrom>" + run("290") + "</w:moveFrom><w:moveTo>" + run("310") + "</w:moveTo>", "310"),
        (run("310") + run(" geheim 290", "<w:vanish/>"), "310"),
        (run("310") + run(" zichtbaar", '<w:vanish w:val="0"/>'), "310 zichtbaar"),
        (run("310") + run(" geheim 290", '<w:rStyle w:val="Hidden"/>'), "310"),
        (run("nr. ") + FIELD.format(run("310")), "nr. 310"),
        (FIELD.format(run("3") + FIELD.format(run("1")) + run("0")), "310"),
        ('<w:fldSimple w:instr="DATE 1999">' + run("310") + "</w:fldSimple>", "310"),
        ("<w:hyperlink>" + run("310 plaatsen") + "</w:hyperlink>", "310 plaatsen"),
        (run("slacht") + "<w:r><w:softHyphen/></w:r>" + run("offers"), "slachtoffers"),
        (run("slacht\u00adoffers"), "slachtoffers"),
        (run("18") + "<w:r><w:noBreakHyphen/></w:r>" + run("jarigen"), "18-jarigen"),
        (run("€\u00a0310"), "€\u00a0310"),
        (run("310") + "<w:r><w:tab/></w:r>" + run("plaatsen"), "310 plaatsen"),
        (run("310") + "<w:r><w:br/></w:r>" + run("plaatsen"), "310\nplaatsen"),
        (run("310") + '<w:r><w:br w:type="page"/></w:r>' + run("plaatsen"), "310 plaatsen"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + run(" 310"), "≥ 310"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + run("310") + "</w:sdtContent></w:sdt>", "310"),
        (run("3") + run("1", "<w:b/>") + run("0"), "310"),
        (run("310") + run(" 290", "<w:strike/>") + run(" 280", "<w:dstrike/>"), "310"),
        (run("1.222") + run("3", '<w:vertAlign w:val="superscript"/>') + run(" zaken"), "1.222 zaken"),
        (run("310 m") + run("2", '<w:vertAlign w:val="superscript"/>'), "310 m2"),
        (run("de 1") + run("e", '<w:vertAlign w:val="superscript"/>') + run(" plaats"), "de 1e plaats"),
    ],
)  # fmt: skip
def test_what_one_sees_of_a_paragraph_is_read(runs: str, text: str) -> None:
    hidden = '<w:style w:type="character" w:styleId="Hidden"><w:rPr><w:vanish/></w:rPr></w:style>'

    assert read(docx(paragraph(runs), hidden)).text == text


def test_a_field_may_go_over_paragraphs() -> None:
    begin, end = FIELD.split("{}")
    letter = read(
        docx(paragraph(begin, run("Er waren 310.")) + paragraph(run("En 290."), end, run(" Klaar.")))
    )

    assert letter.text == "Er waren 310.\n\nEn 290. Klaar."


def test_a_box_stands_behind_the_paragraph_it_is_anchored_in_once() -> None:
    drawing = BOX.format(paragraph(run("Er waren 310 plaatsen.")))
    box = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{drawing}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{drawing}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )

    assert read(docx(paragraph(run("Voor"), box, run("gaand")))).text == "Voorgaand\n\nEr waren 310 plaatsen."


STYLES = """
<w:style w:styleId="Kop1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Eigen"><w:name w:val="Eigen kop"/><w:basedOn w:val="Kop1"/></w:style>
<w:style w:styleId="Lijst"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Rond"><w:basedOn w:val="Rond"/></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/>
<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/>
</w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
"""


def listed(text: str, number: int, depth: int = 0) -> str:
    properties = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return paragraph(run(text), properties=properties)


def test_headings_and_items_are_known_by_their_styles() -> None:
    body = "".join(
        [
            paragraph(run("Opvang"), properties='<w:pStyle w:val="Eigen"/>'),
            paragraph(run("Er waren 310 plaatsen."), properties='<w:pStyle w:val="Rond"/>'),
            paragraph(run("Cellen", "<w:b/>")),
            paragraph(run("Dit is vet en een zin.", "<w:b/>")),
            listed("een", 1),
            listed("twee", 1),
            listed("onder", 1, 1),
            listed("punt", 2),
            paragraph(run("stijl"), properties='<w:pStyle w:val="Lijst"/>'),
        ]
    )

    assert texts(read(docx(body, STYLES, numbering=NUMBERING))) == [
        ("heading", "", "Opvang"),
        ("paragraph", "", "Er waren 310 plaatsen."),
        ("heading", "", "Cellen"),
        ("paragraph", "", "Dit is vet en een zin."),
        ("item", "3.", "een"),
        ("item", "4.", "twee"),
        ("item", "4.a)", "onder"),
        ("item", "", "punt"),
        ("item", "5.", "stijl"),
    ]


def test_a_table_of_contents_is_none_of_the_letter() -> None:
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    contents = f"<w:sdt>{gallery}<w:sdtContent>{paragraph(run('Opvang 310'))}</w:sdtContent></w:sdt>"

    assert read(docx(contents + paragraph(run("Er waren 290.")))).text == "Er waren 290."


def test_notes_are_lifted_out_with_their_citations() -> None:
    body = paragraph(
        run("Er waren 1.222"),
        '<w:r><w:footnoteReference w:id="5"/></w:r>',
        run(" slachtoffers"),
        '<w:r><w:endnoteReference w:id="1"/></w:r>',
        run("."),
    )
    notes = (
        '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        f'<w:footnote w:id="5">{paragraph("<w:r><w:footnoteRef/></w:r>", run(" Onder wie."))}</w:footnote>'
        f'<w:footnote w:id="6">{paragraph(run("Nergens aangehaald."))}</w:footnote>'
    )
    ends = f'<w:endnote w:id="1">{paragraph(run("Kamerstuk 28 638, nr. 9"))}</w:endnote>'
    letter = read(docx(body, footnotes=notes, endnotes=ends))

    assert letter.text == ("Er waren 1.222 slachtoffers.\n\n1 Onder wie.\n\n1 Kamerstuk 28 638, nr. 9")
    assert [block.number for block in letter.blocks if block.role == "note"] == ["1", "1"]
    cited = [(letter.text[: each.offset], letter.text[each.note :][:5]) for each in letter.citations]
    assert cited == [("Er waren 1.222", "Onder"), ("Er waren 1.222 slachtoffers", "Kamer")]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"


def row(*made: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(made)}</w:tr>"


def test_a_table_has_its_merged_cells_in_each_column_and_row() -> None:
    wide, top, on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    table = "".join(
        [
            row(cell(""), cell("Plaatsen", wide), properties="<w:tblHeader/>"),
            row(cell("Regio"), cell("2010"), cell("2011"), properties="<w:tblHeader/>"),
            row(cell("Noord", top), cell("310"), cell("290")),
            row(cell("", on), cell("31"), cell("29")),
            row(cell("Weg"), cell("1"), cell("1"), properties="<w:del/>"),
        ]
    )

    assert cells(read(docx(f"<w:tbl>{table}</w:tbl>"))) == [
        ("table_head", "", "Plaatsen", "Plaatsen"),
        ("table_head", "Regio", "2010", "2011"),
        ("table_row", "Noord", "310", "290"),
        ("table_row", "Noord", "31", "29"),
    ]


def test_a_frame_of_one_column_is_no_table() -> None:
    table = row(cell("Er waren 310 plaatsen.")) + row(cell("En 290 cellen."))

    assert [role for role, *_ in texts(read(docx(f"<w:tbl>{table}</w:tbl>")))] == ["paragraph", "paragraph"]


# ODT


def odt_paragraph(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


STYLE = '<style:style style:name="{}"><style:text-properties {}/></style:style>'
ODT_STYLES = "".join(
    STYLE.format(name, properties)
    for name, properties in {
        "Weg": 'text:display="none"',
        "Vet": 'fo:font-weight="bold"',
        "Door": 'style:text-line-through-style="solid"',
        "Hoog": 'style:text-position="super 58%"',
    }.items()
)
ODT_ROW = (
    '<table:table-row table:visibility="{}"><table:table-cell><text:p>A</text:p></table:table-cell>'
    "<table:table-cell><text:p>{}</text:p></table:table-cell></table:table-row>"
)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (odt_paragraph("Er <text:span>waren</text:span> 310"), "Er waren 310"),
        (odt_paragraph("310<text:s text:c='3'/>plaatsen<text:tab/>nu"), "310 plaatsen nu"),
        (odt_paragraph("310<text:line-break/>plaatsen"), "310\nplaatsen"),
        (odt_paragraph("310\n  plaatsen"), "310 plaatsen"),
        (odt_paragraph("310<text:span text:style-name='Weg'> geheim 290</text:span>"), "310"),
        (odt_paragraph("geheim 290", "Weg") + odt_paragraph("310"), "310"),
        (odt_paragraph("310<office:annotation><text:p>290?</text:p></office:annotation>"), "310"),
        (odt_paragraph("slacht\u00adoffers"), "slachtoffers"),
        (odt_paragraph("310<text:span text:style-name='Door'> 290</text:span>"), "310"),
        (odt_paragraph("1.222<text:span text:style-name='Hoog'>3</text:span> zaken"), "1.222 zaken"),
        (odt_paragraph("310 m<text:span text:style-name='Hoog'>2</text:span>"), "310 m2"),
        (f"<table:table>{ODT_ROW.format('collapse', 9)}{ODT_ROW.format('visible', 3)}</table:table>", "A\t3"),
        (odt_paragraph("<text:a>310</text:a> <text:date>3 mei 2019</text:date>"), "310 3 mei 2019"),
        ("<text:tracked-changes><text:p>290</text:p></text:tracked-changes>" + odt_paragraph("310"), "310"),
        ("<text:table-of-content><text:p>4</text:p></text:table-of-content>" + odt_paragraph("310"), "310"),
        ("<text:section text:display='none'><text:p>2</text:p></text:section>" + odt_paragraph("3"), "3"),
        ("<text:section><text:p>310</text:p></text:section>", "310"),
        (odt_paragraph("Voor<draw:frame><draw:text-box><text:p>310</text:p></draw:text-box></draw:frame>gaand"),
         "Voorgaand\n\n310"),
    ],
)  # fmt: skip
def test_what_one_sees_of_an_odt_is_read(body: str, text: str) -> None:
    assert read(odt(body, ODT_STYLES)).text == text


def test_an_odt_has_headings_items_notes_and_tables() -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>Onder wie 232 mannen.</text:p></text:note-body></text:note>"
    )
    numbers = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="a" '
        'style:num-suffix=")"/></text:list-style>'
    )
    body = (
        "<text:h>Opvang</text:h>"
        + odt_paragraph("Cellen", "Vet")
        + odt_paragraph(f"Er waren 1.222{note} slachtoffers.")
        + '<text:list text:style-name="L">'
        "<text:list-item><text:p>een</text:p><text:p>nog</text:p></text:list-item>"
        "<text:list-item><text:p>twee</text:p></text:list-item></text:list>"
        "<table:table><table:table-header-rows><table:table-row><table:table-cell/>"
        "<table:table-cell table:number-columns-spanned='2'><text:p>Plaatsen</text:p></table:table-cell>"
        "<table:covered-table-cell/></table:table-row></table:table-header-rows><table:table-row>"
        "<table:table-cell><text:p>Noord</text:p></table:table-cell>"
        "<table:table-cell table:number-columns-repeated='2'><text:p>310</text:p></table:table-cell>"
        "</table:table-row></table:table>"
    )
    letter = read(odt(body, ODT_STYLES + numbers))

    assert texts(letter)[:6] == [
        ("heading", "", "Opvang"),
        ("heading", "", "Cellen"),
        ("paragraph", "", "Er waren 1.222 slachtoffers."),
        ("item", "a)", "een"),
        ("item", "", "nog"),
        ("item", "b)", "twee"),
    ]
    assert cells(letter) == [
        ("table_head", "", "Plaatsen", "Plaatsen"),
        ("table_row", "Noord", "310", "310"),
    ]
    (cited,) = letter.citations
    assert letter.text[: cited.offset].endswith("1.222")
    assert letter.text[cited.note :] == "Onder wie 232 mannen."
    assert isinstance(letter.blocks[-1], Block)


# Harm

LAUGHS = '<!DOCTYPE d [<!ENTITY a "310">' + "".join(
    f'<!ENTITY {name} "{f"&{of};" * 10}">' for of, name in zip("abcdefgh", "bcdefghi", strict=True)
)
BOMB = b"0" * (70 * 1024 * 1024)
HARMFUL = {
    "laughs": (zipped({"word/document.xml": f"{LAUGHS}]><d>&i;</d>"}), "broken"),
    "file": (
        zipped({"word/document.xml": '<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/passwd">]><d>&f;</d>'}),
        "broken",
    ),
    "bomb": (zipped({"word/document.xml": BOMB}), "zip_bomb"),
    "no body": (zipped({"word/document.xml": f"<w:document {W}/>"}), "broken"),
    "no xml": (zipped({"word/document.xml": b"310"}), "broken"),
    "deep": (zipped({"word/document.xml": "<a>" * 5000 + "</a>" * 5000}), "broken"),
    "empty": (docx(""), "empty"),
    "odt without text": (
        zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": f"<a {ODF}/>"}),
        "broken",
    ),
    "odt with a password": (odt("", manifest="<encryption-data/>"), "encrypted"),
    "old Word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "binary"),
    "docx with a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
    ),
    "a spreadsheet": (zipped({"xl/workbook.xml": "<a/>", "[Content_Types].xml": "<a/>"}), "not_a_letter"),
    "cut": (docx(paragraph(run("Er waren 310 plaatsen.")))[:-40], "broken"),
    "cut early": (docx(paragraph(run("Er waren 310 plaatsen.")))[:60], "broken"),
    "only an end": (zipped({}), "binary"),
    "out of the way": (zipped({"../../word/document.xml": "<a/>", "/etc/passwd": "310"}), "binary"),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_a_harmful_document_is_refused_with_its_reason_and_soon(name: str) -> None:
    content, reason = HARMFUL[name]
    began = time.process_time()
    refused = received(content)

    assert isinstance(refused, Refused)
    assert refused.reason == reason
    assert "\n" not in refused.detail
    assert time.process_time() - began < 2


def test_what_a_zip_says_of_itself_is_not_believed() -> None:
    content = bytearray(docx(paragraph(run("Er waren 310 plaatsen. " * 200_000))))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        size = archive.getinfo("word/document.xml").file_size
    lie = bytes(content).replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))

    refused = received(lie)

    assert isinstance(refused, Refused)
    assert refused.reason == "broken"


def test_a_member_with_a_password_is_refused() -> None:
    content = bytearray(docx(paragraph(run("Er waren 310 plaatsen."))))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        offset = archive.getinfo("word/document.xml").header_offset
    content[offset + 6] |= 1
    at = bytes(content).rfind(b"word/document.xml")
    content[at - 46 + 8] |= 1

    refused = received(bytes(content))

    assert isinstance(refused, Refused)
    assert refused.reason == "encrypted"


def test_tracked_text_is_not_claimed_twice() -> None:
    body = paragraph(
        run("In 2011 waren er "),
        "<w:del>" + run("1.111") + "</w:del><w:ins>" + run("1.222") + "</w:ins>",
        run(" slachtoffers."),
    )

    assert read(docx(body)).text == "In 2011 waren er 1.222 slachtoffers."


# Places


def places(content: bytes) -> list[tuple[str, str, str]]:
    """What is read from each place on, the part it is in, and all words of the one element that is there."""
    letter, found = read(content), []
    ends = [start for start, _ in letter.locators[1:]] + [len(letter.text)]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for (start, locator), end in zip(letter.locators, ends, strict=True):
            part, _, path = locator.partition("#")
            root = etree.fromstring(archive.read(part))
            prefixes = {prefix: uri for prefix, uri in root.nsmap.items() if prefix}
            (element,) = root.xpath(path, namespaces=prefixes)
            found.append((letter.text[start:end].strip(), part, "".join(element.itertext())))
    return found


def test_each_part_of_a_docx_tells_where_it_stands() -> None:
    frame = f"<w:tbl>{row(cell('In een kader 12 cellen.'))}{row(cell('En 13.'))}</w:tbl>"
    note = "<w:r><w:footnoteReference w:id='2'/></w:r>"
    box = f"<w:r><w:pict>{BOX.format(paragraph(run('Een kader: 40.')))}</w:pict></w:r>"
    body = (
        paragraph(run("Er waren 310"), note, box)
        + "<w:p/><!-- 4 -->"
        + f"<w:sdt><w:sdtContent>{paragraph(run('En 290 plaatsen.'))}</w:sdtContent></w:sdt>"
        + f"<w:tbl>{row(cell('Noord'), cell('55'))}{row(cell('Zuid'), cell('66'))}</w:tbl>"
        + frame
        + paragraph(run("Tot slot 7."))
    )
    notes = f'<w:footnote w:id="2">{paragraph(run("Onder wie 31."))}</w:footnote>'

    assert places(docx(body, footnotes=notes)) == [
        ("Er waren 310", "word/document.xml", "Er waren 310Een kader: 40."),
        ("Een kader: 40.", "word/document.xml", "Een kader: 40."),
        ("En 290 plaatsen.", "word/document.xml", "En 290 plaatsen."),
        ("Noord", "word/document.xml", "Noord"),
        ("55", "word/document.xml", "55"),
        ("Zuid", "word/document.xml", "Zuid"),
        ("66", "word/document.xml", "66"),
        ("In een kader 12 cellen.", "word/document.xml", "In een kader 12 cellen."),
        ("En 13.", "word/document.xml", "En 13."),
        ("Tot slot 7.", "word/document.xml", "Tot slot 7."),
        ("1 Onder wie 31.", "word/footnotes.xml", "Onder wie 31."),
    ]


def test_each_part_of_an_odt_tells_where_it_stands() -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>Onder wie 31.</text:p></text:note-body></text:note>"
    )
    cells = "".join(
        f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in ("Noord", "55")
    )
    body = (
        odt_paragraph(f"Er waren 310{note}.")
        + "<text:list><text:list-item><text:p>een 12</text:p></text:list-item></text:list>"
        + f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
        + odt_paragraph("Tot slot 7.")
    )

    assert places(odt(body)) == [
        ("Er waren 310.", "content.xml", "Er waren 3101Onder wie 31.."),
        ("een 12", "content.xml", "een 12"),
        ("Noord", "content.xml", "Noord"),
        ("55", "content.xml", "55"),
        ("Tot slot 7.", "content.xml", "Tot slot 7."),
        ("1 Onder wie 31.", "content.xml", "1Onder wie 31."),
    ]


def test_elements_without_a_prefix_are_counted_among_all() -> None:
    w = W.replace("xmlns:w=", "xmlns=")
    body = "<body><x/><p><r><t>Er waren 310.</t></r></p><p><r><t>En 5.</t></r></p></body>"
    document = f"<document {w}>{body}</document>"

    assert read(zipped({"word/document.xml": document})).locators == [
        (0, "word/document.xml#/*[1]/*[1]/*[2]"),
        (15, "word/document.xml#/*[1]/*[1]/*[3]"),
    ]


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_many_places_take_no_more_than_their_share(form: str) -> None:
    numbers = range(40_000)
    many = (
        docx("".join(f"<w:p><w:r><w:t>{number}</w:t></w:r></w:p>" for number in numbers))
        if form == "docx"
        else odt("".join(f"<text:p>{number}</text:p>" for number in numbers))
    )
    began = time.process_time()

    assert len(read(many).locators) == len(numbers)
    assert time.process_time() - began < 10
