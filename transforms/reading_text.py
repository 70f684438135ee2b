"""The text as one reads it, and the way back to the letter as received.

Line ends, line-end hyphens, page turns and page furniture are taken out; footnote blocks are lifted out of
the sentences they cut and put behind the body; glued footnote markers go, told from digits by the page's own
notes.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from transforms.vocabulary import alternatives, compiled, words

#: Each stands for one character, so offsets hold.
_SPACES = str.maketrans(dict.fromkeys("\t\u00a0\u2007\u2009\u200a\u202f\u2002\u2003\r\x0b\x85", " "))
_TERMINAL = ".?!:;"
_HYPHENS = ("-", "\u00ad")
_LETTER = r"[^\W\d_]"


class Line(NamedTuple):
    """A line of the letter, [start, end) without its line end, white space at the sides left out."""

    start: int
    end: int
    text: str
    new_page: bool  # begins with a form feed or a single space, as the first line of a page does


class Note(NamedTuple):
    """A footnote: its number and its lines."""

    number: int
    lines: tuple[Line, ...]


class Page(NamedTuple):
    """Body lines up to a footnote block, the block's notes; `cut` marks where the next page goes on."""

    lines: tuple[Line, ...]
    notes: tuple[Note, ...]


class Piece(NamedTuple):
    """Characters of the reading text in one run: taken from `raw` on, or put in where `text` says so."""

    raw: int
    text: str


class ReadingText(NamedTuple):
    """Reading text, where its body ends and the notes begin, and the map back."""

    text: str
    body_end: int
    starts: list[int]
    raws: list[int]
    doubtful: frozenset[int]  # raw offsets of digits that may be a footnote marker

    def raw_offset(self, offset: int) -> int:
        """The raw offset of the character at `offset`."""
        piece = bisect_right(self.starts, offset) - 1
        return self.raws[piece] + offset - self.starts[piece]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """The half-open raw span from the first to the last character of [start, end)."""
        return self.raw_offset(start), self.raw_offset(end - 1) + 1

    def reading_offset(self, raw: int) -> int:
        """The first reading offset of the body at or after the raw offset."""
        return next(
            (
                start + max(raw - origin, 0)
                for start, origin, length in self._body_pieces()
                if origin + length > raw
            ),
            self.body_end,
        )

    def _body_pieces(self) -> Iterator[tuple[int, int, int]]:
        ends = [*self.starts[1:], len(self.text)]
        for start, raw, end in zip(self.starts, self.raws, ends, strict=True):
            if start < self.body_end:
                yield start, raw, end - start


def reading_text(text: str) -> ReadingText:
    """The reading text of a letter as received.

    Paragraphs are parted by an empty line. The notes follow the body, a paragraph each.
    """
    plain = text.translate(_SPACES)
    pages = list(_pages(_lines(plain)))
    markers, doubtful = _markers(plain, pages)
    body = _joined(plain, [page.lines for page in pages])
    notes = [piece for page in pages for note in page.notes for piece in _note_pieces(plain, note)]
    body_pieces = list(_repaired(body, markers))
    return _assembled(body_pieces, list(_repaired(notes, markers)), doubtful)


def _assembled(body: list[Piece], notes: list[Piece], doubtful: frozenset[int]) -> ReadingText:
    starts, raws, texts, length, body_end = [], [], [], 0, 0
    for count, piece in enumerate([*body, *notes]):
        if count == len(body):
            body_end = length
        starts.append(length)
        raws.append(piece.raw)
        texts.append(piece.text)
        length += len(piece.text)
    if not notes:
        body_end = length
    return ReadingText("".join(texts), body_end, starts or [0], raws or [0], doubtful)


# Lines and pages


def _lines(plain: str) -> list[Line]:
    lines, start = [], 0
    for raw in plain.split("\n"):
        stripped = raw.strip(" \f")
        first = start + len(raw) - len(raw.lstrip(" \f"))
        new_page = start > 0 and bool(stripped) and ("\f" in raw or (raw[0] == " " and raw[1:2] != " "))
        lines.append(Line(first, first + len(stripped), stripped, new_page))
        start += len(raw) + 1
    return [line for line in lines if not _is_furniture(line.text)]


@cache
def _furniture() -> re.Pattern[str]:
    return compiled("reading", alternatives(words("reading")["furniture"]["lines"]))


def _is_furniture(text: str) -> bool:
    return bool(text) and _furniture().fullmatch(text) is not None


@cache
def _note_start() -> re.Pattern[str]:
    return compiled("reading", words("reading")["note"]["start"])


def _note_number(line: Line) -> int | None:
    match = _note_start().match(line.text)
    return int(match[1]) if match else None


def _pages(lines: list[Line]) -> Iterator[Page]:
    """The body lines between footnote blocks, each with the block that closes it."""
    body: list[Line] = []
    index, last = 0, 0
    while index < len(lines):
        block = _note_block(lines, index, body, last)
        if block:
            notes, index = block
            last = notes[-1].number
            yield Page(tuple(body), tuple(notes))
            body = []
        else:
            body.append(lines[index])
            index += 1
    yield Page(tuple(body), ())


def _note_block(lines: list[Line], index: int, body: list[Line], last: int) -> tuple[list[Note], int] | None:
    """The notes that begin at `index` and the index behind them; None where no block begins."""
    number = _note_number(lines[index])
    if number is None or number not in (1, last + 1) or not _stands_alone(body):
        return None
    notes, end = _notes_from(lines, index, number, _unfinished(body))
    if _cited(number, body) or _begins_page(lines, end):
        return notes, end
    return None


def _stands_alone(body: list[Line]) -> bool:
    return bool(body) and not body[-1].text


def _begins_page(lines: list[Line], index: int) -> bool:
    following = _next_text(lines, index)
    return following is None or following.new_page


def _next_text(lines: list[Line], index: int) -> Line | None:
    return next((lines[i] for i in range(index, len(lines)) if lines[i].text), None)


def _unfinished(body: list[Line]) -> bool:
    """Whether the body breaks off in the middle of a sentence."""
    last = next((line.text for line in reversed(body) if line.text), ".")
    return _ending(last) not in _TERMINAL


_MARKED_END = re.compile(rf"(?:(?<={_LETTER})|(?<=[^\d\s][.?!:;»”\"')]))\d{{1,3}}$")


def _ending(text: str) -> str:
    """The last character of a line, but for a footnote marker and closing quotes or brackets."""
    return _MARKED_END.sub("", text).rstrip("»”\"')")[-1:]


def _notes_from(lines: list[Line], index: int, number: int, unfinished: bool) -> tuple[list[Note], int]:
    notes: list[Note] = []
    current = [lines[index]]
    index += 1
    while index < len(lines):
        line = lines[index]
        if not line.text or (line.new_page and _note_number(line) != number + 1):
            # an empty line ends the block, unless the next note follows it
            following = _next_text(lines, index)
            if following is None or _note_number(following) != number + 1:
                break
        elif _note_number(line) == number + 1:
            notes.append(Note(number, tuple(current)))
            number, current = number + 1, [line]
        elif unfinished and current[-1].text.endswith(".") and line.text[:1].islower():
            break  # the note is finished, the sentence it cut goes on
        else:
            current.append(line)
        index += 1
    return [*notes, Note(number, tuple(current))], index


#: More lines than a page has: further back no marker is looked for.
_PAGE = 120


def _cited(number: int, body: list[Line]) -> bool:
    marker = re.compile(rf"(?:{_LETTER}|[.,;:»”\"')\]]){number}(?!\d)")
    return any(marker.search(line.text) for line in body[-_PAGE:])


# Footnote markers


class Glued(NamedTuple):
    """What is glued to a word, a year or a count of a page and may mark a note: spans by the note's number.

    `bare` are last digits of four: a count and its marker, or one number.
    """

    certain: dict[int, list[tuple[int, int]]]
    bare: dict[int, list[tuple[int, int]]]


def _markers(plain: str, pages: list[Page]) -> tuple[dict[int, int], frozenset[int]]:
    """Raw start to raw end of each footnote marker, and the digits that may be one but can't be settled."""
    found: dict[int, int] = {}
    doubtful: set[int] = set()
    dotted = _DOTTED_THOUSANDS.search(plain) is not None
    noted = [index for index, page in enumerate(pages) if page.notes]
    glued = {index: _glued(plain, pages[index].lines) for index in {*noted, *(index + 1 for index in noted)}}
    for index in noted:
        for note in pages[index].notes:
            # a note can be cited after its block, on the next page
            span, doubts = _marker_of(note.number, (glued[index], glued[index + 1]), found, dotted=dotted)
            doubtful |= doubts
            if span:
                found[span[0]] = span[1]
    found |= {match.start(): match.end() for match in _BRACKETED.finditer(plain)}
    found |= {match.start(): match.end() for match in _SOFT_HYPHEN.finditer(plain)}
    return found, frozenset(doubtful)


#: Within a line it stands where a word might be broken, and is no part of it.
_SOFT_HYPHEN = re.compile("\u00ad(?=\\S)")
_BRACKETED = re.compile(r"(?<=\S)\[\d{1,3}(?:[ ,/]+\d{1,3})* ?\]")
_DOTTED_THOUSANDS = re.compile(r"(?<![\d.,])\d\.\d{3}(?![\d.,]\d)")


def _marker_of(
    number: int, areas: Iterable[Glued], taken: dict[int, int], *, dotted: bool
) -> tuple[tuple[int, int] | None, set[int]]:
    """The span of the note's marker: glued to a word or a sign, else to a year or a count."""
    doubts: set[int] = set()
    for area in areas:
        certain = [span for span in area.certain.get(number, ()) if span[0] not in taken]
        if certain:
            return certain[0], set()
        bare = [span for span in area.bare.get(number, ()) if span[0] not in taken]
        if dotted and len(bare) == 1:
            # this letter writes its thousands with a dot: four digits without one are a count and its marker
            return bare[0], set()
        doubts |= {start for start, _ in bare} if dotted else set()
    return None, doubts


def _glued(plain: str, lines: tuple[Line, ...]) -> Glued:
    area = (lines[0].start, lines[-1].end) if lines else (0, 0)
    certain: dict[int, list[tuple[int, int]]] = {}
    bare: dict[int, list[tuple[int, int]]] = {}
    for match in _marker("word").finditer(plain, *area):
        if not _is_name(plain, match.end(1)):
            certain.setdefault(int(match[1]), []).append(match.span(1))
    for match in _marker("year_or_count").finditer(plain, *area):
        certain.setdefault(int(match[1]), []).append(match.span(1))
    for match in _marker("bare_number").finditer(plain, *area):
        if not _could_be_year(plain, match.end(1)):
            bare.setdefault(int(match[1]), []).append(match.span(1))
    return Glued(certain, bare)


def _is_name(plain: str, end: int) -> bool:
    return (
        re.search(rf"(?<![^\W_]){words('reading')['note']['names']}$", plain[max(0, end - 12) : end])
        is not None
    )


def _could_be_year(plain: str, end: int) -> bool:
    return re.search(r"(?<!\d)(?:19|20)\d\d$", plain[max(0, end - 5) : end]) is not None


@cache
def _marker(to: str) -> re.Pattern[str]:
    return compiled("reading", words("reading")["marker"][to], flags=re.NOFLAG)


# Joining lines


def _joined(plain: str, pages: Iterable[Iterable[Line]]) -> Iterator[Piece]:
    """The lines' text, with what stands between them as one reads on."""
    flow = list(_flow(pages))
    for index, (line, gap, turned) in enumerate(flow):
        previous = flow[index - 1][0] if index else None
        following = flow[index + 1][0] if index + 1 < len(flow) else None
        if previous is not None:
            yield _join(previous, line, gap=gap, turned=turned)
        dropped = line.text.endswith(_HYPHENS) and not _hyphen_stays(line, following)
        yield Piece(line.start, plain[line.start : line.end - dropped])


def _flow(pages: Iterable[Iterable[Line]]) -> Iterator[tuple[Line, bool, bool]]:
    """The lines with text: each with whether it follows a gap, and a page turn."""
    for page in pages:
        gap = turned = True
        for line in page:
            if line.text:
                yield line, gap, turned or line.new_page
                gap = turned = False
            else:
                gap = True


def _hyphen_stays(line: Line, following: Line | None) -> bool:
    if line.text.endswith("\u00ad"):  # a soft hyphen says itself that it may go
        return False
    stem = re.search(r"(\w*)-$", line.text)
    if following is None or stem is None or not stem[1] or not following.text[:1].islower():
        return True
    hyphen = words("reading")["hyphen"]
    first = re.match(r"[\w/]+", following.text)
    return (
        stem[1][-1].isdigit()
        or stem[1].lower() in hyphen["kept_after"]
        or (first is not None and first[0] in hyphen["kept_before"])
    )


def _join(previous: Line, line: Line, *, gap: bool, turned: bool) -> Piece:
    """What stands between two lines: nothing after a hyphen, a space in a paragraph, else an empty line."""
    if previous.text.endswith(_HYPHENS) and (line.text[:1].islower() or line.text[:1].isdigit() or not gap):
        stays = _hyphen_stays(previous, line)
        first = re.match(r"[\w/]+", line.text)
        apart = stays and first is not None and first[0] in words("reading")["hyphen"]["kept_before"]
        return Piece(previous.end, " " if apart else "")
    if gap and not _goes_on(previous, line, turned=turned):
        return Piece(previous.end, "\n\n")
    if not gap and (_begins_item(line) or is_table_row(line.text) or is_table_row(previous.text)):
        return Piece(previous.end, "\n\n")
    return Piece(previous.end, " ")


def _goes_on(previous: Line, line: Line, *, turned: bool) -> bool:
    """Whether the sentence goes on over an empty line or a page turn."""
    if _ending(previous.text) in _TERMINAL:
        return False
    return line.text[:1].islower() or (turned and len(previous.text) > 40 and not _begins_item(line))


def _begins_item(line: Line) -> bool:
    return re.match(r"(?:[-–•·*◦o] +|\(?[0-9a-z]{1,2}[.)] +)\S", line.text) is not None


@cache
def _table_row() -> re.Pattern[str]:
    return compiled("reading", words("reading")["table"]["row"])


def is_table_row(text: str) -> bool:
    """Whether a line holds the cells of a table: a label of few words, then numbers only."""
    return _table_row().fullmatch(text) is not None


def _note_pieces(plain: str, note: Note) -> Iterator[Piece]:
    first = note.lines[0]
    match = _note_start().match(first.text)
    start = first.start + (match.end() if match else 0)
    yield Piece(start, "\n\n")
    headless = first._replace(start=start, text=plain[start : first.end])
    yield from _joined(plain, [(headless, *note.lines[1:])])


# Repair within the lines


_WORD = re.compile(r"\S+")


def _is_address(word: str) -> bool:
    return "://" in word or "www." in word or "@" in word


@cache
def _lost_space() -> re.Pattern[str]:
    space = words("reading")["space"]
    month = alternatives(words("reading")["define"]["month"])
    before, after = alternatives(space["before_digits"]), alternatives(space["after_digits"])
    return re.compile(
        rf"(?<![\w-]){before}(?=\d)|(?<=\d)(?={after}(?!\w))|(?<![\w.,])\d{{1,2}}(?={month}(?!\w))|(?<=%)(?={_LETTER})|(?<=\d)(?=(?!jarig)[a-z]{{4,}})",
        re.IGNORECASE,
    )


def _repaired(pieces: Iterable[Piece], markers: dict[int, int]) -> Iterator[Piece]:
    """The pieces without footnote markers and with lost spaces put back."""
    starts = sorted(markers)
    for piece in pieces:
        if not piece.text.strip():
            yield piece
            continue
        start, end = piece.raw, piece.raw + len(piece.text)
        for marker in starts[bisect_left(starts, start) : bisect_left(starts, end)]:
            yield from _spaced(Piece(start, piece.text[start - piece.raw : marker - piece.raw]))
            start = markers[marker]
        yield from _spaced(Piece(start, piece.text[start - piece.raw :]))


def _spaced(piece: Piece) -> Iterator[Piece]:
    start = 0
    addresses = [match.span() for match in _WORD.finditer(piece.text) if _is_address(match[0])]
    for match in _lost_space().finditer(piece.text):
        at = match.end()
        if at in (0, len(piece.text)) or any(first < at < last for first, last in addresses):
            continue
        yield Piece(piece.raw + start, piece.text[start:at])
        yield Piece(piece.raw + at, " ")
        start = at
    if start < len(piece.text):
        yield Piece(piece.raw + start, piece.text[start:])
