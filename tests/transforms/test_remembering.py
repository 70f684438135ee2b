"""What the sentences of a letter leave to the next one."""

from sample_claims import claims_of_sentence

from transforms.figures import Memory
from transforms.remembering import cited_for, introduced, next_paragraph, remembered, without_time
from transforms.sentences import Sentence


def after(text: str, memory: Memory) -> Memory:
    """What a sentence with figures leaves."""
    return remembered(memory, text, (), claims_of_sentence(text), None)


def test_a_sentence_without_figures_leaves_its_noun() -> None:
    memory = introduced(Memory(1), Sentence("Het aantal kazen groeit.", 0, 1, "body"))

    assert memory.noun is not None
    assert (memory.noun.phrase, memory.stale, memory.last) == ("kazen", True, "Het aantal kazen groeit.")


def test_figures_leave_what_they_count_and_their_level() -> None:
    memory = after("In 2011 waren er 30 zaken.", Memory(1))

    assert memory.noun is not None
    assert (memory.noun.unit, memory.phrase, memory.has_figures) == ("cases", "zaken", True)
    assert [(level.period, level.value) for level in memory.levels] == [("2011", 30)]


def test_in_how_many_places_things_are_is_not_what_goes_on() -> None:
    memory = after("Er zijn 90 bedden, verdeeld over 16 gemeenten.", Memory(1))

    assert memory.noun is not None
    assert memory.noun.phrase == "bedden"


def test_a_question_begins_without_the_time_told() -> None:
    memory = after("In 2011 waren er 30 zaken.", Memory(1))

    begun = without_time(memory, Sentence("Hoeveel zijn het er?", 30, 2, "question"))

    assert (begun.period, begun.levels, begun.noun) == (None, (), memory.noun)


def test_a_list_goes_on_about_what_its_lead_in_counts() -> None:
    opened = introduced(Memory(1), Sentence("Het aantal meldingen is:", 0, 1, "body"))

    entry = next_paragraph(opened, Sentence("Zutphen: 14", 30, 2, "body"))

    assert entry.noun == opened.noun == entry.listing


def test_a_footnote_goes_on_about_the_figure_before_its_marker() -> None:
    text = "In 2011 waren er 30 zaken en in 2012 waren er 40 zaken."
    found = claims_of_sentence(text)

    assert cited_for(found, text.index(" en in")).period == "2011"
    assert cited_for(found, len(text)).period == "2012"
