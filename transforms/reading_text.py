"""The text as one reads it, and the way back to the letter as received.

Line ends, line-end hyphens, page turns and page furniture are taken out; footnote blocks are lifted out of
the sentences they cut and put behind the body; footnote markers go, told from digits by the page's own notes;
the cells of a table that came out one a line stand in rows again. All of it is a list of edits, applied at
once: where a letter shows no fault, there is next to nothing to do.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from transforms.hyphens import hyphenated
from transforms.line_joints import line_joints
from transforms.pages import Pages, ending, pages
from transforms.repairs import Edit, repairs, ungarbled
from transforms.runs import ReadingText, Runs, spaced
from transforms.table_lines import Table, tables
from transforms.unseen import character_references, unseen
from transforms.vocabulary import compiled, ungated, words

_TERMINAL = ".?!:;"
_HYPHENS = ("-", "\u00ad")


def reading_text(text: str) -> ReadingText:
    """The reading text of a letter as received.

    Paragraphs are parted by an empty line. The notes follow the body, a paragraph each.
    """
    plain = _unruled(spaced(text))
    hidden = unseen(text)
    garbled = _outside(hidden.edits, [*ungarbled(text), *character_references(text)])
    # What goes over several lines is one line, so that no note begins in it.
    blanks = [Edit(start, end, " ") for start, end, _ in hidden.edits if text.find("\n", start, end) >= 0]
    plain = _filled(plain, [*garbled, *blanks]) if garbled or blanks else plain
    layout = pages(plain)
    found = list(tables(plain))
    edits = _edits(plain, layout, found) | {edit.start: edit for edit in garbled}
    edits |= {edit.start: edit for edit in reversed(hidden.edits)}
    runs = Runs(_LINE_END.sub(" ", plain))
    first = _WHITE.match(plain)
    start = first.end() if first else 0
    body = edits | _cuts(plain, layout, start)
    runs.add(start, len(plain.rstrip()), sorted(body.values()))
    body_end, body_runs = runs.length, len(runs.starts)
    of_notes = sorted(edits.values())
    for note in layout.notes:
        runs.put(note.start - 1, "\n\n")
        runs.add(note.start, note.end, of_notes)
    if not runs.starts:
        runs.put(0, "")
    mended = {edit.start: edit.end for edit in edits.values() if edit.text.strip()}
    return ReadingText(
        "".join(runs.texts),
        body_end,
        runs.starts,
        runs.raws,
        body_runs,
        layout.doubtful | hidden.doubtful,
        mended,
        {start: role for table in found for start, role in _roles(table)},
    )


def _unruled(plain: str) -> str:
    """The text with spaces for the bars or semicolons that part the cells of a table."""
    if "|" in plain:
        plain = _RULE_LINE.sub(lambda line: " " * len(line[0]), plain)
        plain = _RULED.sub(lambda line: _EMPTY_CELL.sub(_dashed, line[0]).replace("|", " "), plain)
    if ";" in plain and _PARTED.search(plain):
        plain = _PARTED_LINES.sub(lambda lines: lines[0].replace(";", " "), plain)
    return plain


def _dashed(empty: re.Match[str]) -> str:
    """The sign for a number that is missing, in a cell without words."""
    return "|" + "–".center(len(empty[0]) - 1)


def _roles(table: Table) -> Iterator[tuple[int, str]]:
    """The parts that the lines of a table play, by where they begin."""
    yield table.header[0], "head"
    yield from ((start, "row") for start, _ in table.rows)
    yield from ((start, "section") for start, _ in table.sections)


#: Lines of a table that is ruled with bars, at its ends or not, and the line that parts heads from cells.
_RULED = re.compile(r"^(?:[^\n|]*\|[^\n]*(?:\n[^\n|]*\|[^\n]*)+| *\|[^\n]*\| *)$", re.MULTILINE)
#: A cell without words, behind the label of a row with a number.
_EMPTY_CELL = re.compile(r"(?<=[\w)%–-] )\| +(?=\|)(?<!^\|)", re.MULTILINE)
_RULE_LINE = re.compile(r"\n *\|?(?: *:?-{2,}:? *[|+])+(?: *:?-{2,}:?)? *(?=\n|\Z)")
#: Cells that semicolons part; lines of them that follow each other.
_PARTED = re.compile(r";-?\d[\d.,]*%?(?:;|\n)")
_PARTED_LINES = re.compile(r"^[^\n;]*;[^\n]*(?:\n[^\n; ][^\n;]*;(?! )[^\n]*){2,}", re.MULTILINE)
_LINE_END = re.compile(r"\n(?!\n)(?<!\n\n)")
_WHITE = re.compile(r"\s*")


def _outside(hidden: Sequence[Edit], garbled: list[Edit]) -> list[Edit]:
    """Those of the garbled letters that begin within nothing that is hidden."""
    if not hidden or not garbled:
        return garbled
    starts = sorted(edit.start for edit in hidden)
    reach = list(accumulate((end for _, end, _ in sorted(hidden)), max))
    return [
        edit
        for edit in garbled
        if not (before := bisect_left(starts, edit.start)) or reach[before - 1] <= edit.start
    ]


def _filled(plain: str, garbled: Sequence[Edit]) -> str:
    """The text with the letter itself, repeated, where it is garbled: what stands beside it is seen right."""
    parts, done = [], 0
    for start, end, letter in sorted(garbled, key=lambda edit: (edit.start, -edit.end)):
        if start < done:
            continue
        parts += [plain[done:start], letter[0] * (end - start)]
        done = end
    return "".join([*parts, plain[done:]])


def _edits(plain: str, layout: Pages, found: Sequence[Table]) -> dict[int, Edit]:
    """The edits within body and notes, by their start; what is surer comes later and stands."""
    edits = {edit.start: edit for edit in repairs(plain)}
    edits |= {edit.start: edit for edit in _lines_joined(plain)}
    edits |= {edit.start: edit for edit in _joins(plain)}
    edits |= {edit.start: edit for edit in _of_years(plain)}
    edits |= {edit.start: edit for edit in _rows(plain)}
    edits |= {edit.start: edit for table in found for edit in _lines_apart(plain, table)}
    edits |= {start: Edit(start, end, "") for start, end in layout.markers.items()}
    return edits


def _of_years(plain: str) -> Iterator[Edit]:
    """Between lines that follow each other and say a figure of a year each: they are no sentence together.

    Nor are the first of them, where it says no more than its number, and the words above that open a list
    or stand above two such lines, nor the last, or an entry of another list, and a line below it that begins
    anew.
    """
    leads = tuple(words("reading")["table"]["leads"])
    of_year, number, entry_end = map(_of_entries, ("of_year", "number_of_year", "entry_end"))
    listed = -1  # where the last line of years begins
    for line in entry_end.finditer(plain):
        start = plain.rfind("\n", 0, line.start()) + 1
        first = number.match(plain, line.end())
        opens = first and (
            plain.endswith(leads, 0, line.start()) or number.match(plain, _white_end(plain, first.end()))
        )
        if opens or (of_year.match(plain, start, line.start()) and of_year.match(plain, line.end())):
            yield Edit(*line.span(), "\n\n")
            listed = line.end()
        elif line["anew"] and _is_last(plain, line, start, listed):
            yield Edit(*line.span(), "\n\n")


def _is_last(plain: str, below: re.Match[str], start: int, listed: int) -> bool:
    """Whether the line at `start` is the last of a list, above where figures are from or what begins anew.

    A noun may go on below a number (`2020: 310` and `zaken`), and a sentence with a name below its words.
    """
    entry, of_year = ("entry", "of_year") if below["source"] else ("entry_of_time", "number_of_year")
    if listed >= start and _of_entries(of_year).match(plain, listed, below.start()):
        return True
    return _of_entries(entry).fullmatch(plain, start, below.start()) is not None


@cache
def _of_entries(name: str) -> re.Pattern[str]:
    return ungated("reading", words("reading")["table"][name])


def _lines_joined(plain: str) -> Iterator[Edit]:
    """The space, or the hyphen less, where lines came joined without one."""
    for at, hyphen in line_joints(plain):
        yield hyphenated(plain, at, at) if hyphen else Edit(at, at, " ")


def _cuts(plain: str, layout: Pages, start: int) -> dict[int, Edit]:
    """Furniture and note blocks, each with the white space around it, as edits of the body."""
    found: dict[int, Edit] = {}
    spans: list[tuple[int, int]] = []
    for first, last in layout.cuts:
        after = _white_end(plain, last)
        if spans and first <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(after, spans[-1][1]))
        else:
            spans.append((_text_end(plain, first), after))
    for first, after in spans:
        if first <= start or after == len(plain):
            edit = Edit(max(first, start), after, "")
        else:
            edit = _join(plain, first, after, gap=True, turned=True)
        found[edit.start] = edit
    return found


def _white_end(plain: str, start: int) -> int:
    match = _WHITE.match(plain, start)
    return match.end() if match else start


def _text_end(plain: str, end: int) -> int:
    while end and plain[end - 1].isspace():
        end -= 1
    return end


# Joining lines


@cache
def _breaks() -> re.Pattern[str]:
    """Line ends that read as more or less than a space."""
    own = _own_line().pattern
    hyphen = r"(?<=-\n)|(?<=\u00ad\n)|(?<=\d[.–]\n)|(?<=m\n)(?=[23]\b)"
    return re.compile(rf"\n(?:[ \f]*\n\s*|[ \f]+|(?<=[ \f]\n)|(?={own})|{hyphen})")


def _joins(plain: str) -> Iterator[Edit]:
    for match in _breaks().finditer(plain):
        start, end = _text_end(plain, match.start()), match.end()
        if start == 0 or end == len(plain):
            continue
        found, last = plain[start:end], plain[start - 1]
        if found == "\n\n" and last not in _HYPHENS and (last in _TERMINAL or not plain[end].islower()):
            continue
        gap = found.count("\n") > 1
        turned = found.endswith("\n ") or "\f" in found
        edit = _join(plain, start, end, gap=gap, turned=turned)
        if edit.text != found:
            yield edit
    yield from _headings(plain)
    for match in _TITLE.finditer(plain):
        if _is_title(match):
            yield Edit(match.start(), match.start(1), "\n\n")
            yield Edit(match.end(1), match.end(), "\n\n")
    if "ron" in plain:
        sources = (match for match in _SOURCE.finditer(plain) if _is_short(match))
        yield from (Edit(match.end(1), match.end(), "\n\n") for match in sources)


#: A short line between the end of a paragraph and a line that begins with a capital.
_TITLE = re.compile(r"\n(?<=[.?!\n]\n)([A-ZÀ-Þ][^\n]{2,58}[\w)])\n(?=([A-ZÀ-Þ«][^\n ]*)([^\n]*))")
_NARROWEST, _WIDEST = 50, 120


#: A line that says where figures are from, above one that begins with a capital.
_SOURCE = re.compile(r"(?<![^\n])(\(?[Bb]ron(?:nen)?: [^\n]{2,80}[\w).])\n(?=([A-ZÀ-Þ«][^\n ]*)([^\n]*))")


def _is_title(match: re.Match[str]) -> bool:
    """Whether the line ends before the next word would have made it too long, on a page of usual width."""
    return _NARROWEST <= len(match[2]) + len(match[3]) <= _WIDEST and _is_short(match)


def _is_short(match: re.Match[str]) -> bool:
    """Whether the next line has room for the line and its first word."""
    return len(match[1]) + len(match[2]) + _MARGIN < len(match[2]) + len(match[3])


_MARGIN = 12


@cache
def _heading_line() -> re.Pattern[str]:
    return compiled("reading", rf"\n *{words('reading')['line']['heading']}", flags=re.NOFLAG)


def _headings(plain: str) -> Iterator[Edit]:
    """Behind the heading of a question or an answer a paragraph begins; a number alone may be one."""
    lines = "\n\n" + plain
    for match in _heading_line().finditer(lines):
        end = match.end() - 2
        after = _white_end(plain, end)
        if after < len(plain):
            yield Edit(_text_end(plain, end), after, "\n\n")
    numbered = _question_number()[_BARE_ANSWER.search(plain) is None]
    for match in numbered.finditer(lines):
        first = max(match.start() - 2, 0)
        if end := _text_end(plain, first):
            yield Edit(end, _white_end(plain, first), "\n\n")
        yield Edit(match.start(1) - 2, match.end(1) - 2, "\n\n")


#: The heading of an answer without a number: those of the questions may be one without a word.
_BARE_ANSWER = re.compile(r"\nAntwoord(?:en)? *:?\n")


@cache
def _question_number() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A number that stands alone: anywhere, and with empty lines around it only."""
    number = words("reading")["line"]["question"]
    return re.compile(rf"\n *{number}( *\n\s*)"), re.compile(rf"\n[ \f]*\n *{number}( *\n\s*)")


def _join(plain: str, end: int, start: int, *, gap: bool, turned: bool) -> Edit:
    """What stands between two lines, of which the first ends at `end` and the second begins at `start`."""
    last, first = plain[end - 1], plain[start]
    if last in _HYPHENS and (first.islower() or first.isdigit() or not gap):
        return hyphenated(plain, end, start)
    if not gap and _JOINT.match(plain, max(0, end - 5), start + 5):
        return Edit(end, start, "")
    if gap:
        goes_on = _goes_on(plain, end, start, turned=turned)
        return Edit(end, start, " " if goes_on else "\n\n")
    return Edit(end, start, "\n\n" if _begins_anew(plain, end, start) else " ")


#: A number that the line's end cut in two, a range, a cubic metre.
_JOINT = re.compile(
    r"[^\n]*(?:(?<=[ €(])\d{1,3}\. *\n(?=\d{3}(?!\d))|\d– *\n(?=\d)|(?<![^\W\d_])[ck]?m\n(?=[23](?!\w)))"
)


@cache
def _own_line() -> re.Pattern[str]:
    line = words("reading")["line"]
    return compiled("reading", f"{line['item']}|{line['labelled']}|{line['heading']}", flags=re.NOFLAG)


def _begins_anew(plain: str, end: int, start: int) -> bool:
    """Whether the line at `start` begins a paragraph: no number that the line above was about to say."""
    if not _own_line().match(plain, start):
        return False
    number = _LIST_NUMBER.match(plain, start)
    if number is None or not _awaits().search(plain, max(0, end - _WORD), end):
        return True
    before = f"\n{int(number[1]) - 1}"
    return number[1] == "1" or plain.startswith((".", ")"), plain.rfind(before, 0, end) + len(before))


_LIST_NUMBER = re.compile(r"(\d{1,2})\.")
#: Letters of the longest word behind which a number stands.
_WORD = 12


@cache
def _awaits() -> re.Pattern[str]:
    return compiled("reading", words("reading")["line"]["awaits"], flags=re.NOFLAG)


def _goes_on(plain: str, end: int, start: int, *, turned: bool) -> bool:
    """Whether the sentence goes on over an empty line or a page turn."""
    if ending(plain, end) in _TERMINAL:
        return False
    if plain[start].islower():
        return not _own_line().match(plain, start)
    long = end - plain.rfind("\n", max(0, end - 41), end) > 41
    return turned and long and not _own_line().match(plain, start)


# Tables


class _Table(NamedTuple):
    row: re.Pattern[str]
    cell: re.Pattern[str]
    year: re.Pattern[str]


@cache
def _table() -> _Table:
    table = words("reading")["table"]
    return _Table(*(compiled("reading", pattern) for pattern in (table["row"], "{cell}", table["year"])))


#: What a row ends with.
_CELL_ENDS = frozenset("0123456789%–x*-")
#: Line ends behind such a sign: without and with spaces between.
_CELL_LINE_ENDS = re.compile(r"\n(?<=[0-9%–x*-]\n)"), re.compile(r"[0-9%–x*-](?= *\n)")
_LONGEST_ROW = 120
#: Two markers on a line of their own look like a row.
_FEW_DIGITS = re.compile(r"\d{1,2}[ ,/]+\d{1,2}")
_HAS_DIGIT = re.compile(r"[^0-9]*[0-9]")


def is_table_row(text: str) -> bool:
    """Whether a line holds the cells of a table: a label of few words, then numbers only."""
    if text[-1:] not in _CELL_ENDS or not text:
        return False
    return _table().row.fullmatch(text) is not None and _HAS_DIGIT.match(text) is not None


def _rows(plain: str) -> Iterator[Edit]:
    """A row of a table is a paragraph of its own; cells that stand a line each are put in rows."""
    run: list[tuple[int, int]] = []
    spaced = " \n" in plain
    ends = [match.end() if spaced else match.start() for match in _CELL_LINE_ENDS[spaced].finditer(plain)]
    for end in (*ends, len(plain)):
        start = plain.rfind("\n", max(0, end - _LONGEST_ROW), end) + 1
        if end - start >= _LONGEST_ROW:
            continue
        start = min(_white_end(plain, start), end)
        if _table().cell.fullmatch(plain, start, end):
            if run and not _is_white(plain, run[-1][1], start):
                yield from _rows_of(plain, run)
                run = []
            run.append((start, end))
        elif is_table_row(plain[start:end]) and not _FEW_DIGITS.fullmatch(plain, start, end):
            yield from _apart(plain, _label(plain, start, end), end)
    yield from _rows_of(plain, run)


def _is_white(plain: str, start: int, end: int) -> bool:
    return _white_end(plain, start) >= end


def _apart(plain: str, start: int, end: int) -> Iterator[Edit]:
    before, after = _text_end(plain, start), _white_end(plain, end)
    if before:
        yield Edit(before, start, "\n\n")
    if after < len(plain):
        yield Edit(end, after, "\n\n")


def _lines_apart(plain: str, table: Table) -> Iterator[Edit]:
    """A line of a table is a paragraph; a label that began on the line above goes on in it, as do heads."""
    for start, end in (table.header, *table.rows, *table.sections):
        joint = table.joint if start == table.header[0] else " "
        yield from _label_joins(plain, start, end, joint)
        yield from _apart(plain, start, end)


def _rows_of(plain: str, cells: Sequence[tuple[int, int]]) -> Iterator[Edit]:
    """Cells below each other make a row, with the short lines above them as its label.

    Where each row begins with a year, a year begins a row.
    """
    if len(cells) < _FEWEST_CELLS:
        return
    years = [index for index, cell in enumerate(cells) if _table().year.fullmatch(plain, *cell)]
    width = years[1] if len(years) > 1 and not years[0] and years[1] > 1 else len(cells)
    if width < len(cells) and years != list(range(0, len(cells), width)):
        width = len(cells)
    for index, ((_, end), (start, _)) in enumerate(pairwise(cells), 1):
        yield Edit(end, start, " " if index % width else "\n\n")
    first = cells[0][0] if len(years) == len(cells) else _label(plain, cells[0][0], cells[0][1])
    if first < cells[0][0]:
        yield from _label_joins(plain, first, cells[0][0])
    yield from _apart(plain, first, cells[-1][1])


def _label(plain: str, start: int, end: int) -> int:
    """Where the label of a row begins that has none on its own line: on one of the lines above."""
    if any(character.isalpha() for character in plain[start:end]) or _table().year.match(plain, start, end):
        return start
    for _ in range(_LABEL_LINES):
        above = _text_end(plain, start)
        line = plain.rfind("\n", max(0, above - _LONGEST_ROW), above) + 1
        if plain.count("\n", above, start) > 1 or not _is_label(plain[line:above]):
            break
        start = line
    return start


def _label_joins(plain: str, first: int, last: int, joint: str = " ") -> Iterator[Edit]:
    for match in _LINE_BREAK.finditer(plain, first, last):
        yield Edit(*match.span(), joint)


_LINE_BREAK = re.compile(r"(?<! ) *\n\s*")
_FEWEST_CELLS = 2
_LABEL_LINES = 3


def _is_label(line: str) -> bool:
    return 0 < len(line) <= 60 and line[-1].isalpha() | (line[-1] in ":)") and line[0].isalpha()
