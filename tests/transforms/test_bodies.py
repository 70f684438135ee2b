"""Bodies that a sentence names."""

import pytest

from transforms.bodies import agencies, bodies, short_names


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Het CBS telt dit.", ["CBS"]),
        ("het Centraal Bureau voor de Statistiek (CBS) telt dit", ["CBS"]),
        ("de Stichting Zorgzaam Zuid telt dit", ["Stichting Zorgzaam Zuid"]),
        ("de Nederlandse bond van imkers (NBvI) telt dit", ["NBvI"]),
        (
            "de Haagse Tramweg Maatschappij en TransRail tellen dit",
            ["Haagse Tramweg Maatschappij", "TransRail"],
        ),
        ("de Autoriteit Persoon en Gegeven telt dit", ["Autoriteit Persoon en Gegeven"]),
        ("de gemeente Assen telt dit", ["gemeente Assen"]),
        ("het ministerie van Landbouw en Visserij telt dit", ["ministerie van Landbouw en Visserij"]),
        ("de onderzoekers van TNO tellen dit", ["TNO"]),
        ("de onderzoekers tellen dit", ["onderzoekers"]),
        ("uit de CBS-cijfers blijkt dit", ["CBS"]),
        ("de landelijke monitor fietsgebruik 2020", ["landelijke monitor fietsgebruik"]),
        ("het basispad (VAB 2019) telt dit", ["VAB 2019"]),
        # what begins with a capital and is no body
        ("Onderzoek telt dit.", []),
        ("Ouders tellen dit.", []),
        ("volgens de Fietswet telt dit", []),
        ("volgens Belgische regels telt dit", []),
        ("volgens de FVV-verordening telt dit", []),
        ("de Minister van Landbouw telt dit", []),
        ("uw Kamer telt dit", []),
        ("de bakfietsen tellen", []),
    ],
)
def test_a_name_is_known_by_its_form(text: str, named: list[str]) -> None:
    assert [body.name for body in bodies(text)] == named


def test_a_letter_calls_a_body_by_its_abbreviation_and_by_its_first_word() -> None:
    names = short_names(
        ["De Federatie Veilig Fietsen telt dit.", "Het Landelijk Fietsberaad Noord (LFN) telt dat."]
    )

    assert names["federatie"] == "Federatie Veilig Fietsen"
    assert names["landelijk fietsberaad noord"] == "LFN"


def test_letters_in_brackets_are_no_abbreviation_unless_the_name_holds_them() -> None:
    assert short_names(["Het Landelijk Fietsberaad Noord (WW) telt dat."]) == {
        "landelijk": "Landelijk Fietsberaad Noord"
    }


def test_every_alias_leads_to_its_body() -> None:
    assert {agencies()["cbs"], agencies()["centraal bureau voor de statistiek"]} == {"CBS"}


def test_a_common_noun_calls_the_only_body_whose_name_tells_so() -> None:
    assert short_names(["Het PBL raamt dat.", "Het planbureau meldt dat."])["planbureau"] == "PBL"
    assert "bureau" not in short_names(["Het PBL raamt dat.", "Het CBS meldt dat."])


def test_a_heading_before_a_name_is_no_part_of_it() -> None:
    assert short_names(["Vooruitblik VakData voorspelt dat.", "VakData telt dat."])[
        "vooruitblik vakdata"
    ] == ("VakData")
