"""Tables that came out as lines of text."""

import pytest
from whole_letters import claims_in

from transforms.tables import cells, row_quantities, year_header

TABLE = """Hieronder staat het aantal meldingen per regio.

Regio 2015 2016 2017
Utrecht 310 280 295
Drenthe 1.040 990 1.105
Aandeel vrouwen 40% 42% 45%

De cijfers zijn door de gemeenten geleverd."""


def test_the_cells_of_a_row_follow_its_label() -> None:
    assert [cell.text for cell in cells("Regio 3 Noord 310 1.040 12%")] == ["310", "1.040", "12%"]


@pytest.mark.parametrize(
    ("row", "years"),
    [("Regio 2015 2016", ["2015", "2016"]), ("2015 2016", ["2015", "2016"]), ("Utrecht 310 280", [])],
)
def test_a_header_holds_years_only(row: str, years: list[str]) -> None:
    assert [cell.text for cell in year_header(row)] == years


def test_each_cell_has_the_year_of_its_column() -> None:
    found = list(row_quantities("Utrecht 310 1.280", year_header("Regio 2015 2016"), "Aantal meldingen"))

    assert [(quantity.numeral.value, quantity.unit, year) for quantity, year in found] == [
        (310, "cases", "2015"),
        (1280, "cases", "2016"),
    ]


@pytest.mark.parametrize(
    ("label", "caption", "value", "unit"),
    [
        ("Utrecht", "Aantal inwoners met een pas (x 1.000)", 2500, "persons"),
        ("Zorg", "Uitgaven (in mln. euro)", 2_500_000, "euro"),
        ("Zorg", "De bedragen in miljarden euro", 2_500_000_000, "euro"),
        ("Aandeel", "Aantal meldingen (x 1.000)", 2.5, "percent"),
        ("Utrecht", "Aantal meldingen", 2.5, "cases"),
    ],
)
def test_a_caption_tells_what_cells_are_multiplied_by(
    label: str, caption: str, value: float, unit: str
) -> None:
    (found,) = row_quantities(f"{label} 2,5", year_header("Regio 2015"), caption)

    assert (found[0].numeral.value, found[0].unit) == (value, unit)


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
    assert list(row_quantities(row, year_header(header) if header else [], caption)) == []


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
        ("40", "cases", "2015"),
        ("45", "cases", "2016"),
    ]


@pytest.mark.parametrize(
    "body", ["Het aantal meldingen per jaar:\n2015 310\n2016 280", "Aantal meldingen\n2015\n310\n2016\n280"]
)
def test_a_row_may_begin_with_its_year(body: str) -> None:
    found = [(claim["quote"], claim["unit"], claim["period"]) for claim in claims_in(body)]

    assert found == [("310", "cases", "2015"), ("280", "cases", "2016")]


@pytest.mark.parametrize("row", ["2015 310 280", "2015 2016", "310 2015", "Wijk 2015 310"])
def test_another_row_without_a_header_gives_nothing(row: str) -> None:
    assert list(row_quantities(row, [], "Aantal meldingen")) == []
