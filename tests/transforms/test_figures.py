"""What the figures of a paragraph leave to its next sentence."""

from transforms.claims import claims
from transforms.figures import (
    Claim,
    Letter,
    Level,
    Memory,
    introduced,
    last_two,
    levels_of,
    next_paragraph,
    settled,
)  # fmt: skip
from transforms.sentences import Sentence


def only_claim(text: str) -> Claim:
    (claim,) = claims([Sentence(text, 0, 1, "body")], Letter(None, ()))
    return claim


def test_a_count_at_one_time_is_a_level() -> None:
    assert levels_of(only_claim("In 2011 waren er 30 zaken.")) == [Level("cases", "2011", 30)]
    assert levels_of(only_claim("Er zijn 30 zaken.")) == []
    assert levels_of(only_claim("Sinds 2011 waren er 30 zaken.")) == []
    assert levels_of(only_claim("In 2011 was er een stijging van 30%.")) == []


def test_the_last_two_levels_come_in_the_order_of_their_periods() -> None:
    earlier, later = Level("cases", "2011", 30), Level("cases", "2012", 40)
    people = Level("persons", "2010", 5)

    assert last_two([earlier, later]) == (earlier, later)
    assert last_two([later, people, earlier]) == (earlier, later)
    assert last_two([people, later]) is None
    assert last_two([later]) is None
    assert last_two([]) is None


def test_a_source_that_was_introduced_holds_for_the_next_paragraph() -> None:
    introduction = Sentence("Hieronder volgen de cijfers van CoMensha.", 0, 1, "body")
    following = Sentence("Er zijn 30 zaken.", 43, 2, "body")

    memory = introduced(Memory(1), introduction)

    assert settled(next_paragraph(memory, following)).source == "CoMensha"
    assert settled(next_paragraph(memory._replace(has_figures=True), following)).source is None
    assert settled(next_paragraph(memory, following._replace(place="footnote"))).source is None


def test_what_somebody_only_told_does_not_outlast_the_next_remark() -> None:
    told = introduced(Memory(1), Sentence("TransRail heeft laten weten dat het beter gaat.", 0, 1, "body"))
    remark = introduced(told, Sentence("De weg is lang.", 48, 1, "body"))

    assert (settled(told).source, settled(told).introduced) == ("TransRail", False)
    assert settled(remark).source is None
