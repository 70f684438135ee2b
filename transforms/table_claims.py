"""The claims of a table's rows: a cell together with what heads it, and what stands around the table."""

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from transforms import table_sources
from transforms.about_whom import titled
from transforms.figures import Letter, Linked, Memory
from transforms.kinds import in_line, kind_of
from transforms.notation import is_future, is_past
from transforms.sentence_claims import Reading, claim_of
from transforms.sentences import Sentence
from transforms.status import of_cells
from transforms.table_lines import cells
from transforms.tables import (
    Entry,
    Frame,
    cell_entries,
    column_change,
    entries,
    framed,
    framed_cells,
    is_beneath,
    is_header,
    is_occupied,
    title_of,
    why_unread,
)
from transforms.timing import Timing


def caption_of(text: str, before: str) -> str:
    """What may be a table's caption; the head of its first column stands behind it as a line of its own."""
    is_head = len(text) < _LONGEST_HEAD and text[-1:].isalpha()
    goes_on = is_head and not table_sources.heads_table(text)
    return f"{before[-_LONGEST_CAPTION:]}\n{text}" if goes_on else text


#: Characters.
_LONGEST_HEAD, _LONGEST_CAPTION = 40, 400


class Table(NamedTuple):
    """The table that a row stands in: its heads, what stands around it, the line that the row is under."""

    header: str
    frame: Frame
    section: str = ""


NO_TABLE = Table("", framed("", (), ""))


def table_at(sentences: Sequence[Sentence], index: int, table: Table, caption: str) -> Table:
    """The table that the line at `index` begins or goes on with."""
    sentence = sentences[index]
    if sentence.cells and _begins(sentences, index):
        table = _framed_cells(sentences, index, caption)
    elif not sentence.cells and (sentence.role == "head" or (not sentence.role and is_header(sentence.text))):
        again = sentence.text == table.header  # a page's end parted it
        return _framed(sentences, index, table.frame.caption if again else "" if table.header else caption)
    if sentence.role == "section":
        return table._replace(section=sentence.text.rstrip(": "))
    return table if table.header or sentence.cells else Table("", framed("", (), caption))


def _framed(sentences: Sequence[Sentence], index: int, caption: str) -> Table:
    """The table whose heads are the sentence at `index`."""
    header = sentences[index].text
    end = index + 1
    while end < len(sentences) and sentences[end].place == "table" and sentences[end].role != "head":
        end += 1
    rows = [each.text for each in sentences[index + 1 : end] if each.role != "section"]
    return Table(header, framed(header, rows, caption, _beneath(sentences[end : end + _BENEATH])))


def _begins(sentences: Sequence[Sentence], index: int) -> bool:
    """Whether the row at `index` is the first of a table, or of one that heads within it begin."""
    sentence = sentences[index]
    before = next((each for each in reversed(sentences[:index]) if each.role != "prose"), None)
    if before is None or before.table != sentence.table:
        return True
    return sentence.role == "head" and before.role not in ("head", "caption")


def _framed_cells(sentences: Sequence[Sentence], index: int, caption: str) -> Table:
    """The table whose cells are known that begins with the row at `index`."""
    end = index + 1
    while (
        end < len(sentences)
        and sentences[end].table == sentences[index].table
        and not (sentences[end].cells and _begins(sentences, end))
    ):
        end += 1
    found = sentences[index:end]
    titles = [each.text for each in found if each.role == "caption"]
    frame = framed_cells(
        [each.cells for each in found if each.role == "head"],
        [each.cells for each in found if each.role == "row"],
        "\n".join(filter(None, (caption, *titles))),
        _beneath(sentences[end : end + _BENEATH]),
    )
    return Table(frame.header, frame)


def _beneath(sentences: Sequence[Sentence]) -> str:
    """What stands beneath a table and tells of it."""
    return "\n".join(takewhile(is_beneath, (each.text for each in sentences if each.place != "table")))


#: Sentences beneath a table that may tell of it.
_BENEATH = 2


def row_of(sentence: Sentence, table: Table, letter: Letter, memory: Memory) -> Reading:
    """The cells of a table's row; one whose unit nothing tells is passed over."""
    frame, read, found = table.frame, [], []
    row = sentence.cells or (cells(sentence.text) if sentence.role == "row" else ())
    for quantity, period, named, base, heads in _entries(sentence, table):
        made = next(filter(None, map(table_sources.of_head, heads)), None)
        credited = memory if made is None else memory._replace(source=made, introduced=True)
        change = column_change(quantity, named)
        kind = kind_of(sentence.text, quantity, growth=change.growth)
        if kind == "count" and in_line(quantity):
            kind = "capacity"
        used = quantity.unit != "fte" and is_occupied(named, frame.caption)
        kind = "count" if kind == "capacity" and used else kind
        column = Timing(period, base, 1.0, "period.column" if period else "period.none")
        read.append(quantity)
        past, future = is_past(period, letter.letter_date), is_future(period, letter.letter_date)
        stands = of_cells(named, f"{frame.caption} {table.header}", past=past, future=future)
        linked = Linked(quantity, change, column, kind, stands)
        claim = claim_of(sentence, linked, letter, credited, row=row)
        found.append(titled(claim, title_of(frame), " ".join(filter(None, heads[:2]))))
    unread = (
        None if read or sentence.role not in ("", "row") else why_unread(sentence.text, sentence.cells, frame)
    )
    return Reading(sentence, (), (), read, found, unread)


def _entries(sentence: Sentence, table: Table) -> Iterator[Entry]:
    """What the cells of a row count."""
    if not sentence.cells:
        return entries(sentence.text, table.frame, table.section)
    return cell_entries(sentence.cells if sentence.role == "row" else (), table.frame, table.section)


def source_of_table(memory: Memory, caption: str, maker: str | None) -> Memory:
    """The memory with whom a table's cells are from: as its title says, what leads to it, a line beneath.

    What the sentence before it goes on about is the table's where that says so (`Dit verloopt zo: tabel 2`).
    """
    if (stated := table_sources.of_caption(caption)) is not None:
        return Memory(source=stated, introduced=True)
    if memory.introduced:
        return memory
    if maker is None and memory.source is not None and table_sources.leads_to_table(memory.last):
        return memory._replace(introduced=True)
    if maker is None and memory.publication is not None and memory.publication.whole:
        return Memory(source=memory.publication.source, introduced=True)
    return Memory(source=maker, introduced=True)
