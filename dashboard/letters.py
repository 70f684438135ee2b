"""A letter's text with its figures and references marked where they stand."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

from dashboard.markup import element, text

#: Two lines or more that hold tabs, a line, a cell.
_TABLE = re.compile(r"(?:^[^\n]*\t[^\n]*(?:\n|\Z)){2,}", re.MULTILINE)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_CELL = re.compile(r"[^\t]*\t|[^\t]+")


class Span(NamedTuple):
    """A stretch of text, in code points: an anchor, its class, what hovering tells, where it leads."""

    start: int
    end: int
    anchor: str | None
    kind: str
    title: str
    address: str
    is_selected: bool = False


def highlighted(letter: str, spans: Sequence[Span], start: int = 0, end: int | None = None) -> Markup:
    """The letter from `start` to `end` with its spans as links; where spans overlap, the shortest is on top.

    Spans that reach beyond the text are cut off; lines of cells are laid out as a table. Every character is
    there once, whatever the spans are.
    """
    stop = len(letter) if end is None else min(end, len(letter))
    inside = [span for span in spans if span.start < stop and span.end > start and span.end > span.start]
    tags = _table_tags(letter, start, stop)
    of_spans = (edge for span in inside for edge in (span.start, span.end) if start < edge < stop)
    edges = sorted({start, stop, *of_spans, *tags})
    coming = sorted(inside, key=lambda span: span.start, reverse=True)
    open_: list[Span] = []
    anchored: set[str] = set()
    shown: list[Markup] = []
    for here, there in pairwise(edges):
        shown += tags.get(here, [])
        while coming and coming[-1].start <= here:
            open_.append(coming.pop())
        open_ = [span for span in open_ if span.end > here]
        on_top = sorted(open_, key=lambda span: (not span.is_selected, span.end - span.start))
        for span in on_top:
            if span.anchor and span.anchor not in anchored:
                anchored.add(span.anchor)
                shown.append(element("span", id=span.anchor))
        shown.append(_marked(letter[here:there], on_top) if on_top else text(letter[here:there]))
    return Markup("").join([*shown, *tags.get(stop, [])])


def _table_tags(letter: str, start: int, stop: int) -> dict[int, list[Markup]]:
    """Tags of tables by where they stand: lines below each other whose cells are parted by tabs."""
    opened: dict[int, list[Markup]] = {}
    closed: dict[int, list[Markup]] = {}

    def lay(role: str, first: int, last: int) -> None:
        tag = Markup('<span class="{0}" role="{0}">').format(role)
        opened.setdefault(first, []).append(tag)
        closed.setdefault(last, []).append(Markup("</span>"))

    for found in _TABLE.finditer(letter, start, stop):
        lay("table", *found.span())
        for line in _LINE.finditer(letter, *found.span()):
            lay("row", *line.span())
            for cell in _CELL.finditer(letter, *line.span()):
                lay("cell", *cell.span())
    return {at: closed.get(at, []) + opened.get(at, []) for at in closed.keys() | opened.keys()}


def _marked(words: str, spans: Sequence[Span]) -> Markup:
    """Words under spans, of which the first is on top; hovering tells of all."""
    top = spans[0]
    title = "\n".join(span.title for span in spans)
    classes = f"{top.kind} selected" if top.is_selected else top.kind
    current = "true" if top.is_selected else None
    return element(
        "a", words, href=top.address, target="_self", class_=classes, title=title, aria_current=current
    )


def parts(letter: str, size: int) -> list[tuple[int, int]]:
    """Where the parts of a long text begin and end, at ends of lines where it has some; one if short."""
    edges = [0]
    while len(letter) - edges[-1] > size:
        latest = edges[-1] + size
        line = letter.rfind("\n", edges[-1] + size // 2, latest)
        edges.append(line + 1 if line >= 0 else latest)
    return list(pairwise([*edges, len(letter)]))


def part_of(place: int, cut: Sequence[tuple[int, int]]) -> int:
    """Number of the part, from 1, that a place lies in."""
    return next((number for number, (_, end) in enumerate(cut, 1) if place < end), len(cut))
