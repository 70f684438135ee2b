"""Printed pages: what belongs to the page and not to the letter, its footnotes and their markers.

Footnote blocks are found as spans of the text as received; nothing is changed here. A marker is told from a
digit of the text by the page's own notes.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.furniture import furniture, is_white, white_end
from transforms.vocabulary import compiled, words

#: More than a page holds: further back no marker is looked for.
_PAGE = 12_000
_TERMINAL = ".?!:;"


class Note(NamedTuple):
    """A footnote: its number, and [start, end) of its text without the number."""

    number: int
    start: int
    end: int


class Pages(NamedTuple):
    """What is taken out of the running text.

    `cuts` are furniture and footnote blocks in their order; `markers` lead from the start of a footnote
    marker to its end; `doubtful` are digits that may be a marker and can't be settled.
    """

    cuts: list[tuple[int, int]]
    notes: list[Note]
    markers: dict[int, int]
    doubtful: frozenset[int]


def pages(plain: str) -> Pages:
    """Furniture, notes and markers of a text whose white space is plain spaces, line ends and form feeds."""
    lines = furniture(plain)
    starts = list(_note_lines(plain))
    markers, doubtful = _loose_markers(plain), frozenset[int]()
    if not starts:
        return Pages(lines, [], markers, doubtful)
    marks = Marks(plain, lines, bracketed=any(start.in_bracket for start in starts))
    blocks = list(_blocks(plain, starts, _page_ends(plain, lines), marks))
    if blocks:
        settled, doubtful = _settled(plain, blocks, marks)
        markers |= settled
    cuts = sorted([*lines, *((block.start, block.end) for block in blocks)])
    return Pages(cuts, [note for block in blocks for note in block.notes], markers, doubtful)


# Footnote blocks


class NoteLine(NamedTuple):
    """A line that may be the first of a note: where it begins, where its text does, its number."""

    start: int
    text: int
    number: int
    in_bracket: bool
    after_blank: bool


class Block(NamedTuple):
    """Notes that stand together, [start, end) of the text."""

    start: int
    end: int
    notes: tuple[Note, ...]
    in_bracket: bool = False  # their numbers are


class Mark(NamedTuple):
    """What may be a footnote marker: [start, end), its number, and what it is glued to or stands in."""

    start: int
    end: int
    number: int
    kind: str  # word, year, stop, bare, line, bracketed, in_bracket


class Marks:
    """All of a text that may mark a note, looked for when it is first asked for."""

    def __init__(self, plain: str, furniture: Sequence[tuple[int, int]], *, bracketed: bool) -> None:
        self._plain = plain
        self._furniture = furniture
        self._kinds = ["glued", "line"]
        self._kinds += ["in_bracket"] if bracketed else []
        self._kinds += ["bracketed"] if "[" in plain else []
        self._by_number: dict[tuple[int, bool], list[Mark]] | None = None

    def between(self, number: int, start: int, end: int, *, in_bracket: bool = False) -> list[Mark]:
        """The marks of a number in [start, end), in the order of the text."""
        first, marks = self._from(number, start, in_bracket)
        return marks[first : bisect_left(marks, (end,))]

    def is_cited(self, number: int, start: int, end: int, *, in_bracket: bool = False) -> bool:
        """Whether something in [start, end) may mark this note."""
        first, marks = self._from(number, start, in_bracket)
        return first < len(marks) and marks[first].start < end

    def _from(self, number: int, start: int, in_bracket: bool) -> tuple[int, list[Mark]]:
        if self._by_number is None:
            self._by_number = self._found()
        marks = self._by_number.get((number, in_bracket), [])
        return bisect_left(marks, (start,)), marks

    def _found(self) -> dict[tuple[int, bool], list[Mark]]:
        found: dict[tuple[int, bool], list[Mark]] = {}
        for kind in self._kinds:
            for match in _marker(kind).finditer(self._plain):
                kind_, start = match.lastgroup or kind, match.start(match.lastgroup or 0)
                start -= kind_ == "word"  # its first digit comes before the group
                if not _is_digit_of_text(self._plain, kind_, match.end()) and not self._in_furniture(start):
                    for digits in _DIGITS.findall(self._plain, start, match.end()):
                        mark = Mark(start, match.end(), int(digits), kind_)
                        found.setdefault((mark.number, kind_ == "in_bracket"), []).append(mark)
        for marks in found.values():
            marks.sort()
        return found

    def _in_furniture(self, at: int) -> bool:
        index = bisect_left(self._furniture, (at,)) - 1
        return index >= 0 and at <= self._furniture[index][1]


_DIGITS = re.compile(r"\d{1,3}")


@cache
def _note_line() -> re.Pattern[str]:
    return re.compile(words("reading")["note"]["line"])


def _note_lines(plain: str) -> Iterator[NoteLine]:
    for match in _note_line().finditer(plain):
        number = int(match["number"] or match["dated"] or match["bracket"])
        blank = _ENDS_BLANK.match(plain, max(0, match.start() - 9), match.start()) is not None
        yield NoteLine(match.start(), match.end(), number, match["bracket"] is not None, blank)


#: Of the few characters before a line: an empty line, but for spaces.
_ENDS_BLANK = re.compile(r"[^\n]*(?:\n[ \f]*)+\Z")


def _page_ends(plain: str, furniture: Iterable[tuple[int, int]]) -> list[int]:
    """Where pages end: at furniture, a form feed, a line that begins with a single space, the text's end."""
    turns = [match.start() for match in _TURN.finditer(plain)]
    return sorted([*(start for start, _ in furniture), *turns, len(plain)])


_TURN = re.compile(r"\n(?: (?=[^ \n])| *\f)")


def _blocks(plain: str, lines: Sequence[NoteLine], ends: Sequence[int], marks: Marks) -> Iterator[Block]:
    by_number: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        by_number.setdefault(line.number, []).append(index)
    index, last, done = 0, 0, 0
    while index < len(lines):
        line = lines[index]
        opens = line.number in (1, last + 1)
        if line.start >= done and (opens or line.after_blank):
            page_end = min(ends[bisect_left(ends, line.text)], line.text + _PAGE)
            again = _next(lines, by_number[line.number], index, page_end) is not None
            # a line of the body can begin with the marker itself: the note is the last line that does
            if line.after_blank or not again:
                notes, after = _followed(plain, lines, by_number, index, page_end)
                bounds = Bounds(done, notes[-1].end, page_end)
                found = _opens(plain, line, notes, bounds, marks)
                if found and (opens or _are_cited(plain, line, notes, bounds, marks)):
                    yield Block(line.start, notes[-1].end, tuple(notes), line.in_bracket)
                    last, done, index = notes[-1].number, notes[-1].end, after
                    continue
        index += 1
    if not done:
        yield from _last_block(plain, lines, marks)


class Bounds(NamedTuple):
    """Of what may be a block: where the one before it ended, where it ends itself, where its page does."""

    done: int
    end: int
    page_end: int


def _opens(plain: str, line: NoteLine, notes: Sequence[Note], bounds: Bounds, marks: Marks) -> bool:
    """Whether the notes that would begin at this line are notes: they close the page, or one is cited."""
    closes = is_white(plain, bounds.end, bounds.page_end)
    if line.in_bracket:
        return closes and bounds.page_end == len(plain) and _is_cited(line, bounds.done, marks)
    if line.after_blank:
        above = not is_white(plain, bounds.done, line.start)
        return above and (closes or _is_cited(line, bounds.done, marks))
    if closes:
        start = max(bounds.done, line.start - _PAGE)
        if any(marks.is_cited(note.number, start, line.start) for note in notes):
            return True
        # the page ends in the middle of a sentence: its notes may be cited behind it
        after = plain[white_end(plain, bounds.end) :][:1]
        cut = after.islower() and _is_unfinished(plain, line.start)
        return cut and any(marks.is_cited(note.number, bounds.end, bounds.end + _PAGE) for note in notes)
    return _is_unfinished(plain, line.start) and _is_cited(line, bounds.done, marks)


def _are_cited(plain: str, line: NoteLine, notes: Sequence[Note], bounds: Bounds, marks: Marks) -> bool:
    """Whether notes that no others come before close their page, and two are cited on it."""
    if line.in_bracket or not is_white(plain, bounds.end, bounds.page_end):
        return False
    start = max(bounds.done, line.start - _PAGE)
    return sum(marks.is_cited(note.number, start, line.start) for note in notes) > 1


def _last_block(plain: str, lines: Sequence[NoteLine], marks: Marks) -> Iterator[Block]:
    """The notes at the end of a piece of a letter, which begin with any number that a word before cites."""
    end, first = len(plain.rstrip()), len(lines) - 1
    while first > 0 and lines[first - 1].number == lines[first].number - 1:
        first -= 1
    notes = [
        Note(line.number, line.text, after.start)
        for line, after in zip(lines[first:], lines[first + 1 :], strict=False)
    ]
    notes.append(Note(lines[-1].number, lines[-1].text, end))
    if any(note.end - note.start > _LONGEST or _BLANK.search(plain, note.start, note.end) for note in notes):
        return
    line = lines[first]
    near = marks.between(line.number, max(0, line.start - _PAGE), line.start)
    cut = (
        _is_unfinished(plain, line.start) and _NAMES_SOURCE.search(plain, line.text, notes[0].end) is not None
    )
    if not line.in_bracket and (cut or any(mark.kind == "word" for mark in near)):
        yield Block(line.start, end, tuple(notes))


#: What a note that names its source holds, and a sentence hardly.
_NAMES_SOURCE = re.compile(r"https?:|www\.|\.nl\b| \| |\A«|Kamerstuk|Handelingen|, nr\. \d")


def _next(lines: Sequence[NoteLine], numbered: Sequence[int], index: int, end: int) -> int | None:
    """The index of the next line of a number behind `index`, where it begins before `end`."""
    at = bisect_right(numbered, index)
    return numbered[at] if at < len(numbered) and lines[numbered[at]].start < end else None


def _is_cited(line: NoteLine, done: int, marks: Marks) -> bool:
    start = max(done, line.start - _PAGE)
    return marks.is_cited(line.number, start, line.start, in_bracket=line.in_bracket)


def _followed(
    plain: str, lines: Sequence[NoteLine], by_number: dict[int, list[int]], index: int, page_end: int
) -> tuple[list[Note], int]:
    """The notes from `index` on, and the index of the next line that may begin one."""
    notes: list[Note] = []
    unfinished = _is_unfinished(plain, lines[index].start)
    while True:
        line = lines[index]
        after = _next(lines, by_number.get(line.number + 1, []), index, page_end)
        limit = page_end if after is None else lines[after].start
        end = _note_end(plain, line.text, min(limit, line.text + _LONGEST), unfinished=unfinished)
        notes.append(Note(line.number, line.text, end))
        if after is None or not is_white(plain, end, limit):
            return notes, index + 1
        index = after


#: No note is longer.
_LONGEST = 3_000
_BLANK = re.compile(r"\n[ \f]*\n")
#: The note is finished, the sentence that it cut goes on.
_RESUMED = re.compile(r"[.)»”\"] *\n(?=[a-zà-ÿ])")


def _note_end(plain: str, start: int, limit: int, *, unfinished: bool) -> int:
    ends = [limit]
    if blank := _BLANK.search(plain, start, limit):
        ends.append(blank.start())
    if unfinished and (resumed := _RESUMED.search(plain, start, limit)):
        ends.append(resumed.start() + 1)
    return min(ends)


_TAIL = 60
_MARKED_END = re.compile(r"(?:(?<=[^\W\d_])|(?<=[^\d\s][.?!:;»”\"')]))\d{1,3}$")


def ending(plain: str, end: int) -> str:
    """The last character of the text before `end`, but for a marker, closing quotes or brackets."""
    tail = plain[max(0, end - _TAIL) : end].rstrip()
    if tail[-1:].isdigit():
        tail = _MARKED_END.sub("", tail)
    return tail.rstrip("»”\"')")[-1:]


def _is_unfinished(plain: str, end: int) -> bool:
    """Whether the text before `end` breaks off in the middle of a sentence."""
    return (ending(plain, end) or ".") not in _TERMINAL


# Footnote markers


@cache
def _marker(to: str) -> re.Pattern[str]:
    return compiled("reading", words("reading")["marker"][to], flags=re.NOFLAG)


@cache
def _name() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_]){words('reading')['note']['names']}$")


def _loose_markers(plain: str) -> dict[int, int]:
    """Markers that need no note to be known: in brackets, behind a sentence's end, alone on a line."""
    found: dict[int, int] = {}
    if "[" in plain:
        found |= {match.start(): match.end() for match in _marker("bracketed").finditer(plain)}
        for match in _marker("part_of_word").finditer(plain):
            found |= {match.start(): match.start() + 1, match.end() - len(match[1]): match.end()}
    found |= {match.start(1): match.end(1) for match in _marker("after_stop").finditer(plain)}
    lone = [match.span() for match in _marker("lone").finditer(plain) if _in_running_text(plain, match)]
    if lone and _HEADS_WITH_NUMBERS.search(plain):
        lone = [span for span in lone if plain[span[1] + 1].islower()]
    return found | dict(lone)


def _in_running_text(plain: str, match: re.Match[str]) -> bool:
    """Whether the line before is a line of text, not a heading or a cell."""
    end = match.start()
    return end - plain.rfind("\n", max(0, end - 40), end) > 40 or plain[end - 1 : end] in (".", "?", "!", "»")


#: Questions headed by a bare number: the answers have a heading without one.
_HEADS_WITH_NUMBERS = re.compile(r"\nAntwoord(?:en)? *:?\n")


def _is_digit_of_text(plain: str, kind: str, end: int) -> bool:
    """Whether the digit belongs to a name (`CO2`), or to what may be a year."""
    if kind == "word":
        return _name().search(plain, max(0, end - 12), end) is not None
    if kind == "stop":
        stop = plain.rindex(".", 0, end) + 1
        return _marker("of_text").search(plain, max(0, stop - _BEFORE_STOP), stop) is None
    return kind == "bare" and _YEAR.search(plain, max(0, end - 5), end) is not None


#: Characters of a number and the word before it.
_BEFORE_STOP = 30
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d\Z")
_DOTTED_THOUSANDS = re.compile(r"\d(?<![\d.,]\d)\.\d{3}(?![\d.,]\d)")


@lru_cache(maxsize=1)
def _has_dotted_thousands(plain: str) -> bool:
    return _DOTTED_THOUSANDS.search(plain) is not None


def _settled(plain: str, blocks: Sequence[Block], marks: Marks) -> tuple[dict[int, int], frozenset[int]]:
    """Start to end of each marker of a note, and the digits that may be one but can't be settled."""
    markers: dict[int, int] = {}
    doubtful: set[int] = set()
    bodies = _bodies(plain, blocks)
    for block, own, following in zip(blocks, bodies, bodies[1:], strict=False):
        since = 0  # the notes of a page are cited in their order
        for note in block.notes:
            # a note can be cited after its block, on the next page
            bracket = block.in_bracket
            near = marks.between(note.number, max(own[0], own[1] - _PAGE), own[1], in_bracket=bracket)
            after = marks.between(
                note.number, following[0], min(following[1], following[0] + _PAGE), in_bracket=bracket
            )
            # or in a note before it
            in_notes = [
                mark
                for mark in marks.between(note.number, block.start, note.start - 1, in_bracket=bracket)
                if mark.kind in ("word", "year")
            ]
            for area in (near, after, in_notes):
                later = [mark for mark in area if mark.start >= since]
                chosen, doubts = _chosen(plain, later or area, markers)
                markers |= chosen
                doubtful |= doubts
                if chosen:
                    since = min(chosen)
                    break
            else:
                if sole := _sole(plain, note.number, (max(since, own[0], own[1] - _PAGE), own[1]), markers):
                    markers |= sole
                    since = min(sole)
    numbers = {note.number for block in blocks for note in block.notes}
    for number in sorted(numbers):
        for mark in marks.between(number, 0, len(plain)):
            if mark.kind == "year" and _TOO_LONG.search(plain, max(0, mark.start - 4), mark.start):
                markers.setdefault(mark.start, mark.end)  # `8.3001` is no number
    return markers, frozenset(doubtful)


#: Thousands with their dot: a digit more is none of theirs.
_TOO_LONG = re.compile(r"\.\d{3}\Z")


def _sole(plain: str, number: int, within: tuple[int, int], taken: dict[int, int]) -> dict[int, int]:
    """The marker of a note that nothing else cites, where just one count on its page ends with its number.

    Three digits (`842`), or what looks like a year behind a year (`in 2022 2031 verdachten`); a count that
    goes with a sign or a unit of its own is none.
    """
    found = [
        (match.end(1) - len(str(number)), match.end(1))
        for match in _COUNT.finditer(plain, *within)
        if match[1].endswith(str(number)) and match.end(1) - len(str(number)) not in taken
    ]
    return dict(found) if len(found) == 1 else {}


_COUNT = re.compile(
    r"(?<![\w.,/–€-])(?<![€–-] )(?<!nr\. )((?<=\b\d{4} )[12]\d{3}|[1-9]\d\d)"
    r"(?![\w%/–-]|[.,]\d| ?(?:%|procent|euro|miljoen|miljard|mln|jaar|uur)| \d{3}(?!\d))"
)


def _bodies(plain: str, blocks: Sequence[Block]) -> list[tuple[int, int]]:
    starts = [0, *(block.end for block in blocks)]
    return list(zip(starts, [*(block.start for block in blocks), len(plain)], strict=True))


def _is_listed(plain: str, mark: Mark) -> bool:
    """Whether a number at a line's start is that of a list's item: the item after or before it is near."""
    if mark.kind != "line" or plain[mark.end : mark.end + 1] not in (".", ")"):
        return False
    near = plain[max(0, mark.start - _ITEM) : mark.end + _ITEM]
    return any(f"\n{number}{plain[mark.end]} " in near for number in (mark.number - 1, mark.number + 1))


#: Characters of a list's item, mostly.
_ITEM = 400


#: Marks that are nothing else.
_SURE = ("word", "bracketed", "in_bracket")


def _chosen(plain: str, marks: Sequence[Mark], taken: dict[int, int]) -> tuple[dict[int, int], set[int]]:
    """The markers of a note among these: glued to words, else to a year or count, else at a line's start."""
    free = [mark for mark in marks if mark.start not in taken]
    glued = {mark.start: mark.end for mark in free if mark.kind in _SURE}
    if glued:
        return glued, set()
    for kind in ("year", "stop", "line"):
        of_kind = [mark for mark in free if mark.kind == kind and not _is_listed(plain, mark)]
        if of_kind:
            return {of_kind[0].start: of_kind[0].end}, set()
    bare = [mark for mark in free if mark.kind == "bare"]
    if not bare:
        return {}, set()
    dotted = _has_dotted_thousands(plain)
    if len(bare) == 1 and (dotted or _counts_of_four_digits(plain) == 1):
        # this letter writes its thousands with a dot, or has no others: these are a count and its marker
        return {bare[0].start: bare[0].end}, set()
    return {}, {mark.start for mark in bare} if dotted else set()


@lru_cache(maxsize=1)  # asked for each of its notes
def _counts_of_four_digits(plain: str) -> int:
    return len(_FOUR_DIGITS.findall(plain))


#: A number of four digits that is no year.
_FOUR_DIGITS = re.compile(r"(?<![–-] )(?<![\w.,/–-])(?!(?:19|20)\d\d)[1-9]\d{3}(?![\w.,/–-]|[.,]\d)")
