"""Which footnote a place in a letter cites."""

from whole_letters import claims_in, claims_of

from transforms.notes import citations
from transforms.reading_text import reading_text

PAGE = """In 2015 voeren er 310 veren1 over de rivier.
Een derde daarvan lag in 2016 stil2.

1 Bron: Fietsberaad, jaarbericht 2015.
2 Kamerstuk 21 001, nr. 12.
 Het gaat goed met de veren.
"""


def test_a_marker_leads_to_the_note_at_the_foot_of_its_page() -> None:
    reading = reading_text(PAGE)
    cited = [(reading.text[: citation.offset][-7:], citation.note) for citation in citations(PAGE, reading)]

    assert cited == [
        ("0 veren", "Bron: Fietsberaad, jaarbericht 2015."),
        ("16 stil", "Kamerstuk 21 001, nr. 12."),
    ]


def test_a_letter_without_notes_cites_none() -> None:
    assert citations("Er voeren 310 veren.", reading_text("Er voeren 310 veren.")) == []


def test_a_figure_is_credited_to_whom_its_note_names() -> None:
    first, *_ = claims_in(PAGE)

    assert (first["quote"], first["source"]) == ("310", "Fietsberaad")


def test_a_note_that_goes_on_has_the_source_of_the_figures_it_is_cited_for() -> None:
    text = """Volgens het Fietsberaad waren er in 2015 310 ongevallen1 op een veer.

1 Daaronder 12 ongevallen met een bakfiets.
 Het gaat goed met de veren.
"""
    sources = {claim["quote"]: claim["source"] for claim in claims_in(text)}

    assert sources == {"310": "Fietsberaad", "12": "Fietsberaad"}


def test_the_last_marker_of_a_letter_stands_in_front_of_its_notes() -> None:
    body = "In 2015 voeren er 310 veren.1 In 2016 lagen er 40 boten stil."
    text = f"{body}2\n\n1 Bron: Fietsberaad.\n2 Bron: CBS.\n"
    without = f"{body}\n\n1 Bron: Fietsberaad.\n"

    assert [citation.note.strip() for citation in citations(text, reading_text(text))] == [
        "Bron: Fietsberaad.",
        "Bron: CBS.",
    ]
    assert len(citations(without, reading_text(without))) == 1


def test_a_note_may_have_its_number_in_brackets() -> None:
    text = "In 2015 voeren er 310 veren.[1] In 2016 lagen er 40 boten stil.\n\n[1] Bron: Fietsberaad.\n"

    first, _ = claims_of(text)

    assert first["source"] == "Fietsberaad"
