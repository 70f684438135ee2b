"""Where the lines of a printed page were joined without the space between them.

Some programs end a paragraph with a line end and put nothing between its lines: `dan omcirca 40 schepen`.
The lines of a page are equally wide, so the place of each joint is nearly known: it lies in the word in which
that width is reached. Which letters the words before and behind it have is told by signs, by lists and words
that stand elsewhere in the text. Where nothing tells, the word stays as it is.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from transforms.nouns import is_listed, is_participle, stops
from transforms.vocabulary import words


class Joint(NamedTuple):
    """The last character of a line is before `at`, the first of the next one there."""

    at: int
    hyphen: bool  # whether the line ended with a hyphen


def line_joints(plain: str) -> list[Joint]:
    """The joints that can be told, in order; none in a text whose lines aren't joined in this way.

    `plain`: the text as received, with spaces for white space of other kinds.
    """
    paragraphs = [match.span() for match in _PARAGRAPH.finditer(plain)]
    if not paragraphs:
        return []
    least = _OF_LINES if _SIGN.search(plain) is not None else _OF_LINES_ALONE
    page = _Page(plain, _width_of_lines(plain), Counter(_WORD.findall(plain.lower())))
    told: list[Joint] = []
    lines = 0
    for start, end in paragraphs:
        for joint in _joints(page, start, end):
            lines += 1
            told += [joint] if joint is not None else []
        if lines > _ENOUGH and len(told) < least * lines / 2:
            return []
    return told if len(told) >= max(_FEWEST, least * lines) else []


class _Page(NamedTuple):
    """A text, how wide its lines are, and the words that stand in it."""

    plain: str
    width: float
    words: Counter[str]


#: A line that is longer than one of a page, and none of a note.
_PARAGRAPH = re.compile(r"^(?!\d{1,3}(?!\d| \d| [a-z])[^\n]|[^\n]{0,200}://)[^\n]{90,}$", re.MULTILINE)
#: What is seldom glued together but where lines were.
_SIGN = re.compile(r"[a-zà-ÿ]{3}(?:[.?!:)]?[A-Z][a-zà-ÿ]{2}|[,;)][a-zà-ÿ]{2})")
#: Joints that a text must show, and of how many of its lines: with such a sign and without.
_FEWEST, _OF_LINES, _OF_LINES_ALONE = 3, 0.2, 0.35
#: After so many lines that is looked at.
_ENOUGH = 30
_WORD = re.compile(r"[^\W\d_]+")


# Widths


@cache
def _widths() -> dict[str, int]:
    return {letter: int(width) for width, letters in words("reading")["width"].items() for letter in letters}


def _width(text: str) -> float:
    """How wide a text is in a type without serifs, in thousandths of its size."""
    widths = _widths()
    return sum(map(widths.get, text, [556] * len(text)))


#: A line that the next one goes on with, and that is none of a note.
_WHOLE_LINE = re.compile(r"^(?=[^\n\d])([^\n]{50,90})\n(?=[a-zà-ÿ])", re.MULTILINE)


def _width_of_lines(plain: str) -> float:
    """The width of the widest lines that are whole; else what it is in Parliament's papers."""
    widths = (_width(match[1]) for match in _WHOLE_LINE.finditer(plain))
    found = [width for width in widths if width < _WIDEST]  # others are of no page that is printed
    widest = max(found, default=0)
    return widest if len(found) >= _FEW else max(widest, _USUAL)


_USUAL, _WIDEST = 34_600, 35_500
#: So many lines show how wide they can be.
_FEW = 6


# Joints


def _joints(page: _Page, start: int, end: int) -> Iterator[Joint | None]:
    """The joints of a paragraph; None for one that can't be told."""
    while True:
        tokens = list(_reaching(page, start, end))
        if not tokens:
            return
        ways = [way for token in tokens for way in _ways(page, start, *token)]
        best = max(ways, default=None)
        if best is None or best[0] < _LEAST:
            yield None
            start = max(start + 1, sum(tokens[0][:2]) // 2)
        else:
            yield Joint(best[1], hyphen=page.plain[best[1] - 1] == "-")
            start = best[1]


_TOLERANCE = 1_300
_LEAST = 1.0


def _reaching(page: _Page, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The words, with the signs beside them, in which the line that begins at `start` may end."""
    reached, last = 0.0, start
    for match in _TOKEN.finditer(page.plain, start, end):
        spaces = page.plain[last : match.start()].rpartition("\n")[2]
        reached += _width(spaces) + _width(match[0])
        last = match.end()
        if reached > page.width - _TOLERANCE:
            if reached - _width(match[0]) > page.width + _TOLERANCE:
                return
            yield match.span()


#: Without the spaces before it: a search for these would begin anew at each of a long row of them.
_TOKEN = re.compile(r"[^ \n]+")


def _ways(page: _Page, start: int, first: int, last: int) -> Iterator[tuple[float, int]]:
    """The places in a word where the line may have ended, with how much speaks for each."""
    token = page.plain[first:last]
    if "/" in token or "@" in token or len(token) > _LONGEST:
        return
    before = _width(page.plain[start:first])
    for at in range(1, len(token)):
        over = before + _width(token[:at]) - page.width
        if over > _TOLERANCE:
            break
        if (score := _score(page, token, at)) > 0:
            short = page.width - _TOLERANCE - (before + _width(token) + 278)
            yield score - max(over, short, 0) / 1_000, first + at


#: No two words that were joined have more letters, with the signs beside them.
_LONGEST = 80


def _score(page: _Page, token: str, at: int) -> float:
    """How much speaks for a line that ended before the letter `at` of a word."""
    left, right = token[:at], token[at:]
    if left[-1] == "-":
        return 3.0 if _HYPHENATED.search(left) and right[0].isalpha() else 0.0
    if right[0] in ".,;:?!)»”’'-%" or left[-1] in "(«“‘’'":
        return 0.0
    if not (left[-1].isalpha() and right[0].isalpha()):
        return _of_signs(left, right)
    if right[0].isupper():
        return 4.0 if left[-1].islower() and len(left) > 1 and page.words[token.lower()] < _OFTEN else 0.0
    before, behind = _LAST.search(left), _WORD.match(right)
    return _of_words(page, before[0], behind[0]) if before and behind and right[0].islower() else 0.0


#: A word with a capital within it that stands so often in a text is a name (`TikTok`).
_OFTEN = 2
_HYPHENATED = re.compile(r"[^\W\d_]{2}-$")
_LAST = re.compile(r"[^\W\d_]+$")


def _of_signs(left: str, right: str) -> float:
    """A sign or a figure and a letter or a figure, of which one must be a word."""
    if (left[-1].isdigit() and right[0].isdigit()) or (not right[0].isalnum() and right[0] not in "(«“€"):
        return 0.0
    if left[-1] in ".,-–/" and (
        len(left) < _SHORT or right[0].isdigit() or len(_WORD.findall(left[-3:])) == 0
    ):
        return 0.0
    return 4.0 if left[-1] in ",.;:?!)»”%" else 2.5


#: Shorter than that, what ends with a full stop is short for something (`o.a.`).
_SHORT = 4


def _of_words(page: _Page, left: str, right: str) -> float:
    """Two words of small letters, by how many of them are known."""
    left, right = left.lower(), right.lower()
    if page.words[left + right] > 1 or left + right in _frequent() or (right == "en" and _stands(page, left)):
        return 0.0  # a word of its own, a plural
    if right in words("reading")["hyphen"]["endings"]:
        return 0.0
    if left in _listed("particles") and (right.startswith("ge") and is_participle(right)):
        return 0.0  # `opgesteld`
    known = [_known(page, word) for word in (left, right)]
    longest = max((len(word) for word, each in zip((left, right), known, strict=True) if each), default=0)
    if 0.0 in known:
        other = right if known[0] else left
        alone = left not in _listed("prefixes") if known[0] else right in _listed("behind")
        if max(known) < _SURE or len(other) < _LONG or not alone:
            return 0.0
    compound = not any(word in _frequent() for word in (left, right))  # `landbouw` may be one word
    return (sum(known) + 0.03 * longest) * (_OF_COMPOUND if compound else 1)


_OF_COMPOUND = 0.6
#: A word that makes another one behind or before it one that isn't known, and how long that must be.
_SURE, _LONG = 1.5, 4


def _known(page: _Page, word: str) -> float:
    if word in _frequent():
        return 1.5 if len(word) > 2 or word in ("de", "te") else 1.0
    return 1.0 if _stands(page, word) else 0.0


def _stands(page: _Page, word: str) -> bool:
    """Whether a word, in this or another form, is listed or stands elsewhere in the text."""
    if len(word) < 3:
        return False
    forms = (word, word + "e", word + "s", word + "en", word.removesuffix("e"), word.removesuffix("s"))
    done = _SHORTEST < len(word) < _LONGEST and is_participle(word)
    return done or is_listed(word) or any(form in page.words for form in forms if len(form) > 2)


#: Letters of a participle.
_SHORTEST, _LONGEST = 5, 15


@cache
def _frequent() -> frozenset[str]:
    return stops() | _listed("frequent")


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(words("reading")["joint"][name])
