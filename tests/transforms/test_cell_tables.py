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
