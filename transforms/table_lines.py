"""Tables whose rows stand a line each: which lines of a text are rows, and what heads their columns.

A line that ends in numbers is no table yet. Several that follow each other are one where the line above them
has a head for each column: years, quarters or dates, or words, each with a capital.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

from transforms.vocabulary import compiled, words


class Cell(NamedTuple):
    """What stands in [start, end) of a row: a number, or a sign that there is none."""

    start: int
    end: int
    text: str


class Head(NamedTuple):
    """The head of a column: its words, the time that it names, and whether it is nothing but a time."""

    text: str
    period: str | None = None
    timed: bool = False


class Table(NamedTuple):
    """[start, end) of the line of heads and of each row, the lines of its label above it included."""

    header: tuple[int, int]
    rows: list[tuple[int, int]]


@cache
def _pattern(name: str) -> re.Pattern[str]:
    flags = re.NOFLAG if name in _AS_WRITTEN else re.IGNORECASE
    return compiled("reading", words("reading")["table"][name], flags=flags)


#: Patterns that go by capitals.
_AS_WRITTEN = ("head", "label")


# Rows


def cells(row: str) -> list[Cell]:
    """The cells that a row ends with; its label may hold numbers of its own, which come first."""
    match = _pattern("cells").search(row)
    if match is None:
        return []
    found = _pattern("one").finditer(row, match.start())
    return [Cell(*each.span(), each[0].strip()) for each in found]


def columns(row: str, count: int) -> list[Cell] | None:
    """The last `count` cells of a row; None where it has fewer, or where that can't be told.

    What goes before them is its label's (`Mbo 2`), unless groups of three make as many numbers (`1 104`).
    """
    found = cells(row)
    joined = _joined(row, found)
    if len(found) > count and len(joined) == count and not _is_year(found[0]):
        return joined if len(found) - count > 1 or not row[: found[0].start].strip() else None
    return found[-count:] if len(found) >= count > 0 else None


def _is_year(cell: Cell) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", cell.text) is not None


def _joined(row: str, found: Sequence[Cell]) -> list[Cell]:
    """The cells with those that make one number in groups of three (`1 104`) taken together."""
    joined: list[Cell] = []
    for cell in found:
        last = joined[-1] if joined else None
        whole = row[last.start : cell.end] if last else ""
        if last and re.fullmatch(r"[1-9]\d{0,2}(?: \d{3})+", whole):
            joined[-1] = Cell(last.start, cell.end, whole)
        else:
            joined.append(cell)
    return joined


# Heads


def heads(header: str, count: int | None = None) -> list[Head]:
    """The heads of a line: the times that it ends with, else its words from each capital on.

    A time behind a word is part of its head (`Raming 2020`) or one of its own, as `count` columns ask for.
    """
    found: list[Head] = []
    for apart in (False, True):
        parts = [match[0].strip() for match in _pattern("head").finditer(header)]
        parts = [piece for part in parts for piece in (_apart(part) if apart else [part])]
        whole = "".join(parts).replace(" ", "") == header.replace(" ", "")
        found = [_head(part) for part in parts] if whole and len(parts) > 1 else []
        if found and count in (None, len(found), len(found) - 1):
            break
    return _times(header) or found


def _apart(part: str) -> list[str]:
    """The words of a head and the times in it, each by itself."""
    pieces, done = [], 0
    for match in _pattern("time").finditer(part):
        pieces += [part[done : match.start()].strip(), match[0].strip()]
        done = match.end()
    return [piece for piece in (*pieces, part[done:].strip()) if piece]


def _head(part: str) -> Head:
    times = list(_pattern("time").finditer(part))
    period = _time(times[0]) if len(times) == 1 else None
    return Head(part, period, timed=bool(times) and times[0][0].strip() == part)


def _times(header: str) -> list[Head]:
    tail = _pattern("times").search(header)
    found = list(_pattern("time").finditer(header))
    if tail is None or not found or found[0].start() < tail.start():
        return []
    return [Head(match[0].strip(), _time(match), timed=True) for match in found]


def _time(match: re.Match[str]) -> str | None:
    """The time that a head names: `2019`, `2019/2020`, `Q2 2019`, `31-12-2019`, `mei 2019`."""
    part = match.groupdict()
    year = part["year"] or part["of_quarter"] or part["of_month"] or part["of_day"]
    if part["until"]:
        until = part["until"] if len(part["until"]) == len("2019") else year[:2] + part["until"]
        return f"{year}/{until}"
    if part["quarter"]:
        return f"{year}-Q{part['quarter'][0] if part['quarter'][0].isdigit() else part['quarter'][1]}"
    if part["month"]:
        number = next(
            index
            for index, month in enumerate(words("reading")["define"]["month"], 1)
            if month.startswith(part["month"].lower()[:3].replace("mrt", "maa"))
        )
        return f"{year}-{number:02}"
    if part["day"]:
        return f"{year}-{int(part['of']):02}-{int(part['day']):02}"
    return f"{year}{BOUNDS.get((part['bound'] or '').lower(), '')}"


#: The month by which a word before a year bounds it.
BOUNDS = {"begin": "-01", "medio": "-07", "eind": "-12", "ultimo": "-12"}


def for_cells(header: str, count: int) -> list[Head]:
    """The heads of the columns of a row that ends with `count` numbers, without that of the labels."""
    found = heads(header, count)
    if is_timed(found):
        return found if len(found) <= count else []
    if len(found) == count:
        return found
    return found[1:] if 0 <= len(found) - 1 <= count else []


def is_timed(found: Sequence[Head]) -> bool:
    """Whether all columns are headed by times."""
    return bool(found) and all(head.timed for head in found)


# In a text


def tables(plain: str) -> Iterator[Table]:
    """The tables of a text, those whose rows stand a line each before those whose cells do."""
    lines = list(_cell_lines(plain))
    yield from _by_rows(plain, lines)
    yield from _by_cells(plain, lines)


def _by_rows(plain: str, lines: Sequence[int]) -> Iterator[Table]:
    run: list[tuple[int, int]] = []
    for match in filter(None, map(partial(_pattern("row_line").match, plain), lines)):
        start, end = _label_start(plain, match.start(1), run), match.end(1)
        if run and plain[run[-1][1] : start].strip(" ") != "\n":
            yield from _headed(plain, run)
            run = []
            start = match.start(1)
        if cells(plain[start:end])[0].end < end - start or plain[start].isalpha():
            run.append((start, end))  # but for a cell that stands alone
    yield from _headed(plain, run)


def _cell_lines(plain: str) -> Iterator[int]:
    """Where lines begin that may be rows or cells: a look at how they end spares most lines the patterns."""
    start = 0
    for line in plain.split("\n"):
        last = line.rstrip(" .,")[-7:]
        if last[-1:].isdigit() or last.lower().endswith(_ROW_ENDS):
            yield start
        start += len(line) + 1


#: What a cell ends with besides a digit and a full stop or a comma.
_ROW_ENDS = ("%", "–", "x", "*", "-", "mln", "mld", "miljoen", "miljard")


def _label_start(plain: str, start: int, run: Sequence[tuple[int, int]]) -> int:
    """Where the row begins: its label may have begun on the line above, behind another row."""
    above = plain.rfind("\n", 0, max(start - 1, 0)) + 1
    line = plain[above : start - 1] if start else ""
    if not run or above <= run[-1][0] or not line.strip() or plain[run[-1][1] : above].strip(" ") != "\n":
        return start
    goes_on = plain[start].islower() or plain[start] == "("
    return above if goes_on and _pattern("label").fullmatch(line.rstrip()) else start


def _headed(plain: str, run: list[tuple[int, int]]) -> Iterator[Table]:
    """The rows, where the line above them, or the first of them, has a head for each column."""
    if len(run) < _FEWEST_ROWS:
        return
    counts = [len(cells(plain[start:end])) for start, end in run]
    own = heads(plain[slice(*run[0])])
    if is_timed(own) and len(run) > _FEWEST_ROWS and min(counts[1:]) >= len(own):
        yield Table(run[0], run[1:])  # years are numbers themselves
        return
    end = plain.rfind("\n", 0, run[0][0])
    start = plain.rfind("\n", 0, max(end, 0)) + 1
    header = plain[start : max(end, start)].strip()
    found = for_cells(header, min(counts)) if 0 < len(header) <= _LONGEST_HEADER else []
    if found and (len(found) > 1 or _pattern("sole").search(header)):
        first = plain.index(header, start)
        yield Table((first, first + len(header)), run)


_FEWEST_ROWS = 2
_LONGEST_HEADER = 110


# A cell a line


class _Group(NamedTuple):
    """A row that came out a cell a line: where its cells begin and end, and how many there are."""

    start: int
    end: int
    cells: int


def _by_cells(plain: str, lines: Sequence[int]) -> Iterator[Table]:
    """Rows of as many cells each, a line each, below a label each; the heads stand a line each above them."""
    groups: list[_Group] = []
    for match in filter(None, map(partial(_pattern("lone_cell").match, plain), lines)):
        last = groups[-1] if groups else None
        if last and plain[last.end : match.start(1)].strip(" ") == "\n":
            groups[-1] = _Group(last.start, match.end(1), last.cells + 1)
        else:
            groups.append(_Group(match.start(1), match.end(1), 1))
    run: list[_Group] = []
    for group in groups:
        follows = run and group.cells == run[0].cells and _label_between(plain, run[-1].end, group.start)
        if not follows:
            yield from _headed_cells(plain, run)
            run = []
        if not _YEARS.fullmatch(plain, group.start, group.end):  # heads themselves
            run.append(group)
    yield from _headed_cells(plain, run)


_YEARS = re.compile(r"(?:\s*(?:19|20)\d\d)+")


def _label_between(plain: str, end: int, start: int) -> bool:
    lines = plain[end:start].split("\n")[1:-1]
    return 0 < len(lines) <= _LABEL_LINES and all(_is_label_line(line) for line in lines)


def _is_label_line(line: str) -> bool:
    return _pattern("label_line").fullmatch(line.strip()) is not None


_LABEL_LINES = 2


def _headed_cells(plain: str, run: Sequence[_Group]) -> Iterator[Table]:
    """The rows, where the lines above the label of the first are a head for each column."""
    if len(run) < _FEWEST_ROWS:
        return
    above = _lines_above(plain, run[0].start, run[0].cells + 2)
    times = [line for line in above[-run[0].cells - 1 : -1] if _pattern("times").match(plain[slice(*line)])]
    sizes = (run[0].cells,) if len(times) == run[0].cells else (run[0].cells + 1, run[0].cells)
    for size in sizes:
        lines = above[-size - 1 : -1]
        if len(lines) < size:
            continue
        header = (lines[0][0], lines[-1][1])
        found = for_cells(" ".join(plain[start:end] for start, end in lines), run[0].cells)
        if len(found) == run[0].cells and (size > 1 or _pattern("sole").search(plain[slice(*header)])):
            starts = [above[-1][0], *(_after_line(plain, group.end) for group in run[:-1])]
            yield Table(header, [(start, group.end) for start, group in zip(starts, run, strict=True)])
            return


def _lines_above(plain: str, start: int, most: int) -> list[tuple[int, int]]:
    """The lines above that may be heads or a label, in their order, without their white space."""
    found: list[tuple[int, int]] = []
    while len(found) < most and start > 0:
        end = start - 1
        first = plain.rfind("\n", 0, end) + 1
        line = plain[first:end]
        if not _is_label_line(line):
            break
        indent = len(line) - len(line.lstrip())
        found.append((first + indent, first + len(line.rstrip())))
        start = first
    return found[::-1]


def _after_line(plain: str, end: int) -> int:
    """Where the text of the next line begins."""
    start = plain.index("\n", end) + 1
    return start + len(plain[start:]) - len(plain[start:].lstrip()) if plain[start] == " " else start
