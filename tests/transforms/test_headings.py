"""What the top and the foot of a letter say."""

import pytest
from case_files import Case, cases, stated
from whole_letters import letter

from transforms.headings import heading


@pytest.mark.parametrize("case", cases("headings"))
def test_a_heading_is_read(case: Case) -> None:
    found = heading(case["text"], case["file"])._asdict()
    days = {name: str(found[name] or "") for name in ("letter_date", "asked_on")}
    facts = {**found, **days, "dossiers": list(found["dossiers"])}
    facts["body"] = case["text"][found["body_start"] : found["body_end"]].strip()
    expected = {name: fact for name, fact in case.items() if name not in ("why", "file", "text")}

    assert {name: stated(facts[name]) for name in expected} == expected


@pytest.mark.parametrize("case", cases("headings"))
def test_a_missing_fact_comes_with_a_warning(case: Case) -> None:
    found = heading(case["text"], case["file"])
    facts = ("number", "letter_date", "place", "sender", "signatory", "addressee", "subject")
    missing = [fact for fact in facts if getattr(found, fact) is None]
    missing += ["dossier"] if not found.dossiers else []

    assert sorted(found.warnings) == sorted(f"no {fact.replace('_', ' ')} found" for fact in missing)


def test_the_body_lies_between_heading_and_signature() -> None:
    text = letter("Er zijn 12 zaken afgerond.")

    found = heading(text, "brief.txt")

    assert text[found.body_start : found.body_end].strip() == "Er zijn 12 zaken afgerond."


def test_the_body_begins_behind_a_heading_whose_words_are_broken() -> None:
    head = "Antwoord van Minister Kolk (Defensie) (ontvan-\ngen 12 novem-\n  ber 2021)."
    text = f"{head}\n\nEr zijn 12 vaar-\ntuigen."

    found = heading(text, "brief.txt")

    assert text[found.body_start : found.body_end] == "\n\nEr zijn 12 vaar-\ntuigen."
