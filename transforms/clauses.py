"""The clause that a number stands in, and where another one begins or ends."""

import re
from functools import lru_cache

from transforms.vocabulary import as_written, attend_too, named, occurs, spans


def undotted(text: str) -> str:
    """The text with other signs for the dots and commas within numbers, so that they end no clause."""
    plain = _WITHIN_NUMBER.sub("·", text)
    if plain != text:
        attend_too(plain)
    return plain


_WITHIN_NUMBER = re.compile(r"(?<=\d)[.,](?=\d)")


@lru_cache(maxsize=256)
def aside_blanked(text: str, start: int) -> str:
    """The text with blanks for asides, unless `start` is within: an aside ends no clause."""
    if "(" not in text and text.count(",") < 2:
        return text
    return as_written("standing", "aside").sub(
        lambda match: match[0] if match.start() <= start < match.end() else " " * len(match[0]), text
    )


@lru_cache(maxsize=256)  # asked some ten times for each figure
def clause(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around [start, end): from the nearest break before to the nearest behind."""
    breaks, behind = _breaks(aside_blanked(text, start))
    left = max((at for at in breaks if at < start), default=0)
    right = min((at for at in (*breaks, *behind) if at >= end), default=len(text))
    return left, min(right, inset_end(text, start, end) or right)


@lru_cache(maxsize=256)
def _breaks(text: str) -> tuple[list[int], list[int]]:
    """Where a clause of its own begins, and where one begins behind a number."""
    own, behind = ([start for start, _ in spans(_pattern(name), text)] for name in ("relative", "behind"))
    behind += coordinated(text)
    for start, _ in spans(_pattern("joined"), text):
        since = max((at for at in (*own, *behind) if at < start), default=0)
        if _found("finite", text[since:start]):  # else both are subjects of the verb
            own.append(start)
    return own, behind


@lru_cache(maxsize=256)
def coordinated(text: str) -> list[int]:
    """Where another predicate begins behind `en`: it tells nothing of a number in front of that."""
    return [start for start, _ in spans(_pattern("coordinated"), text)]


def inset_end(text: str, start: int, end: int) -> int | None:
    """Where the relative clause around [start, end) ends that stands within another: at the comma behind it.

    `Het huis, dat 30 bedden telt, krijgt er tien bij.`
    """
    if text.count(",") < 2 or not _found("inset", text[:start]):
        return None
    told = "inset_after_prep" if _found("inset_prep", text[:start]) else "inset_after"
    match = _pattern(told).match(text, end)
    return match.end() if match is not None else None


def _pattern(name: str) -> re.Pattern[str]:
    return named("standing", "status", name)


def _found(name: str, text: str) -> bool:
    return occurs(_pattern(name), text)
