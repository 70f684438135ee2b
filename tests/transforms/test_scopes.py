"""What was said around a sentence."""

from transforms.scopes import Scope, entered, left
from transforms.sentences import Sentence


def around(*sentences: Sentence) -> tuple[str, ...]:
    """What was said around the last of the sentences, the nearest first."""
    scope = inside = Scope()
    for sentence in sentences:
        inside = entered(scope, sentence)
        scope = left(inside, sentence)
    return inside.texts()


def sentence(text: str, paragraph: int, place: str = "body") -> Sentence:
    return Sentence(text, 0, paragraph, place)


def test_the_nearest_comes_first() -> None:
    told = around(
        sentence("Opvang", 1),
        sentence("Er zijn tehuizen.", 2),
        sentence("Zij zijn vol.", 3),
        sentence("Dat blijft zo.", 3),
        sentence("Er zijn er 12.", 3),
    )
    assert told == ("Dat blijft zo.", "Zij zijn vol.", "Opvang", "Er zijn tehuizen.")


def test_a_heading_begins_a_section() -> None:
    told = around(sentence("Er zijn tehuizen.", 1), sentence("Opsporing", 2), sentence("Er zijn er 12.", 3))
    assert told == ("Opsporing",)


def test_the_end_of_the_section_before_is_kept_apart() -> None:
    scope = Scope()
    for each in (sentence("Er zijn tehuizen.", 1), sentence("Zij zijn vol.", 2), sentence("Opsporing", 3)):
        scope = left(entered(scope, each), each)
    assert (scope.heading, scope.earlier) == ("Opsporing", "Er zijn tehuizen. Zij zijn vol.")


def test_a_question_and_its_answer_are_a_section() -> None:
    told = around(
        sentence("Hoeveel tehuizen zijn er?", 1, "question"),
        sentence("Er zijn er 12.", 2, "answer"),
        sentence("Hoeveel zaken zijn er?", 3, "question"),
        sentence("Er zijn er 30.", 4, "answer"),
    )
    assert told == ("Hoeveel zaken zijn er?",)
