"""Page furniture: lines that a printed page repeats (numbers, names, labels), which are none of the letter.

Found as spans of the text as received; nothing is changed here.
"""

import re
from collections import Counter
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import groupby

from transforms.vocabulary import alternatives, compiled, words


def furniture(plain: str) -> list[tuple[int, int]]:
    """Spans of furniture, in order, of a text whose white space is plain spaces, line ends and form feeds.

    Lines with nothing but white space between them are one span.
    """
    if not any(word in plain for word in _furniture_words()):
        return []
    found: list[tuple[int, int]] = []
    first = _furniture_line().match("\n" + plain[: plain.find("\n") + 1 or None])
    if first:
        found.append((0, first.end() - 1))
    for match in _furniture_line().finditer(plain):
        if found and is_white(plain, found[-1][1], match.start()):
            found[-1] = (found[-1][0], match.end())
        else:
            found.append(match.span())
    return _with_labels(plain, found)


def is_white(plain: str, start: int, end: int) -> bool:
    """Whether nothing but white space stands in [start, end)."""
    match = _WHITE.match(plain, start, max(start, end))
    return match is not None and match.end() >= end


def white_end(plain: str, start: int) -> int:
    """Where the white space ends that begins at `start`."""
    match = _WHITE.match(plain, start)
    return match.end() if match else start


_WHITE = re.compile(r"\s*")


@cache
def _furniture_line() -> re.Pattern[str]:
    part = alternatives(words("reading")["furniture"]["lines"])
    return re.compile(rf"\n[ \f]*(?:{part} *){{1,4}}(?=\n|\Z)", re.IGNORECASE)


@cache
def _furniture_words() -> tuple[str, ...]:
    return tuple(words("reading")["furniture"]["needs"])


def _with_labels(plain: str, found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans with what ministries print beside the numbers of pages: what a letter is called and of."""
    if _labelled_line().search(plain) is None:
        return found
    number = re.compile(words("reading")["furniture"]["page_number"])
    again = _coming_again(plain)
    spans: list[tuple[int, int]] = []
    for start, end in found:
        first, last = start, end
        if number.search(plain, start, end):
            first, last = _labels_before(plain, start, again), _labels_end(plain, end, again)
        if spans and is_white(plain, spans[-1][1], first):
            first = spans.pop()[0]
        spans.append((first, last))
    return spans


@cache
def _labelled_line() -> re.Pattern[str]:
    """A label with what it says, on its line or the next one that isn't empty; groups tell which."""
    part = words("reading")["furniture"]
    says = rf"(?::? +|:?\s*\n[ \f]*){part['labelled']}"
    pattern = rf"\n[ \f]*{part['label']}(?:{says}|:?(?=\s*\n[ \f]*{part['label']}\b))[ \f]*(?=\n|\Z)"
    return compiled("reading", pattern, flags=re.NOFLAG)


def _labels_end(plain: str, end: int, again: AbstractSet[str]) -> int:
    """Where the labels end that follow from `end` on, with the lines between them that come again."""
    last = at = end
    for _ in range(_MOST_LINES):
        blank = _BLANKS.match(plain, at)
        at = blank.end() if blank else at
        if labelled := _labelled_line().match(plain, at):
            last = at = labelled.end()
        elif (line := _LINE.match(plain, at)) and line[1] in again:
            at = line.end()
        else:
            break
    return last


def _labels_before(plain: str, start: int, again: AbstractSet[str]) -> int:
    """Where the labels begin, or lines that come again above them, that go on until `start`."""
    first, at = start, start
    for _ in range(_MOST_LINES):
        at = plain.rfind("\n", 0, at)
        if at < 0:
            break
        line = _LINE.match(plain, at)
        opens = _labelled_line().match(plain, at) or (line and line[1] in again)
        if opens and is_white(plain, _labels_end(plain, at, again), start):
            first = at
    return first


def _coming_again(plain: str) -> frozenset[str]:
    """The lines without a sentence's sign or a figure that stand in two places of the text or more."""
    counted = Counter(line for line, _ in groupby(plain.split("\n")[:-1]))
    return frozenset(line for line, n in counted.items() if n > 1 and _NAME_LINE.fullmatch(line.strip()))


#: So many lines are looked at above and below the number of a page.
_MOST_LINES = 12
_LINE = re.compile(r"\n([^\n]+)")
_BLANKS = re.compile(r"(?:\n[ \f]*(?=\n))*")
_NAME_LINE = re.compile(r"[A-Z][^\d.?!:;|]{2,70}")
