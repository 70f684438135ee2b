"""Whom a letter credits with its figures."""

import pytest

from transforms.attribution import agencies, goes_on, introduces, source


@pytest.mark.parametrize(
    ("text", "credited"),
    [
        ("Volgens het CBS waren er 12 zaken.", "CBS"),
        ("Volgens het Centraal Bureau voor de Statistiek waren er 12 zaken.", "CBS"),
        ("Volgens het Centraal Bureau voor de Statistiek (CBS) waren er 12 zaken.", "CBS"),
        ("Uit de registratie van CoMensha blijkt dat er 12 zaken waren.", "CoMensha"),
        ("Bron: WODC.", "WODC"),
        ("Bron: IND en er waren 12 zaken.", "IND"),
        ("De cijfers, aangeleverd door DJI, tellen 12 zaken.", "DJI"),
        ("Uit cijfers van het Landelijk Bureau Toezicht (LBT) blijkt dat er 12 zaken waren.", "LBT"),
        ("Volgens het CBS en volgens het WODC waren er 12 zaken.", "CBS;WODC"),
        ("De politie sloot 12 zaken af.", None),
        ("DJI beschikte over 12 cellen.", None),
        ("Er waren 12 zaken.", None),
        ("Volgens de Minister waren er 12 zaken.", None),
    ],
)
def test_a_sentence_credits_a_body(text: str, credited: str | None) -> None:
    assert source(text) == credited


def test_a_pronoun_is_the_body_named_last() -> None:
    assert source("Volgens haar waren er 12 zaken.", "CoMensha") == "CoMensha"
    assert source("Volgens haar waren er 12 zaken.") is None


def test_a_part_of_its_name_is_the_body_named_last() -> None:
    text = "Volgens de Federatie waren er 12 zaken."

    assert source(text, "Federatie Opvang") == "Federatie Opvang"
    assert source(text, "CBS") == "Federatie"


@pytest.mark.parametrize(
    ("text", "carries"),
    [
        ("Dit is een toename van 2%.", True),
        ("Daarvan was de helft minderjarig.", True),
        ("In de opvang waren 12 plaatsen vrij.", False),
    ],
)
def test_a_sentence_may_go_on_about_the_same_data(text: str, carries: bool) -> None:
    assert goes_on(text) == carries


def test_a_sentence_may_introduce_data() -> None:
    assert introduces("De cijfers van CoMensha zijn onlangs verschenen.")
    assert not introduces("De opvang is op orde.")


def test_every_alias_leads_to_its_body() -> None:
    assert {agencies()["cbs"], agencies()["centraal bureau voor de statistiek"]} == {"CBS"}
