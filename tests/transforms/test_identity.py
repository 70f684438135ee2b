"""What a sidecar, a form and a heading know of a letter, put together."""

import hashlib
from datetime import date, datetime
from typing import Any

import polars as pl
import pytest

from transforms import schemas
from transforms.extract import extract
from transforms.headings import heading
from transforms.identity import facts, order, origin, words_of
from transforms.received import Facts
from transforms.sidecars import Dossier, Sidecar, written

TEXT = """ 28 638  Mensenhandel

 Nr. 75  BRIEF VAN DE MINISTER VAN JUSTITIE

Den Haag, 3 mei 2013

In 2012 waren er 1711 slachtoffers van mensenhandel, vorig jaar 12 plaatsen.
"""


def a_sidecar(**told: Any) -> Sidecar:
    sidecar = Sidecar(
        identifier=" KST-28638-77 ",
        dossiers=(Dossier("28638", None, "77"), Dossier("36600", "VII", "2")),
        date=date(2014, 5, 4),
        issued=None,
        available=date(2014, 5, 6),
        modified="2014-05-07T09:30:00.000000Z",
        title="Voortgang\n van  de opvang",
        creator="Tweede Kamer",
        type=None,
        source_url="https://example.org/77.xml",
        retrieved_at=datetime.fromisoformat("2026-11-30T01:00"),
        licence="CC0-1.0",
        sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
        withdrawn=False,
        source="sru",
        query="",
    )
    return sidecar._replace(**told)


def known(form: Facts = Facts(), sidecar: Sidecar | None = None) -> dict[str, Any]:  # noqa: B008
    return facts(heading(TEXT, "brief.txt"), "brief.txt", form, sidecar)._asdict()


def test_the_heading_alone_is_what_it_is() -> None:
    assert known() == heading(TEXT, "brief.txt")._asdict()
    assert (known()["identifier"], known()["number"]) == ("kst-28638-75", "75")


def test_what_the_source_says_counts_first_but_for_title_and_creator() -> None:
    form = Facts("kst-28638-76", ("28638",), "76", date(2013, 5, 5), sender="De minister", subject="Opvang")
    of_form = {"identifier": "kst-28638-76", "number": "76", "letter_date": date(2013, 5, 5)}
    assert known(form).items() >= (of_form | {"sender": "De minister", "subject": "Opvang"}).items()
    told = known(form, a_sidecar())
    assert told["identifier"] == "KST-28638-77"
    assert (told["dossiers"], told["number"]) == (("28638", "36600-VII"), "77")
    assert (told["letter_date"], told["sender"], told["subject"]) == (
        date(2014, 5, 4), "De minister", "Opvang"
    )  # fmt: skip


def test_what_nobody_else_says_the_source_does_and_the_warning_goes() -> None:
    bare = heading("Er waren 12 plaatsen.", "brief.txt")
    told = facts(bare, "brief.txt", sidecar=a_sidecar())
    assert (told.subject, told.sender) == ("Voortgang van de opvang", "Tweede Kamer")
    assert set(bare.warnings) - set(told.warnings) == {
        "no number found", "no letter date found", "no dossier found", "no sender found", "no subject found"
    }  # fmt: skip
    nothing = a_sidecar(identifier="kst-1", dossiers=(), date=None, title=None, creator=" ")
    assert facts(heading(TEXT, "x.txt"), "x.txt", sidecar=nothing).number == "75"


@pytest.mark.parametrize(
    ("text", "title", "subject"),
    [
        (TEXT, "Mensenhandel; Brief regering; Stand van zaken", "Stand van zaken"),
        (TEXT, "Mensenhandel; Brief regering", "Mensenhandel"),
        (TEXT.replace("Den Haag", "Betreft: Opvang\n\nDen Haag"), "A; Brief regering; B", "Opvang"),
        ("Er waren 12 plaatsen.", "Opvang; Brief van de minister over plaatsen", None),
    ],
)
def test_a_subject_of_its_own_counts_before_the_title_of_the_dossier(
    text: str, title: str, subject: str | None
) -> None:
    found = facts(heading(text, "brief.txt"), "brief.txt", sidecar=a_sidecar(title=title))
    assert found.subject == (subject or title)


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("KST-28638-75.TXT", "kst-28638-75"),
        ("kst-36600-vii-1.xml", "kst-36600-VII-1"),
        ("kst-28638-75-h1.xml", "kst-28638-75-h1"),
        ("kst-36867-B.html", "kst-36867-B"),
        ("ah-tk-20172018-9001.txt", "ah-tk-20172018-9001"),
    ],
)
def test_a_file_is_named_as_its_source_names_the_letter(name: str, identifier: str) -> None:
    assert heading(TEXT, f"2024/{name}").identifier == identifier


def test_dossier_and_number_of_the_form_name_the_letter_that_no_name_names() -> None:
    assert known(Facts(dossiers=("29911",), number="3"))["identifier"] == "kst-29911-3"
    named = facts(heading(TEXT, "kst-1-2.xml"), "kst-1-2.xml", Facts(dossiers=("29911",), number="3"))
    assert named.identifier == "kst-1-2"


def test_a_letter_was_withdrawn_by_the_day_that_we_were_told() -> None:
    assert origin(a_sidecar(withdrawn=True)).withdrawn_on == date(2026, 11, 30)
    assert origin(a_sidecar()).withdrawn_on is None


def test_the_newest_sidecar_is_the_one_last_issued_told_withdrawn_or_added_to() -> None:
    told = [
        a_sidecar(modified=""),
        a_sidecar(modified="2014-05-07"),
        a_sidecar(dossiers=()),
        a_sidecar(),
        a_sidecar(withdrawn=True, dossiers=()),
        a_sidecar(retrieved_at=datetime.fromisoformat("2026-12-01")),
        a_sidecar(modified="2014-05-08"),
    ]
    assert sorted(told[3:] + told[:3], key=order) == told


def test_where_a_file_came_from() -> None:
    assert origin(None) == (None,) * 6
    assert origin(a_sidecar())[:5] == (
        "sru", "https://example.org/77.xml", "CC0-1.0",
        datetime.fromisoformat("2026-11-30T01:00"), datetime.fromisoformat("2014-05-07T09:30"),
    )  # fmt: skip


def test_the_letter_is_read_by_the_date_that_its_sidecar_gives() -> None:
    content = TEXT.encode()
    letter_id = hashlib.sha256(content).hexdigest()
    believed, malformed, foreign = written(a_sidecar()), b"{", written(a_sidecar(sha256="0" * 64))
    for sidecar, year, sidecar_id in (
        (believed, "2013", hashlib.sha256(believed).hexdigest()),
        (malformed, "2012", None),
        (foreign, "2012", None),
        (None, "2012", None),
    ):
        row = (letter_id, "brief.txt", content, sidecar)
        found = extract(pl.DataFrame([row], schema=schemas.FILE, orient="row"))
        assert found.claim.filter(quote="12")["period"].to_list() == [year]
        assert found.letter_form["sidecar_id"].to_list() == [sidecar_id]
    assert found.letter_form["words"].to_list() == [words_of(TEXT.replace(" ", "\n "))]
