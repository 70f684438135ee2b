import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from transforms.sidecars import Dossier, Sidecar, sidecar, written

FACTS = Sidecar(
    identifier="kst-36600-VII-12",
    dossiers=(Dossier("36600", "VII", "12"), Dossier("28638", None, "12")),
    date=date(2024, 3, 1),
    issued=date(2024, 3, 2),
    available=None,
    modified="2024-03-04",
    title="Voortgang «opvang»",
    creator="Tweede Kamer der Staten-Generaal",
    type="Brief regering",
    source_url="https://example.org/kst-36600-VII-12.xml",
    retrieved_at=datetime.fromisoformat("2024-03-05T01:02:03"),
    licence="CC0-1.0",
    sha256="ab" * 32,
    withdrawn=False,
    source="sru",
    query='w.dossiernummer=="28638"',
)


def changed(**fields: Any) -> bytes:
    return json.dumps(json.loads(written(FACTS)) | fields).encode()


def test_what_is_written_is_read() -> None:
    assert sidecar(written(FACTS)) == FACTS
    assert json.loads(written(FACTS))["dossiers"][1] == {"dossier": "28638", "chapter": None, "number": "12"}
    assert FACTS.dossiers[0].name == "36600-VII"
    assert "«opvang»".encode() in written(FACTS)


@pytest.mark.parametrize(
    ("modified", "read"),
    [
        ("", ""),
        ("2024-03-04", "2024-03-04"),
        ("2024-03-04T01:30:00+02:00", "2024-03-03T23:30:00.000000Z"),
        ("2024-03-04T01:30:00Z", "2024-03-04T01:30:00.000000Z"),
        ("2024-03-04T01:30:00.5Z", "2024-03-04T01:30:00.500000Z"),
    ],
)
def test_modified_sorts_by_time(modified: str, read: str) -> None:
    found = sidecar(changed(modified=modified))
    assert isinstance(found, Sidecar)
    assert found.modified == read
    assert found.order == (read, FACTS.retrieved_at)


def test_fields_that_nobody_knows_are_passed_over() -> None:
    assert sidecar(changed(colour="blue")) == FACTS


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"identifier": ""}, "identifier: is empty"),
        ({"identifier": 7}, "identifier: no text"),
        ({"title": "\ud800"}, "title: "),
        ({"date": "4 maart 2024"}, "date: Invalid isoformat string"),
        ({"modified": "2024-03-044"}, "modified: Invalid isoformat string"),
        ({"retrieved_at": None}, "retrieved_at: no text"),
        ({"sha256": "../../etc/passwd"}, "sha256: no SHA-256 in hex"),
        ({"withdrawn": "no"}, "withdrawn: neither true nor false"),
        ({"source": "mail"}, "source: none of sru, odata"),
        ({"dossiers": {}}, "dossiers: no list of objects"),
        ({"dossiers": [{"dossier": "1"}]}, "dossiers: chapter is missing"),
        ({"dossiers": [{"dossier": "1", "chapter": None, "number": None}]}, "dossiers: no text"),
    ],
)
def test_what_is_no_sidecar_is_told_by_its_field(fields: dict[str, Any], reason: str) -> None:
    found = sidecar(changed(**fields))
    assert isinstance(found, str)
    assert found.startswith(reason)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no JSON in UTF-8"),
        (b"\xff\xfe{}", "no JSON in UTF-8"),
        (b"[" * 100_000, "no JSON in UTF-8"),
        (b"[]", "no JSON object"),
        (b"{}", "identifier, dossiers, date, "),
        (b" " * 1_100_000, "1100000 bytes"),
    ],
)
def test_bytes_that_are_no_sidecar_are_told(content: bytes, reason: str) -> None:
    found = sidecar(content)
    assert isinstance(found, str)
    assert found.startswith(reason)


def test_all_that_is_missing_is_told_at_once() -> None:
    held = json.loads(changed())
    for name in ("query", "withdrawn", "title"):
        del held[name]
    assert sidecar(json.dumps(held).encode()) == "title, withdrawn and query are missing"


def test_the_sidecar_of_the_documentation_is_one() -> None:
    page = (Path(__file__).parents[2] / "docs" / "operations.md").read_text("utf-8")
    (example,) = re.findall(r"```json\n(\{\"identifier.*?)```", page, re.DOTALL)

    facts = sidecar(example.replace("…", "0" * 64).encode())

    assert isinstance(facts, Sidecar), facts
    assert facts.modified == "2012-08-01"


def test_the_documentation_tells_how_each_field_says_that_something_is_not_known() -> None:
    page = (Path(__file__).parents[2] / "docs" / "operations.md").read_text("utf-8")
    (told,) = re.findall(r"Where something isn't known, (.*?); the others have to be told", page, re.DOTALL)
    nulls, empty = (set(re.findall(r"`(\w+)`", part)) - {"null"} for part in told.split(";"))
    takes = {
        value: {name for name in FACTS._fields if isinstance(sidecar(changed(**{name: value})), Sidecar)}
        for value in (None, "")
    }
    assert nulls == takes[None] | {"chapter"}
    assert empty == takes[""] - takes[None]
