"""Tables whose cells are known, as XML, HTML and word processors mark them: what each row and column is.

The form may mark the rows of heads; else those are heads that stand above the first number. It marks neither
the columns of labels nor the lines between rows: these are known by what stands in them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from transforms.nouns import unit_of
from transforms.received import Block
from transforms.table_heads import Heads, column_head, pattern, time_of
from transforms.table_lines import Cell
from transforms.vocabulary import compiled, words

#: A cell without words, or whose words are of another row or column too.
NONE = Cell(-1, -1, "")


class CellRow(NamedTuple):
    """A row of a table: what it is, the cell in each of its columns, and the cells that hold sentences.

    A cell's offsets count from the row's start; they are -1 where the cell began in another row.
    """

    role: str  # head, row, section, caption, beneath, prose
    cells: Sequence[Cell]
    prose: Sequence[Cell] = ()


# Rows


def rows_of(text: str, blocks: Sequence[Block]) -> list[CellRow]:
    """The rows of one table, of which each is a block of the text."""
    often = Counter(span for block in blocks for span in set(block.cells))
    table = [[_cell(text, block, *span, once=often[span] == 1) for span in block.cells] for block in blocks]
    heads = [block.role == "table_head" for block in blocks]
    roles = _roles(table, heads)
    return _filled_down(
        [CellRow(role, cells, _prose(role, cells)) for role, cells in zip(roles, table, strict=True)]
    )


def _cell(text: str, block: Block, start: int, end: int, *, once: bool) -> Cell:
    """The cell of a row whose words are [start, end) of the text; a number over several rows is of none."""
    whole = text[start:end]
    words = whole.strip()
    if not block.start <= start <= end <= block.end or (is_number(words) and not once):
        return Cell(-1, -1, words)
    at = start - block.start + len(whole) - len(whole.lstrip())
    return Cell(at, at + len(words), words)


def _roles(table: Sequence[Sequence[Cell]], heads: Sequence[bool]) -> list[str]:
    """What each row is."""
    if not any(is_number(cell.text) for cells in table for cell in cells) and not any(
        map(_has_values, table)
    ):
        return ["head" if is_head else "prose" for is_head in heads]
    first = next((at for at, cells in enumerate(table) if _has_values(cells)), len(table))
    above = heads if any(heads) else [at < min(first, _MOST_HEADS) for at in range(len(table))]
    found: list[str] = []
    for at, cells in enumerate(table):
        alone = len(cells) > 1 and bool(words := _stands_alone(cells)) and not is_number(words)
        if not alone:
            found.append("head" if above[at] else "row")
        elif above[at]:
            found.append("section" if "head" in found else "caption")
        else:
            found.append(_between(table, at))
    return found


#: Rows of heads that no form marks.
_MOST_HEADS = 4


def _stands_alone(cells: Sequence[Cell]) -> str:
    """The words of a row that has none but in its first cell, which may go over all columns."""
    first = cells[0] if cells else NONE
    return first.text if all(cell == first or not cell.text for cell in cells) else ""


def _between(table: Sequence[Sequence[Cell]], at: int) -> str:
    """What a line alone is: the head of the rows below it, or the table's last words."""
    below = table[at + 1 :]
    if all(_stands_alone(cells) for cells in below):
        return "beneath"
    return "row" if _stands_alone(below[0]) and not _goes_across(table[at]) else "section"


def _goes_across(cells: Sequence[Cell]) -> bool:
    return len(cells) > 1 and all(cell == cells[0] for cell in cells)


def _has_values(cells: Sequence[Cell]) -> bool:
    """Whether a row holds a number that is no time, but for its first cell, or a sign that there is none."""
    texts = [cell.text for cell in cells]
    others = texts[1:] if len(texts) > 1 else texts
    return any(is_number(text) and time_of(text) is None for text in others) or any(map(is_bounds, texts[1:]))


def _prose(role: str, cells: Sequence[Cell]) -> list[Cell]:
    """The cells that hold sentences, each once: of a table without numbers all."""
    if role not in ("row", "prose"):
        return []
    own = [cell for cell in dict.fromkeys(cells) if cell.start >= 0 and cell.text]
    return own if role == "prose" else [cell for cell in own if _is_prose(cell.text)]


def _is_prose(text: str) -> bool:
    return len(text) > _LONGEST_LABEL or (len(text) > _SHORTEST_SENTENCE and text.endswith((".", ";")))


#: Characters of a label, and of a sentence that ends as one.
_LONGEST_LABEL, _SHORTEST_SENTENCE = 120, 40


def _filled_down(rows: Sequence[CellRow]) -> list[CellRow]:
    """The rows, the first cell of each as the row above has it where it is empty and another label isn't."""
    found: list[CellRow] = []
    above = NONE
    for row in rows:
        first = row.cells[0] if row.cells else NONE
        opened = first.text or row.role != "row" or len(row.cells) <= 2 or not _is_label(row.cells[1].text)
        found.append(row if opened else row._replace(cells=[above, *row.cells[1:]]))
        if opened:
            above = first._replace(start=-1, end=-1) if row.role == "row" else NONE
    return found


def _is_label(text: str) -> bool:
    return bool(text) and (not is_number(text) or time_of(text) is not None)


# Columns


class Columns(NamedTuple):
    """Which columns hold labels and which numbers, the heads of the latter, and those that name sources."""

    labels: Sequence[int]
    values: Sequence[int]
    heads: Heads
    sources: Sequence[int] = ()


def columns_of(heads: Sequence[Sequence[Cell]], rows: Sequence[Sequence[Cell]]) -> Columns:
    """The columns of a table with these rows of heads above these rows."""
    width = max((len(cells) for cells in (*heads, *rows)), default=0)
    values = [at for at in range(width) if _holds_values(heads, rows, at)]
    sources = [at for at in range(width) if at not in values and _names_sources(_down(heads, at))]
    labels = [at for at in range(min(values, default=width)) if at not in (*values, *sources)]
    over = [column_head(_down(heads, at)) for at in values]
    return Columns(labels, values, Heads(" ".join(_down(heads, labels[0])) if labels else "", over), sources)


def _names_sources(over: Sequence[str]) -> bool:
    """Whether the cells under a head say where the numbers of their rows are from."""
    return over[-1:] in (["Bron"], ["Bronnen"])


def _down(rows: Sequence[Sequence[Cell]], column: int) -> list[str]:
    """The words in a column, from above, each once where it goes on."""
    found: list[str] = []
    for cells in rows:
        text = cells[column].text if column < len(cells) else ""
        if text and text not in found[-1:]:
            found.append(text)
    return found


def _holds_values(heads: Sequence[Sequence[Cell]], rows: Sequence[Sequence[Cell]], column: int) -> bool:
    """Whether most cells of a column are numbers, and neither times nor the numbers of the rows."""
    texts = [cells[column].text for cells in rows if column < len(cells) and cells[column].text]
    head = " ".join(_down(heads, column))
    is_class = column == 0 or pattern("of_classes").search(head) is not None
    numbers = [text for text in texts if is_number(text) or (not is_class and is_bounds(text))]
    if len(numbers) * 2 <= len(texts):
        return False
    if all(time_of(text) is not None for text in texts) and (column == 0 or _are_years(head)):
        return False
    return column > 0 or not (pattern("of_rows").fullmatch(head) or _count_up(texts))


def _are_years(head: str) -> bool:
    return compiled("numerals", words("numerals")["table"]["of_years"]).search(head) is not None


def _count_up(texts: Sequence[str]) -> bool:
    """Whether the cells number the rows: 1, 2, 3."""
    found = [text.rstrip(".") for text in texts]
    return len(found) > 1 and found == [str(at) for at in range(1, len(found) + 1)]


# Cells


def is_number(text: str) -> bool:
    """Whether a cell holds a number, or the sign that there is none, and nothing else."""
    return bool(text) and pattern("cell").fullmatch(text) is not None


def is_bounds(text: str) -> bool:
    """Whether a cell holds a bound, a range or a unit (`<5`, `4–6`, `6 weken`) and is no time."""
    match = pattern("bounds").fullmatch(text) if text else None
    return match is not None and time_of(text) is None and _is_unit(match["unit"])


def _is_unit(word: str | None) -> bool:
    return word is None or (word not in words("reading")["table"]["no_units"] and unit_of(word) is not None)


def numbers_in(cell: Cell) -> Iterator[Cell]:
    """The number of a cell, and the share in brackets behind it (`310 (12%)`); nothing for other words."""
    forms = (
        (pattern("cell"), *([pattern("bounds")] if is_bounds(cell.text) else ())) if cell.start >= 0 else ()
    )
    match = next(filter(None, (form.fullmatch(cell.text) for form in forms)), None)
    for name in ("number", "share"):
        if match is not None and match[name]:
            start, end = match.span(name)
            unit = match.groupdict().get("unit") if name == "number" else None
            yield Cell(cell.start + start, cell.start + end, match[name], unit or "")


def apart(text: str, cells: Sequence[Cell], offset: int) -> str:
    """The text of a row, blank where other numbers stand near that of the cell at this offset."""
    for cell in cells:
        is_near = offset - _NEAR < cell.end and 0 <= cell.start < offset + _NEAR
        if is_near and not cell.start <= offset < cell.end and (is_number(cell.text) or is_bounds(cell.text)):
            text = text[: cell.start] + " " * (cell.end - cell.start) + text[cell.end :]
    return text


#: Further off no word says how exact a number is.
_NEAR = 80
