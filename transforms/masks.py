"""Spans of a sentence that hold digits and are no figures: references, articles, addresses, names, ages."""

import re
from typing import NamedTuple

from transforms.vocabulary import compiled, entries_for


class Mask(NamedTuple):
    """A span [start, end) of the sentence in which no numeral is read, and the entry that says so."""

    start: int
    end: int
    rule: str


def masks(text: str) -> list[Mask]:
    """Every masked span of a sentence, in the order of the vocabulary."""
    has_digits = any(character.isdigit() for character in text)
    return [
        Mask(*match.span(), f"mask.{entry['name']}")
        for entry in entries_for("masks", "mask", text)
        if has_digits or entry.get("words")
        for match in compiled("masks", entry["pattern"], flags=_flags(entry.get("case", False))).finditer(
            text
        )
    ]


def _flags(case: bool) -> re.RegexFlag:
    return re.NOFLAG if case else re.IGNORECASE
