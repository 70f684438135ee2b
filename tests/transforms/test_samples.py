"""The sample letters, held against what a reader found in them.

The floors are what the extractor reached when they were set, less one hundredth: a change of grammar may
raise them, and must not fall below them unseen.
"""

from functools import cache

import pytest
from sample_letters import expected, extraction, found, overlaps, pairs_of, paths
from whole_letters import Row

from transforms.measures import measures

WITHOUT_CLAIMS = ("sample-2013-mensenhandel-richtlijn.txt", "sample-2019-arbeidsmigratie-wetgeving.txt")
MEASURES = 0.817
FLOORS = {
    "unit": 0.985,
    "kind": 0.99,
    "period": 0.975,
    "base_period": 0.99,
    "direction": 0.985,
    "status": 0.985,
    "precision": 0.99,
    "source": 0.915,
}


@cache
def scored() -> list[tuple[Row, Row]]:
    """The pairs of an expected claim and the claim found; optional ones count neither way."""
    return [pair for pair in pairs_of(expected("claims"), found("claim")) if not pair[0].get("optional")]


def test_the_figures_of_the_letters_are_found() -> None:
    wanted = [claim for claim in expected("claims") if not claim.get("optional")]

    assert len(scored()) / len(wanted) >= 0.98


def test_few_claims_are_found_that_are_none() -> None:
    optional = len(pairs_of(expected("claims"), found("claim"))) - len(scored())

    assert len(scored()) / (len(found("claim")) - optional) >= 0.99


@pytest.mark.parametrize("field", FLOORS)
def test_the_fields_of_a_claim_are_right(field: str) -> None:
    right = sum(wanted[field] == claim[field] for wanted, claim in scored())

    assert right / len(scored()) >= FLOORS[field]


def test_the_measures_of_the_vocabulary_are_recognised() -> None:
    codes = {measure.code for measure in measures()}
    coded = [(wanted, claim) for wanted, claim in scored() if wanted["measure"] in codes]
    right = sum(wanted["measure"] == claim["measure_code"] for wanted, claim in coded)

    assert right / len(coded) >= MEASURES


def heading_facts(row: Row) -> Row:
    """The facts of a heading as both sides write them."""
    return {**row, "letter_date": str(row["letter_date"])}


@pytest.mark.parametrize("wanted", expected("headings"), ids=lambda row: str(row["letter"]))
def test_the_headings_are_read(wanted: Row) -> None:
    (row,) = (row for row in extraction().letter.to_dicts() if row["source"] == wanted["letter"])
    facts = heading_facts({**row, "letter": row["source"]})

    assert {name: facts[name] for name in wanted} == heading_facts(wanted)


def citation(row: Row) -> tuple[str, str, str]:
    """Letter, dossier (with the chapter of a budget: `36410-XVI`) and number."""
    return row["letter"], row["dossier"], row["number"]


def test_the_references_are_found() -> None:
    rows, wanted = found("letter_reference"), expected("references")

    assert sorted(map(citation, rows)) == sorted(map(citation, wanted))
    for each in wanted:
        assert any(overlaps(each, row) and citation(row) == citation(each) for row in rows)


@pytest.mark.parametrize("name", [path.name for path in paths()])
def test_every_quote_opens(name: str) -> None:
    texts = {row["source"]: row["text"] for row in extraction().letter.to_dicts()}
    claims = [claim for claim in found("claim") if claim["letter"] == name]

    assert bool(claims) == (name not in WITHOUT_CLAIMS)
    for claim in claims:
        assert texts[name][claim["char_start"] : claim["char_end"]] == claim["quote"]


def test_every_sample_is_expected_and_read() -> None:
    names = [path.name for path in paths()]

    assert len(names) >= 12
    assert [row["letter"] for row in expected("headings")] == names
    assert extraction().letter["source"].to_list() == names
    assert extraction().rejected_letter.is_empty()
    assert {row["letter"] for row in expected("claims")} == set(names) - set(WITHOUT_CLAIMS)


def test_no_claim_has_two_keys() -> None:
    assert extraction().claim["claim_id"].is_unique().all()
