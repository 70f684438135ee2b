"""Sentences, their paragraphs and their places."""

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
