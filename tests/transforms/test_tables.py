"""Tables that came out as lines of text."""

from typing import Any

import pytest
from case_files import CASES, Case
from case_files import entries as entries_of
from whole_letters import DATE, claims_in

from transforms.table_heads import heads
from transforms.table_lines import cells, columns, tables
from transforms.tables import entries, framed, is_header

TABLE = """Hieronder staat het aantal meldingen per regio.

Regio 2015 2016 2017
Utrecht 310 280 295
Drenthe 1.040 990 1.105
Aandeel vrouwen 40% 42% 45%

De cijfers zijn door de gemeenten geleverd."""


def test_the_cells_of_a_row_follow_its_label() -> None:
    assert [cell.text for cell in cells("Regio Noord 310 – 1.040 € 3,5 mln 12%")] == [
        "310", "–", "1.040", "€ 3,5 mln", "12%",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "count", "expected"),
    [
        ("Klasse 2 310 280", 2, ["310", "280"]),
        ("Noord – 16", 2, ["–", "16"]),
        ("Noord 16", 2, None),
    ],
    ids=["a number in the label", "an empty cell", "a cell too few"],
)
def test_a_row_has_a_cell_for_each_column(row: str, count: int, expected: list[str] | None) -> None:
    found = columns(row, count)

    assert (found and [cell.text for cell in found]) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Regio 2015 2016", [("2015", "2015"), ("2016", "2016")]),
        ("2014/2015 2015/16", [("2014/2015", "2014/2015"), ("2015/16", "2015/2016")]),
        ("Soort Q1 2015 Q2 2015", [("Q1 2015", "2015-Q1"), ("Q2 2015", "2015-Q2")]),
        ("Soort 31-12-2015 ultimo 2016", [("31-12-2015", "2015-12-31"), ("ultimo 2016", "2016-12")]),
        ("Soort mei 2015 juni 2015", [("mei 2015", "2015-05"), ("juni 2015", "2015-06")]),
        ("Regio Aantal klachten Gegrond", [("Regio", None), ("Aantal klachten", None), ("Gegrond", None)]),
        (
            "Post Realisatie 2015 Raming 2016",
            [("Post", None), ("Realisatie 2015", "2015"), ("Raming 2016", "2016")],
        ),
        ("Utrecht 310 280", []),
        ("Dat is meer", []),
    ],
)
def test_the_heads_of_columns_are_times_or_words(header: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(head.text, head.period) for head in heads(header)] == expected


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Soort 2015 2016\nKlasse 2 40 50\nKlasse 3 60 70\n", ["Klasse 2 40 50", "Klasse 3 60 70"]),
        ("Stad Aantal\nBreda 40\nTilburg 60\n", ["Breda 40", "Tilburg 60"]),
        ("Soort 2015 2016\nLang\n(binnen) 4 5\nKort 6 7", ["Lang\n(binnen) 4 5", "Kort 6 7"]),
        ("Er waren er in Breda 40\nen in Tilburg 60\n", []),
        ("Breda 40\nTilburg 60\n", []),
        ("Stad Aantal\nBreda 40\n", []),
    ],
    ids=["numbers in labels", "one column", "a label of two lines", "running text", "no heads", "one row"],
)
def test_lines_are_a_table_below_the_heads_of_their_columns(text: str, rows: list[str]) -> None:
    assert [text[start:end] for table in tables(text) for start, end in table.rows] == rows


@pytest.mark.parametrize(
    ("row", "expected"),
    [("Regio 2015 2016", True), ("Regio Aantal Bezet", True), ("Utrecht 310 280", False), ("Utrecht", False)],
)
def test_a_header_holds_times_or_no_numbers(row: str, expected: bool) -> None:
    assert is_header(row) is expected


def test_each_cell_has_the_year_of_its_column() -> None:
    found = list(
        entries("Utrecht 310 1.280", framed("Regio 2015 2016", ["Utrecht 310 1.280"], "Aantal meldingen"))
    )

    assert [(each.quantity.numeral.value, each.quantity.unit, each.period) for each in found] == [
        (310, "cases", "2015"),
        (1280, "cases", "2016"),
    ]


@pytest.mark.parametrize(
    ("row", "header", "caption", "expected"),
    [
        ("Breda 40 36", "Stad Plaatsen Bezet", "Per 1 mei 2015", [("places", "2015-05-01")] * 2),
        ("2015 40 90%", "Jaar Klachten Gegrond", "Overzicht", [("cases", "2015"), ("percent", "2015")]),
        ("Jongeren 4", "Soort 2015", "Bedden naar doelgroep, op 1 mei", [("places", "2015-05-01")]),
        ("Breda 40 +5%", "Stad Klachten (2015) Toename", "Klachten", [("cases", "2015"), ("percent", None)]),
        ("Noord 12", "Wijk Aantal", "Geregistreerde thuiszitters", [("persons", None)]),
    ],
    ids=["heads with nouns", "a year for label", "a day in the caption", "a time in a head", "a title"],
)  # fmt: skip
def test_heads_and_caption_tell_unit_and_time(
    row: str, header: str, caption: str, expected: list[tuple[str, str | None]]
) -> None:
    assert [
        (each.quantity.unit, each.period) for each in entries(row, framed(header, [row], caption))
    ] == expected


@pytest.mark.parametrize(
    ("label", "caption", "value", "unit"),
    [
        ("Utrecht", "Aantal inwoners met een pas (x 1.000)", 2500, "persons"),
        ("Zorg", "Uitgaven (in mln. euro)", 2_500_000, "euro"),
        ("Zorg", "De bedragen in miljarden euro", 2_500_000_000, "euro"),
        ("Aandeel", "Aandeel meldingen", 2.5, "percent"),
        ("Utrecht", "Aantal meldingen", 2.5, "cases"),
    ],
)
def test_a_caption_tells_what_cells_are_multiplied_by(
    label: str, caption: str, value: float, unit: str
) -> None:
    row = f"{label} 2,5"

    (found,) = entries(row, framed("Regio 2015", [row], caption))

    assert (found.quantity.numeral.value, found.quantity.unit) == (value, unit)


@pytest.mark.parametrize(
    ("row", "header", "caption"),
    [
        ("Utrecht 310", "Regio 2015 2016", "Aantal meldingen"),
        ("Utrecht 310 280", "Regio 2015 2016", "Overzicht"),
        ("Regio 2015 2016", "Regio 2015 2016", "Aantal meldingen"),
        ("Utrecht 310 280", "", "Aantal meldingen"),
        ("Utrecht 310 280", "Regio 2015 2016", "Aantal meldingen per 1.000 inwoners"),
        ("Utrecht 310 280", "Regio 2015 2016", "Aantal en percentage meldingen"),
    ],
    ids=[
        "a cell is missing",
        "nothing tells the unit",
        "the header itself",
        "no header",
        "no scale",
        "two measures",
    ],
)
def test_a_row_that_cannot_be_read_gives_nothing(row: str, header: str, caption: str) -> None:
    assert list(entries(row, framed(header, [row], caption))) == []


@pytest.mark.parametrize("last", ["2023 29 811", "2024 (t/m mei) 29 811"])
def test_a_number_with_a_space_is_no_two_below_a_head_of_years(last: str) -> None:
    table = f"Aantal aanhoudingen\nJaar Aantal\n2021 65 121\n2022 68 400\n{last}\n\nEr komt een vervolg."
    assert not {claim["value"] for claim in claims_in(table)} & {65, 121, 68, 400, 29, 811}


def test_a_table_of_a_letter_gives_a_claim_a_cell() -> None:
    found = [
        (claim["quote"], claim["value"], claim["unit"], claim["period"], claim["place"])
        for claim in claims_in(TABLE)
    ]

    assert found == [
        ("310", 310, "cases", "2015", "table"),
        ("280", 280, "cases", "2016", "table"),
        ("295", 295, "cases", "2017", "table"),
        ("1.040", 1040, "cases", "2015", "table"),
        ("990", 990, "cases", "2016", "table"),
        ("1.105", 1105, "cases", "2017", "table"),
        ("40%", 40, "percent", "2015", "table"),
        ("42%", 42, "percent", "2016", "table"),
        ("45%", 45, "percent", "2017", "table"),
    ]


FLAT = """Hieronder staat het aantal meldingen per regio.
2015
2016
Utrecht
310
1.280
Zuid en
omstreken
12
-
Drenthe
40
45
Bron: de gemeenten
Dat is meer dan voorheen."""


def test_a_table_that_came_out_a_cell_a_line_gives_the_same() -> None:
    found = [(claim["quote"], claim["unit"], claim["period"]) for claim in claims_in(FLAT)]

    assert found == [
        ("310", "cases", "2015"),
        ("1.280", "cases", "2016"),
        ("12", "cases", "2015"),
        ("40", "cases", "2015"),
        ("45", "cases", "2016"),
    ]


@pytest.mark.parametrize(
    "body", ["Het aantal meldingen per jaar:\n2015 310\n2016 280", "Aantal meldingen\n2015\n310\n2016\n280"]
)
def test_a_row_may_begin_with_its_year(body: str) -> None:
    found = [(claim["quote"], claim["unit"], claim["period"]) for claim in claims_in(body)]

    assert found == [("310", "cases", "2015"), ("280", "cases", "2016")]


def test_heads_that_come_again_where_a_page_ended_are_those_of_the_same_table() -> None:
    body = """Tabel 1. Aantal klachten naar duur op 31 december
Duur 2016 2017
Kort 4.100 3.880
Pagina 3 van 4
Duur 2016 2017
Lang 38 41
Totaal 4.138 3.921
Bron: Kadaster
In totaal zijn er 7 kades aangelegd, naast de kades die er al waren."""
    found = [
        (claim["quote"], claim["period"], claim["source"]) for claim in claims_in(body, "5 oktober 2018")
    ]
    days = "2016-12-31", "2017-12-31"
    cells = [("4.100", "3.880"), ("38", "41"), ("4.138", "3.921")]

    assert found[:-1] == [(*cell, "Kadaster") for row in cells for cell in zip(row, days, strict=True)]
    assert found[-1] == ("7", None, None)


@pytest.mark.parametrize("row", ["2015 310 280", "2015 2016", "310 2015", "Wijk 2015 310"])
def test_another_row_without_a_header_gives_nothing(row: str) -> None:
    assert list(entries(row, framed("", [row], "Aantal meldingen"))) == []


def told(cell: str) -> dict[str, Any]:
    """A cell as tests/cases/tables.toml writes it: `quote: unit kind period`, then what isn't usual."""
    quote, _, rest = cell.partition(": ")
    rest, _, source = rest.partition(" @")
    unit, kind, period, *more = rest.split()
    told = {"quote": quote, "unit": unit, "kind": kind, "period": None if period == "-" else period}
    told |= {"base_period": None, "direction": "none", "status": "realised", "source": source or None}
    for word in more:
        if word.startswith("="):
            told["value"] = float(word[1:])
        elif word.startswith("high:"):
            told["value_high"] = float(word[5:])
        elif word in ("approx", "at_least", "at_most", "range"):
            told["precision"] = word
        elif word.startswith("per:"):
            told["base_period"] = word[4:]
        else:
            told["direction" if word in ("increase", "decrease") else "status"] = word
    return told


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["why"]) for case in entries_of(CASES / "tables.toml", "table")]
)
def test_the_cells_of_a_table_are_read(case: Case) -> None:
    expected = [told(cell) for cell in case["cells"]]
    claims = claims_in(case["body"].strip("\n"), case.get("date", DATE))

    assert [claim["quote"] for claim in claims] == [told["quote"] for told in expected]
    found = [{field: claim[field] for field in told} for claim, told in zip(claims, expected, strict=True)]

    assert found == expected
