"""Whom tables, and lines beneath them or beneath a text, credit."""

from collections.abc import Sequence
from functools import lru_cache

from transforms.attribution import introduced, source
from transforms.bodies import is_institution, is_listed
from transforms.carrying import announces, is_own
from transforms.constructions import credit, words_of
from transforms.continuing import is_labelled
from transforms.nouns import is_plural
from transforms.vocabulary import as_written


def is_source_line(text: str) -> bool:
    """Whether a text is no more than where figures are from (`Bron: X`)."""
    return as_written("sources", "source_line").match(text) is not None


def leads_to_table(text: str) -> bool:
    """Whether a sentence goes before a table of what was told of before it (`De ontwikkeling staat in …`)."""
    return announces(text) and words_of("leads", table="line").search(text) is not None and not is_own(text)


def of_tables(texts: Sequence[str], rows: Sequence[bool], asks: Sequence[bool] = ()) -> list[str | None]:
    """Whom the line or note `Bron: …` beneath a table's row credits, else the only one of the letter.

    What a table is from says nothing of another with a caption of its own or of another answer, above it or
    below. `rows` says which of the letter's texts are rows of a table, `asks` which begin a question.
    """
    parts = [heads_table(text) or asks[at : at + 1] == [True] for at, text in enumerate(texts)]
    matches = ((at, as_written("sources", "source_line").match(text)) for at, text in enumerate(texts))
    lines = {at: _stated_in(match[1]) for at, match in matches if match is not None}
    behind = {
        at: _behind_table(texts[at])
        for at in range(1, len(texts))
        if rows[at - 1] and not rows[at] and at not in lines
    }
    lines |= {at: maker for at, maker in behind.items() if maker is not None}
    found: list[str | None] = [None] * len(texts)
    for at, maker in sorted(lines.items()):
        others, below = 0, False
        for above in range(at - 1, -1, -1):
            if above in lines or (below and parts[above]):
                break
            others = 0 if rows[above] else others + 1
            if others > _BENEATH and (below or len(lines) > 1):
                break
            found[above], below = maker, below or rows[above]
        further = range(at + 1, len(texts)) if len(lines) == 1 and not below else ()
        for beneath in further:
            if below and parts[beneath]:
                break
            found[beneath], below = maker, below or rows[beneath]
    return found


def of_prose(texts: Sequence[str], places: Sequence[str], paragraphs: Sequence[int]) -> list[str | None]:
    """Whom a line `Bron: …` beneath sentences credits with their figures, where no table or picture has them.

    It is of the paragraph above it, of an answer of its last ones, of a list of all its entries.
    """
    found: list[str | None] = [None] * len(texts)
    for at, text in enumerate(texts):
        match = as_written("sources", "source_line").match(text)
        if match is None or not at or paragraphs[at - 1] == paragraphs[at] or "table" in places[:at][-3:]:
            continue
        reach = _ANSWERED if places[at] == "answer" else 1
        above = at - 1
        while above >= 0 and paragraphs[at] - paragraphs[above] <= reach and _is_prose(texts[above]):
            if places[above] != places[at]:
                break
            above -= 1
        maker = _stated_in(match[1])
        if (first := _list_above(texts, places, at)) < at:
            found[first:at] = [maker] * (at - first)
            continue
        found[above + 1 : at] = [None if is_own(said) else maker for said in texts[above + 1 : at]]
    return found


def _list_above(texts: Sequence[str], places: Sequence[str], at: int) -> int:
    """Where the list begins whose entries, a label and a number each, stand right above a line."""
    first = at
    while first and places[first - 1] == places[at] and is_labelled(texts[first - 1]):
        first -= 1
    return first


#: Paragraphs of an answer that a line beneath them is of.
_ANSWERED = 3


def _is_prose(text: str) -> bool:
    """Whether a text is a sentence, and not about a table or a picture."""
    return (
        text[-1:] in ".;)" and not announces(text) and as_written("sources", "picture").search(text) is None
    )


def heads_table(text: str) -> bool:
    """Whether a line is the caption of a table, of which whatever the one before it is from says nothing."""
    return words_of("caption", table="line").match(text) is not None


def _stated_in(line: str) -> str | None:
    """Whom a line `Bron: …` names, be it as the maker of a report or of a list (`opgave van de scholen`)."""
    told_of = words_of("data", table="line").sub("", line.partition(": ")[2])
    if (named := source(line) or source(f"Bron: {told_of}")) is not None:
        return _several(named) if line.startswith(("Bronnen", "bronnen")) else named
    match = words_of("makers", table="line").match(told_of)
    return match[1] if match and is_plural(match[1].rpartition(" ")[2]) else None


def _several(named: str) -> str:
    """The bodies of a name where several are said to follow (`Bronnen: Waterkant en de Bond`)."""
    return named if ";" in named else ";".join(named.split(" en "))


@lru_cache(maxsize=256)  # asked for each row of a table
def of_caption(caption: str) -> str | None:
    """Whom the lines above a table credit that are its title (`Tabel 2. Bedden (bron: X)`)."""
    for line in reversed(caption.split("\n")):
        if (match := words_of("stated", table="line").search(line)) is not None:
            return _stated_in(f"Bron: {match[1]}")
        if (heads_table(line) or line[-1:] not in ".:;?!") and (named := of_head(line)) is not None:
            return named
    return None


@lru_cache(maxsize=256)
def of_head(text: str) -> str | None:
    """Whom a title, or the head of a row or a column credits (`Bedden volgens X`, `Raming X`).

    Right behind a noun for data only what is known as a body is one: `Raming Laag`, `Registratie BIG`.
    """
    match = words_of("made", table="line").search(text)
    named = credit(f"volgens {match['body']}", "construction", None) if match is not None else None
    if match is None or named is None or match["by"]:
        return named
    sure = all(is_listed(name) or is_institution(name) for name in named.split(";"))
    people = " " not in named and is_plural(named)
    return named if sure or (match["of"] and not people) else None


def _behind_table(text: str) -> str | None:
    """Whom a sentence behind a table credits with its figures (`Deze tabel is gebaseerd op …`)."""
    if words_of("of_table", table="line").match(text) is None:
        return None
    return introduced(text) or source(text) or credit(text, "behind", None)


#: Lines that may stand between a table and where it is from, or between its rows.
_BENEATH = 2
