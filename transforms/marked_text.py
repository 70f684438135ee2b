"""The reading text of a letter whose form marks its parts: nothing is guessed, nothing joined.

A part is a paragraph; what the form puts before it (the number of a note, the sign of an item) isn't read.
Characters alone are repaired: spaces, those that nobody sees, letters read in the wrong encoding.
"""

from collections.abc import Iterator, Sequence

from transforms.notes import Citation
from transforms.received import Block, Received
from transforms.repairs import Edit, softened, ungarbled
from transforms.runs import ReadingText, Runs, spaced
from transforms.unseen import without_width


def marked_text(letter: Received) -> ReadingText:
    """The reading text of a letter with blocks: the notes follow the body, a paragraph each."""
    hidden = without_width(letter.text)
    found = [*softened(letter.text), *ungarbled(letter.text), *hidden.edits]
    edits = sorted({edit.start: edit for edit in found}.values())
    runs = Runs(spaced(letter.text).replace("\n", " "))
    body = [block for block in letter.blocks if block.role != "note"]
    ends = _put(runs, body, edits)
    body_end, body_runs = runs.length, len(runs.starts)
    ends += _put(runs, [block for block in letter.blocks if block.role == "note"], edits)
    reading = ReadingText(
        "".join(runs.texts),
        body_end,
        runs.starts,
        runs.raws,
        body_runs,
        hidden.doubtful,
        {edit.start: edit.end for edit in edits if edit.text.strip()},
    )
    blocks = [
        block._replace(start=start, end=end, cells=[_span(reading, *cell) for cell in block.cells])
        for block, (start, end) in zip(letter.blocks, ends, strict=True)
    ]
    return reading._replace(blocks=blocks)


def _put(runs: Runs, blocks: Sequence[Block], edits: Sequence[Edit]) -> list[tuple[int, int]]:
    """Where each of the blocks, put behind what is there, begins and ends in the reading text."""
    found: list[tuple[int, int]] = []
    last = 0
    for block in blocks:
        if runs.length:
            runs.put(last, "\n\n")
        start = runs.length
        runs.add(block.start, block.end, edits)
        found.append((start, runs.length))
        last = block.end
    if not runs.starts:
        runs.put(0, "")
    return found


def _span(reading: ReadingText, start: int, end: int) -> tuple[int, int]:
    """The cell in the reading text."""
    return reading.reading_offset(start), reading.reading_offset(end)


def marked_citations(letter: Received, reading: ReadingText) -> Iterator[Citation]:
    """The citations of footnotes in the body, in their order."""
    notes = {
        block.start: reading.text[read.start : read.end]
        for block, read in zip(letter.blocks, reading.blocks, strict=True)
        if block.role == "note"
    }
    first = min(notes, default=len(letter.text))
    for offset, note in sorted(letter.citations):
        if offset < first and note in notes:
            yield Citation(reading.reading_offset(offset), notes[note])
