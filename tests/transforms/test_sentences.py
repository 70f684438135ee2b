"""Sentences, their paragraphs and their places."""

import pytest
from whole_letters import letter

from transforms.headings import heading
from transforms.reading_text import reading_text
from transforms.sentences import Sentence, sentences


def split(body: str) -> list[Sentence]:
    text = letter(body)
    return list(sentences(reading_text(text), heading(text, "brief.txt")))


def test_a_full_stop_ends_a_sentence() -> None:
    found = split("Dit is de eerste. Dit is de tweede! Is dit de derde? Ja.")

    assert [sentence.text for sentence in found] == [
        "Dit is de eerste.",
        "Dit is de tweede!",
        "Is dit de derde?",
        "Ja.",
    ]


def test_abbreviations_initials_and_list_numbers_end_none() -> None:
    body = (
        "Volgens dhr. A. Voorbeeld waren er o.a. 1,2 mln. Euro en ca. 12 zaken (Kamerstuk 28 638, nr. 9101)."
    )

    assert [sentence.text for sentence in split(body)] == [body]


def test_heading_and_signature_are_no_sentences() -> None:
    assert [sentence.text for sentence in split("Er zijn 12 zaken.")] == ["Er zijn 12 zaken."]


def test_offsets_lead_to_the_reading_text() -> None:
    text = letter("De eerste zin. De tweede\nzin loopt door.\n\nEen nieuwe alinea.")
    reading = reading_text(text)

    found = list(sentences(reading, heading(text, "brief.txt")))

    assert [reading.text[each.start : each.start + len(each.text)] for each in found] == [
        "De eerste zin.",
        "De tweede zin loopt door.",
        "Een nieuwe alinea.",
    ]
    assert found[0].paragraph == found[1].paragraph != found[2].paragraph


def test_questions_and_answers_are_told_apart() -> None:
    body = "Vraag 1\nHoeveel zaken zijn er?\n\nAntwoord 1\nEr zijn 12 zaken.\n\nDat is meer dan voorheen."

    places = {sentence.text.split("\n")[-1]: sentence.place for sentence in split(body)}

    assert set(places.values()) == {"question", "answer"}
    assert places["Dat is meer dan voorheen."] == "answer"


def test_notes_and_tables_know_their_place() -> None:
    body = "De cijfers1 staan hier.\n\nMeldingen 2015 2016\nUtrecht 12 15\n\n1  Voorlopige stand.\n"

    places = {sentence.text: sentence.place for sentence in split(body)}

    assert places["De cijfers staan hier."] == "body"
    assert places["Utrecht 12 15"] == "table"
    assert places["Voorlopige stand."] == "footnote"


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("Vraag 3\nHoeveel bomen?\nAntwoord 3\nVeertig.", ["question", "answer"]),
        ("Vraag (3)\nHoeveel bomen?\n\nAntwoord vraag 3:\nVeertig.", ["question", "answer"]),
        ("Vragen 2 en 3\nHoe?\n\nAntwoord op vraag 2 en 3\nZo.", ["question", "answer"]),
        ("Vragen 4, 5 en 6:\nHoe?\n\nAntwoorden op de vragen 4-6 \nZo.", ["question", "answer"]),
        ("Vraag 1: Hoe groot is het?\n\nAntwoord: Groot genoeg.", ["question", "answer"]),
        ("1\nHoe groot is het?\n\nAntwoord\nGroot genoeg.", ["question", "answer"]),
        (
            "1\nHoe groot?\nAntwoord\nGroot genoeg voor ons allen.\n2\nWaarom?",
            ["question", "answer", "question"],
        ),
        ("1.\n\nHoe groot is het?\n\n2.\n\nHoe klein?", ["question", "question"]),
        ("2. Hoe groot is het?\n\nGroot genoeg.\n\nNog meer.", ["question", "answer", "answer"]),
        (
            "2. Hoe groot is het?\n\n3. Hoe klein?\n\nAntwoord op vragen 2 en 3\nZo.",
            ["question", "question", "answer"],
        ),
        ("De stad is groot.\n\nVraag 3 ging over de stad.", ["body", "body"]),
        ("De stad is groot.\n\nAntwoorden op uw vragen volgen later.", ["body", "body"]),
        ("1. De stad groeit.\n\n2. Het dorp krimpt.", ["body", "body"]),
    ],
)
def test_questions_and_answers_are_told_apart_however_they_are_headed(body: str, places: list[str]) -> None:
    found = split(body)

    assert [sentence.place for sentence in found] == places


@pytest.mark.parametrize(
    "whole",
    [
        "In 2016 waren er t.o.v. 2015 meer bomen, zie ook Aanhangsel Handelingen, 2015–2016,nr. 318.",
        "De heer J.K. Voorbeeld telde er o.a. 12 (ca. 3 per km.) en 1.250 in mei jl.",
        "Het steeg met 1,2 mln. Euro.",
    ],
)
def test_a_full_stop_within_a_sentence_ends_none(whole: str) -> None:
    assert [sentence.text for sentence in split(whole)] == [whole]


def test_a_heading_and_what_follows_a_colon_are_sentences_of_their_own() -> None:
    found = split("De gemeente doet het volgende:\n- zij plant 12 bomen;\n- zij kapt er 3.\n\nDat is veel.")

    assert [sentence.text for sentence in found] == [
        "De gemeente doet het volgende:",
        "- zij plant 12 bomen;",
        "- zij kapt er 3.",
        "Dat is veel.",
    ]
