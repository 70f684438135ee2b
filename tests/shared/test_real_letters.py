"""Two real letters, kept beside the checkout: exactly what they state, and nothing else."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from transforms import schemas
from transforms.extract import Extraction, extract
from transforms.letters import letter_id
from transforms.reading_text import reading_text

LETTERS = Path(__file__).parents[2].parent / "shared" / "letters"
NAMES = ("kst-28638-75.txt", "kst-28638-114.txt")
Row = dict[str, Any]

pytestmark = pytest.mark.skipif(
    not all((LETTERS / name).is_file() for name in NAMES),
    reason="the two real letters aren't part of the project: they belong in ../shared/letters",
)

REALISED: Row = {
    "value_high": None,
    "base_period": None,
    "direction": "none",
    "status": "realised",
    "precision": "exact",
    "statistic": None,
    "per": None,
}
CLAIMS: list[Row] = [
    REALISED
    | {
        "quote": "1222",
        "value": 1222,
        "unit": "persons",
        "kind": "count",
        "measure": "trafficking_victims",
        "period": "2011",
        "source": "CoMensha",
    },
    REALISED
    | {
        "quote": "23%",
        "value": 23,
        "unit": "percent",
        "kind": "growth",
        "measure": "trafficking_victims",
        "period": "2011",
        "base_period": "2010",
        "direction": "increase",
        "source": "CoMensha",
    },
    REALISED
    | {
        "quote": "verdubbeld",
        "value": 100,
        "unit": "percent",
        "kind": "growth",
        "measure": "criminal_organisations",
        "period": "2014-12",
        "direction": "increase",
        "status": "target",
    },
    REALISED
    | {
        "quote": "geen",
        "value": 0,
        "unit": "places",
        "kind": "capacity",
        "measure": "shelter_shortage",
        "period": "2010",
        "status": "negated",
    },
    REALISED
    | {
        "quote": "13",
        "value": 13,
        "unit": "persons",
        "kind": "capacity",
        "measure": "shelter_waiting_list",
        "period": "2011",
        "statistic": "mean",
        "per": "month",
    },
    REALISED
    | {"quote": "50", "value": 50, "unit": "places", "kind": "capacity", "measure": "shelter_places"},
    REALISED
    | {
        "quote": "70",
        "value": 70,
        "unit": "places",
        "kind": "capacity",
        "measure": "shelter_places",
        "period": "2012-07/",
        "direction": "increase",
        "status": "expected",
    },
]
REFERENCES = {
    ("28638", "57"),
    ("28638", "72"),
    ("28638", "166"),
    ("31839", "166"),
    ("31839", "183"),
    ("28345", "117"),
}


@cache
def extraction(name: str) -> Extraction:
    content = (LETTERS / name).read_bytes()
    return extract(
        pl.DataFrame([(letter_id(content), name, content, None)], schema=schemas.FILE, orient="row")
    )


def only_letter(name: str) -> Row:
    (row,) = extraction(name).letter.to_dicts()
    return row


def cited(name: str) -> set[tuple[str, str]]:
    return {(row["dossier"], row["number"]) for row in extraction(name).letter_reference.to_dicts()}


def test_the_letter_of_2012_states_seven_figures() -> None:
    found = extraction(NAMES[0]).claim.to_dicts()

    assert [claim["quote"] for claim in found] == [claim["quote"] for claim in CLAIMS]


@pytest.mark.parametrize("index", range(len(CLAIMS)), ids=[claim["quote"] for claim in CLAIMS])
def test_each_figure_has_its_fields(index: int) -> None:
    claim = extraction(NAMES[0]).claim.to_dicts()[index]

    assert {field: claim[field] for field in CLAIMS[index]} == CLAIMS[index]


def test_every_quote_opens() -> None:
    text = only_letter(NAMES[0])["text"]

    for claim in extraction(NAMES[0]).claim.to_dicts():
        assert text[claim["char_start"] : claim["char_end"]] == claim["quote"]


def test_the_letter_of_2012_cites_six_documents() -> None:
    assert cited(NAMES[0]) == REFERENCES
    assert extraction(NAMES[0]).letter_reference.height == len(REFERENCES)


def test_years_glued_to_a_note_are_years() -> None:
    reading = reading_text(only_letter(NAMES[0])["text"]).text

    for day in ("1 februari 2011", "14 december 2011", "15 november 2011"):
        assert reading.count(day) == 1
        assert f"{day} " in reading.replace("\n", " ")


def test_the_letter_of_2014_states_no_figure() -> None:
    assert extraction(NAMES[1]).claim.is_empty()


def test_the_letter_of_2014_cites_one_document() -> None:
    assert cited(NAMES[1]) == {("28638", "113")}


@pytest.mark.parametrize(
    ("name", "number", "day"), [(NAMES[0], "75", date(2012, 4, 27)), (NAMES[1], "114", date(2014, 5, 13))]
)
def test_the_headings_are_read(name: str, number: str, day: date) -> None:
    letter = only_letter(name)
    facts = {
        "identifier": f"kst-28638-{number}",
        "number": number,
        "letter_date": day,
        "place": "Den Haag",
        "signatory": "I.W. Opstelten",
    }

    assert {field: letter[field] for field in facts} == facts
    assert letter["sender"].lower() == "minister van veiligheid en justitie"
    assert letter["addressee"].endswith("Voorzitter van de Tweede Kamer der Staten-Generaal")
    assert letter["subject"] is None
    assert "no subject found" in letter["warnings"]
