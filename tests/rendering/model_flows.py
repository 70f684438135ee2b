"""What all writers need of a model: the words of a part cut at its citations, notes that nothing cites."""

from collections.abc import Iterator
from typing import NamedTuple

from letter_model import Model

from transforms.formats.parts import Part, Table, Words


class Laid(NamedTuple):
    """The parts of a letter but its notes, and the notes by their keys."""

    parts: list[Part | Table]
    notes: dict[str, Part]


def laid(model: Model) -> Laid:
    """The parts of a model; a note that is cited nowhere is cited at the end of the body's last paragraph.

    No word processor has notes that aren't cited.
    """
    notes = {part.key: part for part in model if isinstance(part, Part) and part.role == "note"}
    parts = [part for part in model if isinstance(part, Table) or part.role != "note"]
    cited = {key for part in parts if isinstance(part, Part) for _, key in part.words.cited}
    left = [key for key in notes if key not in cited]
    last = max(
        (at for at, part in enumerate(parts) if isinstance(part, Part) and part.role == "paragraph"),
        default=0,
    )
    if left and isinstance(part := parts[last], Part):
        text = part.words.text
        more = [*part.words.cited, *((len(text), key) for key in left)]
        parts[last] = part._replace(words=Words(text, more))
    return Laid(parts, notes)


def flow(words: Words) -> Iterator[tuple[str, str]]:
    """Texts and the keys of the notes cited behind them, one of each pair empty."""
    done = 0
    for offset, key in sorted(words.cited):
        if offset > done:
            yield words.text[done:offset], ""
        yield "", key
        done = offset
    if done < len(words.text):
        yield words.text[done:], ""
