"""Tables whose cells the form tells."""

import pytest
from case_files import CASES, Case
from case_files import entries as entries_of
from test_tables import told
from whole_letters import claims_of

PAGE = """<!DOCTYPE html><html><body>
<p>Aan de Voorzitter van de Tweede Kamer</p>
<p>Den Haag, 12 maart 2019</p>
<p>Hierbij informeer ik uw Kamer.</p>{table}<p>Ik blijf dit volgen.</p></body></html>"""


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["why"]) for case in entries_of(CASES / "cell_tables.toml", "table")]
)
def test_a_cell_has_the_heads_of_its_row_and_column(case: Case) -> None:
    expected = [told(cell) for cell in case["cells"]]
    claims = claims_of(PAGE.format(table=case["html"]))

    assert [claim["quote"] for claim in claims] == [each["quote"] for each in expected]
    found = [{field: claim[field] for field in each} for claim, each in zip(claims, expected, strict=True)]

    assert found == expected
    assert {claim["place"] for claim in claims} <= {"table", "body"}


@pytest.mark.parametrize(
    ("title", "row", "population"),
    [
        ("Bedden in de mannenopvang", "Totaal", "setting=men"),
        ("Tabel 4. Aantal plaatsen in de nachtopvang per gemeente (peildatum 1 juli)", "Totaal",
         "setting=homeless"),
        ("Plaatsen in de mannenopvang", "Aantal plaatsen", "setting=men"),
        ("Minderjarige slachtoffers van mensenhandel", "Jongens", "age_group=minor;sex=M"),
        # a part of those that the title counts
        ("Plaatsen in de mannenopvang", "Noord", "part"),
        # what the heads say goes before the title
        ("Plaatsen in de mannenopvang", "Vrouwenopvang", "setting=women"),
        ("Minderjarige slachtoffers van mensenhandel", "Alle slachtoffers", "total"),
        # titles that tell it of no cell, or of some
        ("Plaatsen in de mannenopvang en de vrouwenopvang", "Totaal", "total"),
        ("Plaatsen in de opvang, exclusief mannenopvang", "Totaal", "total"),
        ("Slachtoffers van mensenhandel naar geslacht (vrouwen, mannen)", "Totaal", "total"),
        ("De plaatsen die de mannenopvang en anderen boden", "Totaal", "total"),
    ],
)  # fmt: skip
def test_a_title_tells_whom_all_cells_are_about(title: str, row: str, population: str) -> None:
    table = f"""<table><caption>{title}</caption><tr><th></th><th>2016</th><th>2017</th></tr>
<tr><td>{row}</td><td>310</td><td>320</td></tr></table>"""
    claims = claims_of(PAGE.format(table=table))

    assert [claim["population"] for claim in claims] == [population] * 2
