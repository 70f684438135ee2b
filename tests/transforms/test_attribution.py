"""Whom a letter credits with its figures."""

import pytest

from transforms.attribution import asked_by, askers, introduced, looked_into, noted, source
from transforms.carrying import divides, finds, goes_on
from transforms.table_sources import of_tables


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
        ("Volgens de studie «Fiets en wal» van de Stichting Zuid uit 2015 varen er 12.", "Stichting Zuid"),
        ("Uit het Fietsberaad-onderzoek blijkt dat een derde zelden fietst.", "Fietsberaad"),
        ("Het BOVAG rapport noemt 12 zaken.", "BOVAG"),
        ("Vorig jaar becijferden onderzoekers van TNO dat 40% fietst.", "TNO"),
        ("Specifiek voor het noorden geeft het CBS aan dat er 12 zaken waren.", "CBS"),
        ("TransRail heeft mij laten weten dat er 12 treinen uitvielen.", "TransRail"),
        ("De gemeente Assen meldt dat 12 woningen leeg staan.", "gemeente Assen"),
        ("Van de veerdienst Oost heb ik niets vernomen over de 12 boten.", None),
        ("Van Veerdienst Oost heb ik vernomen dat er 12 boten varen.", "Veerdienst Oost"),
        ("In 2012, waarin TransRail 1.400 storingen registreerde, was het anders.", "TransRail"),
        ("De prijs steeg met 40% (CBS, 2021).", "CBS"),
        ("Uit de monitor fietsgebruik 2020 blijkt dat 12% nooit fietst.", "monitor fietsgebruik"),
        ("Het lid Jansen noemt een aantal van 400 zaken.", "Jansen"),
        ("Anders dan 12 zaken, zoals uw Kamer schrijft, zijn het er meer.", "Tweede Kamer"),
        ("De politie sloot 12 zaken af.", None),
        ("DJI beschikte over 12 cellen.", None),
        ("Er waren 12 zaken.", None),
        ("Volgens de Minister waren er 12 zaken.", None),
        ("Volgens de Fietswet zijn 12 zaken verplicht.", None),
        ("Volgens Belgische regels zijn 12 zaken verplicht.", None),
        ("Volgens planning zijn er 12 zaken klaar.", None),
        ("Door het CJIB zijn 12 regelingen getroffen.", None),
        ("De consul in Bremen heeft gemeld dat er 12 zaken zijn.", None),
        ("Naar aanleiding van het rapport van TNO trek ik 12 miljoen uit.", None),
        ("De BNI-raming is met 12 miljoen bijgesteld.", None),
        ("De RVS schreef dat jaar 12 zaken in.", None),
        ("Een rondvraag van TransRail onder haar leden leverde 12 storingen op.", "TransRail"),
        ("Bij TransRail zijn 12 storingen bekend.", "TransRail"),
        ("Bij TransRail zijn 12 machinisten ontslagen.", None),
        ("Het getal van 12 storingen is van TransRail.", "TransRail"),
        ("Het getal van 12 storingen is van groot belang.", None),
    ],
)  # fmt: skip
def test_a_sentence_credits_a_body(text: str, credited: str | None) -> None:
    assert source(text) == credited


def test_a_pronoun_is_the_body_named_last() -> None:
    assert source("Volgens haar waren er 12 zaken.", "CoMensha") == "CoMensha"
    assert source("Volgens haar waren er 12 zaken.") is None


def test_a_part_of_its_name_is_the_body_named_last() -> None:
    text = "Volgens de Federatie waren er 12 zaken."

    assert source(text, "Federatie Opvang") == "Federatie Opvang"
    assert source(text, "CBS") == "Federatie"


def test_what_a_member_supposes_is_no_data() -> None:
    assert asked_by("In haar vraag ging het lid Jansen uit van 400 zaken.") == "Jansen"
    assert asked_by("Het lid Jansen heeft 12 vragen gesteld.") is None
    assert asked_by("Uw Kamer heeft 12 vragen gesteld.") is None


@pytest.mark.parametrize(
    ("text", "data", "told"),
    [
        ("De cijfers van CoMensha zijn onlangs verschenen.", "CoMensha", "CoMensha"),
        ("TransRail houdt hiervan een registratie bij.", "TransRail", "TransRail"),
        ("Ik heb navraag gedaan bij TransRail.", "TransRail", None),
        ("TransRail heeft hiernaar onderzoek gedaan.", None, "TransRail"),
        ("TransRail heeft laten weten dat het beter gaat.", None, "TransRail"),
        ("TransRail rijdt op tijd.", None, None),
        ("De opvang is op orde.", None, None),
    ],
)
def test_a_sentence_may_introduce_data_or_tell_of_an_inquiry(
    text: str, data: str | None, told: str | None
) -> None:
    assert introduced(text) == data
    assert looked_into(text) == told


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


def test_a_sentence_may_tell_what_was_found_or_divide_it_up() -> None:
    assert finds("Hieruit blijkt dat 12% fietst.")
    assert not finds("Ik trek 12 miljoen uit.")
    assert divides("Naar leeftijd is het beeld anders.")
    assert not divides("Het beeld is anders.")


def test_the_line_of_a_source_beneath_a_table_is_its_own() -> None:
    texts = ["Plaatsen 12", "1 Bron: TransRail, jaarbericht 2010.", "Treinen", "Wagons 12", "Bron: CBS."]

    assert of_tables(texts, [True, False, False, True, False])[::3] == ["TransRail", "CBS"]


def test_the_only_line_of_a_source_is_that_of_all_tables() -> None:
    texts = ["Bron: TransRail.", "De treinen reden.", "Zij reden op tijd.", "Wagons 12"]

    assert of_tables(texts, [False, False, False, True])[3] == "TransRail"
    more = [*texts, "Het reed.", "Het stond.", "Het viel uit.", "Bron: CBS."]
    assert of_tables(more, [text == "Wagons 12" for text in more])[3] is None
    assert of_tables([], []) == []


@pytest.mark.parametrize(
    ("note", "credited"),
    [
        ("Bron: TransRail.", "TransRail"),
        ("TransRail, «Fietsen in de trein», 2014.", "TransRail"),
        ("CBS (2021), Reizen in cijfers.", "CBS"),
        ("Zie het rapport «Fietsen» van TNO uit 2019.", "TNO"),
        ("Kamerstukken II 2008/09, 21 001, nr. 12.", None),
        ("Jansen, P., «Fietsen», Bremen 2014.", None),
        ("Wet van 3 mei 2010, Stb. 12.", None),
        ("Inclusief 12 reservefietsen.", None),
        ("Zie: CBS, Reizen in cijfers.", "CBS"),
        ("Zie onder andere: TransRail, Fietsen in de trein 2014.", "TransRail"),
        ("Zie TNO Eindrapport 2019-12.", "TNO"),
        ("Cijfers: TransRail, maart 2014.", "TransRail"),
        ("Stand op 3 mei 2014, opgave TransRail.", "TransRail"),
        ("Reizigersonderzoek Veren 2014, TNO.", "TNO"),
        ("Bron: Politie/IND.", "politie;IND"),
        ("Bronnen: CBS en TNO.", "CBS;TNO"),
        ("Bron: CBS, Voorraad fietsen; standen en prognose.", "CBS"),
        ("Bron: CBS, Fietsen in cijfers.", "CBS"),
        ("Bron: CBS, Water en wegen, 2022.", "CBS"),
        ("Bron: CBS, Raad voor de Fiets.", "CBS;Raad voor de Fiets"),
        ("Dekker e.a., Veren in beeld, TNO, Delft 2014.", "TNO"),
        ("Dekker, P. & De Boer, A. (2014), Veren in beeld, Delft: TNO.", "TNO"),
        ("Dekker & De Boer (2014). Veren in beeld. Delft: TNO.", "TNO"),
        ("Dekker e.a., Veren in beeld, Delft 2014.", "Dekker e.a."),
        ("Hof van Justitie EU, 3 mei 2014, C-12/13.", None),
        ("Dit zijn ook de veren van het UWV.", None),
        ("Exclusief veren in Zeeland, Delft en Breda.", None),
    ],
)
def test_a_note_credits_the_body_at_its_head(note: str, credited: str | None) -> None:
    assert noted(note) == credited


@pytest.mark.parametrize(
    ("heading", "members"),
    [
        ("Vragen van het lid Van den Brink (CDA) aan de Minister van Defensie over boten.", "Van den Brink"),
        ("Antwoord op vragen van de leden Kat, El Amrani en Bos (allen SP) over boten", "Kat;El Amrani;Bos"),
        ("Antwoord op vragen van de leden\nKat en Bos-De Wit (beiden SP)", "Kat;Bos-De Wit"),
        ("Vragen van het lid over veerponten aan de Minister", None),
        ("Beantwoording van vragen van de vaste commissie over boten", None),
        ("Vraag 1 Kent u de vragen van het lid Kat over boten?", None),
    ],
)
def test_the_heading_tells_who_asks(heading: str, members: str | None) -> None:
    assert askers(heading) == members
