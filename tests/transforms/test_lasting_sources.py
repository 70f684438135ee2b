"""Whose the figures to come are."""

from transforms.figures import Memory
from transforms.lasting_sources import settled
from transforms.remembering import introduced, next_paragraph
from transforms.sentences import Sentence


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
