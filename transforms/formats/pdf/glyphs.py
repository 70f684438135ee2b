"""The glyphs of a PDF's page, as PDFium finds them: which sign, where, how large."""

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

#: What PDFium makes of a hyphen at a line's end, and hyphens of other kinds.
_HYPHENS = dict.fromkeys("\x02\ufffe\u2010\u2011\u00ad", "-")
_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb06": "st",
}
_READ_AS = _HYPHENS | _LIGATURES | {"\xa0": " ", "\t": " "}
#: How far above its line, in ems, the foot of a figure is that is set high.
_RAISED = 0.18
#: In the names of fonts: what headings are set in, and words that are to stand out.
_STRONG = (b"bold", b"italic", b"oblique", b"black", b"heavy")
_BOLD_WEIGHT = 600
_FORCE_BOLD = 1 << 18  # of the flags of a font
_LONGEST_NAME = 256


class Glyph(NamedTuple):
    """A sign (of a ligature its letters): left, right, baseline, size in points; y grows upwards."""

    text: str
    left: float
    right: float
    base: float
    size: float
    is_strong: bool
    is_raised: bool  # a figure whose foot stands well above the line, as a note's marker has it
    is_first: bool = False  # a space goes before it


class Sheet(NamedTuple):
    """The glyphs of a page in the order of its file; its width and height."""

    glyphs: list[Glyph]
    width: float
    height: float


class _Run(NamedTuple):
    """What the glyphs of one text object have in common."""

    size: float
    turn: int  # quarter turns, against the clock
    is_strong: bool


def sheet(page: pdfium.PdfPage) -> Sheet:
    """The glyphs of a page, turned so that most of its text is upright; what stands otherwise is left out.

    So is what lies beyond the page's edges.
    """
    text = page.get_textpage()
    try:
        found = list(_signs(text))
    finally:
        text.close()
    turns = Counter(sign.run.turn for sign in found)
    turn = turns.most_common(1)[0][0] if turns else 0
    left, bottom, right, top = page.get_bbox()
    turned = _turned((left, bottom, right, top), turn)
    width, height = (top - bottom, right - left) if turn % 2 else (right - left, top - bottom)
    upright = [_upright(sign, turned) for sign in found if sign.run.turn == turn]
    glyphs = [glyph for glyph in upright if 0 <= glyph.left <= width and -glyph.size <= glyph.base <= height]
    return Sheet(_together(glyphs), width, height)


def _together(glyphs: list[Glyph]) -> list[Glyph]:
    """The glyphs in the order of the file, without spaces, behind which a glyph is one that begins a word.

    A ligature that PDFium tells letter by letter, all in one place, is one glyph again.
    """
    found: list[Glyph] = []
    was_space = False
    for glyph in glyphs:
        if not glyph.text.strip():
            was_space = True
        elif found and not was_space and _is_same(found[-1], glyph):
            text = found[-1].text + (glyph.text if glyph.text.isalpha() else "")  # no soft hyphen
            found[-1] = found[-1]._replace(text=text, right=max(found[-1].right, glyph.right))
        else:
            found.append(glyph._replace(is_first=was_space))
            was_space = False
    return found


def _is_same(glyph: Glyph, other: Glyph) -> bool:
    """Whether two letters begin at one place, as those of a ligature; no letter printed twice."""
    at_one_place = (glyph.left, glyph.base, glyph.size) == (other.left, other.base, other.size)
    return at_one_place and (other.text == "-" or (other.text.isalpha() and glyph.text.isalpha()))


_Point = tuple[float, float]
_Box = tuple[float, float, float, float]  # left, bottom, right, top


def _turned(box: _Box, turn: int) -> Callable[[float, float], _Point]:
    """How a point of the page moves when the page is turned back by quarter turns: to (0, 0) and above."""
    left, bottom, right, top = box
    return (
        lambda x, y: (x - left, y - bottom),
        lambda x, y: (y - bottom, right - x),
        lambda x, y: (right - x, top - y),
        lambda x, y: (top - y, x - left),
    )[turn]


class _Sign(NamedTuple):
    """A sign as the page has it: its run, origin, the box it takes of its line and the box of its ink."""

    text: str
    run: _Run
    origin: _Point
    loose: _Box
    tight: _Box


def _upright(sign: _Sign, turned: Callable[[float, float], _Point]) -> Glyph:
    one, other = turned(*sign.loose[:2]), turned(*sign.loose[2:])
    left, base = turned(*sign.origin)  # the pen's place: a j reaches to the left of it
    foot = min(turned(*sign.tight[:2])[1], turned(*sign.tight[2:])[1])
    text, run = sign.text, sign.run
    raised = (text.isdigit() or text in "*†‡") and foot - base > _RAISED * run.size
    return Glyph(_READ_AS.get(text, text), left, max(one[0], other[0]), base, run.size, run.is_strong, raised)


def _signs(text: pdfium.PdfTextPage) -> Iterator[_Sign]:
    """Each sign of a page but what PDFium adds itself."""
    loose, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    runs: dict[int, _Run] = {}
    for index in range(text.count_chars()):
        sign = chr(raw.FPDFText_GetUnicode(text, index))
        if sign in "\r\n\x00" or raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        key = ctypes.cast(raw.FPDFText_GetTextObject(text, index), ctypes.c_void_p).value or 0
        if key not in runs:
            raw.FPDFText_GetMatrix(text, index, matrix)
            runs[key] = _run(text, index, matrix)
        raw.FPDFText_GetLooseCharBox(text, index, loose)
        raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        yield _Sign(
            sign,
            runs[key],
            (x.value, y.value),
            (loose.left, loose.bottom, loose.right, loose.top),
            (left.value, bottom.value, right.value, top.value),
        )


def _run(text: pdfium.PdfTextPage, index: int, matrix: raw.FS_MATRIX) -> _Run:
    size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
    turn = round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) % 4
    name, flags = ctypes.create_string_buffer(_LONGEST_NAME), ctypes.c_int()
    raw.FPDFText_GetFontInfo(text, index, name, _LONGEST_NAME, flags)
    is_strong = (
        any(part in name.value.lower() for part in _STRONG)
        or flags.value & _FORCE_BOLD != 0
        or raw.FPDFText_GetFontWeight(text, index) >= _BOLD_WEIGHT
    )
    return _Run(size or 1.0, turn, is_strong)
