"""Documents of Parliament that a text cites."""

import pytest
from case_files import Case, cases

from transforms.references import references


@pytest.mark.parametrize("case", cases("references"))
def test_the_cited_documents_are_found(case: Case) -> None:
    found = [f"{reference.dossier}-{reference.number}" for reference in references(case["text"])]

    assert sorted(found) == sorted(case["documents"])


def test_a_citation_has_its_span_and_identifier() -> None:
    text = "Zie ook Kamerstuk 28 638, nr. 9101, bijlage 2."

    (reference,) = references(text)

    assert text[reference.start : reference.end].endswith("28 638, nr. 9101")
    assert reference.identifier == "kst-28638-9101"
