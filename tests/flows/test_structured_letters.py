"""Letters as their source publishes them, from the harvest to the marts, and the same ones in other forms."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from letter_model import model_of
from processes import Run
from published import Published
from repository import Repository, open_repository
from test_harvest_command import quick
from test_runs import rows
from write_html import as_official_page
from write_xml import as_kamerstuk

NAME = "kst-28638-12"
#: A letter with a table and a footnote, as it is printed.
PRINTED = """ 28 638  Mensenhandel

 Nr. 12  BRIEF VAN DE MINISTER VAN JUSTITIE EN VEILIGHEID

Aan de Voorzitter van de Tweede Kamer der Staten-Generaal

Den Haag, 3 mei 2022

Uit de registratie blijkt dat er in 2021 in totaal 812 slachtoffers van mensenhandel waren.1 Dat waren er
in 2020 nog 790.

Tabel 1. Aantal plaatsen in de vrouwenopvang
Jaar 2020 2021
Noord 110 125
Zuid 210 240

Ik blijf dit volgen.

De Minister van Justitie en Veiligheid,

A.B. Voorbeeld

1  Bron: CoMensha. In 2019 waren er in totaal 1.334 slachtoffers van mensenhandel.
"""
MODEL = model_of(PRINTED)
OTHER = PRINTED.replace("Nr. 12 ", "Nr. 13 ").replace("812", "655").replace("2021", "2018")


@dataclass
class Written(Published):
    """A document whose forms are as they are written here."""

    forms: dict[str, bytes] = field(default_factory=dict)

    def content(self, form: str) -> bytes:
        """Bytes of a form."""
        return self.forms.get(form) or super().content(form)


@pytest.fixture
def repository() -> Iterator[Repository]:
    letter = Written(
        NAME,
        [("28638", "12"), ("29911", "88")],
        date(2022, 5, 6),
        title="Mensenhandel; Brief regering; Opvang van slachtoffers",
        forms={"xml": as_kamerstuk(MODEL)},
    )
    with open_repository([letter]) as one:
        yield one


#: Place, quote and element of each figure of the XML.
STATED = [
    ("body", "812", "al[3]"),
    ("body", "790", "al[3]"),
    ("table", "110", "table/tgroup/tbody/row[1]/entry[2]"),
    ("table", "125", "table/tgroup/tbody/row[1]/entry[3]"),
    ("table", "210", "table/tgroup/tbody/row[2]/entry[2]"),
    ("table", "240", "table/tgroup/tbody/row[2]/entry[3]"),
    ("footnote", "1.334", "al[3]/noot"),
]
FORMS = "SELECT format, in_use, source FROM letter_form WHERE identifier = 'kst-28638-12' ORDER BY source"
MARTS = {
    "victim_counts": [(2019, 1334), (2020, 790), (2021, 812)],
    "capacity_figures": [(2020, 110), (2020, 210), (2021, 125), (2021, 240)],
}


def stated(warehouse: Path) -> list[tuple[object, ...]]:
    """Place, quote and element (below `tekst`) of each claim, whose quote stands where it says."""
    found = rows(
        warehouse,
        "SELECT claim.place, quote, locator, text[char_start + 1 : char_end] FROM claim JOIN letter"
        " USING (letter_id) ORDER BY char_start",
    )
    assert all(quote == there for _, quote, _, there in found)
    return [(place, quote, str(at).rpartition("/tekst/")[2]) for place, quote, at, _ in found]


def test_a_letter_is_harvested_and_read_and_its_other_forms_count_once(
    tmp_path: Path, at_once: Run, repository: Repository
) -> None:
    warehouse = tmp_path / "w.duckdb"
    night = ("nightly", "--inline", "--inbox", "brieven", "--warehouse", warehouse)
    done = at_once("harvest", "--dossier", "28638", "--inbox", "brieven", **quick(repository))
    assert done.returncode == 0, done.stderr
    done = at_once(*night)
    assert done.returncode == 0, done.stderr

    assert stated(warehouse) == STATED
    facts = "identifier, dossiers, number, letter_date::VARCHAR, subject, format, source_url"
    address = f"{repository.server.url}/frbr/officielepublicaties/kst/28638/{NAME}/1/xml/{NAME}.xml"
    assert rows(warehouse, f"SELECT {facts} FROM letter") == [
        (NAME, ["28638", "29911"], "12", "2022-05-04", "Opvang van slachtoffers", "xml", address)
    ]

    (tmp_path / "brieven" / "map").mkdir()
    (tmp_path / "brieven" / "map" / "brief.html").write_bytes(as_official_page(MODEL))
    (tmp_path / "brieven" / "map" / "brief.txt").write_text(PRINTED)
    done = at_once(*night)
    assert done.returncode == 0, done.stderr

    assert "batch 1 of 1: 2 files read with 14 claims, 0 set aside" in done.stderr
    assert "3 files looked at: 1 known, 2 read, 0 set aside" in done.stderr
    told = "2 files read: 0 letters with 0 claims, 2 other forms of a letter (14 claims, not used)"
    assert told in done.stderr
    counts = "letters_seen, letters_known, letters_read, letters_rejected, other_forms, claims"
    assert rows(warehouse, f"SELECT {counts} FROM run ORDER BY started_at DESC LIMIT 1") == [
        (3, 1, 2, 0, 2, 0)
    ]
    assert rows(warehouse, FORMS) == [
        ("xml", True, f"{NAME}.xml"),
        ("html", False, "map/brief.html"),
        ("txt", False, "map/brief.txt"),
    ]
    assert rows(warehouse, "SELECT count(*) FROM letter") == [(1,)]
    assert stated(warehouse) == STATED
    for mart, figures in MARTS.items():
        assert rows(warehouse, f"SELECT year, value FROM {mart} ORDER BY ALL") == figures
        assert rows(warehouse, f"SELECT year, value FROM {mart}_latest ORDER BY ALL") == figures
    assert at_once(*night).returncode == 0
    assert rows(warehouse, "SELECT count(*) FROM run") == [(2,)]


def test_a_form_that_comes_first_gives_way_to_the_better_one_of_the_harvest(
    tmp_path: Path, at_once: Run, repository: Repository
) -> None:
    warehouse = tmp_path / "w.duckdb"
    night = ("nightly", "--inline", "--inbox", "brieven", "--warehouse", warehouse)
    (tmp_path / "brieven").mkdir()
    (tmp_path / "brieven" / "a.txt").write_text(PRINTED)
    (tmp_path / "brieven" / "b.html").write_bytes(as_official_page(model_of(OTHER)))
    assert at_once(*night).returncode == 0
    in_use = "SELECT identifier, format FROM letter ORDER BY ALL"
    assert rows(warehouse, in_use) == [(NAME, "txt"), ("kst-28638-13", "html")]
    assert at_once("harvest", "--dossier", "28638", "--inbox", "brieven", **quick(repository)).returncode == 0
    assert at_once(*night).returncode == 0
    assert rows(warehouse, in_use) == [(NAME, "xml"), ("kst-28638-13", "html")]
    assert rows(warehouse, FORMS) == [("txt", False, "a.txt"), ("xml", True, f"{NAME}.xml")]
    assert rows(warehouse, "SELECT count(*) FROM victim_counts WHERE value = 812") == [(1,)]
