"""What a letter speaks of around a sentence: where the topic of a figure is looked for."""

from typing import NamedTuple

from transforms.sentences import Sentence, is_heading


class Scope(NamedTuple):
    """A section's heading and paragraphs so far, the end of the one before, its paragraph so far."""

    heading: str = ""
    section: str = ""
    earlier: str = ""
    paragraph: tuple[str, ...] = ()
    number: int = -1
    place: str = "body"

    def texts(self) -> tuple[str, ...]:
        """The scopes around the sentence, the nearest first."""
        return tuple(filter(None, (*reversed(self.paragraph), self.heading, self.section)))


def entered(scope: Scope, sentence: Sentence) -> Scope:
    """The scope in which a sentence stands; each question begins a section."""
    if sentence.place == "question" != scope.place:
        return Scope(number=sentence.paragraph, place="question")
    if sentence.paragraph == scope.number:
        return scope
    section = " ".join((scope.section, *scope.paragraph)).strip()[-_LONGEST:]
    return scope._replace(section=section, paragraph=(), number=sentence.paragraph, place=sentence.place)


def left(scope: Scope, sentence: Sentence) -> Scope:
    """The scope with the sentence in it; a heading begins a section."""
    if not scope.paragraph and is_heading(sentence):
        earlier = (scope.section or scope.earlier)[-_END:]
        return Scope(sentence.text, earlier=earlier, number=sentence.paragraph, place=sentence.place)
    return scope._replace(paragraph=(*scope.paragraph[1 - _MOST :], sentence.text))


#: Characters of a section, and sentences of a paragraph, that are remembered.
_LONGEST = 2000
_END = 600
_MOST = 8
