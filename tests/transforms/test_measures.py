"""Which measure a figure is of."""

from pathlib import Path

import pytest
from vocabulary_copy import copied, reading_from
from whole_letters import claims_in

from transforms.errors import VocabularyError
from transforms.measures import Said, family, is_people, measure_of, measures

TRAFFICKING = "de aanpak van mensenhandel"
VICTIMS = "trafficking_victims"


def said(phrase: str, sentence: str, *around: str) -> Said:
    return Said(phrase, phrase, sentence, sentence, around)


@pytest.mark.parametrize(
    ("phrase", "unit", "kind", "sentence", "code"),
    [
        ("slachtoffers", "persons", "count", "slachtoffers van mensenhandel", "trafficking_victims"),
        ("slachtoffers", "persons", "count", "slachtoffers van huiselijk geweld", None),
        ("slachtoffers", "percent", "growth", "slachtoffers van mensenhandel", "trafficking_victims"),
        ("slachtoffers", "percent", "share", "slachtoffers van mensenhandel", None),
        ("opvangplaatsen", "places", "capacity", "plaatsen in de vrouwenopvang", "shelter_places"),
        ("tekort aan plaatsen", "places", "capacity", "een tekort in de opvang", "shelter_shortage"),
        ("celplaatsen", "places", "capacity", "plaatsen in het gevangeniswezen", "cells"),
        ("celplaatsen", "places", "count", "bezette plaatsen in het gevangeniswezen", "cells_occupied"),
        ("opvangplaatsen", "places", "capacity", "plaatsen voor asielzoekers bij het COA", "asylum_places"),
        ("fte", "fte", "capacity", "de formatie", "staff"),
        ("fietsen", "other", "count", "gestolen fietsen", None),
    ],
)
def test_a_figure_has_a_measure(phrase: str, unit: str, kind: str, sentence: str, code: str | None) -> None:
    assert measure_of(said(phrase, sentence), unit, kind) == code


@pytest.mark.parametrize(
    ("around", "code"),
    [
        ((), None),
        ((TRAFFICKING,), "trafficking_victims"),
        (
            ("Meer meldingen.", "De aanpak van huiselijk geweld", TRAFFICKING),
            None,
        ),  # the nearest topic counts
        (("Mensenhandel gaat samen met fraude.", "Straatroof en diefstal"), "trafficking_victims"),
    ],
)
def test_the_nearest_topic_around_a_sentence_counts(around: tuple[str, ...], code: str | None) -> None:
    assert measure_of(said("slachtoffers", "Er waren 12 slachtoffers", *around), "persons", "count") == code


def test_every_code_has_its_family() -> None:
    assert family("trafficking_victims") == "victims"
    assert {family(measure.code) for measure in measures()} == {measure.family for measure in measures()}
    assert family("no_such_measure") is None
    assert family(None) is None


@pytest.mark.parametrize(
    ("phrase", "people"),
    [("personen", True), ("minderjarige meisjes", True), ("zaken", False), ("verdachten", False)],
)
def test_nouns_for_people_in_general(phrase: str, people: bool) -> None:
    assert is_people(phrase) == people


NEW_MEASURE = """
[[measure]]
measure = "stolen_bicycles"
family = "property_crime"
label_nl = "gestolen fietsen"
label_en = "stolen bicycles"
unit = "other"
kinds = ["count", "growth"]
phrase = 'fietsen'
"""
THEFT = "In 2017 zijn 71.400 fietsen gestolen."


def test_a_new_measure_is_an_entry_and_no_code(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    with (folder / "measures.toml").open("a", encoding="utf-8") as file:
        file.write(NEW_MEASURE)

    with reading_from(folder):
        (claim,) = claims_in(THEFT)
        assert (claim["measure"], claim["measure_code"]) == ("stolen_bicycles", "stolen_bicycles")
        assert family("stolen_bicycles") == "property_crime"

    (claim,) = claims_in(THEFT)
    assert (claim["measure"], claim["measure_code"]) == ("fietsen", None)


def test_a_new_noun_is_a_word_and_no_code(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    path = folder / "units.toml"
    path.write_text(path.read_text("utf-8").replace("persons = [", 'persons = ["haspelkop", ', 1), "utf-8")
    text = "In 2017 werkte er 1 haspelkop."

    assert [claim["unit"] for claim in claims_in(text)] == []
    with reading_from(folder):
        assert [claim["unit"] for claim in claims_in(text)] == ["persons"]


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('frase = "fietsen"', "lacks phrase"),
        ('phrase = "fietsen"\ncolour = "red"', "unknown fields: colour"),
        ('phrase = "fietsen"\nfamily = "capacties"', "looks like capacity"),
        ('phrase = "fietsen"\nkinds = ["capasity"]', "capasity is none of"),
        ('phrase = "fietsen"\nunit = "bicycles"', "bicycles is none of"),
    ],
)
def test_a_mistyped_entry_is_refused_in_one_line(tmp_path: Path, line: str, fault: str) -> None:
    entry = {
        "measure": '"bicycles"',
        "family": '"reports"',
        "label_nl": '"fietsen"',
        "label_en": '"bicycles"',
        "unit": '"other"',
        "kinds": '["count"]',
    }
    entry |= dict(part.split(" = ", 1) for part in line.splitlines())
    folder = copied(tmp_path)
    with (folder / "measures.toml").open("a", encoding="utf-8") as file:
        file.write("\n[[measure]]\n" + "".join(f"{name} = {value}\n" for name, value in entry.items()))

    with reading_from(folder), pytest.raises(VocabularyError, match=fault) as raised:
        measures()
    assert "\n" not in str(raised.value)
    assert "measure 'bicycles'" in str(raised.value)


@pytest.mark.parametrize(
    ("body", "codes"),
    [
        # what is said behind a figure doesn't tell whom it counts
        ("In 2018 telde het CBS 31.000 dakloze mensen. Mensenhandel komt elders aan de orde.", [None]),
        ("In 2018 waren er 640 jongeren in beeld.\n\nSlachtoffers van mensenhandel krijgen opvang.", [None]),
        # nor does what is said before it of people of another sort
        ("De aanpak van mensenhandel loopt door. In 2018 waren er 31.000 dakloze mensen in beeld.", [None]),
        ("De aanpak van mensenhandel loopt door. In 2018 waren er 310 personen in beeld.", [VICTIMS]),
        ("De aanpak van mensenhandel loopt door. In 2018 waren er 31 Roemeense vrouwen in beeld.", [VICTIMS]),
    ],
)
def test_people_are_those_whom_the_letter_has_spoken_of(body: str, codes: list[str | None]) -> None:
    assert [claim["measure_code"] for claim in claims_in(body)] == codes
