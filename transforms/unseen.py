"""What a letter holds and nobody sees: markup, what steers a terminal, characters without a width."""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import NamedTuple

from transforms.repairs import Edit
from transforms.vocabulary import alternatives, words


class Unseen(NamedTuple):
    """Edits that take it out, and digits that don't show in the order in which they stand (offsets)."""

    edits: list[Edit]
    doubtful: frozenset[int]


def unseen(text: str) -> Unseen:
    """What nobody sees in a text, in the order of the text but for markup, which comes first."""
    found = without_width(text)
    return Unseen([*_markup(text), *found.edits], found.doubtful) if "<" in text else found


def without_width(text: str) -> Unseen:
    """Characters that take no place, and what steers a terminal."""
    edits: list[Edit] = []
    doubtful: set[int] = set()
    if not text.isascii():
        edits += (_gone(text, *match.span()) for match in _NO_WIDTH.finditer(text))
        if _TURNED_ROUND in text:
            doubtful.update(at for match in _BACKWARDS.finditer(text) for at in range(*match.span()))
    if "\x1b" in text or "\x9b" in text:
        for match in _STEERING.finditer(text):
            edits.append(_gone(text, *match.span()))
            if _in_number(text, *match.span()):  # who knows what is left of it on a screen
                doubtful |= {match.start() - 1, match.end()}
    return Unseen(edits, frozenset(doubtful))


def character_references(text: str) -> Iterator[Edit]:
    """`&euro;` and `&#8364;`, each as the character that it stands for."""
    if "&" not in text:
        return
    for match in _REFERENCE.finditer(text):
        character = unescape(match[0])
        shows = character.isprintable() or character.isspace()
        if len(character) == 1 and shows and not character.isdigit():
            yield Edit(*match.span(), " " if character.isspace() else character)


#: Spaces without a width, marks of direction and of joining, tags of languages.
_NO_WIDTH = re.compile("[\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]+")
#: From here on, up to its end or the line's, the last character stands first.
_TURNED_ROUND = "\u202e"
_BACKWARDS = re.compile("\u202e[^\u202c\n]*")
#: Control sequences, titles of windows and other strings, and other escapes of terminals (ECMA-48).
_STEERING = re.compile(
    r"\x1b(?:\[[0-?]*[ -/]*[@-~]?|[\]PX^_][^\x07\x1b\n]*(?:\x07|\x1b\\)?|[ -/]*[0-~]?)|\x9b[0-?]*[ -/]*[@-~]?"
)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8}\d{0,2});")


def _gone(text: str, start: int, end: int) -> Edit:
    """Nothing in its place, but for a space where it parts a number from a word."""
    before, after = text[start - 1 : start], text[end : end + 1]
    parts = (before.isdigit() and after.isalpha()) or (before.isalpha() and after.isdigit())
    return Edit(start, end, " " if parts else "")


def _in_number(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start].isdigit() and text[end : end + 1].isdigit()


@cache
def _tag() -> re.Pattern[str]:
    """A tag, or a note that is set small; a declaration."""
    named = alternatives(words("reading")["markup"]["tags"])
    return re.compile(
        rf"<(?:sup|SUP)>[^<>]{{0,8}}</(?:sup|SUP)>|</?(?P<name>{named})(?![\w:.@-])[^<>]*>|<[!?][A-Za-z\[][^<>]*>",
        re.IGNORECASE,
    )


def _markup(text: str) -> Iterator[Edit]:
    """Comments and scripts, with what is in them, and tags: a space for those that part words."""
    hidden = sorted(_hidden(text))
    yield from hidden
    within = words("reading")["markup"]["within_words"]
    for match in _tag().finditer(text):
        inline = match["name"] is None or match["name"].lower() in within
        yield Edit(*match.span(), "" if inline else _space(text, *match.span()))


#: How parts begin and end that hold no text.
_HIDDEN = (("<!--", "-->"), ("<script", "</script>"), ("<style", "</style>"))


def _hidden(text: str) -> Iterator[Edit]:
    lowered = text.lower()
    if len(lowered) != len(text):  # `İ` is two letters then
        lowered = text
    for opens, closes in _HIDDEN:
        end = 0
        while (start := lowered.find(opens, end)) >= 0 and (end := lowered.find(closes, start)) >= 0:
            end += len(closes)
            yield Edit(start, end, _space(text, start, end))


def _space(text: str, start: int, end: int) -> str:
    """A space, where there is none beside it."""
    return "" if text[start - 1 : start].isspace() or text[end : end + 1].isspace() else " "
