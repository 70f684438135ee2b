"""The clause that a number stands in."""

from transforms.clauses import aside_blanked, clause, undotted


def test_a_relative_clause_is_a_clause_of_its_own() -> None:
    text = "Er waren 300 zaken, waarvan 20 in hoger beroep"
    start = text.index("20")

    left, right = clause(text, start, start + 2)

    assert text[left:right] == ", waarvan 20 in hoger beroep"


def test_an_aside_ends_no_clause() -> None:
    text = "De hal, die sinds 2012 leegstond, biedt 40 plaatsen"

    assert aside_blanked(text, text.index("40")).endswith(" biedt 40 plaatsen")
    assert "leegstond" not in aside_blanked(text, text.index("40"))
    assert aside_blanked(text, text.index("2012")) == text


def test_signs_within_numbers_end_no_clause() -> None:
    assert undotted("Er waren 1.250 zaken, 3,5% meer.") == "Er waren 1·250 zaken, 3·5% meer."
