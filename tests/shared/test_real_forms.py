"""Real Kamerstukken and metadata, kept beside the checkout: what they say of themselves, cite and note."""

from datetime import date
from pathlib import Path

import pytest

from transforms.extract import document_of
from transforms.forms import received
from transforms.received import Received, Refused
from transforms.references import references

KOOP = Path(__file__).parents[2].parent / "shared" / "koop"

pytestmark = pytest.mark.skipif(
    not (KOOP / "kst_letter.xml").is_file(),
    reason="the real Kamerstukken aren't part of the project: they belong in ../shared/koop",
)


def letter_in(name: str) -> Received:
    letter = received((KOOP / name).read_bytes())
    assert isinstance(letter, Received)
    return letter


def test_a_letter_of_today_says_who_wrote_it_and_when() -> None:
    document = document_of("", letter_in("kst_letter.xml"), "letter.xml")
    facts, head = document.received.facts, document.heading

    assert (facts.identifier, facts.number, list(facts.dossiers)) == ("kst-28844-269", "269", ["28844"])
    assert head.letter_date == date(2023, 7, 7)
    assert head.sender == "Minister van Binnenlandse Zaken en Koninkrijksrelaties"
    assert head.addressee == "Voorzitter van de Tweede Kamer der Staten-Generaal"
    assert head.subject == "Integriteitsbeleid openbaar bestuur en politie"


def test_its_notes_are_cited_where_they_stood() -> None:
    letter = letter_in("kst_letter.xml")
    document = document_of("", letter, "letter.xml")

    assert [block.number for block in letter.blocks if block.role == "note"] == ["1", "2", "7", "8"]
    assert [document.reading.text[: cited.offset][-8:] for cited in document.citations] == [
        "mei 2023", "scherpen", "enkbaar.", "erleden.",
    ]  # fmt: skip


def test_it_cites_two_documents() -> None:
    text = document_of("", letter_in("kst_letter.xml"), "letter.xml").reading.text

    assert {(each.dossier, each.number) for each in references(text)} == {("28844", "266"), ("28844", "261")}


def test_a_document_of_before_is_read_alike() -> None:
    letter = letter_in("kst_legacy.xml")
    roles = [block.role for block in letter.blocks]

    assert (letter.facts.identifier, letter.facts.number) == ("kst-24447-6", "6")
    assert list(letter.facts.dossiers) == ["24447"]
    assert roles[-2:] == ["heading", "paragraph"]
    assert "niet meer dan f 3000 per kalenderjaar." in letter.text


@pytest.mark.parametrize("name", ["metadata_1.xml", "metadata_2.xml", "sru_record.xml", "sru_response.xml"])
def test_metadata_are_no_letter(name: str) -> None:
    refused = received((KOOP / name).read_bytes())

    assert isinstance(refused, Refused)
    assert refused.reason == "not_a_letter"
