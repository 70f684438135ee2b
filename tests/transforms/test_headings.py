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


ANSWERS = "Vraag 1\nHoeveel zaken liepen er?\n\nAntwoord op vraag 1\nEr liepen 12 zaken."
ANNEX = "Bijlage 1: Zaken per jaar\n\nEr liepen 12 zaken."


@pytest.mark.parametrize("below", [ANSWERS, ANNEX, ANNEX.replace("Bijlage 1: ", "BIJLAGE\n\n")])
def test_what_a_letter_sends_with_it_is_its_body_too(below: str) -> None:
    text = letter("Er zijn 9 zaken afgerond.") + f"\n\n{below}\n" + "De zaken duurden lang.\n" * 20

    found = heading(text, "brief.txt")

    assert below in text[found.body_start : found.body_end]


@pytest.mark.parametrize(
    "below", ["Bijlage(n)\n2", "Bijlage 1: Rapport van de Raad\nBijlage 2: Monitor", "Vraag 12 bleef open."]
)
def test_what_a_letter_only_names_below_its_signature_is_no_body(below: str) -> None:
    text = letter("Er zijn 9 zaken afgerond.") + f"\n\n{below}\n"

    found = heading(text, "brief.txt")

    assert below not in text[found.body_start : found.body_end]
