"""Tables as lines of a text: which of them are rows, what heads their columns, what stands between.

A line that ends in numbers is no table yet. Several that follow each other are one where the lines above them
have a head for each column: years, quarters or dates, or words, each with a capital.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import pairwise
from typing import NamedTuple

from transforms.table_heads import Head, Heads, for_cells, heads, is_timed, pattern, time_of

Span = tuple[int, int]

#: What stands between heads that came out a line each.
WIDE = "  "


class Cell(NamedTuple):
    """What stands in [start, end) of a row: a number, or a sign that there is none; a unit word behind it."""

    start: int
    end: int
    text: str
    unit: str = ""


class Table(NamedTuple):
    """[start, end) of the heads, of each row with its label, of lines between that head those below."""

    header: Span
    rows: list[Span]
    sections: list[Span]
    joint: str = "\n"  # what stands between the lines of the heads when they are read


# Rows


@lru_cache(maxsize=1024)  # a table asks for those of all its rows, each of its numbers for those beside it
def cells(row: str) -> tuple[Cell, ...]:
    """The cells that a row ends with; its label may hold numbers of its own, which come first.

    A bound, a range or a word that begins a row is its label: `4–6`, `Onbekend`; so is the year of a day.
    """
    match = pattern("cells").search(row)
    if match is None:
        return ()
    found = tuple(Cell(*each.span(), each[0].strip()) for each in pattern("one").finditer(row, match.start()))
    dated = pattern("dated_row").match(row)
    labelled = bool(found) and not row[: found[0].start].strip() and _is_label(found[0].text)
    labelled = labelled or (bool(found) and dated is not None and found[0].end == dated.end())
    return found[1:] if labelled else found


def _is_label(text: str) -> bool:
    return _WORD.match(text) is not None or is_bound(text)


_WORD = re.compile(r"[^\W\d_]{4}")


def is_bound(text: str) -> bool:
    """Whether a cell of a line is a bound or a range (`<5`, `4–6`)."""
    return pattern("bound").fullmatch(text) is not None


def columns(row: str, count: int, *, spaced: bool = False) -> Sequence[Cell] | None:
    """The last `count` cells of a row; None where it has fewer, or where that can't be told.

    What goes before them is its label's (`Mbo 2`), unless the table has thousands with a space (`1 104`).
    """
    found = cells(row)
    if len(found) == count > 0:
        return found
    if spaced and len(found) > count:
        return _grouped(row, found, count)
    bare = not row[: found[0].start].strip() if found else True
    if bare and len(found) == count + 1 > 1 and _year_in(found[0]):
        return found[1:]  # behind the year that they are of
    if len(found) <= count or count < 1 or bare or not _may_end_label(found, count):
        return None
    return found[-count:]


def _may_end_label(found: Sequence[Cell], count: int) -> bool:
    """Whether what goes before the last `count` cells may be a label's: `Mbo 2`, `Wet 2015`, `Jongens 4–6`.

    A digit behind longer numbers only is perhaps the number of a note.
    """
    texts = [cell.text for cell in found]
    noted = _DIGIT.fullmatch(texts[-1]) and all(len(text) > 1 for text in texts[:-1])
    return not noted and all(map(_is_of_label, texts[:-count]))


def _is_of_label(text: str) -> bool:
    """Whether a number may be the last word of a label: a small one, a year, a class."""
    return any(form.fullmatch(text) for form in (_SMALL, _YEARS)) or is_bound(text)


#: The number of a label, and one that may be a note's.
_SMALL = re.compile(r"\d{1,2}(?:\.\d{1,2})*")
_DIGIT = re.compile(r"[1-9]")


def _year_in(cell: Cell) -> int | None:
    """The year that a cell is, be it up to a month of it (`2024 (t/m mei)`); None for another cell."""
    time = cell.text if _YEARS.fullmatch(cell.text) else time_of(cell.text) or ""
    return int(time[:4]) if time[:4].isdigit() else None


def is_spaced(rows: Sequence[str], count: int) -> bool:
    """Whether the rows of a table have thousands with a space: one of them has its cells in no other way."""
    every = [cells(row) for row in rows]
    if any("." in cell.text.strip(".") for found in every for cell in found):
        return False
    return any(
        len(found) > count + 1 and _grouped(row, found, count) is not None
        for row, found in zip(rows, every, strict=True)
    )


def _grouped(row: str, found: Sequence[Cell], count: int) -> list[Cell] | None:
    """The cells in groups of three digits; of several ways the one whose numbers are by far most alike."""
    ways = sorted((_spread(way), way) for way in _groupings(row, found, count))
    if not ways or (len(ways) > 1 and ways[0][0] * _ALIKE > ways[1][0]):
        return None
    return ways[0][1]


_ALIKE = 20


def _spread(way: Sequence[Cell]) -> float:
    sizes = [int(re.sub(r"\D", "", cell.text) or 0) or 1 for cell in way]
    return max(sizes) / min(sizes)


def _groupings(row: str, found: Sequence[Cell], count: int) -> Iterator[list[Cell]]:
    """The ways in which all cells make `count` numbers."""
    if not found or count == 0:
        if not found and count == 0:
            yield []
        return
    for size in range(1, len(found) - count + 2):
        start, end = found[0].start, found[size - 1].end
        if size == 1 or re.fullmatch(r"[1-9]\d{0,2}(?: \d{3})+", row[start:end]):
            for others in _groupings(row, found[size:], count - 1):
                yield [Cell(start, end, row[start:end].strip()), *others]


def heads_of(header: str, rows: Sequence[str]) -> Heads:
    """The heads of the labels and columns of these rows; none where they don't match."""
    return _heads_over(header, rows, [cells(row) for row in rows])


def _heads_over(header: str, rows: Sequence[str], every: Sequence[Sequence[Cell]]) -> Heads:
    """The heads of rows whose cells are known."""
    counts = Counter(map(len, every))
    timed = heads(header.rpartition("\n")[2])
    wanted = [len(timed)] if is_timed(timed) else [count for count, _ in counts.most_common()]
    labelled = [each - 1 for each in wanted if _numbered(every, each) or _dated(every, each)]
    for count in dict.fromkeys((*labelled, *wanted)):
        enough = sum(number for size, number in counts.items() if size >= count)
        found = for_cells(header, count)
        if found.columns and enough * 2 >= len(rows) > 0 and _fits(rows, every, count):
            return found
    titled = set(counts) == {1} and len(rows) >= _FEWEST_ROWS and pattern("counted_title").fullmatch(header)
    return Heads("", [Head(header)] if titled and _fits(rows, every, 1) else [])


def _numbered(every: Sequence[Sequence[Cell]], count: int) -> bool:
    """Whether the first cells of the rows only number their labels: `Fase 1`, `Fase 2`."""
    first = [found[0].text for found in every if len(found) == count]
    small = len(first) > 1 and count > 1 and all(re.fullmatch(r"\d{1,2}", text) for text in first)
    return small and all(int(second) == int(one) + 1 for one, second in pairwise(first))


def _dated(every: Sequence[Sequence[Cell]], count: int) -> bool:
    """Whether the first cells of the rows are years that follow each other: these are of a year each."""
    return count > YEAR_AND_NUMBER and _follow(_year_in(found[0]) for found in every if len(found) == count)


#: Cells of a row that is a year and its number.
YEAR_AND_NUMBER = 2


def _follow(years: Iterable[int | None]) -> bool:
    """Whether years follow each other, up or down."""
    found = list(years)
    return len(found) > 1 and all(one and two and abs(two - one) == 1 for one, two in pairwise(found))


def _fits(rows: Sequence[str], every: Sequence[Sequence[Cell]], count: int) -> bool:
    """Whether what rows have beyond `count` cells are years, the numbers of labels, or groups of digits."""
    before = [found[-count - 1] for found in every if len(found) > count]
    more = [cell.text for cell in before]
    if count == 1:
        return not more and not any(_year_in(found[0]) for found in every if found)
    if len(more) < len(rows) or _follow(map(_year_in, before)) or is_spaced(rows, count):
        return True
    small = all(re.fullmatch(r"\d{1,2}", text) for text in more) and len(set(more)) == len(more)
    return small or all(map(is_bound, more))


# In a text


def tables(plain: str) -> Iterator[Table]:
    """The tables of a text, those whose rows stand a line each before those whose cells do."""
    lines = list(_cell_lines(plain))
    yield from _by_rows(plain, lines)
    alone = list(filter(None, map(partial(pattern("lone_cell").match, plain), lines)))
    bare = [match.span(1) for match in alone if not match["bound"]]
    found = list(_by_cells(plain, bare))
    if len(bare) < len(alone):  # a bound alone in its line (`4–6`) is a cell, or the label of a row
        found += _by_cells(plain, [match.span(1) for match in alone])
    yield from _longest(found)


class _Run(NamedTuple):
    """Lines that follow each other and may be rows, and the lines between them."""

    rows: list[Span]
    sections: list[Span]


def _by_rows(plain: str, lines: Sequence[int]) -> Iterator[Table]:
    run = _Run([], [])
    for match in filter(None, map(partial(pattern("row_line").match, plain), lines)):
        start, end = _label_start(plain, match.start(1), run.rows), match.end(1)
        between = _between(plain, run, start) if run.rows else None
        if between is None:
            yield from _headed(plain, run)
            run = _Run([], [])
            start = match.start(1)
        elif between != (start, start):
            run.sections.append(between)
        found = cells(plain[start:end])
        if not found or _is_prose(plain[start:end], found):
            continue
        if found[0].end < end - start or _names(plain[start : start + found[0].start].strip()):
            run.rows.append((start, end))  # but for a cell that stands alone
    yield from _headed(plain, run)


def _names(label: str) -> bool:
    """Whether a label says what its row is about, by words or a class (`12–17`, `65+`): no item's number."""
    return any(map(str.isalpha, label)) or pattern("class").fullmatch(label) is not None


def _is_prose(line: str, found: Sequence[Cell]) -> bool:
    """Whether the words before the numbers that a line ends with are those of a running text."""
    alone = len(found) == 1 and pattern("about_all").match(found[0].text) is not None
    dated = pattern("dated_row").match(line) is not None
    return alone or (not dated and pattern("prose").search(line, 0, found[0].start) is not None)


def _between(plain: str, run: _Run, start: int) -> Span | None:
    """The line between the last row and the one at `start`; an empty span for none, None for another text."""
    gap = plain[run.rows[-1][1] : start]
    if not gap.strip(" ").strip("\n").strip(" ") and gap.count("\n") == 1:
        return start, start
    lines = gap.split("\n")
    if len(lines) != _WITH_SECTION or lines[0].strip() or lines[2].strip():
        return None
    first = run.rows[-1][1] + len(lines[0]) + 1 + len(lines[1]) - len(lines[1].lstrip())
    section, row = lines[1].strip(), plain[start : plain.find("\n", start) % (len(plain) + 1)]
    named = plain[start].isupper() and pattern("section").fullmatch(section) is not None
    named = named and not _is_header(section, [row.rstrip()])
    return (first, first + len(lines[1].strip())) if named else None


#: Lines from row to row with a section between: the end of the first, the section, what begins the second.
_WITH_SECTION = 3


def _cell_lines(plain: str) -> Iterator[int]:
    """Where lines begin that may be rows or cells: a look at how they end spares most lines the patterns."""
    start = 0
    for line in plain.split("\n"):
        last = line.rstrip(" .,")[-len(_LONGEST_END) :]
        if last[-1:].isdigit() or last.lower().endswith(_ROW_ENDS):
            yield start
        start += len(line) + 1


#: What a cell ends with besides a digit and a full stop or a comma.
_ROW_ENDS = (
    "%", "–", "—", "x", "*", "-", "mln", "mld", "miljoen", "miljard", "n.b", "nb", "n.n.b", "n.v.t", "nvt",
    "onbekend", "niet bekend", "niet beschikbaar", "%)", *(f"{sign})" for sign in "123456789abcd"),
    *"⁰¹²³⁴⁵⁶⁷⁸⁹",
)  # fmt: skip
_LONGEST_END = max(_ROW_ENDS, key=len)


def _label_start(plain: str, start: int, run: Sequence[tuple[int, int]]) -> int:
    """Where the row begins: its label may have begun on the line above, behind another row."""
    above = plain.rfind("\n", 0, max(start - 1, 0)) + 1
    line = plain[above : start - 1] if start else ""
    if not run or above <= run[-1][0] or not line.strip() or plain[run[-1][1] : above].strip(" ") != "\n":
        return start
    goes_on = plain[start].islower() or plain[start] == "(" or _is_bare(plain, start)
    return above if goes_on and pattern("label").fullmatch(line.rstrip(" :")) else start


def _is_bare(plain: str, start: int) -> bool:
    """Whether a row has no label on its own line, nor a year or a class for one."""
    labelled = _YEARS.match(plain, start) or pattern("class").match(plain, start)
    return not plain[start].isalpha() and labelled is None


def _headed(plain: str, run: _Run) -> Iterator[Table]:
    """The tables of a run: rows where the lines above, or the first of them, have a head for each column."""
    if not run.rows:
        return
    texts = [plain[start:end] for start, end in run.rows]
    starts = [0, *(at for at in range(1, len(texts) - 1) if _is_line_of_years(texts[at]))]
    sections = [start for start, _ in run.sections]
    for start, end in pairwise((*starts, len(texts))):
        rows = run.rows[start:end]
        between = run.sections[bisect_right(sections, rows[0][0]) : bisect_left(sections, rows[-1][0])]
        yield from _below_heads(plain, rows, texts[start:end], between)


def _is_line_of_years(line: str) -> bool:
    """Whether a line among rows heads other ones: years that follow each other, behind a word or none."""
    found = [head.period or "" for head in heads(line) if head.timed]
    return len(found) > 1 and found == sorted(set(found)) and len(cells(line)) == len(found)


def _below_heads(
    plain: str, rows: Sequence[Span], texts: Sequence[str], sections: Sequence[Span]
) -> Iterator[Table]:
    for at in range(min(_TITLES, len(rows) - 1)):
        found = heads_of(texts[at], texts[at + 1 :]).columns if _ends_with_time(texts[at]) else []
        if len(found) > 1 or (found and len(rows) - at > _FEWEST_ROWS):
            yield _table(plain, rows[at], rows[at + 1 :], sections)
            return
    if len(rows) < _FEWEST_ROWS:
        return
    header = _line_above(plain, rows[0][0])
    if header and pattern("section").fullmatch(plain[slice(*header)]):
        further = _line_above(plain, header[0])
        if further and _is_head_of_section(plain[slice(*further)], plain[slice(*header)], texts):
            if _is_bare(plain, rows[0][0]):
                rows = [(header[0], rows[0][1]), *rows[1:]]  # the label of the first row
            else:
                sections = [header, *sections]  # what the first rows are about
            header = further
    if header and not _is_header(plain[slice(*header)], texts):
        header = _wrapped_above(plain, header, texts)
    if header:
        yield _table(plain, header, rows, sections)


def _is_head_of_section(line: str, section: str, rows: Sequence[str]) -> bool:
    """Whether a line heads the columns, and the one below it no more than the rows or the first of them."""
    return _is_header(line, rows) and (is_timed(heads(line)) or not _is_header(section, rows))


def _wrapped_above(plain: str, header: Span, rows: Sequence[str]) -> Span | None:
    """The heads whose last line this is, where they stand on several."""
    every = [cells(row) for row in rows]
    for _ in range(_MOST_LINES - 1):
        above = _line_above(plain, header[0])
        if (
            above is None
            or header[1] - above[0] > _MOST_LINES * _LONGEST_HEADER
            or pattern("numbered_title").match(plain, *above)
        ):
            return None
        header = (above[0], header[1])
        if _heads_over(plain[slice(*header)], rows, every).columns:
            return header
    return None


_MOST_LINES = 8
#: Lines that end with a year: the title of a table, and its heads.
_TITLES = 2


def _table(plain: str, header: Span, rows: Sequence[Span], sections: Sequence[Span]) -> Table:
    """The table below these heads, from its first whole row to its last; the others may be running text."""
    texts = [plain[start:end] for start, end in rows]
    count = len(heads_of(plain[slice(*header)], texts).columns)
    whole = [at for at, text in enumerate(texts) if len(cells(text)) >= count]
    kept = rows[whole[0] : whole[-1] + 1]
    above = [span for span in sections if span[0] < kept[-1][0]]
    return Table(_with_line_above(plain, header, texts), list(kept), above)


def _ends_with_time(line: str) -> bool:
    """Whether a line that ends with a number may be one of heads: none of them holds another number."""
    found = heads(line)
    return bool(found) and (
        is_timed(found)
        or (found[-1].period is not None and not any(_OTHER_DIGITS.search(head.text) for head in found))
    )


#: Digits of a head that are no year's.
_OTHER_DIGITS = re.compile(r"(?<![\d.])(?!(?:19|20)\d\d(?![\d.]))\d+(?![^(]*\))")


def _is_header(line: str, rows: Sequence[str]) -> bool:
    # The title of rows of a number each may head it; of others, the heads stand below it.
    heads_columns = pattern("numbered_title").match(line) is None or all(len(cells(row)) == 1 for row in rows)
    is_short = 0 < len(line) <= _LONGEST_HEADER and heads_columns
    found = heads_of(line, rows).columns if is_short else []
    return len(found) > 1 or (bool(found) and pattern("sole").search(line) is not None)


def _line_above(plain: str, start: int) -> Span | None:
    """The line above the one that begins at `start` or behind white space, without its own."""
    end = plain.rfind("\n", 0, start)
    first = plain.rfind("\n", 0, max(end, 0)) + 1
    line = plain[first : max(end, first)]
    if not line.strip():
        return None
    indent = len(line) - len(line.lstrip())
    return first + indent, first + len(line.rstrip())


def _with_line_above(plain: str, header: Span, rows: Sequence[str]) -> Span:
    """The heads with the line above them, where the two have a head for each column together."""
    above = _line_above(plain, header[0])
    if above is None or above[1] - above[0] > _LONGEST_HEADER:
        return header
    if pattern("numbered_title").match(plain, *above):
        return header
    both = f"{plain[slice(*above)]}\n{plain[slice(*header)]}"
    return (above[0], header[1]) if heads_of(both, rows).columns else header


_FEWEST_ROWS = 2
_LONGEST_HEADER = 110


# A cell a line


class _Group(NamedTuple):
    """A row that came out a cell a line: where its label begins, and its cells."""

    start: int
    cells: list[Span]

    @property
    def end(self) -> int:
        return self.cells[-1][1]


def _longest(found: Sequence[Table]) -> Iterator[Table]:
    """The tables, of two below the same heads the one with more rows."""
    most: dict[int, Table] = {}
    for table in found:
        known = most.get(table.header[0])
        if known is None or len(known.rows) < len(table.rows):
            most[table.header[0]] = table
    return iter(most.values())


def _by_cells(plain: str, alone: Sequence[Span]) -> Iterator[Table]:
    """Rows of as many cells each, a line each, below a label each; the heads stand a line each above them."""
    groups: list[_Group] = []
    for cell in alone:
        last = groups[-1] if groups else None
        if last and _parts_lines(plain, last.end, cell[0]):
            last.cells.append(cell)
        else:
            groups.append(_Group(cell[0], [cell]))
    run: list[_Group] = []
    for group in groups:
        if len(dated := list(_dated_rows(plain, group))) > 1:
            yield from _headed_cells(plain, dated, labelled=False)
            continue
        follows = (
            run and len(group.cells) == len(run[0].cells) and _label_between(plain, run[-1].end, group.start)
        )
        if not follows:
            yield from _headed_cells(plain, run)
            run = []
        if not _YEARS.fullmatch(plain, group.start, group.end):  # heads themselves
            run.append(group)
    yield from _headed_cells(plain, run)


def _parts_lines(plain: str, end: int, start: int) -> bool:
    """Whether nothing but a line's end parts two texts, or an empty line, as some programs have it."""
    return plain[end:start].replace(" ", "") in ("\n", "\n\n")


_YEARS = re.compile(r"(?:\s*(?:19|20)\d\d)+")


def _dated_rows(plain: str, group: _Group) -> Iterator[_Group]:
    """The rows of a group whose cells are a year and some numbers, and so on."""
    years = [at for at, span in enumerate(group.cells) if _YEARS.fullmatch(plain[slice(*span)])]
    wide = years[1] if len(years) > 1 and not years[0] else 0
    if wide > 1 and years == list(range(0, len(group.cells), wide)) and len(group.cells) % wide == 0:
        for at in years:
            yield _Group(group.cells[at][0], group.cells[at + 1 : at + wide])


def _label_between(plain: str, end: int, start: int) -> bool:
    lines = [line for line in plain[end:start].split("\n")[1:-1] if line.strip()]
    return 0 < len(lines) <= _LABEL_LINES and all(_is_label_line(line) for line in lines)


def _is_label_line(line: str) -> bool:
    return pattern("label_line").fullmatch(line.strip()) is not None


_LABEL_LINES = 2


def _headed_cells(plain: str, run: Sequence[_Group], *, labelled: bool = True) -> Iterator[Table]:
    """The rows, where the lines above the label of the first are a head for each column."""
    if len(run) < _FEWEST_ROWS:
        return
    count = len(run[0].cells)
    first = run[0].cells
    apart = count > 1 and "\n\n" in plain[first[0][1] : first[1][0]].replace(" ", "")
    above = _lines_above(plain, run[0].start, 2 * count + 3, apart=apart)
    label = above.pop() if labelled and above else (run[0].start, run[0].start)
    starts = [label[0], *(_after_line(plain, group.end) for group in run[:-1])]
    rows = [(start, group.end) for start, group in zip(starts, run, strict=True)]
    texts = [" ".join(plain[start:end].split()) for start, end in rows]
    pieces = _head_lines(plain, above)
    if pieces and count > 1 and _is_header(plain[slice(*pieces[-1])], texts):
        yield Table(pieces[-1], rows, [])  # all heads on one line
        return
    times = [piece for piece in pieces[-count:] if is_timed(heads(plain[slice(*piece)]))]
    for size in (count,) if len(times) == count else (count + 1, count):
        lines = pieces[-size:]
        header = WIDE.join(" ".join(plain[start:end].split()) for start, end in lines)
        if len(lines) == size and _is_header(header, texts):
            yield Table((lines[0][0], lines[-1][1]), rows, [], WIDE)
            return


def _head_lines(plain: str, lines: Sequence[Span]) -> list[Span]:
    """The lines, those that go on with the head above them (`(weken)`) taken together with it."""
    found: list[Span] = []
    for start, end in lines:
        if found and (plain[start] == "(" or plain[start].islower()):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _lines_above(plain: str, start: int, most: int, *, apart: bool) -> list[Span]:
    """The lines above that may be heads or a label, in their order, without their white space.

    An empty line ends them, unless lines stand `apart` by one each.
    """
    found: list[Span] = []
    while len(found) < most and start > 0:
        end = start - 1
        first = plain.rfind("\n", 0, end) + 1
        line = plain[first:end]
        if apart and not line.strip():
            start = first
            continue
        if not _is_label_line(line) and not _is_line_of_years(line.strip()):
            break
        indent = len(line) - len(line.lstrip())
        found.append((first + indent, first + len(line.rstrip())))
        start = first
    return found[::-1]


def _after_line(plain: str, end: int) -> int:
    """Where the text of the next line begins."""
    start = plain.index("\n", end) + 1
    text = _TEXT.search(plain, start)
    return text.start() if text else start


_TEXT = re.compile(r"\S")
