"""Real answers of the repository, kept beside the checkout: a record, a response, metadata."""

from datetime import date
from pathlib import Path

import pytest

from flows.sources import Record, metadata, sru
from flows.sources.markup import parsed
from transforms.sidecars import Dossier

KOOP = Path(__file__).parents[2].parent / "shared" / "koop"
NAMES = ("sru_response.xml", "sru_record.xml", "metadata_1.xml", "metadata_2.xml")

pytestmark = pytest.mark.skipif(
    not all((KOOP / name).is_file() for name in NAMES),
    reason="the real answers aren't part of the project: they belong in ../shared/koop",
)


def content(name: str) -> bytes:
    return (KOOP / name).read_bytes()


def kinds(record: Record) -> list[str]:
    return [form.kind for form in record.forms]


def test_the_record_of_a_response() -> None:
    page = sru.page(content("sru_response.xml"))
    assert page.estimate == 4
    (record,) = page.records
    assert (record.identifier, record.modified) == ("kst-36867-B", "2026-08-19")
    assert record.dossiers == (Dossier("36867", None, "B"),)
    assert (record.date, record.issued, record.available) == (
        date(2026, 6, 10),
        date(2026, 6, 10),
        date(2026, 6, 11),
    )
    assert (record.type, record.creator) == ("Kamerstuk", "Eerste Kamer der Staten-Generaal")
    assert record.title
    assert len(record.title) > 200
    assert record.is_letter
    assert record.fault is None
    assert kinds(record) == ["xml", "html", "odt", "pdf"]
    assert record.forms[0].url.endswith("/36867/kst-36867-B/1/xml/kst-36867-B.xml")
    assert record.metadata
    assert record.metadata.endswith("/1/metadata/metadata.xml")


def test_a_record_without_any_namespace() -> None:
    record = sru.record(parsed(content("sru_record.xml")))
    assert (record.identifier, record.modified) == ("gmb-2023-174296", "2023-04-20")
    assert (record.type, record.creator) == ("omgevingsvergunning", "Bergeijk")
    assert not record.is_letter
    assert record.fault is None
    assert kinds(record) == ["xml", "html", "odt", "pdf"]


@pytest.mark.parametrize(("name", "modified"), [("metadata_1.xml", ""), ("metadata_2.xml", "2024-05-17")])
def test_metadata_in_either_form(name: str, modified: str) -> None:
    facts = metadata.facts(content(name))
    assert (facts.identifier, facts.modified) == ("gmb-2024-216934", modified)
    assert (facts.type, facts.creator) == ("evenementenvergunning", "Reimerswaal")
    assert facts.available == date(2024, 5, 17)
    assert facts.title
    assert facts.title.startswith("Kennisgeving melding")
